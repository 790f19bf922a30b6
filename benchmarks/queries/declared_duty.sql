SELECT d.lookup_key, s.subject_key AS about_key, 'partial' AS level, d.duty_row AS record
FROM on_duty d JOIN subjects s USING (lookup_key)
WHERE d.duty = 'patrol' AND s.subject_kind = 'vehicle'
