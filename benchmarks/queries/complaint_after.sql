WITH named AS (
  SELECT row_id, "at", officer_key, complainant_key AS subject_key FROM complaints
  UNION ALL SELECT row_id, "at", officer_key, vehicle_key FROM complaints
), concerned AS (
  SELECT *, -9223372036854775808 AS "start", far() AS "end" FROM named
  WHERE subject_key IS NOT NULL
  UNION ALL
  SELECT n.row_id, n.at, n.officer_key, o.other_key, o."start", o."end"
  FROM named n JOIN owned o USING (subject_key)
), met AS (
  SELECT DISTINCT a.lookup_key, a.officer_key, a.unit_key, a.at, c.row_id,
    c.at AS complained_at, c.officer_key AS against
  FROM placed a JOIN subjects s USING (lookup_key) JOIN concerned c ON c.subject_key = s.subject_key
  WHERE a.at < c.at AND a.at >= c.at - hours(1440) AND a.at >= c."start" AND a.at < c."end"
), judged AS (
  SELECT m.*, CASE WHEN m.against IS NULL THEN 'unnamed'
    WHEN m.against = m.officer_key THEN 'holder'
    WHEN m.at < p."end" AND p.unit_key = m.unit_key THEN 'unit_mate' ELSE 'other_unit' END AS who
  FROM met m ASOF LEFT JOIN posts p ON p.officer_key = m.against AND m.at >= p."start"
)
SELECT lookup_key, (complained_at - "at") / 3600e6 AS measure, row_id AS record, who AS detail,
  CASE WHEN who = 'unit_mate' THEN against END AS requester_key
FROM judged
QUALIFY row_number() OVER (PARTITION BY lookup_key
  ORDER BY who <> 'unit_mate', complained_at - "at", row_id) = 1
