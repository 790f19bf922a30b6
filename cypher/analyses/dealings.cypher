// id: dealings
// revision: 1
// role: set
// title: {en: Home and dealings of an acquaintance, zh-TW: 關係人之同住者與交易對象}
// statement:
//   en: The officer looked up a person who lived where someone tied to him lives, or who soon
//     after moved in there, or whose vehicle soon after passed to that someone or to himself.
//   zh-TW: 員警查詢與其關係人同住、或不久後遷入其住處之人，或車輛不久後移轉予其關係人或本人之人。
// needs: [officers, associations, residences|vehicle_owners]
// rationale: Whoever lets rooms or buys a used car would like to know with whom he deals. Such a
//   check comes before the deal, so that at the time of the look-up no record ties the two yet.
// source: Taiwanese police ethics notice, case 1090103 (applicants for a guard's job, checked before
//   one was chosen); that tenants and sellers are checked likewise is our reading of it
// innocent:
//   - en: The officer keeps the register of the houses on his beat, where the acquaintance lives.
//     zh-TW: 該關係人住於員警勤區，員警依規定查察住戶。
//   - en: A lodger or a neighbour of the house was party to a case or a call.
//     zh-TW: 同住者或住戶為案件當事人或報案人。
// parameters: {max_residents: 12, before_days: 90}
// prior: 0.03125
// prior_reason: Estimate, like the household; known from practice, seldom from published cases.

// One set per acquaintance, and one for himself. A residence or an ownership counts from
// $before_days before it begins: 86,400,000,000 µs a day. An address of more than $max_residents is
// a building, not a home.
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WITH o, i, me, t, f
MATCH (f)-[r:LIVES_AT]->(a:Address)
WHERE COUNT { MATCH (a)<-[x:LIVES_AT]-(someone:Person) } <= $max_residents
WITH o, i, me, t, f, r, a
MATCH (p:Person)-[q:LIVES_AT]->(a)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND f.person_id <> p.person_id AND r.tie_id <> q.tie_id
WITH o, i, me, t, f, r, a, q, p, q.`start` - $before_days * 86400000000 AS checked,
  CASE WHEN t.`start` > r.`start` THEN t.`start` ELSE r.`start` END AS begun,
  CASE WHEN t.`end` < r.`end` THEN t.`end` ELSE r.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  f.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  CASE WHEN begun > checked THEN begun ELSE checked END AS `start`,
  CASE WHEN over < q.`end` THEN over ELSE q.`end` END AS `end`,
  t.`end` AS tie_end,
  COUNT { MATCH (f)-[y1:LIVES_AT]->(a1:Address)<-[x1:LIVES_AT]-(one:Person) WHERE one.person_id <> f.person_id }
    + COUNT { MATCH (f)-[y2:OWNS]->(a2:Vehicle)<-[x2:OWNS]-(two:Person) WHERE two.person_id <> f.person_id } AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WITH o, i, me, t, f
MATCH (f)-[r:OWNS]->(a:Vehicle)
WITH o, i, me, t, f, r, a
MATCH (p:Person)-[q:OWNS]->(a)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND f.person_id <> p.person_id AND r.tie_id <> q.tie_id
  AND q.`start` < r.`start`
WITH o, i, me, t, f, r, a, q, p, r.`start` - $before_days * 86400000000 AS checked,
  CASE WHEN t.`start` > q.`start` THEN t.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`start` < q.`end` THEN r.`start` ELSE q.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  f.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  CASE WHEN begun > checked THEN begun ELSE checked END AS `start`,
  CASE WHEN over < t.`end` THEN over ELSE t.`end` END AS `end`,
  t.`end` AS tie_end,
  COUNT { MATCH (f)-[y1:LIVES_AT]->(a1:Address)<-[x1:LIVES_AT]-(one:Person) WHERE one.person_id <> f.person_id }
    + COUNT { MATCH (f)-[y2:OWNS]->(a2:Vehicle)<-[x2:OWNS]-(two:Person) WHERE two.person_id <> f.person_id } AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'OWNS:' + r.tie_id,
    'vehicle:' + a.vehicle_id, 'OWNS:' + q.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)
WHERE COUNT { MATCH (a)<-[x:LIVES_AT]-(someone:Person) } <= $max_residents
WITH o, i, me, r, a
MATCH (p:Person)-[q:LIVES_AT]->(a)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND r.tie_id <> q.tie_id
WITH o, i, me, r, a, q, p, q.`start` - $before_days * 86400000000 AS checked,
  CASE WHEN r.`end` < q.`start` THEN r.`end` ELSE q.`start` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  me.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  1 AS distance,
  CASE WHEN r.`start` > checked THEN r.`start` ELSE checked END AS `start`,
  over AS `end`,
  253402300799000000 AS tie_end,
  COUNT { MATCH (me)-[y1:LIVES_AT]->(a1:Address)<-[x1:LIVES_AT]-(one:Person) WHERE one.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y2:OWNS]->(a2:Vehicle)<-[x2:OWNS]-(two:Person) WHERE two.person_id <> me.person_id } AS size,
  1 + 0 AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:OWNS]->(a:Vehicle)
WITH o, i, me, r, a
MATCH (p:Person)-[q:OWNS]->(a)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND r.tie_id <> q.tie_id
  AND q.`start` < r.`start`
WITH o, i, me, r, a, q, p, r.`start` - $before_days * 86400000000 AS checked,
  CASE WHEN r.`start` < q.`end` THEN r.`start` ELSE q.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  me.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  1 AS distance,
  CASE WHEN q.`start` > checked THEN q.`start` ELSE checked END AS `start`,
  over AS `end`,
  253402300799000000 AS tie_end,
  COUNT { MATCH (me)-[y1:LIVES_AT]->(a1:Address)<-[x1:LIVES_AT]-(one:Person) WHERE one.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y2:OWNS]->(a2:Vehicle)<-[x2:OWNS]-(two:Person) WHERE two.person_id <> me.person_id } AS size,
  1 + 0 AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'OWNS:' + r.tie_id,
    'vehicle:' + a.vehicle_id, 'OWNS:' + q.tie_id,
    'person:' + p.person_id
  ] AS path
