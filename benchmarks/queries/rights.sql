WITH sole AS (
  SELECT officer_key, any_value(account_key) AS only_key FROM accounts
  GROUP BY officer_key HAVING count(DISTINCT account_key) = 1
), used AS MATERIALIZED (
  SELECT l.lookup_key, l.officer_key, l.at, CAST(l.at_local AS DATE) AS day,
    lower(trim(l.system)) AS system, coalesce(l.account_key, s.only_key) AS account_key
  FROM lookups l LEFT JOIN sole s USING (officer_key)
), listed AS (
  SELECT DISTINCT lower(trim(role)) AS role, lower(trim(system)) AS system FROM role_rights
), post AS (
  SELECT officer_key, "start", "end", lower(trim(role)) AS role FROM posted WHERE role IS NOT NULL
), may AS (
  SELECT p.officer_key, l.system, p."start", p."end" FROM post p JOIN listed l USING (role)
), held AS (
  SELECT account_key, lower(trim(system)) AS system, "start", "end" FROM rights
), outside AS MATERIALIZED (
  SELECT u.* FROM used u ANTI JOIN may m ON m.officer_key = u.officer_key
    AND m.system = u.system AND u.at >= m."start" AND u.at < m."end"
  WHERE u.system IN (SELECT system FROM listed)
), beyond AS (
  SELECT o.* FROM outside o JOIN post p ON p.officer_key = o.officer_key
    AND o.at >= p."start" AND o.at < p."end"
  GROUP BY ALL HAVING bool_and(p.role IN (SELECT role FROM listed))
), found AS (
  SELECT u.lookup_key, 1 AS place, 'departed' AS code FROM used u JOIN officers o USING (officer_key)
  WHERE u.day > o.left_on + 1
  UNION
  SELECT l.lookup_key, 2, 'account_ended' FROM lookups l
  WHERE EXISTS (SELECT 1 FROM accounts a WHERE a.account_key = l.account_key AND a."end" <= l.at)
    AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.account_key = l.account_key
      AND l.at >= a."start" AND l.at < a."end")
  UNION
  SELECT b.lookup_key, 3, 'transferred' FROM beyond b SEMI JOIN may m
    ON m.officer_key = b.officer_key AND m.system = b.system AND m."end" <= b.at
  UNION
  SELECT b.lookup_key, 4, 'beyond_role' FROM beyond b ANTI JOIN may m
    ON m.officer_key = b.officer_key AND m.system = b.system AND m."end" <= b.at
  UNION
  SELECT u.lookup_key, 5, 'no_right' FROM used u ANTI JOIN held h
    ON h.account_key = u.account_key AND h.system = u.system AND u.at >= h."start" AND u.at < h."end"
  WHERE u.account_key IN (SELECT account_key FROM held) AND u.system IN (SELECT system FROM held)
  UNION
  SELECT lookup_key, 6, 'dormant' FROM used WHERE system IS NOT NULL
  QUALIFY "at" - lag("at") OVER (
    PARTITION BY officer_key, account_key, system ORDER BY "at", lookup_key) >= hours(4320)
)
SELECT lookup_key, count(*) AS measure, string_agg(code, ';' ORDER BY place) AS detail
FROM found GROUP BY lookup_key
