// id: former_partner
// revision: 1
// role: view
// title: {en: Someone who was close, zh-TW: 過去之親密關係人}
// statement:
//   en: The officer looked up a person whose tie to him, or whose home with him, had ended, three
//     times or more over two months or more without full explanation.
//   zh-TW: 員警與該人之關係或同住已終止，仍於二個月以上期間無完整事由查詢該人三次以上。
// needs: [officers, associations]
// rationale: A former partner is followed for months, a little each time. A tie that has ended is
//   a level of its own; that it goes on being looked up is what tells it from chance.
// source: IPCA 17-2333 (New Zealand), a two-year look-back found 97 look-ups of one relative.
// innocent:
//   - en: A common child, a lease or a debt makes the person a party to official matters.
//     zh-TW: 因子女、租約或債務，該人為公務事項之當事人。
//   - {en: A namesake or an error in the register of ties., zh-TW: 同名或關係登錄錯誤。}
//   - {en: The person was met in the officer's own work., zh-TW: 該人於員警勤務中出現。}
// parameters: {min_hits: 3, min_days: 60, max_residents: 12}

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(p:Person)
WITH o, i, me, t, p
MATCH (o)-[l:LOOKED_UP]->(p)
WHERE l.unexplained >= $min_hits AND l.last_at >= t.`end`
  AND l.last_at - l.first_at >= $min_days * 86400000000
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  p.person_id + '' AS anchor_id,
  p.person_id AS person_id,
  true AS direct,
  1 AS distance,
  t.`start` AS `start`,
  t.`end` AS `end`,
  t.`end` + 0 AS tie_end,
  1 + 0 AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:LIVES_AT]->(a:Address)<-[q:LIVES_AT]-(p:Person)
WHERE me.person_id <> p.person_id AND r.tie_id <> q.tie_id
  AND r.`start` < q.`end` AND q.`start` < r.`end`
WITH o, i, me, r, a, q, p,
  CASE WHEN r.`start` > q.`start` THEN r.`start` ELSE q.`start` END AS begun,
  CASE WHEN r.`end` < q.`end` THEN r.`end` ELSE q.`end` END AS over,
  COUNT { MATCH (a)<-[x:LIVES_AT]-(someone:Person) } AS residents
WHERE residents <= $max_residents
MATCH (o)-[l:LOOKED_UP]->(p)
WHERE l.unexplained >= $min_hits AND l.last_at >= over
  AND l.last_at - l.first_at >= $min_days * 86400000000
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  p.person_id + '' AS anchor_id,
  p.person_id AS person_id,
  true AS direct,
  1 AS distance,
  begun AS `start`,
  over AS `end`,
  over + 0 AS tie_end,
  residents AS size,
  COUNT { MATCH (me)-[v:TIE]-(w:Person) } AS searched,
  [
    'officer:' + o.officer_id, 'IS:' + i.tie_id,
    'person:' + me.person_id, 'LIVES_AT:' + r.tie_id,
    'address:' + a.address_id, 'LIVES_AT:' + q.tie_id,
    'person:' + p.person_id
  ] AS path
