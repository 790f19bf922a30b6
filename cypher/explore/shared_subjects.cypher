// title: {en: "Officers who looked up the same uncommon persons as this one", zh-TW: 與該員警查詢相同少見對象之員警}
// parameters: {officer_id: null, uncommon: 20, least: 3}

// Uncommon: looked up by at most $uncommon officers; at least $least such persons are shared.
MATCH (o:Officer)-[l:LOOKED_UP]->(p:Person)
WHERE o.officer_id = $officer_id
  AND COUNT { MATCH (someone:Officer)-[c:LOOKED_UP]->(p) } <= $uncommon
WITH o, p
MATCH (m:Officer)-[k:LOOKED_UP]->(p)
WHERE o.officer_id <> m.officer_id
WITH m, count(DISTINCT p.person_id) AS shared
WHERE shared >= $least
RETURN m.officer_id AS officer_id, m.name AS name, shared AS shared
ORDER BY shared DESC, officer_id
