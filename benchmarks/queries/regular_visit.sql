WITH met AS MATERIALIZED (
  SELECT a.lookup_key, a.officer_key, a.who, a.at, CAST(a.at_local AS DATE) AS day FROM about a
), several AS (
  SELECT officer_key, who FROM met GROUP BY ALL HAVING count(DISTINCT day) >= 3
), visit AS (
  SELECT m.officer_key, m.who, m.day, min(m.at) AS "at",
    coalesce(bool_or(d.duty IN ('leave', 'off')), false) AS away
  FROM met m JOIN several USING (officer_key, who) LEFT JOIN on_duty d USING (lookup_key)
  GROUP BY ALL
), gap AS (
  SELECT officer_key, who, away,
    "at" - lag("at") OVER (PARTITION BY officer_key, who ORDER BY "at") AS gap
  FROM visit
), even AS (
  SELECT officer_key, who, avg(gap) / 86400e6 AS mean FROM gap GROUP BY ALL
  HAVING NOT bool_or(away)
    AND min(gap) >= hours(480) AND max(gap) <= hours(1080) AND max(gap) - min(gap) <= hours(240)
)
SELECT lookup_key, max(mean) AS measure FROM (
  SELECT m.lookup_key, e.mean FROM met m JOIN even e USING (officer_key, who)
  UNION ALL
  SELECT a.lookup_key, 0 FROM visit_register v JOIN about a ON a.who = v.subject_key
  JOIN placed p USING (lookup_key)
  WHERE v.unit_key = p.unit_key AND a.at >= v."start" AND a.at < v."end"
) GROUP BY lookup_key
