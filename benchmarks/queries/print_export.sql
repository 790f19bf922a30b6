SELECT lookup_key, 1.0 AS measure, output AS detail FROM lookups
WHERE output IN ('print', 'export')
