// id: household
// revision: 1
// role: set
// title: {en: The household, zh-TW: 同住家屬}
// statement:
//   en: The officer looked up a person who lived at his address at the same time.
//   zh-TW: 員警查詢與其同時期同址居住之人。
// needs: [officers, residences]
// rationale: Those one lives with are the nearest private interest. A person who has moved
//   out is kept as a former tie, since a former partner is whom a stalker looks up.
// source: IPCA 17-2333 (New Zealand), a two-year look-back found 97 look-ups of relatives.
// innocent:
//   - en: The household member was met in the officer's own work, as a witness or in a stop.
//     zh-TW: 家屬於勤務中出現，如證人或受檢人。
//   - en: A dormitory or an old registration makes strangers share an address.
//     zh-TW: 宿舍或舊籍資料使陌生人同址。
// parameters: {max_residents: 12}
// prior: 0.03125
// prior_reason: With the officer himself, 1 in 32 of documented misuse takes this form.

// An address of more than $max_residents is a building, not a household.
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)<-[q:LIVES_AT]-(h:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(h) }
  AND me.person_id <> h.person_id AND r.tie_id <> q.tie_id
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, a, q, h,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over,
  COUNT { MATCH (a)<-[x:LIVES_AT]-(someone:Person) } AS residents
WHERE residents <= $max_residents
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  me.person_id AS anchor_id,
  h.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  over AS tie_end,
  residents AS size,
  1 AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + h.person_id
  ] AS path
