WITH met AS (
  SELECT lookup_key, officer_key, unit_key, CAST(at_local AS DATE) AS day, about_key AS who
  FROM asked_in_unit WHERE unit_key IS NOT NULL
  UNION ALL
  SELECT a.lookup_key, a.officer_key, a.unit_key, CAST(a.at_local AS DATE), o.person_key
  FROM asked_in_unit a JOIN vehicle_owners o
    ON o.vehicle_key = a.about_key AND a.at >= o."start" AND a.at < o."end"
  WHERE a.unit_key IS NOT NULL AND a.about_kind = 'vehicle'
), shared AS (
  SELECT unit_key, day, who, count(DISTINCT officer_key) AS n FROM met GROUP BY ALL HAVING n > 1
)
SELECT m.lookup_key, max(s.n) - 1 AS measure
FROM met m JOIN shared s USING (unit_key, day, who) JOIN lookup_levels v USING (lookup_key)
WHERE v.level <> 'full' GROUP BY m.lookup_key
