WITH member AS (
  SELECT o.officer_key, p.case_key, p.case_id,
    greatest(w.opened_at - hours(2), p.opened_at - hours(2), o."start") AS since,
    least(coalesce(w.closed_at, far()) + hours(720), coalesce(p.closed_at, far()) + hours(720),
      o."end") AS until
  FROM cases p JOIN cases w ON w.case_key = p.part_of_key
  JOIN case_officers o ON o.case_key = w.case_key
)
SELECT a.lookup_key, a.about_key, 'full' AS level, min(m.case_id) AS record
FROM member m JOIN involved i USING (case_key)
JOIN asked a ON a.officer_key = m.officer_key AND a.about_key = i.subject_key
WHERE a.at >= m.since AND a.at < m.until AND a.at >= i."start" AND a.at < i."end"
GROUP BY ALL
