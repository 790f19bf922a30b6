"""Dates and times as people write them: Gregorian, and the Republic of China's years.

Every rule exists twice, as a Python function for one value and as a DuckDB expression for a
column, and both read the same pattern, so that they cannot drift apart.  Neither guesses: what
is no date is None (NULL), and so is an impossible one such as 113/02/30.

What is read without being told (`formats=("auto",)`):

    2024-07-15  2024/7/15  2024.07.15  20240715  西元2024年7月15日            Gregorian
    113/07/15  113-7-15  113.07.15  1130715  民國113年7月15日  990715         ROC = Gregorian - 1911
    ... then  14:05  14:05:09.5  1405  140509  14時5分  下午2:05  2:05 PM     time of day
    ... then  Z  +08:00  +0800                                               zone

A year of four digits is Gregorian, one of one to three digits is ROC; 24:00 is the next midnight.
Other orders need a format: `%d/%m/%Y` (as `strptime`), `roc`, `gregorian`, or `excel` (a serial
day number, 1900 system).  Times are int64 µs UTC; without a zone they are local to `timezone`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from linkgraph.errors import UsageError

AUTO: tuple[str, ...] = ("auto",)
NAMED_FORMATS = ("auto", "roc", "gregorian", "excel")
ROC_YEAR_ZERO = 1911

_NARROW_FROM = "０１２３４５６７８９：／．－＋，Ｔ　\u00a0\t\r\n"
_NARROW_TO = "0123456789:/.-+,T     "

_HALF = "上午|下午|凌晨|清晨|早上|中午|晚上|AM|PM|am|pm|A\\.M\\.|P\\.M\\."
_MORNING = ("上午", "凌晨", "清晨", "早上", "AM", "am", "A.M.")
_AFTERNOON = ("下午", "晚上", "中午", "PM", "pm", "P.M.")

_GROUPS = (
    "era",
    "y",
    "m",
    "d",
    "cy",
    "cm",
    "cd",
    "half",
    "h",
    "mi",
    "s",
    "f",
    "ch",
    "cmi",
    "cs",
    "half2",
    "zone",
)
_PATTERN = (
    "(中華民國|民國|西元|ROC ?)? *"
    "(?:([0-9]{1,4}) *[-年/.] *([0-9]{1,2}) *[-月/.] *([0-9]{1,2}) *日?"
    "|([0-9]{2,4})([0-9]{2})([0-9]{2}))"
    f"(?: *T? *({_HALF})? *"
    "(?:([0-9]{1,2}) *[:時點] *(?:([0-9]{1,2}) *"
    "(?:[:分] *(?:([0-9]{1,2})(?:[.,]([0-9]{1,9}))? *秒?)?)?)?"
    "|([0-9]{2})([0-9]{2})([0-9]{2})?)"
    f" *({_HALF})? *"
    "(Z|z|[-+][0-9]{2}:?[0-9]{2}|[-+][0-9]{2})?)?"
)
_READ = re.compile(_PATTERN)
# A day must end before an hour begins: "113/7/151405" could be read in two ways.
_SHAPE = (
    "(?:中華民國|民國|西元|ROC ?)? *(?:[0-9]{6,8}(?:$|[T ])"
    "|[0-9]{1,4} *[-年/.] *[0-9]{1,2} *[-月/.] *[0-9]{1,2} *(?:日|$|[T ]))"
)
_LOOKS = re.compile(_SHAPE)
_RUN_TOGETHER = "^([0-9]{7}|[0-9]{8})([0-9]{4}|[0-9]{6})$"
_PLAIN_DAY = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_PLAIN_CLOCK = "[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?"
_PLAIN_ZONE = "(Z|[-+](0[0-9]|1[0-4]):[0-5][0-9])"


def parse_time(text: str | None, *, timezone: str, formats: Sequence[str] = AUTO) -> int | None:
    """`text` as µs UTC, or None if it is no time; the first of `formats` that fits decides."""
    zone = _zone(timezone)
    for name in _checked(formats):
        local = _local(text, name)
        if local is not None:
            moment, offset = local
            shift = offset if offset is not None else zone.utcoffset(moment) or timedelta(0)
            return (moment - datetime(1970, 1, 1) - shift) // timedelta(microseconds=1)  # noqa: DTZ001
    return None


def parse_date(text: str | None, *, formats: Sequence[str] = AUTO) -> date | None:
    """The calendar day that `text` names, or None; a time of day after it is ignored."""
    for name in _checked(formats):
        local = _local(text, name, whole_day=True)
        if local is not None:
            return local[0].date()
    return None


def time_sql(expr: str, *, timezone: str, formats: Sequence[str] = AUTO) -> str:
    """A DuckDB expression: BIGINT µs UTC of the text column `expr`, or NULL if it is no time."""
    _zone(timezone)
    local = f"epoch_us(timezone({_quote(timezone)}, {{}}))"
    return _coalesce(_time_one(expr, name, local) for name in _checked(formats))


def date_sql(expr: str, *, formats: Sequence[str] = AUTO) -> str:
    """A DuckDB expression: DATE of the text column `expr`, or NULL if it is no day."""
    return _coalesce(_date_one(expr, name) for name in _checked(formats))


def check_format(name: str) -> str | None:
    """Why `name` is no date format, or None if it is one."""
    if name in NAMED_FORMATS:
        return None
    if "%" not in name:
        return f"is no date format; use one of {', '.join(NAMED_FORMATS)} or one such as %d/%m/%Y"
    if not {"d", "m"} <= set(re.findall("%-?(.)", name.replace("%b", "%m").replace("%B", "%m"))):
        return "names no day or no month"
    try:
        datetime.strptime("", name)  # noqa: DTZ007  only the format is tried, not a time
    except ValueError as problem:
        if "bad directive" in str(problem) or "stray" in str(problem):
            return str(problem)
    return None


# ---- Python ---------------------------------------------------------------------------------


def _local(
    text: str | None, name: str, *, whole_day: bool = False
) -> tuple[datetime, timedelta | None] | None:
    """The local time and the zone's offset, if one is written; None if it does not fit."""
    if text is None:
        return None
    plain = text.translate(_NARROW).strip(" ")
    if "%" in name:
        try:
            return datetime.strptime(plain, name), None  # noqa: DTZ007  the zone is added above
        except ValueError:
            return None
    if name == "excel":
        return _excel(plain)
    plain = re.sub(_RUN_TOGETHER, r"\1 \2", plain)
    match = _READ.fullmatch(plain) if _LOOKS.match(plain) else None
    if match is None:
        return None
    part = dict(zip(_GROUPS, (g or "" for g in match.groups()), strict=True))
    year = _year(part["era"].strip(), part["y"] + part["cy"], name)
    if year is None:
        return None
    hour = _hour(part)
    if hour is None:
        return None
    try:
        day = datetime(year, int(part["m"] + part["cm"]), int(part["d"] + part["cd"]))  # noqa: DTZ001
        minute, second = int(part["mi"] + part["cmi"] or 0), int(part["s"] + part["cs"] or 0)
        if minute > 59 or second > 59 or (hour == 24 and (minute or second)):
            return None
        if whole_day:
            return day, None
        micro = int(part["f"].ljust(6, "0")[:6]) if part["f"] else 0
        moment = day + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    except (ValueError, OverflowError):
        return None
    return moment, _offset(part["zone"])


