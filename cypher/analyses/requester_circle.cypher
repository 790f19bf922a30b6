// id: requester_circle
// revision: 1
// role: set
// title: {en: Circle of whoever asked, zh-TW: 請託人之關係圈}
// statement:
//   en: Look-ups that the log says another officer asked for fell on his circle, and not on that
//     of the officer who made them.
//   zh-TW: 查詢紀錄載明係他人請託，而查詢對象在請託人關係圈內、不在查詢人關係圈內。
// needs: [officers, associations, lookups.requester_id]
// rationale: Whoever may not look his own people up asks a colleague, who enters his name in good
//   faith. The requester may serve in any unit; he is named as the one who may have asked.
// source: Taiwanese police ethics notice, case 1090102; the ways that leaks happen (court cases and
//   interviews, National Taipei University) put asking a colleague second.
// innocent:
//   - en: The requester worked on a matter of his district, where his people live too.
//     zh-TW: 請託人係辦理轄內案件，而其關係人亦居住轄內。
//   - {en: The request was registered and had its reason., zh-TW: 該請託已登記並敘明事由。}
// prior: 0.05
// prior_reason: Of the twelfth that is made for a colleague, the log names him in half at best.

// A tie of a request begins and ends with its look-up, so that of the pair's look-ups those that
// he asked for count; every tie holds then. `size` counts the ways of one and two ties from the
// requester, a bound on the people of his circle.
MATCH (n:Officer)-[c:ASKED]->(o:Officer)
WHERE n.officer_id <> o.officer_id
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (m:Officer)-[e:ASKED]->(o)
WHERE m.officer_id <> o.officer_id
WITH DISTINCT o, searched, m
MATCH (m)-[i:`IS`]->(x:Person)-[t:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
WITH o, searched, m, i, x, t, p, COUNT { MATCH (x)-[y:TIE]-(near:Person) } AS nearest,
  COUNT { MATCH (x)-[y:TIE]-(near:Person)-[v:TIE]-(far:Person) WHERE x.person_id <> far.person_id } AS next
WITH o, searched, m, i, x, t, p, CASE WHEN $k >= 2 THEN nearest + next ELSE nearest END AS size
MATCH (m)-[a:ASKED]->(o)
WHERE m.officer_id <> o.officer_id
  AND EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE a.`start` <= l.last_at AND a.`end` > l.first_at }
  AND t.`start` <= a.`start` AND a.`start` < t.`end`
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'officer' AS anchor_kind,
  m.officer_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  a.`start` AS `start`,
  a.`end` AS `end`,
  253402300799000000 AS tie_end,
  size AS size,
  searched AS searched,
  [
    'officer:' + o.officer_id, 'ASKED:' + a.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (n:Officer)-[c:ASKED]->(o:Officer)
WHERE n.officer_id <> o.officer_id
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (m:Officer)-[e:ASKED]->(o)
WHERE m.officer_id <> o.officer_id
WITH DISTINCT o, searched, m
MATCH (m)-[i:`IS`]->(x:Person)-[t:TIE]-(f:Person)
WHERE $k >= 2
WITH o, searched, m, i, x, t, f
MATCH (f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND x.person_id <> p.person_id AND t.tie_id <> s.tie_id
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
WITH o, searched, m, i, x, t, f, s, p, COUNT { MATCH (x)-[y:TIE]-(near:Person) } AS nearest,
  COUNT { MATCH (x)-[y:TIE]-(near:Person)-[v:TIE]-(far:Person) WHERE x.person_id <> far.person_id } AS next
WITH o, searched, m, i, x, t, f, s, p, CASE WHEN $k >= 2 THEN nearest + next ELSE nearest END AS size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS parted
MATCH (m)-[a:ASKED]->(o)
WHERE m.officer_id <> o.officer_id
  AND EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE a.`start` <= l.last_at AND a.`end` > l.first_at }
  AND begun <= a.`start` AND a.`start` < parted
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'officer' AS anchor_kind,
  m.officer_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  a.`start` AS `start`,
  a.`end` AS `end`,
  253402300799000000 AS tie_end,
  size AS size,
  searched AS searched,
  [
    'officer:' + o.officer_id, 'ASKED:' + a.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path
