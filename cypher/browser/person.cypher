// A person: ties, roles, vehicles, telephones, home, and who looked
// Neo4j Browser and Bloom: first  :param person_id => 'R161247402'
MATCH (p:Person {person_id: $person_id})
OPTIONAL MATCH tied = (p)-[:TIE|HAS_ROLE|OWNS|HOLDS|LIVES_AT|TIED_TO_UNIT]-()
OPTIONAL MATCH looked = (:Officer)-[:LOOKED_UP]->(p)
RETURN p, tied, looked
LIMIT 500
