"""A real Chromium for tests of what a person sees: one for the session, a fresh profile each page.

`open_page` watches every page it opens: a request that would leave the machine, an error on the
console or an exception fails the test.  A missing browser skips the test, unless the variable
LINKGRAPH_REQUIRE names `browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linkgraph.views.html import write
from linkgraph.views.scene import Scene
from tests.support.pages import ViewPage, cut_den

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
LOCAL = ("file:", "data:", "blob:", "about:")
OpenPage = Callable[..., "Page"]


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        sentence = "no Chromium on this machine"
        if "browser" in os.environ.get("LINKGRAPH_REQUIRE", ""):
            pytest.fail(sentence)
        pytest.skip(sentence)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a file; keywords: `width`, `height`, `errors` (True when the test means to err)."""
    contexts: list[tuple[Any, Watch, bool]] = []

    def open_file(
        path: Path, *, width: int = 1280, height: int = 800, errors: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch = Watch()
        contexts.append((context, watch, errors))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(LOCAL) else watch.requests.append(request.url)
            ),
        )
        page.on(
            "console",
            lambda message: (
                watch.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        page.goto(path.resolve().as_uri())
        return page

    yield open_file
    for context, _, _ in contexts:
        context.close()
    for _, watch, errors in contexts:
        assert watch.requests == []
        assert errors or watch.errors == []


@pytest.fixture
def view(open_page: OpenPage, tmp_path: Path) -> Callable[..., ViewPage]:
    """Write a scene (without one, the cut den) and open it; keywords as for `open_page`."""

    def show(scene: Scene | None = None, **how: Any) -> ViewPage:
        return ViewPage(open_page(write(scene or cut_den(), tmp_path / "view.html"), **how))

    return show


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the test run leaves its pictures, for people to look at."""
    folder = Path(__file__).parents[2] / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
