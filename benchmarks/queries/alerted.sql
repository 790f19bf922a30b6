SELECT a.lookup_key, 1.0 AS measure, arg_min(t.kind, (t.kind, t.row_id)) AS detail,
  arg_min(t.row_id, (t.kind, t.row_id)) AS record
FROM asked a JOIN under_alert t ON t.subject_key = a.about_key
WHERE a.at >= t."start" AND a.at < t."end" + hours(24)
  AND a.at >= t.tied_from AND a.at < t.tied_to
GROUP BY a.lookup_key
