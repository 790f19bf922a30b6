WITH bad AS (
  SELECT a.lookup_key, a.who, a.at, r.row_id FROM last_review r JOIN about a USING (lookup_key)
  WHERE r.decision = 'improper'
)
SELECT a.lookup_key, count(DISTINCT b.lookup_key) AS measure,
  arg_max(b.row_id, (b.at, b.lookup_key)) AS record
FROM about a JOIN bad b ON b.who = a.who AND b.at < a.at GROUP BY a.lookup_key
