"""Traces and worklists as lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkgraph.api import Workspace

_WORDS = {
    "asked": ("may have asked", "可能之請託人"),
    "for": ("for", "正"),
    "against": ("against", "反"),
    "fit": ("fit", "符合"),
    "purpose": ("purpose", "用途"),
    "by": ("by", "查詢人"),
    "of": ("of", "對象"),
    "missing": ("not compared", "未比對"),
    "agent": ("agent", "代查人"),
    "bits": ("bits", "位元"),
    "others": ("at least {n} more cannot be ruled out", "至少另有 {n} 人無法排除"),
}
_ASKERS = 3
_CONCERNED = 6


def trace_lines(
    workspace: Workspace, lookups: Sequence[Mapping[str, Any]], language: str, *, private: bool
) -> Iterator[str]:
    """Each look-up as a paragraph: who, whom, when, why it is here, who may have asked."""
    names = _names(workspace, lookups, private=private)
    say = _Words(language)
    for item in lookups:
        subject = f"{item['subject']['kind']}:{item['subject']['id']}"
        yield (
            f"{item['rank']:>3}  {_moment(item['at'])}  {_named(names, item['officer_id'])}  →  "
            f"{names.get(subject, '')} {subject}".replace("   ", "  ")
            + f"  [{item['lookup_id']}]"
        )
        told = say.joined(text(reason, language) for reason in item["reasons"])
        yield f"     {told}"
        if item["purpose"]:
            yield f"     {say('purpose')}: {item['purpose']}"
        named = item["may_have_asked"]
        shown = named[:_ASKERS]
        # Whose account it is stands among those named, however few the others are.
        shown += [a for a in named[_ASKERS:] if a["officer_id"] == item["officer_id"]]
        for asker in shown:
            who = _named(names, asker["officer_id"]) if asker["officer_id"] else asker["text"]
            yield f"     {say('asked')}: {who}"
            for side in ("for", "against"):
                facts = say.joined(text(fact, language) for fact in asker[side])
                if facts:
                    yield f"       {say(side)}: {facts}"
        if len(named) > len(shown):
            yield f"     {say('others').format(n=len(named) - len(shown))}"


def proxy_lines(
    workspace: Workspace, items: Sequence[Mapping[str, Any]], language: str
) -> Iterator[str]:
    """Each proxy call as a paragraph: who for whom, and every contradiction spelt out."""
    names = _names(workspace, items, private=False)
    say = _Words(language)
    for item in items:
        asked = item["requester_id"]
        who = _named(names, asked) if asked else item["requester_text"] or "–"
        subjects = ", ".join(f"{s['kind']}:{s['id']}" for s in item["subjects"])
        yield (
            f"{item['rank']:>3}  {_moment(item['first_at'])}  {_named(names, item['officer_id'])}"
            f"  ←  {who}  →  {subjects}  ({item['weight']:.2f} {say('bits')})"
        )
        yield from (f"     • {text(fact, language)}" for fact in item["contradictions"])
        yield from (f"     ◦ {text(fact, language)}" for fact in item["mitigating"])


def work_lines(
    workspace: Workspace, items: Sequence[Mapping[str, Any]], language: str
) -> Iterator[str]:
    """Each item in one line that says why, then what speaks for the officer and the records."""
    names = _names(workspace, items, private=False)
    say = _Words(language)
    for item in items:
        who = _named(names, item["officer_id"])
        account = f"  {item['account_id']}" if item["account_id"] else ""
        yield (
            f"{item['rank']:>3}  {who}{account}  {text(item['line'], language)}"
            # The order of rights is a documented one, and measures nothing.
            + ("" if item["account_id"] else f"  ({item['weight']:.2f} {say('bits')})")
        )
        yield from (f"     ◦ {text(fact, language)}" for fact in item["mitigating"])
        concerned = [*(f"{r['table']}:{r['row_id']}" for r in item["records"]), *item["lookup_ids"]]
        more = ", …" if len(concerned) > _CONCERNED else ""
        if concerned:
            yield f"     {', '.join(concerned[:_CONCERNED])}{more}"


def text(fact: Mapping[str, Any], language: str) -> str:
    """A bilingual fact in one language."""
    told: Mapping[str, str] = fact.get("text", fact)
    return told["zh_tw" if language == "zh-TW" else "en"]


def _names(
    workspace: Workspace, items: Sequence[Mapping[str, Any]], *, private: bool
) -> dict[str, str]:
    refs = {f"officer:{item['officer_id']}" for item in items}
    refs |= {f"officer:{item['requester_id']}" for item in items if item.get("requester_id")}
    for item in items:
        refs |= {f"officer:{a['officer_id']}" for a in item.get("may_have_asked") or []}
        if "subject" in item:
            refs.add(f"{item['subject']['kind']}:{item['subject']['id']}")
    return workspace.names(refs, private=private)


def _named(names: Mapping[str, str], officer_id: str) -> str:
    name = names.get(f"officer:{officer_id}")
    return f"{name} ({officer_id})" if name else officer_id


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


class _Words:
    def __init__(self, language: str) -> None:
        self._column = 1 if language == "zh-TW" else 0

    def __call__(self, key: str) -> str:
        return _WORDS[key][self._column]

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences in one line: Chinese sets no space between them."""
        return ("" if self._column else " ").join(sentences)
