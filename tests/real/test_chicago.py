"""The Chicago complaint records load by their mapping, and every number is told by pandas too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import linkgraph
from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.ledger.report import LoadReport
from linkgraph.workspace import Folder

pytestmark = pytest.mark.real

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "chicago.yaml"
FILES = ("accused", "complaints", "investigators", "profiles", "witnesses")


@pytest.fixture(scope="module")
def loaded(chicago: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadReport, Ledger]:
    folder = Folder.create(tmp_path_factory.mktemp("real") / "chicago")
    report = load(folder.ledger_path, [chicago], mapping=MAPPING, timezone="Asia/Taipei")
    return report, Ledger.open(folder.ledger_path)


@pytest.fixture(scope="module")
def source(chicago: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_csv(chicago / f"{name}.csv", dtype=str) for name in FILES}


def times(days: pd.Series[str]) -> pd.Series[int]:
    """µs UTC of midnight in Chicago."""
    local = pd.to_datetime(days).dt.tz_localize("America/Chicago").dt.tz_convert("UTC")
    return (local - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(microseconds=1)


def pairs_of(source: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Each complaint's unordered pairs of accused officers, with its date.

    Some complaints are listed twice, and their pairs come twice.
    """
    accused = source["accused"][["cr_id", "UID"]].dropna()
    both = accused.merge(accused, on="cr_id", suffixes=("_a", "_b"))
    both = both[both.UID_a < both.UID_b]
    return both.merge(source["complaints"][["cr_id", "complaint_date"]], on="cr_id", how="left")


