// An organisation, its people, and who looked them up without full explanation
// Neo4j Browser and Bloom: first  :param organisation_id => 'ORG046513'
MATCH people = (g:Organisation {organisation_id: $organisation_id})<-[:HAS_ROLE]-(p:Person)
OPTIONAL MATCH looked = (o:Officer)-[l:LOOKED_UP]->(p)
WHERE l.unexplained > 0
RETURN people, looked
LIMIT 500
