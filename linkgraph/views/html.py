"""A scene as one file that opens offline: vis-network by way of pyvis, our own page around it.

pyvis 0.3.2 carries the nodes, ties and options and brings vis-network; its template is not
used, since it links style sheets on the web, escapes nothing and turns a title that holds `href`
into HTML.  Ours takes nothing from anywhere: the content security policy lets only the scripts
and the style in the file run, by their hashes, and lets nothing connect.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from linkgraph.errors import WorkspaceError
from linkgraph.views.scene import Scene
from linkgraph.workspace.folder import refuse_device

PAGE: Final = Path(__file__).parent / "page"
SCRIPTS: Final = (
    "words.js",
    "source.js",
    "signs.js",
    "model.js",
    "labels.js",
    "canvas.js",
    "panel.js",
    "legend.js",
    "search.js",
    "time.js",
    "picture.js",
    "view.js",
)
"""In the order in which they must run; each adds one name to `window.linkgraph`."""

OPTIONS: Final[dict[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 400,
        "zoomSpeed": 0.7,
    },
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {
        "smooth": False,
        "chosen": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "arrowStrikethrough": False,
        "arrows": {"to": {"enabled": False, "scaleFactor": 0.45}},
    },
}


def write(scene: Scene, path: Path) -> Path:
    """Write the page to `path`, as UTF-8, readable by its owner alone; returns `path`.

    The file appears whole or not at all.  Raises WorkspaceError when it cannot be written.
    """
    page = to_html(scene).encode("utf-8")
    part = path.with_name(f".{path.name}.part")
    try:
        refuse_device(path)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(page)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WorkspaceError(
            f"The view could not be written to {path}: {error.strerror}.",
            remedy="Name a file in a folder that you may write to, on a disk with room.",
        ) from error
    return path


def to_html(scene: Scene) -> str:
    """The whole page as text: the same scene gives the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup
    from pyvis.network import Network

    data = scene.as_json()
    network = Network(cdn_resources="in_line")
    # Its own add_edge looks for duplicates through all edges each time: n².
    network.nodes = data.pop("nodes")
    network.edges = data.pop("edges")
    network.options = OPTIONS
    scripts = [_vis(), *(_page_file(name) for name in SCRIPTS)]
    style = _page_file("view.css")
    environment = Environment(
        loader=FileSystemLoader(PAGE, encoding="utf-8"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["embed"] = lambda value: Markup(_embed(value))  # noqa: S704
    environment.globals.update(
        scene=data,
        language=scene.language,
        title=scene.title or "linkgraph",
        sentence=scene.sentence(),
        policy=_policy(scripts, [style]),
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
    )
    network.templateEnv = environment
    network.path = "view.html.j2"
    return str(network.generate_html())


def _embed(value: Any) -> str:
    """JSON that no HTML parser can leave: every `<`, `>` and `&` is written as an escape."""
    text = value if isinstance(value, str) else json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )  # fmt: skip
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(scripts: list[str], styles: list[str]) -> str:
    script = " ".join(map(_hash, scripts))
    style = " ".join(map(_hash, styles))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _page_file(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _vis() -> str:
    """vis-network as pyvis brings it, without the line that sends debuggers to look for a map."""
    import pyvis

    folder = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    text = (folder / "vis-network.min.js").read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", text)
