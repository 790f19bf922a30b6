WITH claim AS (
  SELECT a.lookup_key, a.about_key, a.at, CASE
    WHEN regexp_matches(a.purpose, '失竊|贓車|贓物|竊車|stolen', 'i') THEN 'stolen'
    WHEN regexp_matches(a.purpose, '通緝|wanted|warrant', 'i') THEN 'wanted'
    WHEN regexp_matches(a.purpose, '失蹤|協尋|missing', 'i') THEN 'missing'
    WHEN regexp_matches(a.purpose, '車禍|肇事|交通事故|accident|collision', 'i') THEN 'accident'
    WHEN regexp_matches(a.purpose, '報案|受理|report', 'i') THEN 'report' END AS claim
  FROM asked a
), made AS (
  SELECT * FROM claim WHERE claim IS NOT NULL
), kind AS (
  SELECT case_key, opened_at, coalesce(closed_at, opened_at) AS closed_at,
    coalesce(kind, '') || ' ' || coalesce(offence, '') AS what
  FROM cases
), borne AS (
  SELECT m.lookup_key FROM made m JOIN involved i ON i.subject_key = m.about_key
  JOIN kind k USING (case_key)
  WHERE m.at >= k.opened_at - hours(168) AND m.at < k.closed_at + hours(168)
    AND m.at >= i."start" AND m.at < i."end" AND CASE m.claim
      WHEN 'stolen' THEN regexp_matches(k.what, '竊|贓|theft|stolen|burglary', 'i')
      WHEN 'wanted' THEN regexp_matches(k.what, '通緝|wanted|warrant', 'i')
      WHEN 'missing' THEN regexp_matches(k.what, '失蹤|協尋|missing', 'i')
      WHEN 'accident' THEN
        regexp_matches(k.what, 'traffic|交通|車禍|事故|肇事|accident|collision', 'i')
      ELSE true END
  UNION ALL
  SELECT m.lookup_key FROM made m JOIN under_alert t ON t.subject_key = m.about_key
  WHERE t.kind IN ('stolen', 'wanted', 'missing') AND m.claim IN (t.kind, 'report')
    AND m.at >= t."start" - hours(168) AND m.at < t."end" + hours(168)
    AND m.at >= t.tied_from AND m.at < t.tied_to
)
SELECT DISTINCT lookup_key, 1.0 AS measure, claim AS detail
FROM made WHERE lookup_key NOT IN (SELECT lookup_key FROM borne)
