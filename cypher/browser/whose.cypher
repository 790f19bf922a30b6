// Whose graph this is: inquiry, ledger and screening that it was made from
MATCH (m:Meta {id: 'graph'})
RETURN m.inquiry_id AS inquiry, m.fingerprint AS fingerprint, m.state AS state
