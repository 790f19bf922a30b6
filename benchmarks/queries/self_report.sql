WITH named AS MATERIALIZED (
  SELECT l.officer_key, l."at", s.row_id FROM self_reports s JOIN lookups l USING (lookup_key)
)
SELECT lookup_key, 1.0 AS measure, min(record) AS record FROM (
  SELECT l.lookup_key, n.row_id AS record FROM named n
  JOIN lookups l ON l.officer_key = n.officer_key AND abs(l."at" - n."at") <= hours(0.25)
  UNION ALL
  SELECT l.lookup_key, s.row_id FROM self_reports s JOIN lookups l USING (officer_key)
  WHERE s.lookup_id IS NULL AND l."at" <= s."at" AND l."at" > s."at" - hours(48)
) GROUP BY lookup_key
