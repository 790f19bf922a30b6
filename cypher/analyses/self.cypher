// id: self
// revision: 1
// role: set
// title: {en: The officer himself, zh-TW: 查詢本人}
// statement:
//   en: The officer looked up his own record, plate, phone or address.
//   zh-TW: 員警查詢自己的個人資料、車牌、電話或住址。
// needs: [officers]
// rationale: Looking oneself up needs no other person and leaves a trace on a single
//   account; it is the plainest private interest and often the first to be tested.
// source: Sample audits of police systems look for it first; IPCA 17-2333 (New Zealand) and the
//   Minnesota Legislative Auditor (2013) name own and relatives' records.
// innocent:
//   - {en: A test of the account or the system after it was set up., zh-TW: 帳號或系統設定後的測試。}
//   - {en: A shared name or a plate once owned that was met in a case., zh-TW: 同名，或案件中出現其曾持有的車牌。}
// prior: 0.03125
// prior_reason: With the household, 1 in 32 of documented misuse takes this form.

// One set with `household`: both are anchored at the officer's own person.
MATCH (o:Officer)-[i:`IS`]->(me:Person)
MATCH (o)-[l:LOOKED_UP]->(me)
RETURN
  o.officer_id AS officer_id,
  null AS requester_id,
  'person' AS anchor_kind,
  me.person_id AS anchor_id,
  me.person_id AS person_id,
  true AS direct,
  0 AS distance,
  i.`start` AS `start`,
  i.`end` AS `end`,
  i.`end` AS tie_end,
  1 AS size,
  1 AS searched,
  ['officer:' + o.officer_id, 'IS:' + i.tie_id, 'person:' + me.person_id] AS path
