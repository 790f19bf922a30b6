"""Times as people give them, in µs UTC; and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from linkgraph.errors import UsageError
from linkgraph.model.tables import OPEN_END, OPEN_START

Moment = str | date | datetime | int

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(given: Moment, zone: str, *, what: str = "time", end: bool = False) -> int:
    """`given` in µs UTC, read in `zone` if it names none.

    With `end`, a whole day stands for the midnight that ends it, so that the day is included.
    Raises UsageError naming `what` for anything that is no time.
    """
    if isinstance(given, bool):
        raise _no_time(given, what)
    if isinstance(given, int):
        return given
    if isinstance(given, str):
        return _read(given, zone, what, end=end)
    if isinstance(given, datetime):
        aware = given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))
        return (aware - _EPOCH) // timedelta(microseconds=1)
    if isinstance(given, date):
        return _midnight(given + timedelta(days=1) if end else given, zone)
    raise _no_time(given, what)


def last_moment(given: Moment, zone: str, *, what: str = "time") -> int:
    """The last microsecond at which something holds that holds until `given`."""
    beyond = moment(given, zone, what=what, end=True)
    return beyond - 1 if beyond != moment(given, zone, what=what) else beyond


def month(given: str) -> str:
    """A month such as `2024-07`, `2024/07` or `113/07`, as `2024-07`; UsageError for another."""
    from linkgraph.model.dates import parse_date

    text = given.strip()
    day = parse_date(f"{text}{'/' if '/' in text else '-'}01")
    if day is None:
        raise UsageError(f"{given!r} is no month.", remedy="Write it like 2024-07 or 113/07.")
    return f"{day:%Y-%m}"


def iso(at: int | None, zone: str) -> str | None:
    """µs UTC as ISO 8601 with the zone's offset; None for an open end."""
    if at is None or not OPEN_START < at < OPEN_END:
        return None
    return local(at, zone).isoformat()


def local(at: int, zone: str) -> datetime:
    """µs UTC as a time of the zone."""
    return (_EPOCH + timedelta(microseconds=int(at))).astimezone(ZoneInfo(zone))


def _read(text: str, zone: str, what: str, *, end: bool) -> int:
    from linkgraph.model.dates import parse_date, parse_time

    at, day = parse_time(text, timezone=zone), parse_date(text)
    if at is None or day is None:
        raise _no_time(text, what)
    whole_day = ":" not in text and at == _midnight(day, zone)
    return _midnight(day + timedelta(days=1), zone) if end and whole_day else at


def _midnight(day: date, zone: str) -> int:
    first = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return (first - _EPOCH) // timedelta(microseconds=1)


def _no_time(given: object, what: str) -> UsageError:
    return UsageError(
        f"{what} {given!r} is no date.", remedy="Write it like 2024-07-15 or 113/07/15."
    )
