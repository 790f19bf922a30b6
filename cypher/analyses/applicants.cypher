// id: applicants
// revision: 1
// role: view
// title: {en: 'Applicants, employees or debtors of one organisation', zh-TW: 同一組織之應徵者、員工或債務人}
// statement:
//   en: The officer looked up, without full explanation, three or more persons who have one and
//     the same role in an organisation, or who owe to somebody of it.
//   zh-TW: 員警無完整事由查詢三名以上在同一組織具相同身分，或對該組織人員負有債務之人。
// needs: [organisation_roles]
// rationale: Background checks for an employer and lists of debtors show as people of one kind
//   around one place, whether or not the officer is known to be linked to it.
// source: Taiwanese police ethics notice, cases 1090101 (applicants, debtors) and 1090103
//   (applicants for the guard's job).
// innocent:
//   - en: The organisation asked for a vetting that the law provides for.
//     zh-TW: 該組織依法申請查核。
//   - {en: It was inspected, or is a party to a case., zh-TW: 該組織受檢查，或為案件當事人。}
//   - {en: It is a large employer of the district., zh-TW: 該組織為轄內大型雇主。}
// parameters: {min_people: 3, debt: creditor}

MATCH (o:Officer)-[c:LOOKED_UP]->(q:Person)-[d:HAS_ROLE]->(g:Organisation)
WHERE c.unexplained > 0
WITH o, g, d.kind AS role, count(DISTINCT q.person_id) AS people
WHERE people >= $min_people
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[r:HAS_ROLE]->(g)
WHERE l.unexplained > 0 AND r.kind = role
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
  people AS size,
  1 + 0 AS searched,
  [
    'officer:' + o.officer_id, 'LOOKED_UP:' + l.tie_id,
    'person:' + p.person_id, 'HAS_ROLE:' + r.tie_id,
    'organisation:' + g.organisation_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[c:LOOKED_UP]->(q:Person)-[d:TIE]-(f:Person)
WHERE c.unexplained > 0 AND d.kind = $debt
WITH o, c, q, f
MATCH (f)-[e:HAS_ROLE]->(g:Organisation)
WITH o, g, count(DISTINCT q.person_id) AS people
WHERE people >= $min_people
MATCH (o)-[l:LOOKED_UP]->(p:Person)-[t:TIE]-(via:Person)
WHERE l.unexplained > 0 AND t.kind = $debt
WITH o, g, people, l, p, t, via
MATCH (via)-[r:HAS_ROLE]->(g)
WITH o, g, people, l, p, t, via, r,
  CASE WHEN t.`start` > r.`start` THEN t.`start` ELSE r.`start` END AS begun,
  CASE WHEN t.`end` < r.`end` THEN t.`end` ELSE r.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'organisation' AS anchor_kind,
  g.organisation_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  people AS size,
  1 + 0 AS searched,
  [
    'officer:' + o.officer_id, 'LOOKED_UP:' + l.tie_id,
    'person:' + p.person_id, 'TIE:' + t.tie_id,
    'person:' + via.person_id, 'HAS_ROLE:' + r.tie_id,
    'organisation:' + g.organisation_id
  ] AS path
