SELECT a.lookup_key, a.about_key, 'full' AS level, min(c.case_id) AS record
FROM asked a JOIN of_officer c ON c.officer_key = a.officer_key AND c.subject_key = a.about_key
WHERE a.at >= c.opened_at - hours(2) AND a.at < coalesce(c.closed_at, far()) + hours(720)
  AND a.at >= c."start" AND a.at < c."end" AND a.at >= c.tied_from AND a.at < c.tied_to
GROUP BY ALL
