WITH met AS (
  SELECT a.lookup_key, a.officer_key, p.unit_key, CAST(a.at_local AS DATE) AS day, a.who
  FROM about a JOIN placed p USING (lookup_key) WHERE p.unit_key IS NOT NULL
), shared AS (
  SELECT unit_key, day, who, count(DISTINCT officer_key) AS n FROM met GROUP BY ALL HAVING n > 1
)
SELECT m.lookup_key, max(s.n) - 1 AS measure
FROM met m JOIN shared s USING (unit_key, day, who) JOIN lookup_levels v USING (lookup_key)
WHERE v.level <> 'full' GROUP BY m.lookup_key
