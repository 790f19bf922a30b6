WITH unexplained AS (
  SELECT a.lookup_key, a.officer_key, a.about_key, a.about_kind, a.at,
    CAST(a.at_local AS DATE) AS day
  FROM asked a JOIN subject_levels v USING (lookup_key, about_key) WHERE v.level = 'none'
), met AS (
  SELECT lookup_key, officer_key, day, about_key AS who FROM unexplained
  UNION ALL
  SELECT u.lookup_key, u.officer_key, u.day, o.person_key FROM unexplained u
  JOIN vehicle_owners o ON o.vehicle_key = u.about_key AND u.at >= o."start" AND u.at < o."end"
  WHERE u.about_kind = 'vehicle'
), often AS (
  SELECT officer_key, who, count(DISTINCT lookup_key) AS n FROM met
  GROUP BY ALL HAVING n >= 3 AND count(DISTINCT day) >= 2
)
SELECT lookup_key, max(n) AS measure FROM met JOIN often USING (officer_key, who)
GROUP BY lookup_key
