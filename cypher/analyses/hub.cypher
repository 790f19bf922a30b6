// id: hub
// revision: 1
// role: set
// title: {en: Another organisation, zh-TW: 其他組織}
// statement:
//   en: Several persons whom the officer looked up without full explanation belong to one
//     organisation that he is not known to be linked to.
//   zh-TW: 員警查詢且無完整勤務事由之數人，同屬一個未知與其有關聯之組織。
// needs: [organisation_roles]
// rationale: The link to a place may be missing from the records while its people, guests and
//   applicants are looked up again and again.
// source: Taiwanese police ethics notice, case 1090101, which audits missed.
// innocent:
//   - en: The place is in the officer's beat and known to the police, or is being inspected.
//     zh-TW: 該場所位於員警轄區且經列管，或正受查察。
//   - {en: It is a large employer of the district., zh-TW: 該組織為轄內大型雇主。}
// parameters: {min_hits: 3, max_members: 1000}
// prior: 0.1
// prior_reason: 1 in 10 of documented misuse was about a place to which no tie was on record.

// `searched` counts the organisations that the officer's unexplained look-ups touch.
MATCH (o:Officer)-[c:LOOKED_UP]->(q:Person)-[d:HAS_ROLE]->(e:Organisation)
WHERE c.unexplained > 0
WITH o, count(DISTINCT e.organisation_id) AS searched
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[r:HAS_ROLE]->(g:Organisation)
WHERE l.unexplained > 0
WITH o, searched, g, sum(l.unexplained) AS hits
WHERE hits >= $min_hits
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:HAS_ROLE]->(g) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[y:TIE]-(via:Person)-[z:HAS_ROLE]->(g) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[y:LIVES_AT]->(home:Address)<-[x:LIVES_AT]-(mate:Person)-[z:HAS_ROLE]->(g) }
WITH o, searched, g, COUNT { MATCH (g)<-[v:HAS_ROLE]-(someone:Person) } AS size
WHERE size <= $max_members
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[r:HAS_ROLE]->(g)
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  r.`start` AS `start`,
  r.`end` AS `end`,
  253402300799000000 AS tie_end,
  size AS size,
  searched AS searched,
  [
    'officer:' + o.officer_id, 'LOOKED_UP:' + l.tie_id,
    'person:' + p.person_id, 'HAS_ROLE:' + r.tie_id,
    'organisation:' + g.organisation_id
  ] AS path
