WITH said AS (
  SELECT lookup_key, officer_key, purpose,
    CASE WHEN coalesce(trim(purpose), '') = '' THEN 'empty'
      WHEN bare(purpose) IN $generic_purposes THEN 'listed' END AS how
  FROM lookups
), same AS (
  SELECT officer_key, purpose, n / total AS share
  FROM (SELECT officer_key, purpose, count(*) AS n FROM said WHERE how IS NULL GROUP BY ALL)
  JOIN (SELECT officer_key, count(*) AS total FROM said GROUP BY ALL) USING (officer_key)
  WHERE n >= 100 AND n / total >= 0.9
)
SELECT lookup_key, 1.0 AS measure, how AS detail FROM said WHERE how IS NOT NULL
UNION ALL
SELECT lookup_key, share, 'same' FROM said JOIN same USING (officer_key, purpose) WHERE how IS NULL
