// title: {en: "The people of an organisation, and which of them were looked up", zh-TW: 某組織之人員及被查詢情形}
// parameters: {organisation_id: null}

MATCH (g:Organisation)<-[r:HAS_ROLE]-(p:Person)
WHERE g.organisation_id = $organisation_id
OPTIONAL MATCH (o:Officer)-[l:LOOKED_UP]->(p)
RETURN
  p.person_id AS person_id,
  p.name AS name,
  r.kind AS role,
  r.`start` AS `start`,
  r.`end` AS `end`,
  count(DISTINCT o.officer_id) AS officers
ORDER BY officers DESC, person_id, role
