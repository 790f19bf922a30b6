"""One lead as text: the waterfall as a chart, both sides with the same weight, what to ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from linkgraph.cli.text import printable, width

if TYPE_CHECKING:
    from linkgraph.api import Workspace

_WORDS = {
    "lead": ("Lead {rank}", "線索 {rank}"),
    "officer": ("Officer", "員警"),
    "officers": ("Officers", "員警"),
    "together": ("{n} between them: ", "合計 {n} 人："),
    "requester": ("May have asked", "可能之請託人"),
    "around": ("Around", "關聯"),
    "path": ("Path", "路徑"),
    "subjects": ("Subjects", "查詢對象"),
    "lookups": ("Look-ups", "查詢"),
    "lookups_value": ("{n}, {first} – {last}", "{n} 筆，{first} – {last}"),
    "waterfall": ("How it is weighed (bits)", "衡量方式（位元）"),
    "total": ("Total", "合計"),
    "for": ("What speaks for misuse", "支持不當查詢之事證"),
    "against": ("What speaks against it", "反對不當查詢之事證"),
    "innocent": (
        "Known innocent explanations to rule out first",
        "應先排除之已知正當原因",
    ),
    "tried": ("Explanations tried", "已嘗試之合理說明"),
    "background": ("Background (shown, never scored)", "背景（僅供參考，不計分）"),
    "settles": ("What would settle it", "可據以釐清之紀錄"),
    "notes": ("Limits", "限制"),
    "nothing": ("Nothing on record.", "無紀錄。"),
    "more": ("{n} more", "另有 {n} 項"),
    "full": ("explains {n}", "可說明 {n} 筆"),
    "partial": ("explains {n} in part", "部分說明 {n} 筆"),
    "none": ("explains none", "無法說明"),
    "not_run": ("not run: tables missing", "未執行：缺少資料表"),
    "neutral": (
        "A lead orders work; it proves nothing.",
        "線索僅用以排列查核順序，不能證明任何事。",
    ),
}
_BAR = 30
_SHOWN = 12


def lead_lines(
    workspace: Workspace, lead: Mapping[str, Any], language: str, *, private: bool = True
) -> Iterator[str]:
    """The lines of a lead's description, in the language; names of persons if `private`."""
    from linkgraph.leads.lead import LEFT_OVER

    say = _Words(language)
    shown = shown_by(workspace, lead, private=private)
    yield f"{say('lead', rank=lead['rank'])}  {lead['lead_id']}"
    officers = [shown(f"officer:{id_}") for id_ in _officers(lead)]
    together = say("together", n=len(officers)) if len(officers) > 1 else ""
    listed = _listed(officers, say)
    yield from _fact(say("officers" if together else "officer"), f"{together}{listed}")
    if lead["requester_id"]:
        yield from _fact(say("requester"), shown(f"officer:{lead['requester_id']}"))
    around = lead["hub"] or (lead["set"] or {}).get("anchor")
    if around:
        yield from _fact(say("around"), shown(f"{around['kind']}:{around['id']}"))
    path = (lead["set"] or {}).get("path") or []
    if path:
        ties = workspace.tie_words(path[1::2], language)
        yield from _fact(say("path"), path_text(path, shown, ties))
    subjects = [shown(f"{s['kind']}:{s['id']}") for s in lead["subjects"]]
    yield from _fact(say("subjects"), _listed(subjects, say))
    period = say(
        "lookups_value",
        n=len(lead["lookup_ids"]),
        first=lead["first_at"][:16].replace("T", " "),
        last=lead["last_at"][:16].replace("T", " "),
    )
    yield from _fact(say("lookups"), period)

    titles = workspace.titles(language)
    steps = [(step_label(step, titles, shown, language), step) for step in lead["waterfall"]]
    yield from ["", say("waterfall")]
    yield from waterfall([(label, float(s["bits"])) for label, s in steps], say("total"))

    raising = [label for label, s in steps if s["bits"] > 0 and s["id"] not in LEFT_OVER]
    yield from _section(say("for"), raising, say)
    against = [_sentence(fact, language) for fact in lead["mitigating"]]
    yield from _section(say("against"), against, say)
    yield from _section(
        say("tried"),
        [
            f"{titles.get(tried['id'], tried['id'])}: "
            + say(tried["outcome"], n=len(tried["lookup_ids"]))
            for tried in _told_once(lead["explanations"])
        ],
        say,
    )
    notes = lead.get("notes") or []
    innocent = [_sentence(fact, language) for fact in notes if fact["id"] == "innocent"]
    if innocent:
        yield from _section(say("innocent"), innocent, say)
    limits = [fact for fact in notes if fact["id"] != "innocent"]
    told = {"settles": lead["settles"], "background": lead["background"], "notes": limits}
    for name, listed in told.items():
        facts = [_sentence(fact, language) for fact in listed]
        if facts or name == "settles":
            yield from _section(say(name), facts, say)
    yield from ["", say("neutral")]


