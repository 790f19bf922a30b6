// title: {en: "What an officer is tied to: persons, organisations, unit", zh-TW: 員警之關係人、組織與單位}
// parameters: {officer_id: null}

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[t:TIE]-(q:Person)
WHERE o.officer_id = $officer_id
RETURN 'person' AS what, q.person_id AS id, q.name AS name, t.kind AS kind, t.`start` AS `start`, t.`end` AS `end`, t.tie_id AS tie_id

UNION ALL

MATCH (o:Officer)-[i:`IS`]->(me:Person)-[r:HAS_ROLE]->(g:Organisation)
WHERE o.officer_id = $officer_id
RETURN 'organisation' AS what, g.organisation_id AS id, g.name AS name, r.kind AS kind, r.`start` AS `start`, r.`end` AS `end`, r.tie_id AS tie_id

UNION ALL

MATCH (o:Officer)-[p:POSTED_TO]->(u:Unit)
WHERE o.officer_id = $officer_id
RETURN 'unit' AS what, u.unit_id AS id, u.name AS name, p.kind AS kind, p.`start` AS `start`, p.`end` AS `end`, p.tie_id AS tie_id
