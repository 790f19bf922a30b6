WITH told AS (
  SELECT officer_key, "at", row_id, 'subject' AS how, subject_key,
    -9223372036854775808 AS "start", far() AS "end"
  FROM conflict_notices
  UNION ALL
  SELECT n.officer_key, n.at, n.row_id, 'subject', o.other_key, o."start", o."end"
  FROM conflict_notices n JOIN owned o USING (subject_key)
  UNION ALL
  SELECT n.officer_key, n.at, n.row_id, 'case', i.subject_key, i."start", i."end"
  FROM conflict_notices n JOIN involved i USING (case_key)
)
SELECT a.lookup_key, 1.0 AS measure, t.row_id AS record, t.how AS detail
FROM asked a JOIN told t ON t.officer_key = a.officer_key AND t.subject_key = a.about_key
WHERE a.at >= t.at - hours(168) AND a.at >= t."start" AND a.at < t."end"
QUALIFY row_number() OVER (PARTITION BY a.lookup_key ORDER BY t.at, t.how DESC, t.row_id) = 1
