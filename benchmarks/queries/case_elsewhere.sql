WITH open AS (
  SELECT p.lookup_key, p.officer_key, p.unit_key, p.at, s.subject_key
  FROM placed p JOIN lookup_levels v USING (lookup_key) JOIN subjects s USING (lookup_key)
  WHERE v.level <> 'full'
)
SELECT o.lookup_key, 1.0 AS measure, min(c.case_id) AS record
FROM open o JOIN involved i USING (subject_key) JOIN cases c USING (case_key)
WHERE o.at >= c.opened_at - hours(72) AND o.at < c.opened_at + hours(168)
  AND o.at >= i."start" AND o.at < i."end" AND coalesce(c.unit_key <> o.unit_key, true)
  AND NOT EXISTS (SELECT 1 FROM case_officers m
    WHERE m.case_key = c.case_key AND m.officer_key = o.officer_key)
GROUP BY o.lookup_key
