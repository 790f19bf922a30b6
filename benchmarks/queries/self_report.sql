WITH named AS MATERIALIZED (
  SELECT l.lookup_key, l.officer_key, l."at", s.row_id
  FROM self_reports s JOIN lookups l USING (lookup_key, officer_key)
), told AS (
  SELECT lookup_key, row_id, 0 AS place, 'named' AS detail FROM named
  UNION ALL
  SELECT l.lookup_key, n.row_id, 1, 'beside' FROM named n
  JOIN lookups l ON l.officer_key = n.officer_key AND abs(l."at" - n."at") <= hours(0.25)
  UNION ALL
  SELECT l.lookup_key, s.row_id, 2, 'before' FROM self_reports s JOIN lookups l USING (officer_key)
  WHERE s.lookup_id IS NULL AND l."at" <= s."at" AND l."at" > s."at" - hours(48)
)
SELECT lookup_key, 1.0 AS measure, arg_min(detail, place) AS detail,
  arg_min(row_id, (place, row_id)) AS record
FROM told GROUP BY lookup_key
