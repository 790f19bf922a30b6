"""The file itself: complete, closed, escaped, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from linkgraph.errors import WorkspaceError
from linkgraph.views.html import PAGE, SCRIPTS, to_html, write
from linkgraph.views.notebook import View
from linkgraph.views.scene import from_subgraph
from tests.support.scenes import den, hostile


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag if tag in self.texts else ""
        if self.inside:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside][-1] += data


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(from_subgraph(den(), focus=["officer:P1024"], title="The den"))


def test_no_tag_points_outside_the_file(page: str) -> None:
    for tag, attributes in Tags(page).found:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_the_policy_names_each_script_and_style_by_its_hash(page: str) -> None:
    tags = Tags(page)
    policy = next(a["content"] for t, a in tags.found if t == "meta" and "http-equiv" in a) or ""
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    for forbidden in ("unsafe", "http:", "https:", "*", "connect-src"):
        assert forbidden not in policy
    kinds = [a.get("type") for t, a in tags.found if t == "script"]
    scripts = [text for kind, text in zip(kinds, tags.texts["script"], strict=True) if not kind]
    assert len(scripts) == len(SCRIPTS) + 1
    for text in (*scripts, *tags.texts["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_scene_is_in_the_page_as_data(page: str) -> None:
    scene = from_subgraph(den(), focus=["officer:P1024"], title="The den").as_json()
    data = re.search(r'<script type="application/json" id="scene-nodes">(.*?)</script>', page)
    assert data is not None
    assert json.loads(data[1]) == json.loads(json.dumps(scene["nodes"]))


def test_hostile_names_leave_no_tag_and_no_broken_encoding() -> None:
    clean = Tags(to_html(from_subgraph(den()))).found
    bad = "</script><script>alert(1)</script><img src=x>\u2028"
    page = to_html(from_subgraph(hostile(), title=bad, notes=[(bad, bad)]))
    assert [tag for tag, _ in Tags(page).found] == [tag for tag, _ in clean]
    page.encode("utf-8")
    assert "\u2028" not in page.replace(bad, "")


def test_the_same_scene_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write(from_subgraph(den()), tmp_path / "one.html").read_bytes()
    assert write(from_subgraph(den()), tmp_path / "two.html").read_bytes() == one


def test_the_file_is_utf_8_and_its_owner_s_alone(tmp_path: Path) -> None:
    path = write(from_subgraph(den()), tmp_path / "檢視.html")
    assert "錢進財" in path.read_bytes().decode("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["檢視.html"]


def test_a_folder_that_is_not_there_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"missing.*folder that you may write"):
        write(from_subgraph(den()), tmp_path / "missing" / "view.html")


def test_every_file_of_the_page_is_used_and_every_word_said() -> None:
    assert {p.name for p in PAGE.glob("*.js")} == set(SCRIPTS)
    texts = {name: (PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS}
    english = texts["words.js"].partition('"zh-TW": {')[0]
    words = set(re.findall(r"\b(\w+): (?:\"|\[)", english))
    said = "".join(texts.values())
    assert {word for word in words if f'"{word}"' not in said and f".{word}" not in said} == set()


def test_no_script_writes_html() -> None:
    for name in SCRIPTS:
        text = (PAGE / name).read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, name


def test_a_notebook_cell_holds_the_page_in_a_sandbox(tmp_path: Path) -> None:
    view = View(from_subgraph(den(), title='"quoted" <title>'))
    cell = view._repr_html_()
    (tag, attributes) = Tags(cell).found[0]
    assert tag == "iframe"
    assert len(Tags(cell).found) == 1
    assert attributes["sandbox"] == "allow-scripts allow-downloads allow-modals"
    assert attributes["srcdoc"] == to_html(view.scene)
    assert view.save(tmp_path / "v.html").exists()


def test_a_view_names_itself_in_one_line() -> None:
    # A notebook keeps this text beside the page.
    view = View(from_subgraph(den(), title="the den", limit=5))
    assert repr(view) == f"<View 'the den': 5 of {view.scene.total} shown>"
