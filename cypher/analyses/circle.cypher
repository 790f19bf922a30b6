// id: circle
// revision: 1
// role: set
// title: {en: Within the circle, zh-TW: 關係圈內}
// statement:
//   en: The officer looked up a person he is tied to, or one tied to such a person.
//   zh-TW: 員警查詢與其有私人關係者，或該關係人之關係人。
// needs: [officers, associations]
// rationale: Each private tie, together with that person's own ties, is one set; the more
//   acquaintances an officer has, the more such a search is charged. A tie that has ended is
//   kept as a former one.
// source: Taiwanese police ethics notice, cases 1090101 (friends of the night-life trade) and
//   1090103 (look-ups for friends); IPCA 17-2333 (New Zealand), a two-year look-back.
// innocent:
//   - {en: The person was met in the officer's own work., zh-TW: 該人於員警勤務中出現。}
//   - en: Local acquaintances are many where the officer grew up and serves.
//     zh-TW: 員警在家鄉服務，熟人本多。
//   - {en: The contact was declared., zh-TW: 該接觸往來已依規定登錄。}
// parameters: {max_ties: 3}
// prior: 0.25
// prior_reason: A quarter of documented misuse is about someone the officer knows, or knows of.

// One branch per number of ties and reach of a set; a branch whose guard is false is not run. A
// set is a tie `f` with, for $k of 2 or 3, those tied to it. Its size counts `f` but not the
// officer, who is one of those tied to it; for $k of 3 his other ties are counted as well, so it
// is a bound. Ties never join a person with himself.
MATCH (f:Person)-[x:TIE]-(near:Person)
WITH f, CASE WHEN $k = 2 THEN count(DISTINCT near.person_id) ELSE 1 END AS size
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(f) }
  AND $k <= 2 AND $max_ties >= 1
WITH o, i, me, t, f, size, f.person_id + '' AS friend
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  friend AS anchor_id,
  f.person_id AS person_id,
  true AS direct,
  1 AS distance,
  t.`start` AS `start`,
  t.`end` AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id
  ] AS path

UNION ALL

MATCH (f:Person)-[x:TIE]-(near:Person)
WITH f, count(DISTINCT near.person_id) AS size
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND $k = 2 AND $max_ties >= 2 AND me.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, p, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  f.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  over AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (f:Person)-[x:TIE]-(near:Person)
OPTIONAL MATCH (near)-[y:TIE]-(far:Person)
UNWIND [near.person_id, far.person_id] AS member
WITH f, count(DISTINCT member) - 1 AS size
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(f) }
  AND $k >= 3 AND $max_ties >= 1
WITH o, i, me, t, f, size, f.person_id + '' AS friend
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  friend AS anchor_id,
  f.person_id AS person_id,
  true AS direct,
  1 AS distance,
  t.`start` AS `start`,
  t.`end` AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id
  ] AS path

UNION ALL

MATCH (f:Person)-[x:TIE]-(near:Person)
OPTIONAL MATCH (near)-[y:TIE]-(far:Person)
UNWIND [near.person_id, far.person_id] AS member
WITH f, count(DISTINCT member) - 1 AS size
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND $k >= 3 AND $max_ties >= 2 AND me.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, p, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  f.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  over AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (f:Person)-[x:TIE]-(near:Person)
OPTIONAL MATCH (near)-[y:TIE]-(far:Person)
UNWIND [near.person_id, far.person_id] AS member
WITH f, count(DISTINCT member) - 1 AS size
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f)-[s:TIE]-(h:Person)-[u:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND $k >= 3 AND $max_ties >= 3
  AND me.person_id <> h.person_id AND me.person_id <> p.person_id AND f.person_id <> p.person_id
  AND t.tie_id <> s.tie_id AND s.tie_id <> u.tie_id AND t.tie_id <> u.tie_id
WITH o, i, me, t, f, s, h, u, p, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over
WITH o, i, me, t, f, s, h, u, p, size,
  CASE WHEN begun > u.`start` THEN begun ELSE u.`start` END AS begun,
  CASE WHEN over < u.`end` THEN over ELSE u.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  f.person_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  3 AS distance,
  begun AS `start`,
  over AS `end`,
  over AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + h.person_id, 'TIE:' + u.tie_id,
    'person:' + p.person_id
  ] AS path
