WITH unexplained AS (
  SELECT p.lookup_key, p.officer_key, p.at, p.unit_key, s.subject_key AS about_key
  FROM placed p JOIN lookup_levels v USING (lookup_key) JOIN subjects s USING (lookup_key)
  WHERE v.level <> 'full'
), open AS (
  SELECT p.*, CASE WHEN p.at < d."end" THEN d.duty_id END AS duty_id
  FROM unexplained p ASOF LEFT JOIN duty_segments d
    ON p.officer_key = d.officer_key AND p.at >= d."start"
), near AS (
  SELECT officer_key, subject_key, case_id,
    greatest(opened_at - hours(720), "start", tied_from) AS since,
    least(coalesce(closed_at, far()) + hours(2160), "end", tied_to) AS until
  FROM of_officer
)
SELECT lookup_key, 1.0 AS measure, substr(min(how), 2) AS detail,
  arg_min(case_id, (how, case_id)) AS record
FROM (
  SELECT o.lookup_key, '2unit' AS how, c.case_id FROM open o
  JOIN of_unit c ON c.unit_key = o.unit_key AND c.subject_key = o.about_key
  WHERE o.at >= greatest(c.opened_at - hours(720), c.tied_from)
    AND o.at < least(c.closed_at + hours(2160), c.tied_to)
  UNION ALL
  SELECT o.lookup_key, '0own', c.case_id FROM open o
  JOIN near c ON c.officer_key = o.officer_key AND c.subject_key = o.about_key
  WHERE o.at >= c.since AND o.at < c.until
  UNION ALL
  SELECT o.lookup_key, '1partner', c.case_id FROM open o
  JOIN duty_segments m ON m.duty_id = o.duty_id AND m.officer_key <> o.officer_key
    AND o.at >= m."start" AND o.at < m."end"
  JOIN near c ON c.officer_key = m.officer_key AND c.subject_key = o.about_key
  WHERE o.at >= c.since AND o.at < c.until
) GROUP BY lookup_key
