// id: ring
// revision: 1
// role: view
// title: {en: Officers who share uncommon subjects, zh-TW: 共同查詢罕見對象之員警}
// statement:
//   en: Two officers looked up, without full explanation, three or more of the same persons whom
//     twenty officers or fewer looked up at all.
//   zh-TW: 二名員警均無完整事由查詢三名以上相同對象，且查詢該等對象之員警均不逾二十名。
// needs: [officers, lookups]
// rationale: Officers who serve the same outside interest meet in its people. Persons whom many
//   look up tie everybody to everybody, so they are left out.
// source: Design of the catalogue; case 1090101, where several officers served one circle.
// innocent:
//   - en: Both serve one beat, one task force or one shift, and met the same people at work.
//     zh-TW: 二人同勤區、同專案或同班，於勤務中遇見相同之人。
//   - {en: One handed his cases over to the other., zh-TW: 案件移交。}
//   - {en: One looks up for the other by the rules of proxy look-ups., zh-TW: 依規定代查。}
// parameters: {min_shared: 3, max_officers: 20}

MATCH (p:Person)<-[x:LOOKED_UP]-(q:Officer)
WITH p, count(DISTINCT q.officer_id) AS officers
WHERE officers >= 2 AND officers <= $max_officers
MATCH (o:Officer)-[l:LOOKED_UP]->(p)<-[m:LOOKED_UP]-(n:Officer)
WHERE o.officer_id <> n.officer_id AND l.tie_id <> m.tie_id
  AND l.unexplained > 0 AND m.unexplained > 0
WITH o, n, count(DISTINCT p.person_id) AS shared
WHERE shared >= $min_shared
MATCH (o)-[l:LOOKED_UP]->(p:Person)<-[m:LOOKED_UP]-(n)
WHERE o.officer_id <> n.officer_id AND l.tie_id <> m.tie_id
  AND l.unexplained > 0 AND m.unexplained > 0
  AND COUNT { MATCH (p)<-[y:LOOKED_UP]-(someone:Officer) } <= $max_officers
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'officer' AS anchor_kind,
  n.officer_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  l.`start` AS `start`,
  l.`end` AS `end`,
  253402300799000000 AS tie_end,
  shared AS size,
  1 AS searched,
  [
    'officer:' + o.officer_id, 'LOOKED_UP:' + l.tie_id,
    'person:' + p.person_id, 'LOOKED_UP:' + m.tie_id,
    'officer:' + n.officer_id
  ] AS path
