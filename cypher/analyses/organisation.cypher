// id: organisation
// revision: 2
// role: set
// title: {en: Linked organisation, zh-TW: 關聯組織}
// statement:
//   en: The officer looked up people of an organisation in which he, his household or someone
//     tied to him has a role.
//   zh-TW: 員警查詢某組織之人員、應徵者或客戶，而其本人、家屬或關係人於該組織任職。
// needs: [officers, organisation_roles]
// rationale: Job applicants, guests, debtors and employees are looked up for the organisation's
//   sake; each organisation that the officer is linked to is one set. A role counts from 90 days
//   before it begins, since whoever is checked before he is hired has none yet.
// source: Taiwanese police ethics notice, cases 1090101 (the den of friends and its applicants)
//   and 1090103 (the chair of a building's committee who checked applicants for a guard's job).
// innocent:
//   - en: The organisation was inspected or vetted, and several officers of the unit took part.
//     zh-TW: 該組織受臨檢或查核，單位多人參與。
//   - en: An organisation with very many members is met everywhere in the district.
//     zh-TW: 該組織成員眾多，轄內隨處可見。
// parameters: {max_residents: 12, max_members: 1000, before_days: 90}
// prior: 0.25
// prior_reason: A quarter of documented misuse serves an organisation that the officer is linked to.

// Five ways to a hit: by the officer's own role, through his household (a member of the
// organisation, or the household member himself), through a tie (likewise).  Whom he looked up
// is asked from his side: from an organisation's side every member meets every other.  Of an
// organisation of more than $max_members even eight look-ups, the most that a set assumes to be
// extra, hardly differ from chance. A member's role counts from $before_days before it begins,
// of 86,400,000,000 µs each.
MATCH (g:Organisation)<-[x:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[w:HAS_ROLE]->(g)
WITH o, i, me, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE me.person_id <> p.person_id AND w.tie_id <> s.tie_id
WITH o, i, me, w, g, s, p, size,
  CASE WHEN w.`start` > s.`start` - $before_days * 86400000000 THEN w.`start`
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN w.`end` < s.`end` THEN w.`end` ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  253402300799000000 AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v1:HAS_ROLE]->(g1:Organisation) }
    + COUNT { MATCH (me)-[y2:LIVES_AT]->(a2:Address)<-[z2:LIVES_AT]-(h2:Person)-[v2:HAS_ROLE]->(g2:Organisation) WHERE h2.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y3:TIE]-(f3:Person)-[v3:HAS_ROLE]->(g3:Organisation) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[x:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)<-[q:LIVES_AT]-(h:Person)-[w:HAS_ROLE]->(g)
WHERE me.person_id <> h.person_id AND r.tie_id <> q.tie_id
  AND COUNT { MATCH (a)<-[xx:LIVES_AT]-(anyone:Person) } <= $max_residents
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, a, q, h, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE me.person_id <> p.person_id AND h.person_id <> p.person_id AND w.tie_id <> s.tie_id
WITH o, i, me, r, a, q, h, w, g, s, p, size,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS parted
WITH o, i, me, r, a, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > w.`start` THEN begun ELSE w.`start` END AS begun,
  CASE WHEN over < w.`end` THEN over ELSE w.`end` END AS over
WITH o, i, me, r, a, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > s.`start` - $before_days * 86400000000 THEN begun
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN over < s.`end` THEN over ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  parted AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v1:HAS_ROLE]->(g1:Organisation) }
    + COUNT { MATCH (me)-[y2:LIVES_AT]->(a2:Address)<-[z2:LIVES_AT]-(h2:Person)-[v2:HAS_ROLE]->(g2:Organisation) WHERE h2.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y3:TIE]-(f3:Person)-[v3:HAS_ROLE]->(g3:Organisation) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + h.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[x:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)<-[q:LIVES_AT]-(h:Person)-[w:HAS_ROLE]->(g)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(h) }
  AND me.person_id <> h.person_id AND r.tie_id <> q.tie_id
  AND COUNT { MATCH (a)<-[xx:LIVES_AT]-(anyone:Person) } <= $max_residents
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, a, q, h, w, g, size,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS parted
WITH o, i, me, r, a, q, h, w, g, size, parted,
  CASE WHEN begun > w.`start` THEN begun ELSE w.`start` END AS begun,
  CASE WHEN over < w.`end` THEN over ELSE w.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  h.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  parted AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v1:HAS_ROLE]->(g1:Organisation) }
    + COUNT { MATCH (me)-[y2:LIVES_AT]->(a2:Address)<-[z2:LIVES_AT]-(h2:Person)-[v2:HAS_ROLE]->(g2:Organisation) WHERE h2.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y3:TIE]-(f3:Person)-[v3:HAS_ROLE]->(g3:Organisation) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + h.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[x:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)-[w:HAS_ROLE]->(g)
WITH o, i, me, t, f, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE me.person_id <> p.person_id AND f.person_id <> p.person_id AND w.tie_id <> s.tie_id
WITH o, i, me, t, f, w, g, s, p, size,
  CASE WHEN t.`start` > w.`start` THEN t.`start` ELSE w.`start` END AS begun,
  CASE WHEN t.`end` < w.`end` THEN t.`end` ELSE w.`end` END AS over
WITH o, i, me, t, f, w, g, s, p, size,
  CASE WHEN begun > s.`start` - $before_days * 86400000000 THEN begun
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN over < s.`end` THEN over ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (me)-[z:TIE]-(p) } AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v1:HAS_ROLE]->(g1:Organisation) }
    + COUNT { MATCH (me)-[y2:LIVES_AT]->(a2:Address)<-[z2:LIVES_AT]-(h2:Person)-[v2:HAS_ROLE]->(g2:Organisation) WHERE h2.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y3:TIE]-(f3:Person)-[v3:HAS_ROLE]->(g3:Organisation) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[x:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(f:Person)-[w:HAS_ROLE]->(g)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(f) }
WITH o, i, me, t, f, w, g, size,
  CASE WHEN t.`start` > w.`start` THEN t.`start` ELSE w.`start` END AS begun,
  CASE WHEN t.`end` < w.`end` THEN t.`end` ELSE w.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  f.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT { MATCH (me)-[v1:HAS_ROLE]->(g1:Organisation) }
    + COUNT { MATCH (me)-[y2:LIVES_AT]->(a2:Address)<-[z2:LIVES_AT]-(h2:Person)-[v2:HAS_ROLE]->(g2:Organisation) WHERE h2.person_id <> me.person_id }
    + COUNT { MATCH (me)-[y3:TIE]-(f3:Person)-[v3:HAS_ROLE]->(g3:Organisation) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id
  ] AS path
