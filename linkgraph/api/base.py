"""What every part of a workspace stands on: the folder, the ledger, the screening, the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linkgraph.errors import LedgerError

if TYPE_CHECKING:
    from linkgraph.ledger import Ledger
    from linkgraph.screen import Screening
    from linkgraph.workspace import Folder, Settings

Progress = Callable[[str, int, int], None]


class Base:
    """A folder with the ledger and screening in it, opened when first needed."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._ledger: Ledger | None = None
        self._screening: Screening | None = None

    def __repr__(self) -> str:
        return f"<linkgraph workspace {self.folder.path}>"

    @property
    def settings(self) -> Settings:
        """The settings in `linkgraph.toml`."""
        return self.folder.settings

    @property
    def ledger(self) -> Ledger:
        """The loaded tables; LedgerError if nothing was loaded yet."""
        if self._ledger is None:
            from linkgraph.ledger import Ledger

            try:
                self._ledger = Ledger.open(self.folder.ledger_path)
            except LedgerError as problem:
                if not self.loaded:
                    raise LedgerError(
                        f"{self.folder.path} holds no data yet.",
                        remedy="Load source files with `linkgraph load PATH`.",
                    ) from problem
                raise
        return self._ledger

    @property
    def loaded(self) -> bool:
        """Whether the workspace has a ledger."""
        from linkgraph.ledger.folder import read_manifest

        return read_manifest(self.folder.ledger_path) is not None

    def screening(self, progress: Progress | None = None) -> Screening:
        """What work explains and what indicates; made when there is none of this ledger."""
        if self._screening is None:
            from linkgraph.screen import screen

            self._screening = screen(
                self.ledger,
                self.settings,
                self.folder.screen_path,
                folder=self.folder.analyses_path,
                progress=progress,
            )
        return self._screening

    def _forget(self) -> None:
        """Open ledger and screening afresh: the ledger is about to change."""
        self._ledger = self._screening = None

    def log(self, action: str, **facts: Any) -> str:
        """Put on record that something is done, before it is done."""
        return self.folder.activity.append(action, **facts)
