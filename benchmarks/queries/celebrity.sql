WITH met AS (
  SELECT a.lookup_key, a.officer_key, p.unit_key, a.who, a.at // 86400000000 AS day
  FROM about a JOIN subject_levels v USING (lookup_key, about_key)
  JOIN placed p USING (lookup_key)
  WHERE unrecorded(v.level, v.explanation) AND p.unit_key IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM under_alert t WHERE t.subject_key = a.who
      AND a.at >= t."start" - hours(24) AND a.at < t."end" + hours(24)
      AND a.at >= t.tied_from AND a.at < t.tied_to)
), known AS (
  SELECT DISTINCT who, officer_key, unit_key, day FROM met WHERE who IN (
    SELECT who FROM met GROUP BY who
    HAVING count(DISTINCT officer_key) >= 10 AND count(DISTINCT unit_key) >= 3)
), week AS (
  SELECT f.who, f.day, count(*) AS within, count(DISTINCT k.officer_key) AS officers
  FROM (SELECT DISTINCT who, day FROM known) f
  JOIN known k ON k.who = f.who AND k.day >= f.day AND k.day < f.day + 7
  GROUP BY ALL HAVING officers >= 10 AND count(DISTINCT k.unit_key) >= 3
), wave AS (
  SELECT w.who, w.day, w.officers
  FROM week w JOIN (SELECT who, count(*) AS total FROM known GROUP BY who) USING (who)
  CROSS JOIN (SELECT (max("at") - min("at")) / 86400e6 / 7 - 1 AS other_weeks FROM lookups)
  WHERE w.within >= 3 * (total - w.within) / greatest(other_weeks, 1)
)
SELECT m.lookup_key, max(w.officers) AS measure
FROM met m JOIN wave w ON w.who = m.who AND m.day >= w.day AND m.day < w.day + 7
GROUP BY m.lookup_key
