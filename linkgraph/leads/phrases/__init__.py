"""What leads, traces and worklists say, in English and Traditional Chinese.

Neutral by rule: a record that would settle a question is asked for; nobody is accused.
"""

from __future__ import annotations

from linkgraph.leads.lead import Bilingual
from linkgraph.leads.phrases import of_doors, of_figures, of_leads

PHRASES: dict[str, tuple[str, str]] = {
    **of_leads.PHRASES,
    **of_doors.PHRASES,
    **of_figures.PHRASES,
}
"""Id -> English, Traditional Chinese; places in braces."""


def text(id_: str, language: str) -> str:
    """The phrase as it stands (places unfilled), or the id itself where there is none."""
    english, chinese = PHRASES.get(id_, (id_, id_))
    return chinese if language == "zh-TW" else english


def phrase(id_: str, /, **values: object) -> Bilingual:
    """Both languages, places filled; a value that is a dict of languages is taken by language."""
    english, chinese = PHRASES[id_]
    return {
        "en": english.format(**_in("en", values)),
        "zh_tw": chinese.format(**_in("zh_tw", values)),
    }


def joined(parts: list[Bilingual], *, english: str = "; ", chinese: str = "、") -> Bilingual:
    """Several short phrases as one."""
    return {
        "en": english.join(part["en"] for part in parts),
        "zh_tw": chinese.join(part["zh_tw"] for part in parts),
    }


def _in(language: str, values: dict[str, object]) -> dict[str, object]:
    return {
        name: value[language] if isinstance(value, dict) else value
        for name, value in values.items()
    }
