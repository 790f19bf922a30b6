"""The POLE crime graph loads by its mapping, and every number is told by pandas too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from linkgraph.ledger import Ledger
from linkgraph.ledger.load import load
from linkgraph.ledger.report import LoadReport

pytestmark = pytest.mark.real

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "pole.yaml"


@pytest.fixture(scope="module")
def loaded(pole: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadReport, Ledger]:
    ledger = tmp_path_factory.mktemp("pole") / "ledger"
    report = load(ledger, [pole], mapping=MAPPING, timezone="Asia/Taipei")
    return report, Ledger.open(ledger)


def nodes(pole: Path, label: str) -> pd.DataFrame:
    return pd.read_csv(pole / f"crime-investigation.nodes.{label}.csv", dtype=str)


def links(pole: Path, kind: str) -> pd.DataFrame:
    return pd.read_csv(pole / f"crime-investigation.relationships.{kind}.csv", dtype=str)


def test_nothing_is_rejected(loaded: tuple[LoadReport, Ledger]) -> None:
    report, _ = loaded
    assert report.rejects_file is None
    assert report.rejected == 0


def test_every_file_is_used_or_told(loaded: tuple[LoadReport, Ledger], pole: Path) -> None:
    report, _ = loaded
    told = {Path(f.name).name for f in report.files} | {path.name for path in report.ignored}
    assert told == {path.name for path in pole.iterdir()}
    assert sorted(path.name.split(".")[-2] for path in report.ignored) == [
        *("CALLED", "CALLER", "Email", "HAS_EMAIL", "HAS_POSTCODE", "Object", "POSTCODE_IN_AREA"),
        *("PhoneCall", "PostCode"),
    ]


def test_every_source_row_is_used_or_left_out(
    loaded: tuple[LoadReport, Ledger], pole: Path
) -> None:
    report, _ = loaded
    involved = links(pole, "INVOLVED_IN")
    objects = ~involved[":START_ID"].isin(nodes(pole, "Vehicle")[":ID"])
    located = links(pole, "LOCATION_IN_AREA")[":END_ID"]
    unused_areas = ~nodes(pole, "Area")[":ID"].isin(located)
    dropped = {"INVOLVED_IN": int(objects.sum()), "Area": int(unused_areas.sum())}
    for file in report.files:
        name = file.name.split(".")[-2]
        read = pd.read_csv(pole / file.name, dtype=str)
        assert (file.rows, file.dropped) == (len(read), dropped.get(name, 0)), file.name


def test_each_table_holds_what_pandas_counts(loaded: tuple[LoadReport, Ledger], pole: Path) -> None:
    report, _ = loaded
    vehicles = set(nodes(pole, "Vehicle")[":ID"])
    involved = links(pole, "INVOLVED_IN")[":START_ID"].isin(vehicles).sum()
    known = ("FAMILY_REL", "KNOWS", "KNOWS_LW", "KNOWS_PHONE", "KNOWS_SN")
    wanted = {
        "officers": len(nodes(pole, "Officer")),
        "vehicles": len(nodes(pole, "Vehicle")),
        "cases": len(nodes(pole, "Crime")),
        "case_officers": len(links(pole, "INVESTIGATED_BY")),
        "case_subjects": len(links(pole, "PARTY_TO")) + int(involved),
        "persons": len(nodes(pole, "Person")),
        "addresses": len(nodes(pole, "Location")),
        "residences": len(links(pole, "CURRENT_ADDRESS")),
        "associations": sum(len(links(pole, kind).drop_duplicates()) for kind in known),
        "phones": len(links(pole, "HAS_PHONE")),
    }
    assert {name: count.loaded for name, count in report.tables.items()} == wanted
    for count in report.tables.values():
        assert count.rows == count.loaded + count.merged + count.rejected


def test_the_people_tied_are_those_who_know_each_other(
    loaded: tuple[LoadReport, Ledger], pole: Path
) -> None:
    _, ledger = loaded
    columns = ["person_a_id", "person_b_id", "kind"]
    found = ledger.table("associations").select(columns).to_pandas()
    kinds = {
        "FAMILY_REL": "family",
        "KNOWS": "friend",
        "KNOWS_LW": "household",
        "KNOWS_PHONE": "phone_contact",
        "KNOWS_SN": "social_network",
    }
    parts = [
        links(pole, name)[[":START_ID", ":END_ID"]].assign(kind=kind)
        for name, kind in kinds.items()
    ]
    wanted = pd.concat(parts).set_axis(columns, axis=1).drop_duplicates()
    assert set(found.itertuples(index=False, name=None)) == set(
        wanted.itertuples(index=False, name=None)
    )


def test_a_crime_opens_at_midnight_in_manchester(
    loaded: tuple[LoadReport, Ledger], pole: Path
) -> None:
    _, ledger = loaded
    found = ledger.table("cases").select("case_id", "opened_at").to_pandas()
    crimes = nodes(pole, "Crime")
    day = pd.to_datetime(crimes.date, format="%d/%m/%Y").dt.tz_localize("Europe/London")
    wanted = (day.dt.tz_convert("UTC") - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(microseconds=1)
    by_case = dict(zip(crimes[":ID"], wanted, strict=True))
    assert dict(zip(found.case_id, found.opened_at, strict=True)) == by_case


def test_there_is_no_look_up_and_the_ledger_says_so(loaded: tuple[LoadReport, Ledger]) -> None:
    _, ledger = loaded
    assert not ledger.has("lookups")
    assert ledger.table("lookups").count().to_pyarrow().as_py() == 0
    assert ledger.has("officers")
