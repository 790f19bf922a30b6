"""The workspace: a folder for its owner alone, and a log that cannot be rewritten unseen."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from linkgraph.errors import WorkspaceError
from linkgraph.workspace import ActivityLog, Folder, Settings, file_name
from linkgraph.workspace.activity import START


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.create(tmp_path / "w")


def test_a_new_workspace_is_its_owners_alone(folder: Folder) -> None:
    for path in (folder.path, folder.ledger_path, folder.path / "linkgraph.toml"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert folder.exposures() == []


def test_a_workspace_that_others_can_read_says_so(folder: Folder) -> None:
    folder.path.chmod(0o755)
    assert "can be read by others" in folder.exposures()[0]


def test_a_workspace_opens_with_the_settings_it_was_made_with(tmp_path: Path) -> None:
    chosen = Settings(timezone="Europe/Berlin", language="zh-TW", generic_purposes=('a"b', "公務"))
    Folder.create(tmp_path, chosen)
    assert Folder.open(tmp_path).settings == chosen


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"is no workspace.*linkgraph init"):
        Folder.open(tmp_path)
    with pytest.raises(WorkspaceError, match="does not exist"):
        Folder.open(tmp_path / "nowhere")


def test_a_workspace_is_not_made_twice_or_over_something_else(folder: Folder) -> None:
    with pytest.raises(WorkspaceError, match="already"):
        Folder.create(folder.path)
    (folder.path / "linkgraph.toml").unlink()
    with pytest.raises(WorkspaceError, match="holds ledger"):
        Folder.create(folder.path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("timezone = 'Asia/Nowhere'", "timezone is 'Asia/Nowhere'"),
        ("language = 'fr'", "one of en, zh-TW"),
        ("audit_rate = 0", "audit_rate is 0"),
        ("colour = 1", "unknown setting 'colour'"),
        ("generic_purposes = 'x'", "a list of texts"),
        ("[parameters]\nrepeated = 3", "parameters.repeated"),
        ("timezone = ", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_named(folder: Folder, text: str, message: str) -> None:
    (folder.path / "linkgraph.toml").write_text(text)
    with pytest.raises(WorkspaceError, match=message):
        Folder.open(folder.path)


def test_only_one_process_changes_a_workspace(folder: Folder) -> None:
    code = (
        "import sys; from pathlib import Path; from linkgraph.workspace import Folder\n"
        "with Folder.open(Path(sys.argv[1])).exclusive('second'): pass"
    )
    with folder.exclusive("first"):
        done = subprocess.run(
            [sys.executable, "-c", code, folder.path], capture_output=True, text=True, check=False
        )
    assert "is being changed by another process (first, process" in done.stderr
    with folder.exclusive("third"):
        pass


def test_every_entry_is_chained_to_the_one_before(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path / "log")
    assert log.head() == START
    heads = [log.append("ego", id=f"person:{n}", inquiry="Q") for n in range(3)]
    assert log.head() == heads[-1]
    assert [e["facts"]["id"] for e in log.entries()] == ["person:0", "person:1", "person:2"]
    found = log.verify(expect=heads[1])
    assert (found.entries, found.head, found.problems) == (3, heads[-1], ())


def test_the_user_can_be_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKGRAPH_USER", "陳督察")
    log = ActivityLog(tmp_path / "log")
    log.append("view")
    assert [e["who"] for e in log.entries()] == ["陳督察"]


@pytest.mark.parametrize("change", ["edit", "drop", "swap", "cut"])
def test_a_rewritten_log_shows(tmp_path: Path, change: str) -> None:
    log = ActivityLog(tmp_path / "log")
    for n in range(4):
        log.append("view", id=str(n))
    head = log.head()
    lines = log.path.read_bytes().splitlines(keepends=True)
    if change == "edit":
        lines[1] = lines[1].replace(b'"id": "1"', b'"id": "9"')
    elif change == "drop":
        del lines[1]
    elif change == "swap":
        lines[1:3] = lines[2:0:-1]
    else:
        del lines[3]
    log.path.write_bytes(b"".join(lines))
    assert log.verify(expect=head).problems


def test_a_rehashed_entry_breaks_the_chain_after_it(tmp_path: Path) -> None:
    other = ActivityLog(tmp_path / "other")
    log = ActivityLog(tmp_path / "log")
    log.append("view", id="1")
    log.append("view", id="2")
    other.append("view", id="forged")
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(other.path.read_bytes() + lines[1])
    assert any("changed, removed or added" in p for p in log.verify().problems)


def test_an_append_cut_short_stays_and_is_witnessed(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path / "log")
    log.append("view", id="1")
    with log.path.open("ab") as file:
        file.write(b'{"n": 2, "at": "20')
    assert "cut short" in log.verify().problems[0]
    log.append("view", id="2")
    assert log.verify().problems == ()
    assert b'{"n": 2, "at": "20' in log.path.read_bytes()


def test_a_line_put_in_by_hand_is_not_an_entry(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path / "log")
    log.append("view", id="1")
    with log.path.open("ab") as file:
        file.write(b"nothing to see\n")
    log.append("view", id="2")
    assert "not an entry" in log.verify().problems[0]


def test_hostile_text_is_one_line_of_the_log(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path / "log")
    log.append("search", text='a\n"},{"n":9}\u2028 堃 \udc80')
    log.append("search", text="x" * 200_000)
    log.append("search", text="y")
    assert log.verify().problems == ()
    assert len(log.path.read_bytes().splitlines()) == 3


def test_appends_of_several_processes_follow_one_another(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from linkgraph.workspace import ActivityLog\n"
        "log = ActivityLog(Path(sys.argv[1]))\n"
        "for n in range(20): log.append('view', n=n)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, tmp_path / "log"]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = ActivityLog(tmp_path / "log").verify()
    assert (found.entries, found.problems) == (60, ())


def test_an_entry_is_plain_json(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path / "log")
    log.append("load", files=2, mapping=None)
    entry = json.loads(log.path.read_text())
    assert entry["facts"] == {"files": 2}
    assert set(entry) == {"n", "at", "who", "action", "facts", "previous", "hash"}


def test_file_names_come_from_ids_and_stay_in_their_folder() -> None:
    assert file_name("person", "A123456789") == "person-A123456789"
    hostile = file_name("person", "../../etc/passwd\n<b>")
    assert "/" not in hostile
    assert "<" not in hostile
    assert "\n" not in hostile
    assert file_name("vehicle", "A/1") != file_name("vehicle", "A?1")
