SELECT a.lookup_key, (min(c.opened_at) - any_value(a.at)) / 86400e6 AS measure,
  arg_min(c.case_id, (c.opened_at, c.case_id)) AS record
FROM asked a JOIN lookup_levels v USING (lookup_key)
JOIN of_officer c ON c.officer_key = a.officer_key AND c.subject_key = a.about_key
WHERE v.level <> 'full' AND a.at < c.opened_at AND a.at >= c.opened_at - hours(720)
  AND a.at >= c.tied_from AND a.at < c.tied_to
GROUP BY a.lookup_key
