SELECT lookup_key, max(n) AS measure FROM (
  SELECT a.lookup_key, a.about_key, count(DISTINCT b.system) AS n
  FROM asked a JOIN asked b ON b.officer_key = a.officer_key AND b.about_key = a.about_key
    AND abs(b.at - a.at) <= hours(1)
  WHERE a.system IS NOT NULL AND b.system IS NOT NULL
  GROUP BY ALL HAVING n >= 2
) GROUP BY lookup_key
