WITH last AS (
  SELECT lookup_key, decision, row_id FROM reviews WHERE lookup_key IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY lookup_key
    ORDER BY "at" DESC NULLS LAST, decision, row_id) = 1
)
SELECT l.lookup_key, coalesce(s.subject_key, -1) AS about_key, 'full' AS level, v.row_id AS record
FROM last v JOIN lookups l USING (lookup_key) LEFT JOIN subjects s USING (lookup_key)
WHERE v.decision = 'proper'
