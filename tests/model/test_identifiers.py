from __future__ import annotations

import duckdb
import pytest
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st

from linkgraph.model import identifiers
from linkgraph.model.identifiers import Taiwan, comparable, doubt, normal
from linkgraph.sources.sql import OFFLINE

KINDS = ("person", "vehicle", "phone", "unit", "address", "case", "officer")


def in_sql(kind: str, texts: list[str]) -> list[tuple[str, str | None]]:
    """Normal form and doubt of each text, by the table engine."""
    with duckdb.connect(config=OFFLINE) as engine:
        engine.execute("CREATE TABLE given (place INTEGER, written VARCHAR)")
        for place, text in enumerate(texts):
            engine.execute("INSERT INTO given VALUES (?, ?)", [place, text])
        form = identifiers.normal_sql(kind, "written")
        engine.execute(f"CREATE TABLE formed AS SELECT place, {form} AS form FROM given")
        doubtful = identifiers.doubt_sql(kind, "form")
        return engine.execute(f"SELECT form, {doubtful} FROM formed ORDER BY place").fetchall()


def in_python(kind: str, texts: list[str]) -> list[tuple[str, str | None]]:
    return [(form := normal(kind, text), doubt(kind, form)) for text in texts]


def test_every_national_id_that_faker_makes_is_beyond_doubt() -> None:
    fake = Faker("zh_TW")
    fake.seed_instance(1)
    ids = [fake.ssn() for _ in range(300)]
    assert {doubt("person", text) for text in ids} == {None}
    assert {why for _, why in in_sql("person", ids)} == {None}


def test_the_old_resident_certificate_counts_its_second_letter_by_the_units() -> None:
    # A is 10: 1 + 0; C is 12, of which 2 counts eightfold: 16; digits 0000000 and a check digit 3.
    assert doubt("person", "AC00000003") is None
    assert doubt("person", "AC00000004") == identifiers.WRONG_CHECK_DIGIT


def test_exactly_one_last_digit_is_right() -> None:
    for stem in ("A12345678", "Z29876543", "F81234567", "HB1234567"):
        right = [d for d in "0123456789" if doubt("person", stem + d) is None]
        assert len(right) == 1, stem


def test_one_wrong_digit_is_seen() -> None:
    assert doubt("person", "A123456788") == identifiers.WRONG_CHECK_DIGIT
    assert in_sql("person", ["A123456788"]) == [("A123456788", identifiers.WRONG_CHECK_DIGIT)]


@pytest.mark.parametrize("text", ["P000123", "100001", "A12345678", "A323456789", "AX12345678", ""])
def test_what_is_no_national_id_is_not_doubtful(text: str) -> None:
    assert doubt("person", text) is None
    assert in_sql("person", [text])[0][1] is None


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("ABC-1234", "ABC-1234"),
        ("abc1234", "ABC-1234"),
        ("ＡＢＣ－１２３４", "ABC-1234"),
        (" abc - 1234 ", "ABC-1234"),
        ("1234AB", "1234-AB"),
        ("1234-ab", "1234-AB"),
        ("AB1234", "AB-1234"),
        ("ABC123", "ABC-123"),
        ("123ABC", "123-ABC"),
        ("2A1234", "2A-1234"),
        ("RY52 APF", "RY52 APF"),
        ("V00001", "V00001"),
        ("31238", "31238"),
    ],
)
def test_a_plate_has_one_form_however_it_is_written(written: str, form: str) -> None:
    assert normal("vehicle", written) == form
    assert in_sql("vehicle", [written])[0][0] == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("(02) 2331-3561", "0223313561"),
        ("+886 2 23313561", "0223313561"),
        ("０２－２３３１３５６１", "0223313561"),
        ("02-23313561#12", "0223313561#12"),
        ("0912-345-678", "0912345678"),
        ("886912345678", "0912345678"),
        ("808", "808"),
        ("0-(070)893-3322", "0-(070)893-3322"),
        ("PH-12", "PH-12"),
    ],
)
def test_a_telephone_number_has_one_form_however_it_is_written(written: str, form: str) -> None:
    assert normal("phone", written) == form
    assert in_sql("phone", [written])[0][0] == form


def test_a_national_id_in_lower_case_is_the_same_person() -> None:
    assert normal("person", "ａ123456789") == "A123456789"
    assert normal("person", "p000123") == "p000123"


def test_two_ways_to_write_taipei_are_one_unit() -> None:
    assert normal("unit", "台北市中正一分局") == normal("unit", "臺北市中正一分局")
    assert normal("case", "台北113刑字1號") == "台北113刑字1號"


def test_readers_compare_without_regard_to_width_spaces_and_tai() -> None:
    assert comparable("台北市　ＡＢＣ") == comparable("臺北市 abc")
    with duckdb.connect(config=OFFLINE) as engine:
        found = engine.execute(
            f"SELECT {identifiers.comparable_sql('t')} FROM (SELECT '台北市　ＡＢＣ ' AS t)"
        ).fetchone()
    assert found == (comparable("台北市　ＡＢＣ "),)


characters = st.sampled_from("ABCDZ abz０Ａｂ－-‐()（）#+.0123456789台臺號　")


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(KINDS), st.lists(st.text(characters, min_size=1, max_size=14), min_size=20))
def test_python_and_the_table_engine_never_disagree(kind: str, texts: list[str]) -> None:
    assert in_sql(kind, texts) == in_python(kind, texts)


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.text(characters, max_size=14))
def test_the_normal_form_of_a_normal_form_is_itself(kind: str, text: str) -> None:
    once = normal(kind, text)
    assert normal(kind, once) == once


class Elsewhere(Taiwan):
    """Another country's rules: an identifier begins with its kind."""

    def normal(self, kind: str, text: str) -> str:
        return f"{kind} {text}"

    def doubt(self, kind: str, text: str) -> str | None:
        return f"is no {kind}" if text.startswith("*") else None


def test_another_country_can_bring_its_own_rules() -> None:
    try:
        identifiers.use(Elsewhere())
        assert normal("vehicle", "abc1234") == "vehicle abc1234"
        assert doubt("person", "*1") == "is no person"
    finally:
        identifiers.use(Taiwan())


def test_characters_that_nobody_sees_make_no_other_identifier() -> None:
    import duckdb

    for text in ("O1\u200b", "\ufeffO1", "O\u20601"):
        assert identifiers.normal("officer", text) == "O1"
        query = f"SELECT {identifiers.normal_sql('officer', 'x')} FROM (SELECT ? AS x)"
        assert duckdb.connect().execute(query, [text]).fetchone() == ("O1",)
