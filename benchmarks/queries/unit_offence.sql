WITH link AS MATERIALIZED (
  SELECT u.unit_key, i.subject_key, c.case_id, i."start", i."end",
    c.opened_at - hours(2) AS since, coalesce(c.closed_at, far()) + hours(720) AS until
  FROM (SELECT DISTINCT unit_key, lower(trim(offence)) AS offence FROM unit_offences) u
  JOIN cases c ON lower(trim(c.offence)) = u.offence
  JOIN involved i USING (case_key)
  WHERE u.offence <> ''
)
SELECT a.lookup_key, a.about_key, 'partial' AS level, min(l.case_id) AS record
FROM asked_in_unit a JOIN link l ON l.unit_key = a.unit_key AND l.subject_key = a.about_key
WHERE a.at >= l.since AND a.at < l.until AND a.at >= l."start" AND a.at < l."end"
GROUP BY ALL
