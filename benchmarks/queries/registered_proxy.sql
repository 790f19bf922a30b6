WITH request AS (
  SELECT requester_key, agent_key, subject_key, "at", row_id FROM proxy_register
  WHERE trim(identity_check) <> '' AND bare(identity_check) NOT IN
      ('no', 'none', 'notchecked', '否', '無', '未查證', '未確認')
    AND approved_by_key NOT IN (agent_key, requester_key) AND requester_key <> agent_key
), hit AS (
  SELECT a.lookup_key, a.about_key, a.at, a.unit_key, r.requester_key, r.row_id
  FROM asked_in_unit a JOIN request r
    ON r.agent_key = a.officer_key AND r.subject_key = a.about_key
  WHERE a.at >= r.at - hours(24) AND a.at < r.at + hours(24)
    AND (a.requester_key IS NULL OR a.requester_key = r.requester_key)
), mate AS (
  SELECT h.* FROM hit h ASOF JOIN posts p
    ON p.officer_key = h.requester_key AND h.at >= p."start"
  WHERE h.at < p."end" AND p.unit_key = h.unit_key
), reason AS (
  SELECT m.lookup_key, m.about_key FROM mate m JOIN of_officer c
    ON c.officer_key = m.requester_key AND c.subject_key = m.about_key
  WHERE m.at >= c.tied_from AND m.at < c.tied_to AND (
    (m.at >= greatest(c.opened_at - hours(2), c."start")
      AND m.at < least(coalesce(c.closed_at, far()) + hours(720), c."end"))
    OR (lower(c.kind) IN ('stop', 'dispatch', 'traffic')
      AND m.at >= greatest(c.opened_at, c."start") - hours(2)
      AND m.at < least(coalesce(c.closed_at, c.opened_at), c."end") + hours(24)))
  UNION
  SELECT m.lookup_key, m.about_key FROM mate m JOIN of_unit c
    ON c.unit_key = m.unit_key AND c.subject_key = m.about_key
  WHERE m.at >= c.opened_at - hours(2) AND m.at < c.closed_at + hours(720)
    AND m.at >= c.tied_from AND m.at < c.tied_to
)
SELECT m.lookup_key, m.about_key,
  CASE WHEN count(r.lookup_key) > 0 THEN 'full' ELSE 'partial' END AS level,
  min(m.row_id) AS record
FROM mate m LEFT JOIN reason r USING (lookup_key, about_key) GROUP BY ALL
