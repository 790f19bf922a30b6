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
// officer, who is one of those tied to it; ties count, so that two of different kinds to one
// person count twice, and for $k of 3 it is the bound that counts every way of two ties. Ties
// never join a person with himself. Each hop has its MATCH: in one, the embedded engine would
// first join all ties with all ties.
MATCH (o:Officer)-[c:LOOKED_UP]->(someone:Person)
WITH DISTINCT o
MATCH (o)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(f) }
  AND $k <= 2 AND $max_ties >= 1
WITH o, i, me, t, f, f.person_id + '' AS friend,
  CASE WHEN $k = 2 THEN COUNT { MATCH (f)-[x:TIE]-(near:Person) } ELSE 1 END AS size
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

MATCH (o:Officer)-[c:LOOKED_UP]->(someone:Person)
WITH DISTINCT o
MATCH (o)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WHERE $k = 2 AND $max_ties >= 2
WITH o, i, me, t, f
MATCH (f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, p,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over,
  COUNT { MATCH (f)-[x:TIE]-(near:Person) } AS size
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

MATCH (o:Officer)-[c:LOOKED_UP]->(someone:Person)
WITH DISTINCT o
MATCH (o)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(f) }
  AND $k >= 3 AND $max_ties >= 1
WITH o, i, me, t, f, f.person_id + '' AS friend,
  COUNT { MATCH (f)-[x:TIE]-(near:Person) }
    + COUNT { MATCH (f)-[x:TIE]-(near:Person)-[y:TIE]-(far:Person) WHERE f.person_id <> far.person_id } AS size
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

MATCH (o:Officer)-[c:LOOKED_UP]->(someone:Person)
WITH DISTINCT o
MATCH (o)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WHERE $k >= 3 AND $max_ties >= 2
WITH o, i, me, t, f
MATCH (f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, p,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over,
  COUNT { MATCH (f)-[x:TIE]-(near:Person) }
    + COUNT { MATCH (f)-[x:TIE]-(near:Person)-[y:TIE]-(far:Person) WHERE f.person_id <> far.person_id } AS size
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

MATCH (o:Officer)-[c:LOOKED_UP]->(someone:Person)
WITH DISTINCT o
MATCH (o)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)
WHERE $k >= 3 AND $max_ties >= 3
WITH o, i, me, t, f
MATCH (f)-[s:TIE]-(h:Person)
WHERE me.person_id <> h.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, h,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over
MATCH (h)-[u:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND me.person_id <> p.person_id AND f.person_id <> p.person_id
  AND t.tie_id <> u.tie_id AND s.tie_id <> u.tie_id
WITH o, i, me, t, f, s, h, u, p,
  CASE WHEN begun > u.`start` THEN begun ELSE u.`start` END AS begun,
  CASE WHEN over < u.`end` THEN over ELSE u.`end` END AS over,
  COUNT { MATCH (f)-[x:TIE]-(near:Person) }
    + COUNT { MATCH (f)-[x:TIE]-(near:Person)-[y:TIE]-(far:Person) WHERE f.person_id <> far.person_id } AS size
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
