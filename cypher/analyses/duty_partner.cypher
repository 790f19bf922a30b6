// id: duty_partner
// revision: 1
// role: set
// title: {en: A partner's circle, zh-TW: 共勤同仁關係圈}
// statement:
//   en: The officer looked up a person of the circle of someone on the same duty, or using the
//     same device, at that time, and not of his own.
//   zh-TW: 員警查詢當時共勤或共用裝置之同仁關係圈內、但不在其本人關係圈內之人。
// needs: [officers, associations]
// rationale: A device left logged in and a favour asked on patrol show as look-ups that lie in
//   the circle of whoever was beside the account's holder; the partner is named.
// source: Taiwanese police ethics notice, case 1090103 (a colleague's logged-in mobile device).
// innocent:
//   - {en: Both worked on the partner's case., zh-TW: 共同處理同仁之案件。}
//   - {en: Shared devices are common in small stations., zh-TW: 小型單位常共用裝置。}
// prior: 0.05
// prior_reason: Like colleagues, 1 in 20; documented cases are few.

// A tie of duty holds for one duty, of a device for the time in which both used it. `size` counts
// the ways of one and two ties from the partner, a bound on the people of his circle.
MATCH (o:Officer)-[c:ON_DUTY_WITH]-(n:Officer)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(someone:Person) }
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (o)-[e:ON_DUTY_WITH]-(m:Officer)
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
MATCH (o)-[d:ON_DUTY_WITH]-(m)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE d.`start` <= l.last_at AND d.`end` > l.first_at }
WITH o, d, m, i, x, t, p, searched, size,
  CASE WHEN d.`start` > t.`start` THEN d.`start` ELSE t.`start` END AS begun,
  CASE WHEN d.`end` < t.`end` THEN d.`end` ELSE t.`end` END AS over
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
  searched AS searched,
  [
    'officer:' + o.officer_id, 'ON_DUTY_WITH:' + d.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[c:ON_DUTY_WITH]-(n:Officer)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(someone:Person) }
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (o)-[e:ON_DUTY_WITH]-(m:Officer)
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
WITH o, searched, m, i, x, t, f, s, p, CASE WHEN $k >= 2 THEN nearest + next ELSE nearest END AS size
MATCH (o)-[d:ON_DUTY_WITH]-(m)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE d.`start` <= l.last_at AND d.`end` > l.first_at }
WITH o, d, m, i, x, t, f, s, p, searched, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS parted
WITH o, d, m, i, x, t, f, s, p, searched, size, parted,
  CASE WHEN begun > d.`start` THEN begun ELSE d.`start` END AS begun,
  CASE WHEN over < d.`end` THEN over ELSE d.`end` END AS over
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
  searched AS searched,
  [
    'officer:' + o.officer_id, 'ON_DUTY_WITH:' + d.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[c:SHARED_DEVICE]-(n:Officer)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(someone:Person) }
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (o)-[e:SHARED_DEVICE]-(m:Officer)
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
MATCH (o)-[d:SHARED_DEVICE]-(m)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE d.`start` <= l.last_at AND d.`end` > l.first_at }
WITH o, d, m, i, x, t, p, searched, size,
  CASE WHEN d.`start` > t.`start` THEN d.`start` ELSE t.`start` END AS begun,
  CASE WHEN d.`end` < t.`end` THEN d.`end` ELSE t.`end` END AS over
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
  searched AS searched,
  [
    'officer:' + o.officer_id, 'SHARED_DEVICE:' + d.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[c:SHARED_DEVICE]-(n:Officer)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(someone:Person) }
WITH o, count(DISTINCT n.officer_id) AS searched
MATCH (o)-[e:SHARED_DEVICE]-(m:Officer)
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
WITH o, searched, m, i, x, t, f, s, p, CASE WHEN $k >= 2 THEN nearest + next ELSE nearest END AS size
MATCH (o)-[d:SHARED_DEVICE]-(m)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE d.`start` <= l.last_at AND d.`end` > l.first_at }
WITH o, d, m, i, x, t, f, s, p, searched, size,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS over,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS parted
WITH o, d, m, i, x, t, f, s, p, searched, size, parted,
  CASE WHEN begun > d.`start` THEN begun ELSE d.`start` END AS begun,
  CASE WHEN over < d.`end` THEN over ELSE d.`end` END AS over
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
  searched AS searched,
  [
    'officer:' + o.officer_id, 'SHARED_DEVICE:' + d.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path
