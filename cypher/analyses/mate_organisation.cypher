// id: mate_organisation
// revision: 2
// role: set
// title: {en: A mate's organisation, zh-TW: 同事關聯組織}
// statement:
//   en: The officer looked up people of an organisation that a unit-mate is linked to, and he is not.
//   zh-TW: 員警查詢同單位同事所關聯、而與其本人無關之組織人員。
// needs: [officers, postings, organisation_roles]
// rationale: Look-ups for an organisation may be spread over the accounts of a unit; the mate
//   who is linked to it is named as the one who may have asked. A role counts from 90 days
//   before it begins, as in `organisation`.
// source: Taiwanese police ethics notice, cases 1090101 and 1090103.
// innocent:
//   - en: The organisation was inspected or vetted, and several officers of the unit took part.
//     zh-TW: 該組織受臨檢或查核，單位多人參與。
//   - {en: It is a large employer of the district., zh-TW: 該組織為轄內大型雇主。}
// parameters: {max_residents: 12, max_members: 1000, before_days: 90}
// prior: 0.0625
// prior_reason: 1 in 16 of documented misuse serves an organisation of a mate.

// Ways to a hit: the mate's own role, his household's, a tie's.  As in `organisation`, whom the
// officer looked up is asked from his side.
MATCH (g:Organisation)<-[k:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (m:Officer)-[i:`IS`]->(x:Person)-[w:HAS_ROLE]->(g)
WITH m, i, x, w, g, size
MATCH (o:Officer)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m)
WHERE o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:HAS_ROLE]->(g) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[zz:TIE]-(via:Person)-[z:HAS_ROLE]->(g) }
WITH o, a, u, b, m, i, x, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND x.person_id <> p.person_id AND w.tie_id <> s.tie_id
WITH o, a, u, b, m, i, x, w, g, s, p, size,
  CASE WHEN a.`start` > b.`start` THEN a.`start` ELSE b.`start` END AS begun,
  CASE WHEN a.`end` < b.`end` THEN a.`end` ELSE b.`end` END AS over
WITH o, a, u, b, m, i, x, w, g, s, p, size,
  CASE WHEN begun > w.`start` THEN begun ELSE w.`start` END AS begun,
  CASE WHEN over < w.`end` THEN over ELSE w.`end` END AS over
WITH o, a, u, b, m, i, x, w, g, s, p, size,
  CASE WHEN begun > s.`start` - $before_days * 86400000000 THEN begun
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN over < s.`end` THEN over ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  253402300799000000 AS tie_end,
  size AS size,
  COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j1:`IS`]->(y1:Person)-[v1:HAS_ROLE]->(g1:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  }
  + COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j2:`IS`]->(y2:Person)-[t2:TIE]-(f2:Person)-[v2:HAS_ROLE]->(g2:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  } AS searched,
  [
    'officer:' + o.officer_id, 'POSTED_TO:' + a.tie_id,
    'unit:' + u.unit_id, 'POSTED_TO:' + b.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[k:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (m:Officer)-[i:`IS`]->(x:Person)-[r:LIVES_AT]->(e:Address)<-[q:LIVES_AT]-(h:Person)-[w:HAS_ROLE]->(g)
WHERE x.person_id <> h.person_id AND r.tie_id <> q.tie_id
  AND r.`start` < q.`end` AND q.`start` < r.`end`
  AND COUNT { MATCH (e)<-[y:LIVES_AT]-(anyone:Person) } <= $max_residents
WITH m, i, x, r, e, q, h, w, g, size
MATCH (o:Officer)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m)
WHERE o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:HAS_ROLE]->(g) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[zz:TIE]-(via:Person)-[z:HAS_ROLE]->(g) }
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND x.person_id <> p.person_id AND w.tie_id <> s.tie_id AND h.person_id <> p.person_id
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, s, p, size,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS parted
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > a.`start` THEN begun ELSE a.`start` END AS begun,
  CASE WHEN over < a.`end` THEN over ELSE a.`end` END AS over
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > b.`start` THEN begun ELSE b.`start` END AS begun,
  CASE WHEN over < b.`end` THEN over ELSE b.`end` END AS over
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > w.`start` THEN begun ELSE w.`start` END AS begun,
  CASE WHEN over < w.`end` THEN over ELSE w.`end` END AS over
