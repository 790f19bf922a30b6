SELECT l.lookup_key, coalesce(s.subject_key, -1) AS about_key, 'full' AS level, v.row_id AS record
FROM last_review v JOIN lookups l USING (lookup_key) LEFT JOIN subjects s USING (lookup_key)
WHERE v.decision = 'proper'
