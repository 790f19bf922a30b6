// title: {en: "The persons whom an officer looked up most without full explanation", zh-TW: 員警無完整事由查詢最多之人}
// parameters: {officer_id: null, limit: 50}

MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)
WHERE o.officer_id = $officer_id AND l.unexplained > 0
RETURN
  p.person_id AS person_id,
  p.name AS name,
  l.n AS lookups,
  l.unexplained AS unexplained,
  l.first_at AS first_at,
  l.last_at AS last_at
ORDER BY unexplained DESC, lookups DESC, person_id
LIMIT $limit
