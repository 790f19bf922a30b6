WITH met AS (
  SELECT a.lookup_key, a.officer_key, a.who, CAST(a.at_local AS DATE) AS day
  FROM about a JOIN subject_levels v USING (lookup_key, about_key)
  WHERE unrecorded(v.level, v.explanation)
), often AS (
  SELECT officer_key, who, count(DISTINCT day) AS days FROM met
  GROUP BY ALL HAVING count(DISTINCT lookup_key) >= 3 AND days >= 2
)
SELECT lookup_key, max(days) AS measure FROM met JOIN often USING (officer_key, who)
GROUP BY lookup_key
