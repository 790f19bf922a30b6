-- What several of the queries begin with, as views: each query still computes all it needs.
CREATE MACRO hours(n) AS n * 3600000000;
CREATE MACRO far() AS 253402300799000000;
CREATE MACRO bare(t) AS trim(replace(replace(lower(t), ' ', ''), '　', ''));
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
