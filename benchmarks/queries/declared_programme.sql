WITH programme AS (
  SELECT case_id, unit_key, opened_at AS since,
    least(coalesce(closed_at, far()), opened_at + hours(744)) AS until
  FROM cases WHERE lower(trim(kind)) IN ('programme', 'program', 'operation', 'inspection', 'vetting',
    'task_force', 'task force', '專案', '專案小組', '臨檢', '擴大臨檢', '清查', '安全查核')
), place AS (
  SELECT * FROM programme
  UNION ALL
  SELECT p.case_id, u.unit_key, p.since, p.until
  FROM programme p JOIN units u ON u.parent_unit_key = p.unit_key
), working AS (
  SELECT l.lookup_key, l.officer_key, l.at, CASE WHEN l.at < p."end" THEN p.unit_key END AS unit_key
  FROM (
    SELECT l.lookup_key, l.officer_key, l.at FROM lookups l ASOF LEFT JOIN duty_segments d
      ON l.officer_key = d.officer_key AND l.at >= d."start"
    WHERE d."end" IS NULL OR l.at >= d."end" OR d.kind NOT IN ('leave', 'off')
  ) l ASOF LEFT JOIN posts p ON l.officer_key = p.officer_key AND l.at >= p."start"
)
SELECT lookup_key, 1.0 AS measure, min(record) AS record FROM (
  SELECT w.lookup_key, p.case_id AS record FROM working w JOIN place p USING (unit_key)
  WHERE w.at >= p.since AND w.at < p.until
  UNION ALL
  SELECT w.lookup_key, c.case_id FROM working w JOIN case_officers o USING (officer_key)
  JOIN cases c USING (case_key)
  WHERE lower(trim(c.kind)) IN ('programme', 'program', 'operation', 'inspection', 'vetting',
    'task_force', 'task force', '專案', '專案小組', '臨檢', '擴大臨檢', '清查', '安全查核')
    AND w.at >= c.opened_at AND w.at < coalesce(c.closed_at, far())
    AND w.at >= o."start" AND w.at < o."end"
  UNION ALL
  SELECT w.lookup_key, r.row_id FROM working w JOIN work_records r USING (officer_key)
  WHERE lower(trim(r.kind)) IN ('programme', 'program', 'operation', 'inspection', 'vetting',
    'task_force', 'task force', '專案', '專案小組', '臨檢', '擴大臨檢', '清查', '安全查核')
    AND w.at >= r.at - hours(12) AND w.at < r.at + hours(12)
) GROUP BY lookup_key
