from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.errors import UsageError
from linkgraph.model.dates import check_format, date_sql, parse_date, parse_time, time_sql
from linkgraph.model.tables import OPEN_END, OPEN_START
from linkgraph.sources.sql import OFFLINE

TAIPEI = "Asia/Taipei"
AT = datetime(2024, 7, 15, 6, 5, tzinfo=UTC)


def micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def in_sql(
    texts: list[str | None], timezone: str = TAIPEI, formats: tuple[str, ...] = ("auto",)
) -> list[tuple[int | None, date | None]]:
    """What the table engine makes of each text: its time and its day."""
    with duckdb.connect(config=OFFLINE) as engine:
        engine.execute("CREATE TABLE given (place INTEGER, written VARCHAR)")
        for place, text in enumerate(texts):
            engine.execute("INSERT INTO given VALUES (?, ?)", [place, text])
        time = time_sql("written", timezone=timezone, formats=formats)
        day = date_sql("written", formats=formats)
        return engine.execute(f"SELECT {time}, {day} FROM given ORDER BY place").fetchall()


def in_python(
    texts: list[str | None], timezone: str = TAIPEI, formats: tuple[str, ...] = ("auto",)
) -> list[tuple[int | None, date | None]]:
    return [
        (parse_time(t, timezone=timezone, formats=formats), parse_date(t, formats=formats))
        for t in texts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "113/07/15 14:05",
        "113/7/15 14:5",
        "113-07-15 1405",
        "113.07.15 14:05:00",
        "1130715 1405",
        "11307151405",
        "1130715140500",
        "民國113年7月15日 14:05",
        "中華民國113年7月15日14時05分",
        "民國 113 年 07 月 15 日 下午2時5分",
        "113年7月15日下午02:05",
        "１１３／０７／１５　１４：０５",
        "2024-07-15T14:05:00",
        "2024-07-15 14:05",
        "2024/7/15 2:05 PM",
        "20240715140500",
        "20240715T1405",
        "西元2024年7月15日 14:05",
        "2024-07-15T06:05:00Z",
        "2024-07-15T06:05:00.000000+00:00",
        "2024-07-15T15:05:00+0900",
        "2024-07-15 00:35:00-05:30",
    ],
)
def test_every_usual_way_to_write_a_moment_is_read_alike(text: str) -> None:
    assert parse_time(text, timezone=TAIPEI) == micros(AT)
    assert in_sql([text])[0][0] == micros(AT)


@pytest.mark.parametrize(
    "text",
    [
        "113/07/15",
        "1130715",
        "113.07.15",
        "民國113年7月15日",
        "2024-07-15",
        "20240715",
        "2024/7/15",
    ],
)
def test_a_day_is_a_date_and_its_midnight_a_time(text: str) -> None:
    assert parse_date(text) == date(2024, 7, 15)
    midnight = micros(datetime(2024, 7, 14, 16, tzinfo=UTC))
    assert in_sql([text]) == [(midnight, date(2024, 7, 15))]
    assert parse_time(text, timezone=TAIPEI) == midnight


@pytest.mark.parametrize(
    "text",
    [
        *("113/02/30", "1130230", "民國113年2月30日", "2023-02-29", "113/13/01", "113/00/10"),
        *("0/01/01", "000/01/01", "0113/07/15", "民國2024年7月15日", "西元113年7月15日"),
        *("2024-07-15 25:00", "2024-07-15 24:01", "2024-07-15 14:60", "2024-07-15 下午14:05"),
        *("113/7/151405", "15/07/2024", "2024", "113", "11307", "infinity", "now", "", " ", "無"),
        *("2024-07-15 14:05 明日", "2024-07-15; DROP TABLE x", "2024-07-15 140"),
    ],
)
def test_what_is_no_date_stays_none(text: str) -> None:
    assert parse_time(text, timezone=TAIPEI) is None
    assert parse_date(text) is None
    assert in_sql([text]) == [(None, None)]


def test_an_absent_value_stays_absent() -> None:
    assert in_sql([None]) == [(None, None)]
    assert parse_time(None, timezone=TAIPEI) is None
    assert parse_date(None) is None


def test_twenty_four_hours_are_the_next_midnight() -> None:
    assert parse_time("113/07/15 24:00", timezone=TAIPEI) == parse_time(
        "113/07/16", timezone=TAIPEI
    )
    assert in_sql(["113/07/15 24:00"]) == in_python(["113/07/15 24:00"])


def test_a_leap_day_of_a_roc_year_is_that_of_its_gregorian_year() -> None:
    assert parse_date("113/02/29") == date(2024, 2, 29)
    assert parse_date("112/02/29") is None


