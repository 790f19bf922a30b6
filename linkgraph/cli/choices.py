"""What the options of case files may say, in the words of `linkgraph/casefiles`."""

from __future__ import annotations

from enum import StrEnum


class What(StrEnum):
    """What may be added to a case file."""

    TRACE = "trace"
    LEAD = "lead"
    LOOKUP = "lookup"
    PERSON = "person"
    PATH = "path"
    DOCUMENT = "document"
    INTERVIEW = "interview"
    STATEMENT = "statement"
    ALLEGATION = "allegation"
    EVIDENCE = "evidence"
    EXPLANATION = "explanation"
    SETTLE = "settle"
    ROLE = "role"


class Side(StrEnum):
    """Which side evidence is on."""

    FOR = "for"
    AGAINST = "against"


class Outcome(StrEnum):
    """What came of an explanation."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_AVAILABLE = "record not available"


class Basis(StrEnum):
    """How sure it is who held, used or asked."""

    ESTABLISHED = "established"
    INDICATED = "indicated"
    NOT_ESTABLISHED = "not established"


class Finding(StrEnum):
    """What was found of an allegation."""

    SUBSTANTIATED = "substantiated"
    NOT_SUBSTANTIATED = "not substantiated"
    INSUFFICIENT = "insufficient"
    NO_CASE = "no case to answer"


class Status(StrEnum):
    """Where a case file stands."""

    OPEN = "open"
    REVIEW = "under review"
    DECIDED = "decided"
    CLOSED = "closed"
