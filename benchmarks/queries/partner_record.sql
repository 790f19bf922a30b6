WITH shared AS (
  SELECT officer_key, "start", "end", duty_id FROM duty_segments
  WHERE duty_id IN (SELECT duty_id FROM duty_segments WHERE kind NOT IN ('leave', 'off')
      GROUP BY duty_id HAVING count(DISTINCT officer_key) BETWEEN 2 AND 9)
    AND kind NOT IN ('leave', 'off')
), met AS (
  SELECT d.lookup_key, d.at, s.subject_key AS about_key, m.officer_key AS mate_key
  FROM on_duty d JOIN shared m ON m.duty_id = d.duty_id AND m.officer_key <> d.officer_key
    AND d.at >= m."start" AND d.at < m."end"
  JOIN subjects s USING (lookup_key)
  WHERE d.duty NOT IN ('leave', 'off')
), written AS (
  SELECT m.lookup_key, m.about_key, n.row_id AS record
  FROM met m JOIN noted n ON n.officer_key = m.mate_key AND n.subject_key = m.about_key
  WHERE m.at >= n.at - hours(2) AND m.at < n.at + hours(2)
    AND m.at >= n.tied_from AND m.at < n.tied_to
  UNION ALL
  SELECT m.lookup_key, m.about_key, c.case_id
  FROM met m JOIN of_officer c ON c.officer_key = m.mate_key AND c.subject_key = m.about_key
  WHERE lower(c.kind) IN ('stop', 'dispatch', 'traffic')
    AND m.at >= greatest(c.opened_at, c."start") - hours(2)
    AND m.at < least(coalesce(c.closed_at, c.opened_at), c."end") + hours(2)
    AND m.at >= c.tied_from AND m.at < c.tied_to
)
SELECT lookup_key, about_key, 'full' AS level, min(record) AS record FROM written GROUP BY ALL
