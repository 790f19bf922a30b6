SELECT x.lookup_key, 1.0 AS measure, x.asked_key AS requester_key,
  CASE WHEN r.approved IS NULL THEN 'unregistered' ELSE 'unapproved' END AS detail
FROM proxies x LEFT JOIN registered r USING (lookup_key)
WHERE r.approved IS NULL OR NOT (r.approved OR x.approved_by_key IS NOT NULL)
