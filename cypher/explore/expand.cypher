// title: {en: "The ties of one person", zh-TW: 某人之私人關係}
// parameters: {person_id: null, limit: 100}

MATCH (p:Person)-[t:TIE]-(q:Person)
WHERE p.person_id = $person_id
RETURN
  q.person_id AS person_id,
  q.name AS name,
  t.kind AS kind,
  t.`start` AS `start`,
  t.`end` AS `end`,
  t.tie_id AS tie_id
ORDER BY person_id, tie_id
LIMIT $limit