def _year(era: str, digits: str, name: str) -> int | None:
    roc = len(digits) < 4
    if (era == "西元" and roc) or (era not in {"", "西元"} and not roc):
        return None
    if (name == "roc" and not roc) or (name == "gregorian" and roc):
        return None
    year = int(digits)
    if roc:
        return year + ROC_YEAR_ZERO if year else None
    return year if year >= 1000 else None


def _hour(part: dict[str, str]) -> int | None:
    hour, half = int(part["h"] + part["ch"] or 0), part["half"] or part["half2"]
    if hour > 24 or (half and hour > 12):
        return None
    if half in _MORNING and hour == 12:
        return 0
    if half in _AFTERNOON and hour < 12:
        # 中午11:30 is before noon, 中午1:30 is after it.
        return hour if half == "中午" and hour >= 10 else hour + 12
    return hour


def _offset(zone: str) -> timedelta | None:
    if not zone:
        return None
    if zone in "Zz":
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if zone[0] == "-" else shift


def _excel(plain: str) -> tuple[datetime, None] | None:
    if not re.fullmatch("[0-9]{1,6}([.][0-9]+)?", plain):
        return None
    return datetime(1899, 12, 30) + timedelta(milliseconds=round(float(plain) * 86_400_000)), None  # noqa: DTZ001


