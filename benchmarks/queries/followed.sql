WITH met AS (
  SELECT a.lookup_key, a.officer_key, a.who, a.at, CAST(a.at_local AS DATE) AS day
  FROM about a JOIN subject_levels v USING (lookup_key, about_key)
  WHERE unrecorded(v.level, v.explanation)
), long AS (
  SELECT officer_key, who, (max("at") - min("at")) / 86400e6 AS days FROM met
  GROUP BY ALL HAVING count(DISTINCT day) >= 4 AND days >= 60
), quiet AS (
  SELECT who FROM about WHERE who IN (SELECT who FROM long)
  GROUP BY who HAVING count(DISTINCT officer_key) <= 3
)
SELECT m.lookup_key, max(l.days) AS measure
FROM met m JOIN long l USING (officer_key, who) JOIN quiet USING (who) GROUP BY m.lookup_key
