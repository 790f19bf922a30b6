"""A view that shows itself in the cell of a notebook."""

from __future__ import annotations

import html as markup
from dataclasses import dataclass
from pathlib import Path

from linkgraph.views import html
from linkgraph.views.scene import Scene


@dataclass(frozen=True)
class View:
    """A scene with a face: shown by a notebook, saved to a file."""

    scene: Scene
    height: int = 720

    def save(self, path: Path | str) -> Path:
        """Write the page to `path`; see `html.write`."""
        return html.write(self.scene, Path(path))

    def __repr__(self) -> str:
        """One line: a notebook keeps it beside the page, and it must not hold the graph."""
        return f"<View {self.scene.title!r}: {self.scene.sentence()}>"

    def _repr_html_(self) -> str:
        # The sandbox keeps the page away from the notebook that shows it, whatever is in a name.
        page = markup.escape(html.to_html(self.scene), quote=True)
        name = markup.escape(self.scene.title or "linkgraph", quote=True)
        return (
            f'<iframe title="{name}" width="100%" height="{self.height}" frameborder="0" '
            f'sandbox="allow-scripts allow-downloads allow-modals" srcdoc="{page}"></iframe>'
        )