_NARROW = str.maketrans(_NARROW_FROM, _NARROW_TO)


# ---- SQL ------------------------------------------------------------------------------------


def _time_one(expr: str, name: str, local: str) -> str:
    text = _plain(expr)
    if "%" in name:
        return local.format(f"try_strptime({text}, {_quote(name)})")
    if name == "excel":
        return local.format(_excel_sql(text))
    moment = (
        "CASE WHEN lg_moment >= TIMESTAMP '9999-12-31' + INTERVAL 1 DAY THEN NULL "
        f"WHEN lg_read.zone = '' THEN {local.format('lg_moment')} "
        "WHEN lg_read.zone IN ('Z', 'z') THEN epoch_us(lg_moment) "
        "ELSE epoch_us(lg_moment) - (CASE WHEN lg_read.zone[1] = '-' THEN -1 ELSE 1 END)"
        " * (lg_read.zone[2:3]::BIGINT * 60"
        " + coalesce(nullif(replace(lg_read.zone[4:], ':', ''), '')::BIGINT, 0)) * 60000000 END"
    )
    general = _general(
        text, _with(_read_sql(text), "lg_read", _with(_moment_sql(name), "lg_moment", moment))
    )
    if name == "roc":
        return general
    # Most logs are written this way, and a cast is twenty times faster than the pattern.
    plain = f"regexp_full_match({expr}, {_quote(f'{_PLAIN_DAY}({_PLAIN_CLOCK})?')})"
    zoned = f"regexp_full_match({expr}, {_quote(_PLAIN_DAY + _PLAIN_CLOCK + _PLAIN_ZONE)})"
    midnight = f"{expr}[12:13] = '24'"
    fast = local.format(f"TRY_CAST({expr} AS TIMESTAMP)")
    return (
        f"CASE WHEN {plain} AND NOT {midnight} THEN {fast} "
        f"WHEN {zoned} AND NOT {midnight} THEN epoch_us(TRY_CAST({expr} AS TIMESTAMPTZ)) "
        f"ELSE {general} END"
    )


def _date_one(expr: str, name: str) -> str:
    text = _plain(expr)
    if "%" in name:
        return f"CAST(try_strptime({text}, {_quote(name)}) AS DATE)"
    if name == "excel":
        return f"CAST({_excel_sql(text)} AS DATE)"
    day = f"CASE WHEN {_moment_sql(name)} IS NOT NULL THEN {_day_sql(name)} END"
    general = _general(text, _with(_read_sql(text), "lg_read", day))
    if name == "roc":
        return general
    plain = f"regexp_full_match({expr}, {_quote(_PLAIN_DAY)})"
    return f"CASE WHEN {plain} THEN TRY_CAST({expr} AS DATE) ELSE {general} END"


def _day_sql(name: str) -> str:
    digits, year = "(lg_read.y || lg_read.cy)", "(lg_read.y || lg_read.cy)::INTEGER"
    roc = f"length({digits}) < 4"
    allowed = [
        f"{year} > 0",
        f"NOT (NOT {roc} AND {year} < 1000)",
        f"NOT (trim(lg_read.era) = '西元' AND {roc})",
        f"NOT (trim(lg_read.era) NOT IN ('', '西元') AND NOT {roc})",
    ]
    if name == "roc":
        allowed.append(roc)
    if name == "gregorian":
        allowed.append(f"NOT {roc}")
    full = f"CASE WHEN {roc} THEN {year} + {ROC_YEAR_ZERO} ELSE {year} END"
    month, day = (f"lpad(lg_read.{p} || lg_read.c{p}, 2, '0')" for p in "md")
    text = f"printf('%04d-%s-%s', {full}, {month}, {day})"
    guard = f"lg_read.m || lg_read.cm <> '' AND {' AND '.join(allowed)}"
    return f"(CASE WHEN {guard} THEN TRY_CAST({text} AS DATE) END)"


