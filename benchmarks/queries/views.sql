-- What several of the queries begin with, as views: each query still computes all it needs.
CREATE MACRO hours(n) AS n * 3600000000;
CREATE MACRO far() AS 253402300799000000;
CREATE MACRO bare(t) AS trim(replace(replace(lower(t), ' ', ''), '　', ''));
CREATE MACRO unrecorded(level, explanation) AS
  level = 'none' OR (level = 'partial' AND explanation = 'declared_duty');
CREATE MACRO spoken(t) AS replace(replace(lower(trim(t)), '臺', '台'), '第', '');

-- Of postings that overlap the latest begun counts.
CREATE VIEW posts AS
WITH edge AS (
  SELECT officer_key, "start" AS t FROM posted UNION SELECT officer_key, "end" FROM posted
), piece AS (
  SELECT officer_key, t AS "start", lead(t) OVER (PARTITION BY officer_key ORDER BY t) AS "end"
  FROM edge
)
SELECT p.officer_key, p."start", p."end", h.unit_key, h.role
FROM piece p JOIN posted h USING (officer_key)
WHERE h."start" <= p."start" AND h."end" >= p."end"
QUALIFY row_number() OVER (PARTITION BY p.officer_key, p."start"
  ORDER BY h."start" DESC, h."end", h.unit_key, h.role) = 1;

CREATE VIEW asked AS
SELECT l.*, s.subject_key AS about_key, s.subject_kind AS about_kind
FROM lookups l JOIN subjects s USING (lookup_key);

CREATE VIEW about AS
SELECT a.*, a.about_key AS who FROM asked a
UNION ALL
SELECT a.*, o.person_key FROM asked a JOIN vehicle_owners o
  ON o.vehicle_key = a.about_key AND a.at >= o."start" AND a.at < o."end"
WHERE a.about_kind = 'vehicle';

CREATE VIEW placed AS
SELECT l.*, CASE WHEN l.at < p."end" THEN p.unit_key END AS unit_key,
  CASE WHEN l.at < p."end" AND p.role IS NOT NULL THEN p.role ELSE '' END AS role
FROM lookups l ASOF LEFT JOIN posts p ON l.officer_key = p.officer_key AND l.at >= p."start";

CREATE VIEW asked_in_unit AS
SELECT a.*, CASE WHEN a.at < p."end" THEN p.unit_key END AS unit_key
FROM asked a ASOF JOIN posts p ON a.officer_key = p.officer_key AND a.at >= p."start";

CREATE VIEW on_duty AS
SELECT l.*, d.kind AS duty, d."start", d."end", d.duty_id, d.row_id AS duty_row
FROM lookups l ASOF JOIN duty_segments d
  ON l.officer_key = d.officer_key AND l.at >= d."start" WHERE l.at < d."end";

CREATE VIEW owned AS
SELECT vehicle_key AS subject_key, person_key AS other_key, "start", "end" FROM vehicle_owners
UNION SELECT person_key, vehicle_key, "start", "end" FROM vehicle_owners;

CREATE VIEW involved AS
SELECT case_key, subject_key, -9223372036854775808 AS "start", far() AS "end" FROM case_subjects
UNION
SELECT c.case_key, o.other_key, o."start", o."end" FROM case_subjects c JOIN owned o USING (subject_key);

CREATE VIEW of_officer AS
SELECT o.officer_key, i.subject_key, c.case_key, c.case_id, c.kind, c.opened_at, c.closed_at,
  o."start", o."end", i."start" AS tied_from, i."end" AS tied_to
FROM cases c JOIN case_officers o USING (case_key) JOIN involved i USING (case_key);

CREATE VIEW of_unit AS
SELECT c.unit_key, i.subject_key, c.case_key, c.case_id, c.opened_at,
  coalesce(c.closed_at, far()) AS closed_at, i."start" AS tied_from, i."end" AS tied_to
FROM cases c JOIN involved i USING (case_key) WHERE c.unit_key IS NOT NULL;

CREATE VIEW under_alert AS
SELECT subject_key, kind, row_id, "start", "end",
  -9223372036854775808 AS tied_from, far() AS tied_to
FROM alerts
UNION ALL
SELECT o.other_key, a.kind, a.row_id, a."start", a."end", o."start", o."end"
FROM alerts a JOIN owned o USING (subject_key);

CREATE VIEW noted AS
WITH named AS (
  SELECT officer_key, subject_key, row_id, "at" FROM work_records WHERE subject_key IS NOT NULL
  UNION
  SELECT w.officer_key, s.subject_key, w.row_id, w.at
  FROM work_records w JOIN work_record_subjects s USING (record_id)
)
SELECT *, -9223372036854775808 AS tied_from, far() AS tied_to FROM named
UNION ALL
SELECT n.officer_key, o.other_key, n.row_id, n.at, o."start", o."end"
FROM named n JOIN owned o USING (subject_key);

CREATE VIEW last_review AS
SELECT lookup_key, decision, row_id FROM reviews WHERE lookup_key IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY lookup_key
  ORDER BY "at" DESC NULLS LAST, decision, row_id) = 1;

CREATE VIEW proxies AS
SELECT l.lookup_key, l.officer_key, l.at, l.channel, l.caller_phone_key, l.approved_by_key,
  l.requester_key AS asked_key, nullif(trim(l.requester_text), '') AS requester_text,
  l.requester_unit_key AS asked_unit
FROM lookups l
WHERE l.requester_key IS DISTINCT FROM l.officer_key
  AND (l.requester_key IS NOT NULL OR nullif(trim(l.requester_text), '') IS NOT NULL
    OR l.requester_unit_key IS NOT NULL OR l.caller_phone_key IS NOT NULL
    OR l.channel IN ('internal_line', 'outside_line'));

CREATE VIEW registered AS
SELECT x.lookup_key, bool_or(r.approved_by_key IS NOT NULL) AS approved
FROM proxies x JOIN proxy_register r ON r.agent_key = x.officer_key
  AND abs(x.at - r.at) <= hours(24) AND (x.asked_key IS NULL OR x.asked_key = r.requester_key)
LEFT JOIN subjects s ON s.lookup_key = x.lookup_key
WHERE r.subject_key IS NULL OR r.subject_key = s.subject_key
GROUP BY x.lookup_key;

-- Who asked: by id, else the one officer whom the text names, one of the unit named first.
CREATE VIEW requester AS
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
), on_roster AS (
  SELECT c.*, CASE WHEN c.at < d."end" THEN d.kind END AS duty, d.row_id AS duty_row
  FROM posted_then c ASOF LEFT JOIN duty_segments d
    ON d.officer_key = c.who AND c.at >= d."start"
), best AS (
  SELECT *, asked_key IS NOT NULL OR coalesce(n = 1, false)
    OR coalesce(their_unit = claimed, false) AS known
  FROM on_roster
  QUALIFY row_number() OVER (PARTITION BY lookup_key ORDER BY known DESC, who) = 1
)
SELECT b.* REPLACE (CASE WHEN known THEN their_unit END AS their_unit,
    CASE WHEN known THEN duty END AS duty, CASE WHEN known THEN who END AS who),
  coalesce(b.claimed, CASE WHEN known THEN their_unit END) AS unit
FROM best b;
