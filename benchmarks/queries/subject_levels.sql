-- From the results of the explanations: the best level of each look-up and subject.
SELECT l.lookup_key, coalesce(s.subject_key, -1) AS about_key,
  CASE min(e.level) WHEN 'full' THEN 'full' WHEN 'partial' THEN 'partial' ELSE 'none' END AS level,
  min(e.explanation) AS explanation
FROM lookups l LEFT JOIN subjects s USING (lookup_key)
LEFT JOIN explanations e
  ON e.lookup_key = l.lookup_key AND e.about_key = coalesce(s.subject_key, -1)
GROUP BY ALL
