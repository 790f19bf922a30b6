"""Sentences by key, in English or Traditional Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Sentences:
    """Sentences of one language (`en` or `zh-TW`); a subclass says which in `TEXTS`."""

    TEXTS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Key -> English, Traditional Chinese; places in braces."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._column = 1 if language == "zh-TW" else 0

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence `key` with its facts filled in."""
        return self.TEXTS[key][self._column].format(**facts)

    def value(self, key: str) -> str:
        """A code or value of the data in words where there are any, else itself."""
        return self.TEXTS[key][self._column] if key in self.TEXTS else key

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "、" if self._column else ", "
