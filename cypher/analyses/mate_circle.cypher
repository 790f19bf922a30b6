// id: mate_circle
// revision: 1
// role: set
// title: {en: Who really asked, zh-TW: 真正的查詢人}
// statement:
//   en: The officer looked up a person of a unit-mate's circle who is not in his own.
//   zh-TW: 員警查詢同單位同事關係圈內、但不在其本人關係圈內之人。
// needs: [officers, postings, associations]
// rationale: A look-up made for a colleague lies in the colleague's circle, not in the account
//   holder's; the mate is named as the one who may have asked. The mate's circle reaches two
//   ties at most.
// source: Taiwanese police ethics notice, cases 1090102 and 1090103; the ways that leaks happen
//   (court cases and interviews, National Taipei University) put asking a colleague second.
// innocent:
//   - en: The mate handed over his own case, or both serve where the mate's people live.
//     zh-TW: 同事交辦其案件，或該關係人即住轄內。
//   - {en: A registered proxy look-up of the unit., zh-TW: 單位內已登記之代查。}
// prior: 0.08333
// prior_reason: 1 in 12 of documented misuse was made for a mate of the unit.

// A set is one mate's circle: those tied to him and, for $k of 2 or more, those tied to them.
// Who looked them up is asked before who serves with him: few did, but many may.
MATCH (m:Officer)-[i:`IS`]->(x:Person)-[y:TIE]-(near:Person)
OPTIONAL MATCH (near)-[z:TIE]-(far:Person)
WHERE $k >= 2 AND far.person_id <> x.person_id
UNWIND [near.person_id, far.person_id] AS member
WITH m, x, count(DISTINCT member) AS size
MATCH (m)-[i:`IS`]->(x)-[t:TIE]-(p:Person)
WITH m, i, x, t, p, size
MATCH (o:Officer)-[l:LOOKED_UP]->(p)
WITH o, m, i, x, t, p, size
MATCH (o)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m)
WHERE o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
WITH o, a, u, b, m, i, x, t, p, size,
  CASE WHEN a.`start` > b.`start` THEN a.`start` ELSE b.`start` END AS begun,
  CASE WHEN a.`end` < b.`end` THEN a.`end` ELSE b.`end` END AS over
WITH o, a, u, b, m, i, x, t, p, size,
  CASE WHEN begun > t.`start` THEN begun ELSE t.`start` END AS begun,
  CASE WHEN over < t.`end` THEN over ELSE t.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'officer' AS anchor_kind,
  m.officer_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  } AS searched,
  [
    'officer:' + o.officer_id, 'POSTED_TO:' + a.tie_id,
    'unit:' + u.unit_id, 'POSTED_TO:' + b.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (m:Officer)-[i:`IS`]->(x:Person)-[y:TIE]-(near:Person)
OPTIONAL MATCH (near)-[z:TIE]-(far:Person)
WHERE $k >= 2 AND far.person_id <> x.person_id
UNWIND [near.person_id, far.person_id] AS member
WITH m, x, count(DISTINCT member) AS size
MATCH (m)-[i:`IS`]->(x)-[t:TIE]-(f:Person)
WHERE $k >= 2
WITH m, i, x, t, f, size
MATCH (f)-[s:TIE]-(p:Person)
WHERE x.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH m, i, x, t, f, s, p, size
MATCH (o:Officer)-[l:LOOKED_UP]->(p)
WITH o, m, i, x, t, f, s, p, size
MATCH (o)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m)
WHERE o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
WITH o, a, u, b, m, i, x, t, f, s, p, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS parted
WITH o, a, u, b, m, i, x, t, f, s, p, size, parted,
  CASE WHEN begun > a.`start` THEN begun ELSE a.`start` END AS begun,
  CASE WHEN over < a.`end` THEN over ELSE a.`end` END AS over
WITH o, a, u, b, m, i, x, t, f, s, p, size, parted,
  CASE WHEN begun > b.`start` THEN begun ELSE b.`start` END AS begun,
  CASE WHEN over < b.`end` THEN over ELSE b.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'officer' AS anchor_kind,
  m.officer_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  parted AS tie_end,
  size AS size,
  COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  } AS searched,
  [
    'officer:' + o.officer_id, 'POSTED_TO:' + a.tie_id,
    'unit:' + u.unit_id, 'POSTED_TO:' + b.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path
