WITH met AS (
  SELECT lookup_key, officer_key, role, about_key, "at" // 3600000000 AS hour
  FROM placed JOIN (SELECT lookup_key, subject_key AS about_key FROM subjects) USING (lookup_key)
), hours AS (
  SELECT officer_key, hour, role, count(DISTINCT about_key) AS n FROM met GROUP BY ALL
), busy AS (
  SELECT officer_key, hour, role, n FROM hours
  JOIN (SELECT role, count(*) AS hours, quantile_cont(n, 0.999) AS peers FROM hours GROUP BY role)
    USING (role)
  JOIN (SELECT officer_key, quantile_cont(n, 0.99) AS own FROM hours GROUP BY officer_key)
    USING (officer_key)
  CROSS JOIN (SELECT quantile_cont(n, 0.999) AS force FROM hours)
  WHERE n > CASE WHEN hours >= 500 THEN peers ELSE force END AND n > own AND n >= 10
)
SELECT DISTINCT lookup_key, n AS measure FROM met JOIN busy USING (officer_key, hour, role)
