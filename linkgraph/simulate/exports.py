"""The same force as an agency would hand it over: one log per system, each with its own headings.

`examples/mappings/taiwan.yaml` loads these files into the same ledger as the canonical tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from linkgraph.simulate.export_files import (
    File,
    clock,
    roc_day,
    roc_dotted,
    roc_time,
    roc_words,
    translated,
)
from linkgraph.simulate.export_layouts import (
    CHANNEL_WORDS,
    KIND_WORDS,
    OUTPUT_WORDS,
    PEOPLE,
    REGISTERS,
    SYSTEM_WORDS,
    Columns,
    Layout,
)

Tables = Mapping[str, pa.Table]

PROXY_COLUMNS = {
    "代查請求人": "requester_id",
    "代查請求人記載": "requester_text",
    "代查請求單位": "requester_unit_id",
    "來電號碼": "caller_phone_id",
    "核准人": "approved_by",
}
OWNERS, RESIDENTS = 2, 6
"""How many owners, and members of a household, stand side by side."""


def files(tables: Tables) -> Iterator[File]:
    """Every file of the hand-over."""
    yield from _logs(tables)
    yield from _rosters(tables["duties"])
    yield _vehicles(tables)
    yield from _registers(tables)
    yield from _people(tables)


def _made(table: pa.Table, columns: Columns) -> dict[str, pa.Array]:
    out = {}
    for heading, source in columns.items():
        name, form = source if isinstance(source, tuple) else (source, None)
        values = table[name]
        if isinstance(form, dict):
            values = translated(values, form)
        elif form is not None:
            values = form(values)
        out[heading] = values
    return out


# ---- the logs ---------------------------------------------------------------------------


def _logs(tables: Tables) -> Iterator[File]:
    log = tables["lookups"]
    of = {
        name: log.filter(_is(log["system"], name)) for name in pc.unique(log["system"]).to_pylist()
    }
    portal = log.filter(pc.is_in(log["system"], pa.array(["person", "wanted"])))
    by = portal["subject_kind"]
    yield File(
        "知識聯網查詢紀錄",
        {
            **_made(
                portal,
                {"查詢序號": "lookup_id", "查詢日期": ("at", roc_day), "查詢時間": ("at", clock)},
            ),
            **_made(portal, {"使用者帳號": "account_id", "查詢項目": ("system", SYSTEM_WORDS)}),
            "身分證號": _only(portal["subject_id"], _is(by, "person")),
            "電話號碼": _only(portal["subject_id"], _is(by, "phone")),
            **_made(portal, {"姓名條件": "query_text", "查詢用途": "purpose", "案號": "case_id"}),
            **_end(portal),
        },
    )
    if "mobile" in of:
        mobile = of["mobile"]
        yield File(
            "M-Police查詢紀錄",
            {
                **_made(mobile, {"編號": "lookup_id", "查詢時間": ("at", roc_time)}),
                **_made(
                    mobile,
                    {"員警代號": "officer_id", "登入帳號": "account_id", "載具": "device_id"},
                ),
                **_made(mobile, {"類別": ("subject_kind", KIND_WORDS), "查詢內容": "subject_id"}),
                **_made(mobile, {"事由": "purpose", "方式": ("channel", CHANNEL_WORDS)}),
                **_made(mobile, {"輸出": ("output", OUTPUT_WORDS), "筆數": "results"}),
            },
            title="行動載具查詢紀錄(稽核用)",
        )
    if "vehicle" in of:
        vehicle = of["vehicle"]
        yield File(
            "車籍查詢紀錄",
            {
                **_made(vehicle, {"流水號": "lookup_id", "作業時間": ("at", roc_words)}),
                **_made(
                    vehicle, {"帳號": "account_id", "車號": "subject_id", "查詢事由": "purpose"}
                ),
                **_end(vehicle),
            },
        )
    if "household" in of:
        yield _household(of["household"], tables)
    if "criminal_record" in of:
        crime = of["criminal_record"]
        yield File(
            "刑案資料查詢紀錄",
            {
                **_made(crime, {"查詢編號": "lookup_id", "查詢日時": ("at", roc_time)}),
                **_made(crime, {"查詢者帳號": "account_id", "對象身分證號": "subject_id"}),
                **_made(crime, {"查詢目的": "purpose", "偵辦案號": "case_id"}),
                **_end(crime),
            },
        )


def _household(log: pa.Table, tables: Tables) -> File:
    whole = _is(log["subject_kind"], "address")
    columns = {
        **_made(log, {"查詢編號": "lookup_id", "查詢時間": ("at", roc_time), "帳號": "account_id"}),
        "統號": _only(log["subject_id"], pc.invert(whole)),
        "戶號": _only(log["subject_id"], whole),
        **_made(log, {"用途": "purpose", "案號": "case_id"}),
        **_end(log),
    }
    found = tables["lookup_subjects"]
    width = max(RESIDENTS, _widest(found["lookup_id"])) if found.num_rows else RESIDENTS
    for place, values in enumerate(
        _side_by_side(log["lookup_id"], found, "lookup_id", ("subject_id",), width)
    ):
        columns[f"戶內人口{place + 1}"] = values["subject_id"]
    return File("戶役政查詢紀錄", columns, title="戶役政資訊系統查詢紀錄")


def _end(log: pa.Table) -> dict[str, pa.Array]:
    """The columns at the right of every desktop log."""
    return {
        **_made(log, {"查詢方式": ("channel", CHANNEL_WORDS)}),
        **_made(log, dict(PROXY_COLUMNS)),
        **_made(log, {"端末設備": "device_id", "端末位址": "terminal_ip"}),
        **_made(log, {"輸出": ("output", OUTPUT_WORDS), "筆數": "results"}),
    }


# ---- rosters ----------------------------------------------------------------------------


def _rosters(duties: pa.Table) -> Iterator[File]:
    """A grid for each month: a row for each officer's day, a column for each hour from 06 to 05."""
    start = pc.cast(pc.strptime(duties["start"], "%Y-%m-%dT%H:%M:%S", "s"), pa.int64()).to_numpy()
    end = pc.cast(pc.strptime(duties["end"], "%Y-%m-%dT%H:%M:%S", "s"), pa.int64()).to_numpy()
    officer = duties["officer_id"].combine_chunks().dictionary_encode()
    codes = officer.indices.to_numpy()
    first_hour = start // 3600 - 6
    day = first_hour // 24
    rows, place = np.unique(codes.astype(np.int64) * 1_000_000 + day, return_inverse=True)
    grid = np.full((len(rows), 24), "", dtype=object)
    sign = np.array(
        [
            _sign(*pair)
            for pair in zip(duties["duty_id"].to_pylist(), duties["kind"].to_pylist(), strict=True)
        ],
        dtype=object,
    )
    for hour in range(24):
        covers = (first_hour % 24 <= hour) & (hour < first_hour % 24 + (end - start) // 3600)
        grid[place[covers], hour] = sign[covers]
    unit = np.full(len(rows), "", dtype=object)
    unit[place] = np.array(duties["unit_id"].to_pylist(), dtype=object)
    name = np.array(officer.dictionary.to_pylist(), dtype=object)[rows // 1_000_000]
    days = (np.datetime64("1970-01-01") + rows % 1_000_000).astype(str)
    order = np.lexsort((name.astype(str), days, unit.astype(str)))
    months = np.array([d[:7] for d in days[order]])
    for month in np.unique(months):
        of_month = order[months == month]
        roc = f"{int(month[:4]) - 1911}年{month[5:]}月"
        columns = {
            "單位代號": pa.array(unit[of_month], pa.string()),
            "勤務日期": roc_day(pa.array(days[of_month].tolist(), pa.string())),
            "員警代號": pa.array(name[of_month], pa.string()),
        }
        for hour in range(24):
            begin = (hour + 6) % 24
            columns[f"{begin:02d}-{(begin + 1) % 24 or 24:02d}"] = pa.array(
                [cell or None for cell in grid[of_month, hour]], pa.string()
            )
        yield File(f"勤務分配表_{roc}", columns, title=f"{roc}勤務分配表")


def _sign(duty_id: str | None, kind: str) -> str:
    if duty_id:
        return duty_id.rsplit("-", 1)[-1]
    return {"leave": "休假", "off": "輪休"}[kind]


# ---- registers --------------------------------------------------------------------------


def _vehicles(tables: Tables) -> File:
    vehicles, owners = tables["vehicles"], tables["vehicle_owners"]
    columns = _made(vehicles, {"車牌號碼": "vehicle_id", "車種": "kind", "車色": "colour"})
    sides = _side_by_side(
        vehicles["vehicle_id"], owners, "vehicle_id", ("person_id", "start", "end"), OWNERS
    )
    for place, values in enumerate(sides):
        columns[f"車主{place + 1}"] = values["person_id"]
        columns[f"車主{place + 1}過戶日"] = roc_day(values["start"])
        columns[f"車主{place + 1}移轉日"] = roc_day(values["end"])
    return File("車籍資料", columns)


def _registers(tables: Tables) -> Iterator[File]:
    """Tables of the force."""
    officers = (
        tables["officers"]
        .join(
            tables["accounts"].rename_columns(["account_id", "officer_id", "since", "until"]),
            "officer_id",
        )
        .sort_by("officer_id")
    )
    yield File(
        "員警名冊",
        _made(
            officers,
            {
                "員警代號": "officer_id",
                "身分證號": "person_id",
                "姓名": "name",
                "職稱": "rank",
                "到職日": ("joined_on", roc_dotted),
                "離職日": ("left_on", roc_dotted),
                "系統帳號": "account_id",
                "帳號啟用": ("since", roc_time),
                "帳號停用": ("until", roc_time),
            },
        ),
        title="員警名冊",
    )
    yield from _plain(tables, REGISTERS)


def _people(tables: Tables) -> Iterator[File]:
    """Tables about people."""
    sites = tables["organisation_addresses"]
    houses = tables["organisations"].join(sites, "organisation_id").sort_by("organisation_id")
    yield File(
        "商號登記",
        _made(
            houses,
            {
                "統一編號": "organisation_id",
                "名稱": "name",
                "類別": "kind",
                "地址代碼": "address_id",
            },
        ),
    )
    yield from _plain(tables, PEOPLE)


def _plain(tables: Tables, layouts: Sequence[Layout]) -> Iterator[File]:
    for layout in layouts:
        if layout.table in tables:
            columns = _made(tables[layout.table], layout.columns)
            yield File(layout.name, columns, layout.title)


# ---- shapes -----------------------------------------------------------------------------


def _is(values: pa.ChunkedArray, word: str) -> pa.ChunkedArray:
    return pc.fill_null(pc.equal(values, word), False)


def _only(values: pa.ChunkedArray, chosen: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(chosen, values, pa.scalar(None, pa.string()))


def _widest(keys: pa.ChunkedArray) -> int:
    return int(pc.max(pc.value_counts(keys.combine_chunks()).field("counts")).as_py())


def _side_by_side(
    keys: pa.ChunkedArray, rows: pa.Table, key: str, names: tuple[str, ...], width: int
) -> list[dict[str, pa.Array]]:
    """`width` sets of columns for `keys`: the first row of each key, the second, and so on."""
    order = np.argsort(np.array(rows[key].to_pylist(), dtype=object).astype(str), kind="stable")
    ordered = rows.take(pa.array(order))
    known = np.array(ordered[key].to_pylist(), dtype=object).astype(str)
    wanted = np.array(keys.to_pylist(), dtype=object).astype(str)
    left = np.searchsorted(known, wanted)
    right = np.searchsorted(known, wanted, side="right")
    out = []
    for place in range(width):
        taken = pa.array(left + place, mask=left + place >= right)
        out.append({name: ordered[name].combine_chunks().take(taken) for name in names})
    return out
