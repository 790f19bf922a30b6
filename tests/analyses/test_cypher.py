from __future__ import annotations

from pathlib import Path

import pytest

from linkgraph.analyses.cypher import cypher_folder, parse_cypher
from linkgraph.analyses.header import Role, Text
from linkgraph.errors import AnalysisError

GOOD = """\
// id: neighbours
// revision: 2
// role: set
// title: {en: Neighbours, zh-TW: 鄰居}
// statement:
//   en: People who live at the
//     officer's address.
//   zh-TW: 與員警同址的人。
// needs: [residences]
// rationale: A reason.
// source: "A page: 3"
// innocent:
//   - {en: He lives there too., zh-TW: 他也住那裡。}
// parameters: {max_ties: 2}
// prior: 0.25
// prior_reason: A quarter.

// the query's own comment
MATCH (o:Officer) RETURN o.officer_id
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "neighbours.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_is_read_from_the_leading_comment(tmp_path: Path) -> None:
    analysis = parse_cypher(written(tmp_path, GOOD))
    header = analysis.header
    assert (header.id, header.revision, header.role) == ("neighbours", 2, Role.SET)
    assert header.title == Text("Neighbours", "鄰居")
    assert header.statement["en"] == "People who live at the officer's address."
    assert header.innocent[0]["zh-TW"] == "他也住那裡。"
    assert dict(header.parameters) == {"max_ties": 2}
    assert header.prior == 0.25
    assert analysis.query.startswith("// the query's own comment\nMATCH")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("// id: neighbours", "// name: neighbours", "unknown header field 'name'"),
        ("// role: set", "// role: rumour", "none of explanation"),
        ("{en: Neighbours, zh-TW: 鄰居}", "Neighbours", "title needs a text"),
        ("// revision: 2", "// revision: two", "wrong type"),
        ("// rationale: A reason.\n", "", "lacks rationale"),
        ("// source: ", "// source: : [", "not YAML"),
    ],
)
def test_a_malformed_header_names_file_and_field(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(AnalysisError, match=r"neighbours\.cypher") as raised:
        parse_cypher(written(tmp_path, GOOD.replace(old, new)))
    assert says in str(raised.value)


def test_a_file_without_header_or_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError, match="no header"):
        parse_cypher(written(tmp_path, "MATCH (n) RETURN n\n"))
    with pytest.raises(AnalysisError, match="no query"):
        parse_cypher(written(tmp_path, GOOD.split("\n\n", maxsplit=1)[0] + "\n"))


def test_the_checkout_has_a_cypher_folder() -> None:
    assert (cypher_folder() / "analyses").is_dir()
