SELECT a.lookup_key, a.about_key, 'full' AS level, min(n.row_id) AS record
FROM asked a JOIN noted n ON n.officer_key = a.officer_key AND n.subject_key = a.about_key
WHERE a.at >= n.at - hours(24) AND a.at < n.at + hours(24)
  AND a.at >= n.tied_from AND a.at < n.tied_to
GROUP BY ALL
