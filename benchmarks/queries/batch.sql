WITH run AS (
  SELECT lookup_key, officer_key, "at", lead("at", 5) OVER w - "at" AS took
  FROM lookups WINDOW w AS (PARTITION BY officer_key ORDER BY "at", lookup_key)
), shortest AS (
  SELECT lookup_key, min(took) OVER (PARTITION BY officer_key ORDER BY "at", lookup_key
    ROWS BETWEEN 5 PRECEDING AND CURRENT ROW) AS took
  FROM run
)
SELECT lookup_key, took / 60e6 AS measure FROM shortest WHERE took <= hours(0.25)
