WITH met AS (
  SELECT lookup_key, officer_key, CAST(at_local AS DATE) AS day, role FROM placed
), days AS (
  SELECT officer_key, day, role, count(*) AS n FROM met GROUP BY ALL
), busy AS (
  SELECT officer_key, day, role, n FROM days
  JOIN (SELECT role, count(*) AS days, quantile_cont(n, 0.99) AS peers FROM days GROUP BY role)
    USING (role)
  JOIN (SELECT officer_key, quantile_cont(n, 0.9) AS own FROM days GROUP BY officer_key)
    USING (officer_key)
  CROSS JOIN (SELECT quantile_cont(n, 0.99) AS force FROM days)
  WHERE n > CASE WHEN days >= 200 THEN peers ELSE force END AND n > own AND n >= 20
)
SELECT lookup_key, n AS measure FROM met JOIN busy USING (officer_key, day, role)
