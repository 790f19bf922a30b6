// id: caller_circle
// revision: 1
// role: set
// title: {en: Circle of whoever rang, zh-TW: 來電者之關係圈}
// statement:
//   en: Look-ups made while somebody's telephone rang fell on people tied to that person, and not
//     on the officer's own circle.
//   zh-TW: 電話請託之查詢，對象在來電者關係圈內、不在查詢人關係圈內。
// needs: [officers, associations, phones, lookups.caller_phone_id]
// rationale: A number that the log or the exchange kept has a holder; a favour asked by telephone,
//   by an officer, a retired one or a friend, lies in the holder's circle.
// source: Taiwanese police ethics notice, cases 1090102 and 1090104 (look-ups asked for by
//   telephone); the ways that leaks happen (court cases and interviews, National Taipei University)
// innocent:
//   - en: A citizen rang about his own matter, in which people near to him have a part.
//     zh-TW: 民眾來電洽辦自身事項，其身邊之人亦涉其中。
//   - en: The number passed to another holder, and the register is out of date.
//     zh-TW: 該號碼已轉由他人使用，登記資料未更新。
// prior: 0.03125
// prior_reason: Two of the four cases came by telephone; the number is seldom kept, and a circle seldom known.

// A tie of a call begins and ends with its look-up; every other holds then. One hop of the caller's circle for each $k up
// to 2; whoever rings about himself is no hit.
MATCH (n:Phone)-[c:RANG]->(o:Officer)
WITH o, count(DISTINCT n.phone_id) AS searched
MATCH (h:Phone)-[r:RANG]->(o)
WITH o, searched, h, r
MATCH (x:Person)-[d:HOLDS]->(h)
WHERE d.`start` <= r.`start` AND d.`end` > r.`start`
WITH o, searched, h, r, x, d
MATCH (x)-[t:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE r.`start` <= l.last_at AND r.`end` > l.first_at }
  AND t.`start` <= r.`start` AND r.`start` < t.`end`
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(x) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
OPTIONAL MATCH (m:Officer)-[i:`IS`]->(x)
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'person' AS anchor_kind,
  x.person_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  1 AS distance,
  r.`start` AS `start`,
  r.`end` AS `end`,
  253402300799000000 AS tie_end,
  COUNT { MATCH (x)-[y:TIE]-(near:Person) }
    + COUNT { MATCH (x)-[y:TIE]-(near:Person)-[v:TIE]-(far:Person) WHERE x.person_id <> far.person_id AND $k >= 2 } AS size,
  searched AS searched,
  [
    'officer:' + o.officer_id, 'RANG:' + r.tie_id,
    'phone:' + h.phone_id, 'HOLDS:' + d.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + p.person_id
  ] AS path

UNION ALL

MATCH (n:Phone)-[c:RANG]->(o:Officer)
WITH o, count(DISTINCT n.phone_id) AS searched
MATCH (h:Phone)-[r:RANG]->(o)
WHERE $k >= 2
WITH o, searched, h, r
MATCH (x:Person)-[d:HOLDS]->(h)
WHERE d.`start` <= r.`start` AND d.`end` > r.`start`
WITH o, searched, h, r, x, d
MATCH (x)-[t:TIE]-(f:Person)
WHERE t.`start` <= r.`start` AND r.`start` < t.`end`
WITH o, searched, h, r, x, d, t, f
MATCH (f)-[s:TIE]-(p:Person)
WHERE EXISTS { MATCH (o)-[l:LOOKED_UP]->(p) WHERE r.`start` <= l.last_at AND r.`end` > l.first_at }
  AND x.person_id <> p.person_id AND t.tie_id <> s.tie_id
  AND s.`start` <= r.`start` AND r.`start` < s.`end`
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(x) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(p) }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:TIE]-(via:Person)-[zz:TIE]-(p) WHERE $k >= 2 }
  AND NOT EXISTS { MATCH (o)-[j:`IS`]->(me:Person)-[z:LIVES_AT]->(home:Address)<-[zz:LIVES_AT]-(p) }
OPTIONAL MATCH (m:Officer)-[i:`IS`]->(x)
RETURN
  o.officer_id AS officer_id,
  m.officer_id AS requester_id,
  'person' AS anchor_kind,
  x.person_id AS anchor_id,
  p.person_id AS person_id,
  false AS direct,
  2 AS distance,
  r.`start` AS `start`,
  r.`end` AS `end`,
  253402300799000000 AS tie_end,
  COUNT { MATCH (x)-[y:TIE]-(near:Person) }
    + COUNT { MATCH (x)-[y:TIE]-(near:Person)-[v:TIE]-(far:Person) WHERE x.person_id <> far.person_id AND $k >= 2 } AS size,
  searched AS searched,
  [
    'officer:' + o.officer_id, 'RANG:' + r.tie_id,
    'phone:' + h.phone_id, 'HOLDS:' + d.tie_id,
    'person:' + x.person_id, 'TIE:' + t.tie_id,
    'person:' + f.person_id, 'TIE:' + s.tie_id,
    'person:' + p.person_id
  ] AS path
