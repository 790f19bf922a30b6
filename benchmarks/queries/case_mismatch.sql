SELECT a.lookup_key, count(*) AS measure, min(c.case_id) AS record
FROM asked a JOIN cases c USING (case_key)
WHERE c.case_key IN (SELECT case_key FROM case_subjects)
  AND NOT EXISTS (SELECT 1 FROM involved i WHERE i.case_key = a.case_key
    AND i.subject_key = a.about_key AND a.at >= i."start" AND a.at < i."end")
GROUP BY a.lookup_key
