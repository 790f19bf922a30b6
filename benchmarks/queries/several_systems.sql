WITH several AS (
  SELECT officer_key, about_key FROM asked WHERE system IS NOT NULL
  GROUP BY ALL HAVING min(system) <> max(system)
), met AS (
  SELECT a.lookup_key, a.officer_key, a.about_key, a."at", a.system
  FROM asked a SEMI JOIN several USING (officer_key, about_key) WHERE a.system IS NOT NULL
)
SELECT lookup_key, max(n) AS measure FROM (
  SELECT a.lookup_key, a.about_key, count(DISTINCT b.system) AS n
  FROM met a JOIN met b ON b.officer_key = a.officer_key AND b.about_key = a.about_key
    AND abs(b."at" - a."at") <= hours(1)
  GROUP BY ALL HAVING n >= 2
) GROUP BY lookup_key
