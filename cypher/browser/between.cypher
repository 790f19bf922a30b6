// All shortest ties between an officer and a person, the log left out
// Neo4j Browser and Bloom: first  :params {officer_id: 'KH61677', person_id: 'R161247402'}
MATCH (o:Officer {officer_id: $officer_id}), (p:Person {person_id: $person_id})
MATCH path = allShortestPaths((o)-[:`IS`|TIE|HAS_ROLE|OWNS|HOLDS|LIVES_AT|LOCATED_AT*..6]-(p))
RETURN path
LIMIT 50
