SELECT lookup_key, 1.0 AS measure, system AS detail FROM lookups
WHERE regexp_matches(system, $content_systems, 'i')
