WITH beside AS (
  SELECT l.lookup_key, v.level, count(*) OVER near AS n,
    count(*) FILTER (v.level = 'full') OVER near AS explained
  FROM lookups l JOIN lookup_levels v USING (lookup_key)
  WINDOW near AS (PARTITION BY l.officer_key ORDER BY l.at
    RANGE BETWEEN 900000000 PRECEDING AND 900000000 FOLLOWING)
)
SELECT lookup_key, explained / (n - 1) AS measure FROM beside
WHERE level <> 'full' AND explained > 0
