// title: {en: "Persons whose id or name contains a text", zh-TW: 身分證號或姓名含某文字之人}
// parameters: {text: null, limit: 50}

MATCH (p:Person)
WHERE lower(p.person_id) CONTAINS lower($text) OR lower(p.name) CONTAINS lower($text)
RETURN p.person_id AS person_id, p.name AS name
ORDER BY person_id
LIMIT $limit
