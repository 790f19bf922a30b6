WITH named AS (
  SELECT officer_key, subject_key, row_id, "at", -9223372036854775808 AS "start", far() AS "end"
  FROM work_records WHERE subject_key IS NOT NULL
  UNION ALL
  SELECT w.officer_key, o.other_key, w.row_id, w.at, o."start", o."end"
  FROM work_records w JOIN owned o USING (subject_key)
)
SELECT a.lookup_key, a.about_key, 'full' AS level, min(n.row_id) AS record
FROM asked a JOIN named n ON n.officer_key = a.officer_key AND n.subject_key = a.about_key
WHERE a.at >= n.at - hours(24) AND a.at < n.at + hours(24) AND a.at >= n."start" AND a.at < n."end"
GROUP BY ALL