def looked_up(source: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Investigator x accused on a complaint, a row for each three source rows."""
    who = source["investigators"][["cr_id", "UID"]].dropna()
    about = source["accused"][["cr_id", "UID"]].dropna().rename(columns={"UID": "accused"})
    dated = source["complaints"][["cr_id", "complaint_date"]]
    return who.merge(about, on="cr_id").merge(dated, on="cr_id", how="left")


def test_nothing_is_rejected(loaded: tuple[LoadReport, Ledger]) -> None:
    report, _ = loaded
    assert report.rejects_file is None
    assert report.rejected == 0
    assert report.ignored == ()


def test_every_source_row_is_used_or_left_out(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    report, _ = loaded
    blank = {name: int(source[name].UID.isna().sum()) for name in ("investigators", "witnesses")}
    assert {f.name: (f.rows, f.dropped, f.unfit) for f in report.files} == {
        f"{name}.csv": (len(source[name]), blank.get(name, 0), 0) for name in FILES
    }


def test_what_each_feed_uses_and_makes_is_what_pandas_counts(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    report, _ = loaded
    accused, investigators = source["accused"], source["investigators"]
    lookups, pairs = looked_up(source), pairs_of(source)
    named = investigators.UID.notna()
    with_accused = named & investigators.cr_id.isin(accused.cr_id)
    together = accused.groupby("cr_id").UID.transform("nunique") > 1
    witnesses = int(source["witnesses"].UID.notna().sum())
    complaints, profiles = len(source["complaints"]), len(source["profiles"])
    assert [(f.table, f.file, f.used, f.made) for f in report.feeds] == [
        ("officers", "profiles.csv", profiles, profiles),
        ("persons", "profiles.csv", profiles, profiles),
        ("cases", "complaints.csv", complaints, complaints),
        ("case_officers", "investigators.csv", int(named.sum()), int(named.sum())),
        ("case_subjects", "accused.csv", len(accused), len(accused)),
        ("case_subjects", "witnesses.csv", witnesses, witnesses),
        ("lookups", "investigators.csv", int(with_accused.sum()), len(lookups)),
        ("associations", "accused.csv", int(together.sum()), len(pairs)),
    ]
    for feed in report.feeds:
        assert feed.rows == len(source[feed.file.removesuffix(".csv")])


def test_what_is_made_is_loaded_or_merged(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    report, _ = loaded
    subjects = pd.concat(
        [source["accused"][["cr_id", "UID"]].assign(role="accused"),
         source["witnesses"][["cr_id", "UID"]].dropna().assign(role="witness")]
    )  # fmt: skip
    distinct = {
        "lookups": looked_up(source).drop_duplicates(),
        "officers": source["profiles"],
        "cases": source["complaints"].drop_duplicates("cr_id"),
        "case_officers": source["investigators"][["cr_id", "UID"]].dropna().drop_duplicates(),
        "case_subjects": subjects.drop_duplicates(),
        "persons": source["profiles"],
        "associations": pairs_of(source).drop_duplicates(),
    }
    for table, rows in distinct.items():
        count = report.tables[table]
        made = sum(feed.made for feed in report.feeds if feed.table == table)
        assert count.rows == made == count.loaded + count.merged + count.rejected, table
        assert count.loaded == len(rows), table
    assert set(report.tables) == set(distinct)


def test_each_look_up_is_of_an_accused_by_an_investigator_on_the_complaints_date(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    _, ledger = loaded
    columns = ["lookup_id", "officer_id", "subject_kind", "subject_id", "case_id", "at"]
    found = ledger.table("lookups").select(columns).to_pandas()
    wanted = looked_up(source).drop_duplicates()
    wanted["at"] = times(wanted.complaint_date)
    wanted["lookup_id"] = wanted.cr_id + "/" + wanted.UID + "/" + wanted.accused
    wanted = wanted.rename(
        columns={"UID": "officer_id", "accused": "subject_id", "cr_id": "case_id"}
    )
    wanted["subject_kind"] = "person"
    pd.testing.assert_frame_equal(
        found.sort_values("lookup_id", ignore_index=True),
        wanted[columns].sort_values("lookup_id", ignore_index=True),
        check_dtype=False,
    )


def test_two_accused_on_one_complaint_are_tied_from_its_date_on(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    _, ledger = loaded
    columns = ["person_a_id", "person_b_id", "source", "start"]
    found = ledger.table("associations").select(columns).to_pandas()
    wanted = pairs_of(source).drop_duplicates()
    wanted["start"] = times(wanted.complaint_date)
    wanted = wanted.rename(
        columns={"UID_a": "person_a_id", "UID_b": "person_b_id", "cr_id": "source"}
    )
    pd.testing.assert_frame_equal(
        found.sort_values(columns, ignore_index=True),
        wanted[columns].sort_values(columns, ignore_index=True),
        check_dtype=False,
    )


def test_the_circle_is_who_was_accused_beside_the_investigator_by_then(
    loaded: tuple[LoadReport, Ledger], source: dict[str, pd.DataFrame]
) -> None:
    _, ledger = loaded
    workspace = linkgraph.open(ledger.path.parent)
    workspace.open_inquiry(
        "Q",
        opened_by="one",
        authorised_by="another",
        ground="a count of public data",
        document="test",
        start="1990-01-01",
        end="2030-01-01",
        until="2099-12-31",
        all_officers=True,
    )
    found = workspace.rows("circle", inquiry="Q", max_ties=1)
    columns = ["cr_id", "UID", "UID_b", "complaint_date"]
    pairs = pairs_of(source).rename(columns={"UID_a": "UID"})[columns].drop_duplicates()
    turned = pairs.rename(columns={"UID": "UID_b", "UID_b": "UID"})
    since = (
        pd.concat([pairs, turned]).groupby(["UID", "UID_b"], as_index=False).complaint_date.min()
    )
    asked = looked_up(source).drop_duplicates()
    tied = asked.merge(
        since, left_on=["UID", "accused"], right_on=["UID", "UID_b"], suffixes=("", "_since")
    )
    # A tie begins on the day of the complaint, and a look-up of that day is within it.
    within = tied[tied.complaint_date_since <= tied.complaint_date]
    wanted = set(within.cr_id + "/" + within.UID + "/" + within.accused)
    assert len(wanted) > 1000
    assert set(found.lookup_id) == wanted
    assert len(found) == len(wanted)


def test_loading_again_changes_nothing(loaded: tuple[LoadReport, Ledger], chicago: Path) -> None:
    report, ledger = loaded
    again = load(ledger.path, [chicago], mapping=MAPPING, timezone="Asia/Taipei")
    assert not again.changed
    assert again.fingerprint == report.fingerprint
    assert again.loaded == 0