def _moment_sql(name: str) -> str:
    half = "coalesce(nullif(lg_read.half, ''), lg_read.half2)"
    morning = ", ".join(map(_quote, _MORNING))
    afternoon = ", ".join(map(_quote, _AFTERNOON))
    hour = "coalesce(nullif(lg_read.h || lg_read.ch, '')::BIGINT, 0)"
    minute = "coalesce(nullif(lg_read.mi || lg_read.cmi, '')::BIGINT, 0)"
    second = "coalesce(nullif(lg_read.s || lg_read.cs, '')::BIGINT, 0)"
    micro = "coalesce(nullif(left(rpad(lg_read.f, 6, '0'), 6), '000000')::BIGINT, 0)"
    shifted = (
        f"CASE WHEN {half} IN ({morning}) AND {hour} = 12 THEN 0 "
        f"WHEN {half} = '中午' AND {hour} >= 10 THEN {hour} "
        f"WHEN {half} IN ({afternoon}) AND {hour} < 12 THEN {hour} + 12 ELSE {hour} END"
    )
    valid = (
        f"{hour} <= 24 AND {minute} <= 59 AND {second} <= 59"
        f" AND NOT ({hour} = 24 AND {minute} + {second} > 0) AND NOT ({half} <> '' AND {hour} > 12)"
    )
    micros = f"((({shifted}) * 60 + {minute}) * 60 + {second}) * 1000000 + {micro}"
    return f"CASE WHEN {valid} THEN {_day_sql(name)} + to_microseconds({micros}) END"


def _excel_sql(text: str) -> str:
    days = (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,6}}([.][0-9]+)?') THEN {text}::DOUBLE END"
    )
    return f"(TIMESTAMP '1899-12-30' + to_milliseconds(round({days} * 86400000)::BIGINT))"


def _with(value: str, name: str, body: str) -> str:
    """`body` with `name` bound to `value`: evaluated once per row, unlike a repeated expression."""
    return f"list_transform([{value}], lambda {name}: {body})[1]"


def _plain(expr: str) -> str:
    wide = f"translate({expr}, {_quote(_NARROW_FROM)}, {_quote(_NARROW_TO)})"
    # `translate` is dear, and nearly every value is plain ASCII.
    ascii_only = f"regexp_full_match({expr}, '[ -~]*')"
    return f"trim(CASE WHEN {ascii_only} THEN {expr} ELSE {wide} END, ' ')"


def _read_sql(text: str) -> str:
    apart = f"regexp_replace({text}, {_quote(_RUN_TOGETHER)}, '\\1 \\2')"
    return f"regexp_extract({apart}, {_quote(f'^{_PATTERN}$')}, {_names()})"


def _general(text: str, read: str) -> str:
    looks = f"regexp_matches({text}, {_quote(f'^{_SHAPE}')})"
    return f"CASE WHEN {looks} OR regexp_matches({text}, {_quote(_RUN_TOGETHER)}) THEN {read} END"


def _names() -> str:
    return "[" + ", ".join(map(_quote, _GROUPS)) + "]"


def _coalesce(parts: Iterable[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _checked(formats: Sequence[str]) -> tuple[str, ...]:
    for name in formats:
        problem = check_format(name)
        if problem:
            raise UsageError(f"`{name}` {problem}.", remedy="Give a date format linkgraph knows.")
    return tuple(formats) or AUTO


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as problem:
        raise UsageError(
            f"`{timezone}` is no time zone.", remedy="Use a name such as Asia/Taipei."
        ) from problem