WITH o, a, u, b, m, i, x, r, e, q, h, w, g, s, p, size, parted,
  CASE WHEN begun > s.`start` - $before_days * 86400000000 THEN begun
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN over < s.`end` THEN over ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  parted AS tie_end,
  size AS size,
  COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j1:`IS`]->(y1:Person)-[v1:HAS_ROLE]->(g1:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  }
  + COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j2:`IS`]->(y2:Person)-[t2:TIE]-(f2:Person)-[v2:HAS_ROLE]->(g2:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  } AS searched,
  [
    'officer:' + o.officer_id, 'POSTED_TO:' + a.tie_id,
    'unit:' + u.unit_id, 'POSTED_TO:' + b.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + e.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + h.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (g:Organisation)<-[k:HAS_ROLE]-(someone:Person)
WITH g, count(DISTINCT someone.person_id) AS size
WHERE size <= $max_members
MATCH (m:Officer)-[i:`IS`]->(x:Person)-[t:TIE]-(f:Person)-[w:HAS_ROLE]->(g)
WITH m, i, x, t, f, w, g, size
MATCH (o:Officer)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m)
WHERE o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:HAS_ROLE]->(g) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[zz:TIE]-(via:Person)-[z:HAS_ROLE]->(g) }
WITH o, a, u, b, m, i, x, t, f, w, g, size
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[s:HAS_ROLE]->(g)
WHERE NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND x.person_id <> p.person_id AND w.tie_id <> s.tie_id AND f.person_id <> p.person_id
WITH o, a, u, b, m, i, x, t, f, w, g, s, p, size,
  CASE WHEN a.`start` > b.`start` THEN a.`start` ELSE b.`start` END AS begun,
  CASE WHEN a.`end` < b.`end` THEN a.`end` ELSE b.`end` END AS over
WITH o, a, u, b, m, i, x, t, f, w, g, s, p, size,
  CASE WHEN begun > t.`start` THEN begun ELSE t.`start` END AS begun,
  CASE WHEN over < t.`end` THEN over ELSE t.`end` END AS over
WITH o, a, u, b, m, i, x, t, f, w, g, s, p, size,
  CASE WHEN begun > w.`start` THEN begun ELSE w.`start` END AS begun,
  CASE WHEN over < w.`end` THEN over ELSE w.`end` END AS over
WITH o, a, u, b, m, i, x, t, f, w, g, s, p, size,
  CASE WHEN begun > s.`start` - $before_days * 86400000000 THEN begun
    ELSE s.`start` - $before_days * 86400000000 END AS begun,
  CASE WHEN over < s.`end` THEN over ELSE s.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  size AS size,
  COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j1:`IS`]->(y1:Person)-[v1:HAS_ROLE]->(g1:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  }
  + COUNT {
    MATCH (o)-[c:POSTED_TO]->(v:Unit)<-[d:POSTED_TO]-(n:Officer)-[j2:`IS`]->(y2:Person)-[t2:TIE]-(f2:Person)-[v2:HAS_ROLE]->(g2:Organisation)
    WHERE n.officer_id <> o.officer_id AND c.`start` < d.`end` AND d.`start` < c.`end`
      AND c.`start` < $period_end AND c.`end` > $period_start
      AND d.`start` < $period_end AND d.`end` > $period_start
  } AS searched,
  [
    'officer:' + o.officer_id, 'POSTED_TO:' + a.tie_id,
    'unit:' + u.unit_id, 'POSTED_TO:' + b.tie_id,
    'officer:' + m.officer_id, 'IS:' + i.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'HAS_ROLE:' + w.tie_id,
    'organisation:' + g.organisation_id, 'HAS_ROLE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path
