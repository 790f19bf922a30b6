"""Reports and views as things to save, or to show in a notebook's cell."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from linkgraph.errors import UsageError, WorkspaceError
from linkgraph.workspace.folder import write_private


@dataclass(frozen=True)
class Page:
    """A self-contained document; `format` is `html`, `json`, `pdf` or `docx`.

    `notices` say what a person should know of it: characters that no font here has.
    """

    title: str
    data: bytes
    format: str = "html"
    notices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is in a page of text; UsageError for the documents, which are not text."""
        if self.format not in ("html", "json"):
            raise UsageError(f"A {self.format} document is not text.", remedy="Save it to a file.")
        return self.data.decode("utf-8")

    def save(self, path: str | Path) -> Path:
        """Write it to a file that only its owner can read; WorkspaceError if it cannot be."""
        target = Path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_private(target, self.data)
        except OSError as problem:
            raise WorkspaceError(
                f"{target} cannot be written: {problem.strerror}.",
                remedy="Name a file in a folder that you may write to.",
            ) from problem
        return target

    def _repr_html_(self) -> str:
        """The document in a frame of its own, so that its style and script stay there."""
        if self.format not in ("html", "json"):
            return f"<p>{html.escape(self.title)} ({self.format})</p>"
        if self.format != "html":
            return f"<pre>{html.escape(self.text)}</pre>"
        return (
            f'<iframe srcdoc="{html.escape(self.text, quote=True)}" '
            f'title="{html.escape(self.title, quote=True)}" sandbox="allow-scripts" '
            'style="width:100%;height:700px;border:1px solid #ccc"></iframe>'
        )
