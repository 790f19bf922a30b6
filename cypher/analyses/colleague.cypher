// id: colleague
// revision: 1
// role: set
// title: {en: A colleague, zh-TW: 同事}
// statement: {en: The officer looked up an officer of his own unit., zh-TW: 員警查詢同單位同仁。}
// needs: [officers, postings]
// rationale: Colleagues are looked up out of curiosity, quarrels and favours; no case of a unit
//   should need its own members' records.
// source: Minnesota Legislative Auditor (2013) and Dutch protective monitoring name look-ups of
//   colleagues among the common forms.
// innocent:
//   - {en: A test of the system on a consenting colleague., zh-TW: 經同事同意之系統測試。}
//   - {en: The colleague was party to an accident or a complaint., zh-TW: 同事為事故或陳情案件當事人。}
// prior: 0.05
// prior_reason: 1 in 20 of documented misuse is about a colleague.

MATCH (o:Officer)-[a:POSTED_TO]->(u:Unit)<-[b:POSTED_TO]-(m:Officer)-[i:`IS`]->(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) }
  AND o.officer_id <> m.officer_id AND a.tie_id <> b.tie_id
  AND a.`start` < b.`end` AND b.`start` < a.`end`
  AND a.`start` < $period_end AND a.`end` > $period_start
  AND b.`start` < $period_end AND b.`end` > $period_start
WITH o, a, u, b, m, i, p,
  CASE WHEN a.`start` > b.`start` THEN a.`start` ELSE b.`start` END AS begun,
  CASE WHEN a.`end` < b.`end` THEN a.`end` ELSE b.`end` END AS over
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'officer' AS anchor_kind,
  m.officer_id AS anchor_id,
  p.person_id AS person_id,
  EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) } AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  253402300799000000 AS tie_end,
  1 AS size,
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
    'person:' + p.person_id
  ] AS path
