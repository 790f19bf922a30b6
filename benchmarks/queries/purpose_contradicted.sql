WITH claim AS (
  SELECT lookup_key, "at", duty, duty_row FROM on_duty
  WHERE duty IN ('desk', 'training') AND regexp_matches(purpose,
    '盤查|攔查|攔檢|路檢|臨檢|巡邏|stop and check|traffic stop|checkpoint|patrol', 'i')
), stopped AS (
  SELECT c.lookup_key FROM claim c JOIN subjects s USING (lookup_key)
  JOIN involved i USING (subject_key) JOIN cases k USING (case_key)
  WHERE lower(trim(k.kind)) IN ('stop', 'dispatch', 'traffic')
    AND abs(c.at - k.opened_at) <= hours(6) AND c.at >= i."start" AND c.at < i."end"
)
SELECT lookup_key, 1.0 AS measure, duty AS detail, duty_row AS record FROM claim
WHERE lookup_key NOT IN (SELECT lookup_key FROM stopped)
  AND lookup_key NOT IN (SELECT lookup_key FROM requester WHERE duty = 'patrol')
