// id: conflict_of_interest
// revision: 1
// role: view
// title: {en: A case of one's own circle, zh-TW: 承辦涉及親友之案件}
// statement:
//   en: The officer was assigned to a case that involves himself, a member of his household or a
//     person of his circle, and looked that person up.
//   zh-TW: 員警承辦涉及其本人、同戶人員或關係圈內之人之案件，並查詢該人。
// needs: [officers, associations, cases, case_officers, case_subjects]
// rationale: A case explains the look-ups of its subjects, and so does one that should have been
//   somebody else's. What is explained is not ranked, so explanations are examined by themselves.
// source: Administrative Procedure Act on withdrawal; case 1090103 of the police ethics notice.
// innocent:
//   - en: Notice of the conflict was given, and a superior left the case with him.
//     zh-TW: 已通報利益衝突，經主管核定仍由其承辦。
//   - en: In a small place the only officer on duty takes the report of whoever comes.
//     zh-TW: 小型駐地當班員警僅一人，來者均由其受理。
//   - {en: The tie is distant or has long ended., zh-TW: 關係疏遠或早已終止。}
// parameters: {max_residents: 12}

// Branches: a tie, a tie of a tie when $k reaches so far, the household, himself.  Each goes hop by
// hop from the officer, and asks for cases of the few people only whom he looked up.
MATCH (o:Officer)-[i:`IS`]->(me:Person)
WITH o, i, me
MATCH (me)-[t:TIE]-(p:Person)
WITH o, i, me, t, p
MATCH (o)-[l:LOOKED_UP]->(p)
WITH o, i, me, t, p
MATCH (p)<-[v:INVOLVES]-(c:PoliceCase)<-[a:ASSIGNED_TO]-(o)
WITH o, a, c, v, p, i, me, t,
  CASE WHEN a.`start` > t.`start` THEN a.`start` ELSE t.`start` END AS begun,
  CASE WHEN a.`end` < t.`end` THEN a.`end` ELSE t.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'case' AS anchor_kind,
  c.case_id AS anchor_id,
  p.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  t.`end` AS tie_end,
  COUNT { MATCH (c)-[w:INVOLVES]->(someone:Person) } AS size,
  COUNT { MATCH (o)-[b:ASSIGNED_TO]->(d:PoliceCase) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id, 'INVOLVES:' + v.tie_id,
    'case:' + c.case_id, 'ASSIGNED_TO:' + a.tie_id,
    'officer:' + o.officer_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)
WHERE $k >= 2
WITH o, i, me
MATCH (me)-[t:TIE]-(f:Person)
WITH o, i, me, t, f
MATCH (f)-[s:TIE]-(p:Person)
WHERE me.person_id <> p.person_id AND t.tie_id <> s.tie_id
WITH o, i, me, t, f, s, p
MATCH (o)-[l:LOOKED_UP]->(p)
WITH o, i, me, t, f, s, p,
  CASE WHEN t.`start` > s.`start` THEN t.`start` ELSE s.`start` END AS begun,
  CASE WHEN t.`end` < s.`end` THEN t.`end` ELSE s.`end` END AS until
MATCH (p)<-[v:INVOLVES]-(c:PoliceCase)<-[a:ASSIGNED_TO]-(o)
WITH o, a, c, v, p, i, me, t, s, f, until,
  CASE WHEN a.`start` > begun THEN a.`start` ELSE begun END AS begun,
  CASE WHEN a.`end` < until THEN a.`end` ELSE until END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'case' AS anchor_kind,
  c.case_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  begun AS `start`,
  over AS `end`,
  until AS tie_end,
  COUNT { MATCH (c)-[w:INVOLVES]->(someone:Person) } AS size,
  COUNT { MATCH (o)-[b:ASSIGNED_TO]->(d:PoliceCase) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id, 'INVOLVES:' + v.tie_id,
    'case:' + c.case_id, 'ASSIGNED_TO:' + a.tie_id,
    'officer:' + o.officer_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)
WITH o, i, me
MATCH (me)-[r:LIVES_AT]->(h:Address)
WITH o, i, me, r, h, COUNT { MATCH (h)<-[x:LIVES_AT]-(someone:Person) } AS residents
WHERE residents <= $max_residents
MATCH (h)<-[q:LIVES_AT]-(p:Person)
WHERE me.person_id <> p.person_id AND r.tie_id <> q.tie_id
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, h, q, p
MATCH (o)-[l:LOOKED_UP]->(p)
WITH o, i, me, r, h, q, p,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS until
MATCH (p)<-[v:INVOLVES]-(c:PoliceCase)<-[a:ASSIGNED_TO]-(o)
WITH o, a, c, v, p, i, me, r, h, q, until,
  CASE WHEN a.`start` > begun THEN a.`start` ELSE begun END AS begun,
  CASE WHEN a.`end` < until THEN a.`end` ELSE until END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'case' AS anchor_kind,
  c.case_id AS anchor_id,
  p.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  until AS tie_end,
  COUNT { MATCH (c)-[w:INVOLVES]->(someone:Person) } AS size,
  COUNT { MATCH (o)-[b:ASSIGNED_TO]->(d:PoliceCase) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + h.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + p.person_id, 'INVOLVES:' + v.tie_id,
    'case:' + c.case_id, 'ASSIGNED_TO:' + a.tie_id,
    'officer:' + o.officer_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(p:Person)
WITH o, i, p
MATCH (o)-[l:LOOKED_UP]->(p)
WITH o, i, p
MATCH (p)<-[v:INVOLVES]-(c:PoliceCase)<-[a:ASSIGNED_TO]-(o)
WITH o, a, c, v, p, i
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'case' AS anchor_kind,
  c.case_id AS anchor_id,
  p.person_id AS person_id,
  true AS direct,
  0 AS distance,
  a.`start` AS `start`,
  a.`end` AS `end`,
  253402300799000000 AS tie_end,
  COUNT { MATCH (c)-[w:INVOLVES]->(someone:Person) } AS size,
  COUNT { MATCH (o)-[b:ASSIGNED_TO]->(d:PoliceCase) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + p.person_id, 'INVOLVES:' + v.tie_id,
    'case:' + c.case_id, 'ASSIGNED_TO:' + a.tie_id,
    'officer:' + o.officer_id
  ] AS path
