WITH name AS (
  SELECT spoken(name) AS name, 'officer' AS kind, officer_key AS key FROM officers
  UNION ALL SELECT spoken(officer_id), 'officer', officer_key FROM officers
  UNION ALL SELECT spoken(name), 'unit', unit_key FROM units
  UNION ALL SELECT spoken(unit_id), 'unit', unit_key FROM units
), text AS (
  SELECT DISTINCT requester_text, spoken(requester_text) AS plain FROM proxies
  WHERE requester_text IS NOT NULL AND asked_key IS NULL
), piece AS (
  SELECT DISTINCT requester_text, substr(plain, "at", size) AS name
  FROM text, range(1, 81) AS a("at"), (SELECT DISTINCT length(name) AS size FROM name) AS s
  WHERE "at" + size <= length(plain) + 1 AND size BETWEEN 2 AND 80
), said AS (
  SELECT DISTINCT requester_text, kind, key, length(name) AS size FROM piece JOIN name USING (name)
), said_unit AS (
  SELECT requester_text, arg_max(key, (size, -key)) AS unit FROM said WHERE kind = 'unit'
  GROUP BY requester_text
), said_officer AS (
  SELECT requester_text, unnest(list(DISTINCT key)) AS officer, count(DISTINCT key) AS n
  FROM said WHERE kind = 'officer' GROUP BY requester_text
), candidate AS (
  SELECT x.*, coalesce(x.asked_unit, u.unit) AS claimed, u.unit AS said_unit,
    coalesce(x.asked_key, o.officer) AS who, o.n
  FROM proxies x LEFT JOIN said_unit u USING (requester_text)
  LEFT JOIN said_officer o USING (requester_text)
), posted_then AS (
  SELECT c.*, CASE WHEN c.at < p."end" THEN p.unit_key END AS their_unit
  FROM candidate c ASOF LEFT JOIN posts p ON p.officer_key = c.who AND c.at >= p."start"
), placed AS (
  SELECT c.*, CASE WHEN c.at < d."end" THEN d.kind END AS duty
  FROM posted_then c ASOF LEFT JOIN duty_segments d
    ON d.officer_key = c.who AND c.at >= d."start"
), best AS (
  SELECT *, asked_key IS NOT NULL OR coalesce(n = 1, false)
    OR coalesce(their_unit = claimed, false) AS known
  FROM placed
  QUALIFY row_number() OVER (PARTITION BY lookup_key ORDER BY known DESC, who) = 1
), requester AS (
  SELECT b.* REPLACE (CASE WHEN known THEN their_unit END AS their_unit,
      CASE WHEN known THEN duty END AS duty, CASE WHEN known THEN who END AS who),
    coalesce(b.claimed, CASE WHEN known THEN their_unit END) AS unit
  FROM best b
), agent AS (
  SELECT r.*, CASE WHEN r.at < p."end" THEN p.unit_key END AS unit_key
  FROM requester r ASOF LEFT JOIN posts p ON p.officer_key = r.officer_key AND r.at >= p."start"
), number AS (
  SELECT a.lookup_key FROM agent a LEFT JOIN unit_phones p ON p.phone_key = a.caller_phone_key
  WHERE a.unit IS NOT NULL AND a.caller_phone_key IS NOT NULL
  GROUP BY a.lookup_key, a.channel
  HAVING NOT bool_or(coalesce(p.unit_key = a.unit, false))
    AND (min(p.row_id) IS NOT NULL OR coalesce(a.channel NOT IN ('outside_line', 'mobile'), true))
), call AS (
  SELECT a.lookup_key FROM agent a
  JOIN unit_phones ours ON ours.unit_key = a.unit_key
  JOIN internal_calls c ON c.to_phone_key = ours.phone_key
    AND c.at <= a.at AND c.at >= a.at - hours(0.25)
  LEFT JOIN unit_phones p ON p.phone_key = c.from_phone_key
  WHERE a.unit IS NOT NULL AND a.caller_phone_key IS NULL AND a.channel = 'internal_line'
  GROUP BY a.lookup_key HAVING NOT bool_or(coalesce(p.unit_key = a.unit, false))
), shown AS (
  SELECT a.lookup_key, a.who, [
    CASE WHEN a.duty = 'leave' THEN 'requester_on_leave' END,
    CASE WHEN a.duty = 'off' THEN 'requester_off' END,
    CASE WHEN a.unit <> a.unit_key THEN 'requester_other_unit' END,
    CASE WHEN a.claimed IS NOT NULL AND a.their_unit <> a.claimed THEN 'requester_not_of_unit' END,
    CASE WHEN (a.asked_key IS NOT NULL AND a.asked_key NOT IN (SELECT officer_key FROM officers))
      OR (a.asked_key IS NULL AND a.requester_text IS NOT NULL AND a.n IS NULL)
      THEN 'requester_unknown' END,
    CASE WHEN (a.asked_unit IS NOT NULL AND a.asked_unit NOT IN (SELECT unit_key FROM units))
      OR (a.asked_unit IS NULL AND a.requester_text IS NOT NULL AND a.said_unit IS NULL
        AND regexp_matches(a.requester_text, '分局|派出所|大隊|中隊|分隊|station|precinct'))
      THEN 'unit_unknown' END,
    CASE WHEN a.lookup_key IN (FROM number UNION ALL FROM call) THEN 'number_not_of_unit' END
  ] AS signs, CASE WHEN r.approved IS NULL THEN 'unregistered'
    WHEN NOT (r.approved OR a.approved_by_key IS NOT NULL) THEN 'unapproved' END AS rule
  FROM agent a LEFT JOIN registered r USING (lookup_key)
)
SELECT lookup_key, who AS requester_key, len(list_filter(signs, s -> s IS NOT NULL))
    + (rule IS NOT NULL)::INT AS measure,
  concat_ws(';', array_to_string(signs, ';'), rule) AS detail
FROM shown WHERE len(list_filter(signs, s -> s IS NOT NULL)) > 0
