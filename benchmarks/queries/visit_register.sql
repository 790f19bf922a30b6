WITH entry AS (
  SELECT row_id, officer_key, unit_key, subject_key, "start", "end",
    -9223372036854775808 AS tied_from, far() AS tied_to
  FROM visit_register
  UNION
  SELECT v.row_id, v.officer_key, v.unit_key, o.other_key, v."start", v."end", o."start", o."end"
  FROM visit_register v JOIN owned o USING (subject_key)
), own AS (
  SELECT a.lookup_key, a.about_key, e.row_id, date_trunc('month', a.at_local) AS month
  FROM asked a JOIN entry e ON e.officer_key = a.officer_key AND e.subject_key = a.about_key
  WHERE a.at >= e."start" AND a.at < e."end" AND a.at >= e.tied_from AND a.at < e.tied_to
), measured AS (
  SELECT row_id, month FROM own GROUP BY ALL HAVING count(DISTINCT lookup_key) <= 4
)
SELECT lookup_key, about_key, min(level) AS level,
  arg_min(row_id, (level, row_id)) AS record
FROM (
  SELECT o.lookup_key, o.about_key, o.row_id,
    CASE WHEN m.row_id IS NULL THEN 'partial' ELSE 'full' END AS level
  FROM own o LEFT JOIN measured m USING (row_id, month)
  UNION ALL
  SELECT a.lookup_key, a.about_key, e.row_id, 'partial'
  FROM asked_in_unit a JOIN entry e ON e.unit_key = a.unit_key AND e.subject_key = a.about_key
  WHERE e.officer_key IS NULL
    AND a.at >= e."start" AND a.at < e."end" AND a.at >= e.tied_from AND a.at < e.tied_to
) GROUP BY ALL
