WITH desk AS (
  SELECT l.lookup_key, l.officer_key, l.at, d.unit_key AS desk_unit, d.row_id,
    lag(d.unit_key) OVER before AS last_unit, lag(l.at) OVER before AS last_at
  FROM lookups l JOIN devices d USING (device_key)
  WHERE d.kind = 'desktop' AND d.unit_key IS NOT NULL
  WINDOW before AS (PARTITION BY l.officer_key ORDER BY l.at, l.lookup_key)
), posted_then AS (
  SELECT k.*, CASE WHEN k.at < p."end" THEN p.unit_key END AS unit_key
  FROM desk k ASOF LEFT JOIN posts p ON p.officer_key = k.officer_key AND k.at >= p."start"
), placed AS (
  SELECT k.*, CASE WHEN k.at < s."end" THEN s.unit_key END AS duty_unit
  FROM posted_then k ASOF LEFT JOIN duty_segments s
    ON s.officer_key = k.officer_key AND k.at >= s."start"
), judged AS (
  SELECT lookup_key, row_id,
    coalesce(desk_unit <> unit_key AND desk_unit IS DISTINCT FROM duty_unit, false) AS elsewhere,
    coalesce(last_unit <> desk_unit AND "at" - last_at <= hours(0.25), false) AS two
  FROM placed
)
SELECT lookup_key, 1.0 AS measure, row_id AS record,
  CASE WHEN elsewhere THEN 'other_unit' ELSE 'two_places' END AS detail
FROM judged WHERE elsewhere OR two