def test_a_stated_format_is_the_only_one_tried() -> None:
    formats = ("%d/%m/%Y",)
    texts: list[str | None] = ["24/08/2017", "08/24/2017", "113/07/15", "31/02/2017"]
    assert in_sql(texts, "Europe/London", formats) == in_python(texts, "Europe/London", formats)
    assert parse_date("24/08/2017", formats=formats) == date(2017, 8, 24)
    assert [parse_date(text, formats=formats) for text in texts[1:]] == [None, None, None]


def test_a_spreadsheets_serial_number_is_a_day_and_a_time() -> None:
    assert parse_date("45488", formats=("excel",)) == date(2024, 7, 15)
    texts: list[str | None] = ["45488", "45488.5", "1.25", "x", "-3"]
    assert in_sql(texts, formats=("excel",)) == in_python(texts, formats=("excel",))


def test_the_first_format_that_fits_decides() -> None:
    texts: list[str | None] = ["15/07/2024", "113/07/15", "x"]
    formats = ("%d/%m/%Y", "roc")
    assert in_sql(texts, formats=formats) == in_python(texts, formats=formats)
    assert [day for _, day in in_python(texts, formats=formats)][:2] == [date(2024, 7, 15)] * 2


def test_the_calendars_can_be_told_apart() -> None:
    assert parse_date("113/07/15", formats=("gregorian",)) is None
    assert parse_date("2024/07/15", formats=("roc",)) is None
    texts: list[str | None] = ["113/07/15", "2024/07/15", "1130715", "20240715"]
    for name in ("roc", "gregorian"):
        assert in_sql(texts, formats=(name,)) == in_python(texts, formats=(name,))


def test_an_unknown_zone_or_format_is_refused_with_what_to_do() -> None:
    with pytest.raises(UsageError, match="no time zone"):
        time_sql("x", timezone="Asia/Nowhere")
    with pytest.raises(UsageError, match="no date format"):
        parse_date("x", formats=("taiwan",))
    assert check_format("%H:%M") == "names no day or no month"


def test_the_end_of_time_still_fits() -> None:
    texts: list[str | None] = ["9999-12-31", "9999-12-31 23:59:59", "9999-12-31 24:00"]
    assert in_sql(texts) == in_python(texts)
    for time, _ in in_python(texts):
        assert time is None or OPEN_START < time <= OPEN_END


days = st.dates(min_value=date(1912, 1, 1), max_value=date(2199, 12, 31))
clocks = st.times()


@settings(deadline=None)
@given(days)
def test_a_roc_day_says_the_same_as_its_gregorian_day(day: date) -> None:
    year = day.year - 1911
    for text in (
        f"{year}/{day.month}/{day.day}",
        f"{year:03}{day.month:02}{day.day:02}",
        f"民國{year}年{day.month}月{day.day}日",
        f"{year}.{day.month:02}.{day.day:02}",
    ):
        assert parse_date(text) == day


@settings(deadline=None, max_examples=25)
@given(st.datetimes(datetime(1980, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001
def test_a_time_written_in_iso_form_comes_back(moment: datetime) -> None:
    read = parse_time(moment.isoformat(), timezone="UTC")
    assert read == micros(moment.replace(tzinfo=UTC))
    assert in_sql([moment.isoformat()], "UTC")[0][0] == read


pieces = st.sampled_from(
    [
        *("113", "2024", "0113", "99", "7", "07", "15", "31", "02", "30", "1130715", "20240715"),
        *(
            "/",
            "-",
            ".",
            "年",
            "月",
            "日",
            " ",
            "　",
            "T",
            ":",
            "：",
            "時",
            "分",
            "秒",
            "民國",
            "西元",
        ),
        *(
            "14",
            "05",
            "24",
            "00",
            "12",
            "1405",
            "140509",
            "上午",
            "下午",
            "中午",
            "PM",
            "Z",
            "+08:00",
        ),
        *("+0530", "-03", ".5", "0", "x", "１１３", "\t"),
    ]
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(pieces, min_size=1, max_size=12).map("".join), min_size=5, max_size=40))
def test_python_and_the_table_engine_never_disagree(texts: list[str]) -> None:
    assert in_sql(list(texts)) == in_python(list(texts))


@settings(deadline=None)
@given(
    days,
    clocks,
    st.sampled_from(["{y}/{m}/{d} {t}", "{y:03}{m:02}{d:02} {t}", "{y}年{m}月{d}日{t}"]),
)
def test_a_day_with_a_time_is_that_day(day: date, clock: datetime, form: str) -> None:
    text = form.format(y=day.year - 1911, m=day.month, d=day.day, t=clock.strftime("%H:%M:%S"))
    assert parse_date(text) == day
