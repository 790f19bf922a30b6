SELECT a.lookup_key, a.about_key, 'full' AS level, min(c.case_id) AS record
FROM asked_in_unit a JOIN of_unit c
  ON c.unit_key = a.unit_key AND c.subject_key = a.about_key AND c.case_key = a.case_key
WHERE a.at >= c.opened_at - hours(2) AND a.at < c.closed_at + hours(720)
  AND a.at >= c.tied_from AND a.at < c.tied_to
GROUP BY ALL
