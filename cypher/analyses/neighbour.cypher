// id: neighbour
// revision: 1
// role: view
// title: {en: Neighbours, zh-TW: 鄰居}
// statement:
//   en: The officer looked up a person of his own community (village, building, estate).
//   zh-TW: 員警查詢與其同一社區（村里、大樓）之人。
// needs: [officers, residences, addresses]
// rationale: Shown when an investigator looks at one officer; it ranks nothing, since an
//   officer who lives where he works meets his neighbours in his work.
// source: Case 1090103, the chair of a building's committee who checked applicants for the
//   guard's job.
// innocent:
//   - en: The officer lives in his own precinct and the neighbour was met in his work.
//     zh-TW: 員警居住於轄區，鄰居於勤務中出現。

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)
MATCH (o)-[l:LOOKED_UP]->(n:Person)-[q:LIVES_AT]->(b:Address)
WHERE me.person_id <> n.person_id AND a.address_id <> b.address_id AND r.tie_id <> q.tie_id
  AND a.community = b.community
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, a, n, q, b,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'address' AS anchor_kind,
  a.address_id AS anchor_id,
  n.person_id AS person_id,
  false AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  over AS tie_end,
  1 AS size,
  1 AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'COMMUNITY:addresses:' + b.address_id,
    'address:' + b.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + n.person_id
  ] AS path
