SELECT lookup_key, 1.0 AS measure, duty_row AS record
FROM on_duty WHERE duty = 'patrol' AND subject_kind = 'vehicle'
