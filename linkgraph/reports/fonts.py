"""Which fonts of this machine have the glyphs of a document, and what to install where none has.

A document that shows an empty box for a name is wrong.  So every character is looked up before
it is set: in the fonts that the settings name, then in those known to have Chinese, then in any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from linkgraph.errors import DocumentError
from linkgraph.reports import characters

PREFERRED = (
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Source Han Sans TC",
    "Microsoft JhengHei",
    "PingFang TC",
    "Noto Serif CJK TC",
    "PMingLiU",
    "MingLiU",
    "TW-Sung",
    "TW-Kai",
    "AR PL UMing TW",
    "Noto Sans",
    "DejaVu Sans",
    "Libertinus Serif",
)
"""Families tried first: plain faces with the Taiwanese forms of characters before others."""

_FILES = (".ttf", ".otf", ".ttc", ".otc")
_PACKAGE = "fonts-noto-cjk (Noto Sans CJK TC)"
_RARE = "fonts-hanazono (HanaMinB), or TW-Sung-Ext-B of the CNS11643 set"
_OWN = (
    "the font in which your agency drew it (EUDC), or TW-Sung-Plus of the CNS11643 set; "
    "name its file in the setting `fonts`"
)


@dataclass(frozen=True)
class Lacking:
    """A character without a glyph on this machine, and the font to install."""

    character: str
    install: str

    def __str__(self) -> str:
        kind = "user-defined " if characters.user_defined(self.character) else ""
        shown = "" if kind else f"{self.character} "
        return f"{kind}{shown}U+{ord(self.character):04X}: install {self.install}"


@dataclass(frozen=True)
class Typefaces:
    """The families a document is set in, in order, where they come from, and what none has."""

    families: tuple[str, ...]
    source: Any
    lacking: tuple[Lacking, ...]


def typefaces(texts: Iterable[str], wanted: Sequence[str] = ()) -> Typefaces:
    """The fewest families, in order of preference, that have every character of `texts`.

    `wanted`: family names, or paths of font files and folders, tried before all others.  Raises
    DocumentError if a Chinese text has no Chinese font at all, or a wanted one is not there.
    """
    paths, named = _wanted(wanted)
    found = _found(tuple(paths))
    families = {info.family for info in found.fonts()}
    unknown = [name for name in named if name not in families]
    if unknown:
        raise DocumentError(
            f"The setting `fonts` names {', '.join(map(repr, unknown))}, which is not installed.",
            remedy="Install it, name its file, or take it out of linkgraph.toml.",
        )
    own = _of_files(found, paths)
    order = [*named, *own, *(f for f in PREFERRED if f in families), *sorted(families)]
    open_ = characters.used(texts)
    chosen: list[str] = []
    for family in dict.fromkeys(order):
        if chosen and not open_:
            break
        has = _characters(found, family) & open_
        if family not in (*named, *own):
            # A symbol font puts what it likes where an agency has a name's character.
            has = {c for c in has if not characters.user_defined(c)}
        if has or not open_:
            chosen.append(family)
            open_ -= has
    lacking = tuple(Lacking(c, _install(c)) for c in sorted(open_))
    ordinary = [one for one in lacking if _ordinary(one.character)]
    if ordinary:
        shown = "".join(one.character for one in ordinary[:12])
        raise DocumentError(
            f"No font on this machine has the Chinese characters {shown}"
            f"{' …' if len(ordinary) > 12 else ''} of this document.",
            remedy=f"Install one, on Debian the package {_PACKAGE}; or name a font file in the "
            "setting `fonts`. HTML and JSON need no font.",
        )
    return Typefaces(tuple(chosen), found, lacking)


def _wanted(wanted: Sequence[str]) -> tuple[list[Path], list[str]]:
    paths, named = [], []
    for one in wanted:
        path = Path(one).expanduser()
        if path.suffix.lower() in _FILES or "/" in one or "\\" in one:
            if not path.exists():
                raise DocumentError(
                    f"The setting `fonts` names {one}, which does not exist.",
                    remedy="Correct the path in linkgraph.toml.",
                )
            paths.append(path.resolve())
        else:
            named.append(one)
    return paths, named


@cache
def _found(paths: tuple[Path, ...]) -> Any:
    import typst

    folders = sorted({str(path if path.is_dir() else path.parent) for path in paths})
    return typst.Fonts(True, True, folders)


def _of_files(found: Any, paths: Sequence[Path]) -> list[str]:
    """Families that come from the files and folders named."""
    return sorted(
        {
            info.family
            for info in found.fonts()
            if info.path
            and any(Path(info.path) == p or p in Path(info.path).parents for p in paths)
        }
    )


def _characters(found: Any, family: str) -> set[str]:
    """What every face of a family has that is used here: the regular face stands for all."""
    faces = [info for info in found.fonts() if info.family == family and info.style == "normal"]
    faces = faces or [info for info in found.fonts() if info.family == family]
    if not faces:
        return set()
    face = min(faces, key=lambda info: (abs(info.weight - 400), str(info.path), info.index))
    if face.path is None:
        # Built into the typesetter: it has no file to read, and is known to have these.
        return {chr(n) for n in (*range(0x20, 0x250), *range(0x2010, 0x2028), 0x2212, 0x2192)}
    return _of_file(face.path, face.index)


@cache
def _of_file(path: str, index: int) -> set[str]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return {chr(code) for code in font.getBestCmap() or ()}
    except (TTLibError, OSError, KeyError):
        return set()


def _ordinary(character: str) -> bool:
    """Whether a character belongs to what every Chinese font has."""
    return 0x4E00 <= ord(character) <= 0x9FA5 or 0x3001 <= ord(character) <= 0x3011


def _install(character: str) -> str:
    code = ord(character)
    if characters.user_defined(character):
        return _OWN
    if 0x20000 <= code <= 0x3FFFF:
        return f"{_PACKAGE}, or {_RARE}"
    if 0x2E80 <= code <= 0xFFEF:
        return _PACKAGE
    return "fonts-noto-core (Noto Sans)"
