WITH agent AS (
  SELECT r.*, CASE WHEN r.at < p."end" THEN p.unit_key END AS unit_key
  FROM requester r ASOF LEFT JOIN posts p ON p.officer_key = r.officer_key AND r.at >= p."start"
), number AS (
  SELECT a.lookup_key, 'unit_phones:' || min(p.row_id) AS record
  FROM agent a LEFT JOIN unit_phones p ON p.phone_key = a.caller_phone_key
  WHERE a.unit IS NOT NULL AND a.caller_phone_key IS NOT NULL
  GROUP BY a.lookup_key, a.channel
  HAVING NOT bool_or(coalesce(p.unit_key = a.unit, false))
    AND (min(p.row_id) IS NOT NULL OR coalesce(a.channel NOT IN ('outside_line', 'mobile'), true))
), call AS (
  SELECT a.lookup_key, 'internal_calls:' || min(c.row_id) AS record FROM agent a
  JOIN unit_phones ours ON ours.unit_key = a.unit_key
  JOIN internal_calls c ON c.to_phone_key = ours.phone_key
    AND c.at <= a.at AND c.at >= a.at - hours(0.25)
  LEFT JOIN unit_phones p ON p.phone_key = c.from_phone_key
  WHERE a.unit IS NOT NULL AND a.caller_phone_key IS NULL AND a.channel = 'internal_line'
  GROUP BY a.lookup_key HAVING NOT bool_or(coalesce(p.unit_key = a.unit, false))
), shown AS (
  SELECT a.lookup_key, a.who, [
    CASE WHEN a.duty = 'leave' THEN 'requester_on_leave=duties:' || a.duty_row END,
    CASE WHEN a.duty = 'off' THEN 'requester_off=duties:' || a.duty_row END,
    CASE WHEN a.unit <> a.unit_key THEN 'requester_other_unit' END,
    CASE WHEN a.claimed IS NOT NULL AND a.their_unit <> a.claimed THEN 'requester_not_of_unit' END,
    CASE WHEN (a.asked_key IS NOT NULL AND a.asked_key NOT IN (SELECT officer_key FROM officers))
      OR (a.asked_key IS NULL AND a.requester_text IS NOT NULL AND a.n IS NULL)
      THEN 'requester_unknown' END,
    CASE WHEN (a.asked_unit IS NOT NULL AND a.asked_unit NOT IN (SELECT unit_key FROM units))
      OR (a.asked_unit IS NULL AND a.requester_text IS NOT NULL AND a.said_unit IS NULL
        AND regexp_matches(a.requester_text, '分局|派出所|大隊|中隊|分隊|station|precinct'))
      THEN 'unit_unknown' END,
    CASE WHEN n.lookup_key IS NOT NULL THEN concat_ws('=', 'number_not_of_unit', n.record) END
  ] AS signs, CASE WHEN r.approved IS NULL THEN 'unregistered'
    WHEN NOT (r.approved OR a.approved_by_key IS NOT NULL) THEN 'unapproved' END AS rule
  FROM agent a LEFT JOIN registered r USING (lookup_key)
  LEFT JOIN (FROM number UNION ALL FROM call) n USING (lookup_key)
)
SELECT lookup_key, who AS requester_key, len(list_filter(signs, s -> s IS NOT NULL))
    + (rule IS NOT NULL)::INT AS measure,
  concat_ws(';', array_to_string(signs, ';'), rule) AS detail
FROM shown WHERE len(list_filter(signs, s -> s IS NOT NULL)) > 0
