SELECT lookup_key, ("at" - "start") / 3600e6 AS measure, duty_row AS record, duty AS detail
FROM on_duty
WHERE duty = 'leave' OR (duty = 'off' AND "at" >= "start" + hours(1) AND "at" < "end" - hours(1))