def shown_by(
    workspace: Workspace, lead: Mapping[str, Any], *, private: bool = True
) -> Callable[[str], str]:
    """How everything that a lead names is shown: `name (kind:id)`, or `kind:id` alone."""
    names = workspace.names(_refs(lead), private=private)

    def shown(ref: str) -> str:
        return f"{names[ref]} ({ref})" if ref in names else ref

    return shown


def waterfall(steps: Sequence[tuple[str, float]], total: str) -> Iterator[str]:
    """Each step as a bar from where the one before ended; the last line is the sum."""
    ends, at = [], 0.0
    for _, bits in steps:
        ends.append((at, at + bits))
        at += bits
    low = min([0.0, *(min(pair) for pair in ends)])
    high = max([0.0, *(max(pair) for pair in ends)])
    scale = _BAR / (high - low) if high > low else 0.0
    room = max([width(total), *(width(label) for label, _ in steps)])

    def line(label: str, start: float, end: float, bits: float, mark: str) -> str:
        first = round((min(start, end) - low) * scale)
        length = max(1, round(abs(end - start) * scale))
        bar = (" " * first + mark * length).ljust(_BAR + 1)
        return f"  {label}{' ' * (room - width(label))}  {bits:+8.2f}  {bar}".rstrip()

    for (label, bits), (start, end) in zip(steps, ends, strict=True):
        yield line(label, start, end, bits, "█" if bits >= 0 else "░")
    yield line(total, 0.0, at, at, "▆")


def step_label(
    step: Mapping[str, Any], titles: Mapping[str, str], shown: Callable[[str], str], language: str
) -> str:
    """What a step of a waterfall is, in one line."""
    from linkgraph.leads.phrases import text

    kind, _, ref = str(step["id"]).partition(":")
    if kind == "subject" and ref:
        label = str(shown(ref))
    else:
        label = titles.get(str(step["id"])) or text(str(step["id"]), language)
    count = len(step["lookup_ids"])
    return printable(f"{label} ×{count}" if count > 1 else label, line=True)


def path_text(
    path: Sequence[str], shown: Callable[[str], str], ties: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Nodes with the tie between each two, in words where `ties` has some."""
    parts = [shown(path[0])]
    for tie, node in zip(path[1::2], path[2::2], strict=False):
        kind = str(tie).partition(":")[0]
        parts.append(f"–[{ties.get(tie) or kind.lower().replace('_', ' ')}]– {shown(node)}")
    return " ".join(parts)


def _told_once(tried: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What came of each explanation; that it explains none is said only of one that never does."""
    helped = {one["id"] for one in tried if one["outcome"] != "none"}
    return [one for one in tried if one["outcome"] != "none" or one["id"] not in helped]


def _refs(lead: Mapping[str, Any]) -> set[str]:
    refs = {f"officer:{id_}" for id_ in _officers(lead)}
    if lead["requester_id"]:
        refs.add(f"officer:{lead['requester_id']}")
    found = lead["set"] or {}
    refs |= {f"{e['kind']}:{e['id']}" for e in (lead["hub"], found.get("anchor")) if e}
    refs |= {f"{s['kind']}:{s['id']}" for s in lead["subjects"]}
    refs |= set((found.get("path") or [])[::2])
    refs |= {step["id"].partition(":")[2] for step in lead["waterfall"]} - {""}
    return refs


def _officers(lead: Mapping[str, Any]) -> Sequence[str]:
    return lead.get("officers") or [lead["officer_id"]]


def _listed(names: Sequence[str], say: _Words) -> str:
    """The first few, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f", {say('more', n=more)}" if more > 0 else "")


def _fact(name: str, value: str) -> Iterator[str]:
    yield f"  {name}{' ' * max(1, 16 - width(name))}{printable(value, line=True)}"


def _section(title: str, items: Sequence[str], say: _Words) -> Iterator[str]:
    yield from ["", title]
    for item in items:
        yield f"  • {printable(item, line=True)}"
    if not items:
        yield f"  {say('nothing')}"


def _sentence(fact: Mapping[str, Any], language: str) -> str:
    text: Mapping[str, str] = fact["text"]
    return text["zh_tw" if language == "zh-TW" else "en"]


class _Words:
    def __init__(self, language: str) -> None:
        self._column = 1 if language == "zh-TW" else 0

    def __call__(self, key: str, **facts: object) -> str:
        return _WORDS[key][self._column].format(**facts)
