-- From the results of the explanations: the best level of each look-up and subject, and the
-- first of those that give it.
SELECT l.lookup_key, coalesce(s.subject_key, -1) AS about_key,
  coalesce(min(e.level), 'none') AS level,
  arg_min(e.explanation, (e.level, e.place)) AS explanation, min((e.level, e.place)) AS best
FROM lookups l LEFT JOIN subjects s USING (lookup_key)
LEFT JOIN explanations e
  ON e.lookup_key = l.lookup_key AND e.about_key = coalesce(s.subject_key, -1)
GROUP BY ALL
