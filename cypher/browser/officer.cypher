// An officer's circle, and which of it was looked up
// Neo4j Browser and Bloom: first  :param officer_id => 'KH61677'
MATCH own = (o:Officer {officer_id: $officer_id})-[:`IS`]->(me:Person)
OPTIONAL MATCH circle = (me)-[:TIE]-(:Person)-[:TIE|HAS_ROLE]-(other)
WHERE other <> me
OPTIONAL MATCH looked = (o)-[:LOOKED_UP]->(other)
RETURN own, circle, looked
LIMIT 500
