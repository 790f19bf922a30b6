"""A small case on the small force of the command line's tests."""

from __future__ import annotations

from linkgraph.api import Workspace

NAMES = ("王大明", "陳大文")


def prepared(workspace: Workspace) -> None:
    """Case file CF1 under inquiry Q: a trace, an allegation with both sides, a finding."""
    workspace.open_casefile("CF1", title="Who knew 陳大文", inquiry="Q", by="Lin")
    workspace.casefile_trace("CF1", "complaint", "C1", by="Lin")
    workspace.casefile_allegation(
        "CF1", "Looked up ABC-1234 of P4", elements=["no duty", "asked"], by="Lin"
    )
    workspace.casefile_say(
        "CF1", "evidence", "陳大文 is a friend of Wang", side="for", element=1, by="Lin"
    )
    workspace.casefile_say(
        "CF1", "evidence", "The plate +886912345678 rang", side="against", element=2, by="Lin"
    )
    workspace.casefile_say(
        "CF1", "explanation", "Theft report", outcome="record not available", by="Lin"
    )
    workspace.casefile_document("CF1", "statement", text="I, Wang, deny it", ref="officer:O1")
    workspace.casefile_note("CF1", "=HYPERLINK(1) and B123456780 lives at 0912-345-678")
    workspace.casefile_decide("CF1", "insufficient", "not shown", by="Chen")
