// title: {en: "Who looked up a person, and how often", zh-TW: 何人查詢過某人及次數}
// parameters: {person_id: null}

MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)
WHERE p.person_id = $person_id
RETURN
  o.officer_id AS officer_id,
  o.name AS name,
  l.n AS lookups,
  l.unexplained AS unexplained,
  l.first_at AS first_at,
  l.last_at AS last_at
ORDER BY unexplained DESC, lookups DESC, officer_id
