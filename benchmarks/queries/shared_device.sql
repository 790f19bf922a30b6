WITH used AS (
  SELECT lookup_key, officer_key, account_key, device_key, "at"
  FROM lookups WHERE device_key IS NOT NULL
), between AS (
  SELECT lookup_key, officer_key, lag(officer_key) OVER w AS before,
    lead(officer_key) OVER w AS after, lead("at") OVER w - lag("at") OVER w AS took
  FROM used WINDOW w AS (PARTITION BY device_key ORDER BY "at", lookup_key)
), gap AS (
  SELECT *, coalesce("at" - lag("at") OVER w > hours(0.5), true) AS new
  FROM used WINDOW w AS (PARTITION BY device_key, officer_key ORDER BY "at", lookup_key)
), run AS (
  SELECT lookup_key, max(CASE WHEN new THEN "at" END) OVER (PARTITION BY device_key, officer_key
    ORDER BY "at", lookup_key ROWS UNBOUNDED PRECEDING) AS begun
  FROM gap
), absent AS (
  SELECT lookup_key, account_key, device_key, "at", "start" AS since, duty_row FROM on_duty
  WHERE duty IN ('leave', 'off') AND "at" >= "start" + hours(1) AND device_key IS NOT NULL
), shown AS (
  SELECT a.lookup_key, (a.at - a.since) / 60e6 AS measure, 0 AS place, 'outlived' AS detail,
    s.row_id AS record, NULL AS requester_key
  FROM absent a JOIN device_sessions s USING (account_key, device_key)
  WHERE a.at >= s."start" AND a.at < s."end" AND s."start" < a.since
  UNION ALL
  SELECT a.lookup_key, (a.at - a.since) / 60e6, 1, 'outlived_inferred', a.duty_row, NULL
  FROM absent a JOIN run r USING (lookup_key) WHERE r.begun < a.since
  UNION ALL
  SELECT lookup_key, took / 60e6, 2, 'interleaved', NULL, before FROM between
  WHERE before = after AND before <> officer_key AND took <= hours(1) / 6
)
SELECT lookup_key, measure, detail, record, requester_key FROM shown
QUALIFY row_number() OVER (PARTITION BY lookup_key ORDER BY place, record) = 1
