-- From `subject_levels`: full if every subject is, none if no subject has any, else partial.
SELECT lookup_key, CASE WHEN bool_and(level = 'full') THEN 'full'
  WHEN bool_and(level = 'none') THEN 'none' ELSE 'partial' END AS level,
  arg_min(explanation, best) FILTER (explanation IS NOT NULL) AS explanation
FROM subject_levels GROUP BY lookup_key
