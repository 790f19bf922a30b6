WITH request AS (
  SELECT x.lookup_key, x.officer_key, x.asked_key, x.at // 86400000000 AS day
  FROM proxies x JOIN lookup_levels v USING (lookup_key)
  WHERE x.asked_key IS NOT NULL AND v.level <> 'full'
), spread AS (
  SELECT f.asked_key, f.day, count(DISTINCT o.officer_key) AS n
  FROM (SELECT DISTINCT asked_key, day FROM request) f JOIN request o
    ON o.asked_key = f.asked_key AND o.day BETWEEN f.day AND f.day + 29
  GROUP BY ALL HAVING n >= 4
)
SELECT r.lookup_key, max(s.n) AS measure, r.asked_key AS requester_key
FROM request r JOIN spread s ON s.asked_key = r.asked_key AND r.day BETWEEN s.day AND s.day + 29
GROUP BY ALL
