"""A small force on disk, and the command line run in this process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkgraph.cli.run import run as run_command
from tests.support.ledger import write_tables

TABLES = {
    "units": [{"unit_id": "U1", "name": "First Station"}],
    "officers": [
        {"officer_id": "O1", "person_id": "P1", "name": "Wang"},
        {"officer_id": "O2", "person_id": "P2", "name": "Li"},
    ],
    "postings": [
        {"officer_id": "O1", "unit_id": "U1", "role": "patrol", "start": "2024-01-01"},
        {"officer_id": "O2", "unit_id": "U1", "role": "desk", "start": "2024-01-01"},
    ],
    "lookups": [
        {
            "lookup_id": f"L{n}",
            "at": f"2024-03-{n:02d} 10:00",
            "officer_id": officer,
            "system": "household",
            "subject_kind": kind,
            "subject_id": subject,
            "purpose": purpose,
        }
        for n, (officer, kind, subject, purpose) in enumerate(
            [
                ("O1", "person", "P3", "公務"),
                ("O1", "person", "P4", "=cmd()"),
                ("O1", "vehicle", "ABC-1234", ""),
                ("O2", "person", "P5", "patrol"),
                ("O2", "phone", "+886912345678", "official business"),
                ("O1", "person", "P3", "查詢"),
            ],
            1,
        )
    ],
    "vehicle_owners": [{"vehicle_id": "ABC-1234", "person_id": "P4"}],
    "persons": [
        {"person_id": f"P{n}", "name": name}
        for n, name in enumerate(["Wang", "Li", "陳大文", "<b>Zhao</b>", "Q\u202eian"], 1)
    ],
    "associations": [
        {"person_a_id": "P1", "person_b_id": "P3", "kind": "friend"},
        {"person_a_id": "P3", "person_b_id": "P4", "kind": "KNOWS"},
    ],
    "complaints": [
        {
            "complaint_id": "C1",
            "at": "2024-03-20",
            "complainant_id": "P4",
            "vehicle_id": "ABC-1234",
            "text": "A stranger knew my address.",
        }
    ],
}
INQUIRY = (
    "--opened-by", "Lin", "--authorised-by", "Chen", "--ground", "complaint", "--document", "7",
    "--all-officers", "--from", "2024-01-01", "--to", "2024-12-31", "--ties", "all", "--k", "2",
    "--until", "2099-01-01",
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    umask = os.umask(0o077)

    def command(*arguments: object) -> Done:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            run_command([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        assert "Traceback" not in err
        return Done(code, out, err)

    yield command
    os.umask(umask)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the small force loaded and screened, and inquiry Q open."""
    from linkgraph import api

    folder = tmp_path_factory.mktemp("small")
    workspace = api.create(folder / "w")
    workspace.load(write_tables(folder / "files", TABLES))
    workspace.screen()
    workspace.open_inquiry(
        "Q",
        opened_by="Lin",
        authorised_by="Chen",
        ground="complaint",
        document="7",
        all_officers=True,
        start="2024-01-01",
        end="2024-12-31",
        until="2099-01-01",
    )
    return folder / "w"


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace, to change at will."""
    return Path(shutil.copytree(built, tmp_path / "w"))
