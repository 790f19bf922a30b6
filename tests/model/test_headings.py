from __future__ import annotations

from linkgraph.model.headings import COLUMNS, TABLE_NAMES, VALUES, column_words, value_of
from linkgraph.model.tables import TABLES


def test_every_word_is_for_a_column_a_table_or_a_value_of_the_contract() -> None:
    columns = {column for table in TABLES.values() for column in table.by_name}
    values = {v for table in TABLES.values() for c in table.columns for v in c.values}
    assert set(COLUMNS) <= columns
    assert set(TABLE_NAMES) <= set(TABLES)
    assert set(VALUES) <= values


def test_every_required_column_is_known_by_some_word_besides_its_name() -> None:
    for table in TABLES.values():
        for column in table.required:
            assert len(column_words(column)) > 1, f"{table.name}.{column}"


def test_a_duty_is_known_by_what_rosters_call_it() -> None:
    kinds = TABLES["duties"].by_name["kind"].values
    assert value_of("巡邏", kinds) == "patrol"
    assert value_of("輪休", kinds) == "off"
    assert value_of("desk", kinds) == "desk"
    assert value_of("不明", kinds) is None
