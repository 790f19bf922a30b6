"""The settings of a workspace: plain data from `linkgraph.toml`, every value with a default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from linkgraph.errors import WorkspaceError

LANGUAGES = ("en", "zh-TW")

Parameters = Mapping[str, Mapping[str, float | int | str]]


@dataclass(frozen=True)
class Settings:
    """What a team may set; pure data, so that every part below can be handed one.

    `generic_purposes`: purposes that name no reason, compared without case and blanks.
    `content_systems`: systems that show a person's own data rather than a vehicle's status.
    `parameters`: analysis id -> parameter -> value, in place of the analysis's default.
    `fonts`: families, or paths of font files and folders, that documents use before others.
    `audit_rate`: share of look-ups drawn for audit; `audit_free`: the part of them that is drawn
    without regard to units.  `store`, `engine`: where graph and tables
    are computed; empty is in this process.
    """

    timezone: str = "Asia/Taipei"
    language: str = "en"
    generic_purposes: tuple[str, ...] = (
        "偵辦刑案",
        "公務查詢",
        "公務",
        "查詢",
        "勤務需要",
        "業務需要",
        "勤務",
        "業務",
        "辦案需要",
        "official business",
        "official query",
        "investigation",
        "police business",
        "duty",
        "work",
    )
    content_systems: tuple[str, ...] = (
        "criminal_record",
        "criminal records",
        "household",
        "household registration",
        "刑案",
        "刑案資訊",
        "刑案紀錄",
        "戶役政",
        "戶籍",
    )
    parameters: Parameters = field(default_factory=dict)
    fonts: tuple[str, ...] = ()
    audit_rate: float = 0.01
    audit_free: float = 0.2
    store: str = ""
    engine: str = ""

    @classmethod
    def read(cls, path: Path) -> Settings:
        """The settings in a TOML file; WorkspaceError names the key that is wrong."""
        import tomllib

        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as problem:
            raise WorkspaceError(f"{path}: cannot be read: {problem.strerror}.") from problem
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise WorkspaceError(
                f"{path}: is not TOML in UTF-8: {problem}.", remedy="Correct the file."
            ) from problem
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(given) - known)
        if unknown:
            raise WorkspaceError(
                f"{path}: unknown setting {', '.join(map(repr, unknown))}.",
                remedy=f"The settings are {', '.join(sorted(known))}.",
            )
        return cls(**{name: _CHECKS[name](path, name, value) for name, value in given.items()})

    def text(self) -> str:
        """The settings as the commented TOML that a new workspace starts with."""
        return _TEMPLATE.format(
            timezone=_quoted(self.timezone),
            language=_quoted(self.language),
            generic_purposes=_listed(self.generic_purposes),
            content_systems=_listed(self.content_systems),
            fonts=_listed(self.fonts),
            audit_rate=self.audit_rate,
            audit_free=self.audit_free,
            store=_quoted(self.store),
            engine=_quoted(self.engine),
        )


_TEMPLATE = """\
# Settings of this linkgraph workspace.  Delete a line to have the default.

# Zone of times that are written without one, and of every time shown.
timezone = {timezone}

# Language of reports and views: "en" or "zh-TW".
language = {language}

# Purposes that name no reason.
generic_purposes = {generic_purposes}

# Systems that show a person's own data rather than a vehicle's status.
content_systems = {content_systems}

# Fonts of PDF documents, before those of the system: family names, or paths of font files.
fonts = {fonts}

# Share of look-ups that an audit plan draws.
audit_rate = {audit_rate}

# The part of them that is drawn from the whole force, whatever the unit.
audit_free = {audit_free}

# Where the graph and the tables are computed; empty: in this process.
store = {store}
engine = {engine}

# Parameters of single analyses, for example:
# [parameters.repeated]
# lookups = 4
"""


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _listed(texts: tuple[str, ...]) -> str:
    if not texts:
        return "[]"
    return "[\n" + "".join(f"  {_quoted(text)},\n" for text in texts) + "]"


def _wrong(path: Path, name: str, value: Any, wanted: str) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: {name} is {value!r}; expected {wanted}.", remedy="Correct the file."
    )


def _text(path: Path, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(path, name, value, "a text")
    return value


def _texts(path: Path, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(path, name, value, "a list of texts")
    return tuple(value)


def _zone(path: Path, name: str, value: Any) -> str:
    try:
        ZoneInfo(_text(path, name, value))
    except (OSError, ValueError, KeyError) as problem:
        raise _wrong(path, name, value, "a time zone such as Asia/Taipei") from problem
    return str(value)


def _language(path: Path, name: str, value: Any) -> str:
    if value not in LANGUAGES:
        raise _wrong(path, name, value, f"one of {', '.join(LANGUAGES)}")
    return str(value)


def _rate(path: Path, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise _wrong(path, name, value, "a share above 0 and up to 1")
    return float(value)


def _part(path: Path, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _wrong(path, name, value, "a share from 0 to 1")
    return float(value)


def _parameters(path: Path, name: str, value: Any) -> Parameters:
    wanted = "tables such as [parameters.repeated] with numbers or texts"
    if not isinstance(value, dict):
        raise _wrong(path, name, value, wanted)
    for analysis_id, chosen in value.items():
        if not isinstance(chosen, dict) or any(
            isinstance(v, bool) or not isinstance(v, int | float | str) for v in chosen.values()
        ):
            raise _wrong(path, f"{name}.{analysis_id}", chosen, wanted)
    return value


_CHECKS: dict[str, Callable[[Path, str, Any], Any]] = {
    "timezone": _zone,
    "language": _language,
    "generic_purposes": _texts,
    "content_systems": _texts,
    "parameters": _parameters,
    "fonts": _texts,
    "audit_rate": _rate,
    "audit_free": _part,
    "store": _text,
    "engine": _text,
}
