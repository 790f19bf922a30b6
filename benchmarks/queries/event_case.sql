SELECT a.lookup_key, a.about_key, 'full' AS level, min(c.case_id) AS record
FROM asked a JOIN of_officer c ON c.officer_key = a.officer_key AND c.subject_key = a.about_key
WHERE lower(c.kind) IN ('stop', 'dispatch', 'traffic')
  AND a.at >= greatest(c.opened_at, c."start") - hours(2)
  AND a.at < least(coalesce(c.closed_at, c.opened_at), c."end") + hours(24)
  AND a.at >= c.tied_from AND a.at < c.tied_to
GROUP BY ALL
