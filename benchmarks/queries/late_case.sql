WITH later AS (
  SELECT a.lookup_key, a.about_key, c.case_id,
    CASE WHEN a.at >= c.begun_at - hours(2) THEN 'full' ELSE 'partial' END AS level
  FROM asked a JOIN of_officer o ON o.officer_key = a.officer_key AND o.subject_key = a.about_key
  JOIN cases c ON c.case_key = o.case_key
  WHERE a.at < c.opened_at AND a.at >= o.tied_from AND a.at < o.tied_to
    AND (a.at >= c.begun_at - hours(2) OR a.at >= c.opened_at - hours(720))
)
SELECT lookup_key, about_key, min(level) AS level, arg_min(case_id, (level, case_id)) AS record
FROM later GROUP BY ALL
