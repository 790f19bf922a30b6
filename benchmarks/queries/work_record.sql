WITH noted AS (
  SELECT officer_key, subject_key, row_id, "at" FROM work_records WHERE subject_key IS NOT NULL
  UNION
  SELECT w.officer_key, s.subject_key, w.row_id, w.at
  FROM work_records w JOIN work_record_subjects s USING (record_id)
), named AS (
  SELECT *, -9223372036854775808 AS "start", far() AS "end" FROM noted
  UNION ALL
  SELECT n.officer_key, o.other_key, n.row_id, n.at, o."start", o."end"
  FROM noted n JOIN owned o USING (subject_key)
)
SELECT a.lookup_key, a.about_key, 'full' AS level, min(n.row_id) AS record
FROM asked a JOIN named n ON n.officer_key = a.officer_key AND n.subject_key = a.about_key
WHERE a.at >= n.at - hours(24) AND a.at < n.at + hours(24) AND a.at >= n."start" AND a.at < n."end"
GROUP BY ALL
