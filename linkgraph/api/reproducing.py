"""How a third party makes the same result: sources, settings, commands, fingerprints."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from linkgraph import __version__
from linkgraph.api.times import iso, local
from linkgraph.model.tables import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.casefiles import CaseFile
    from linkgraph.casefiles.pseudonyms import Pseudonyms
    from linkgraph.inquiries import Inquiry


def method(workspace: Base, inquiry: Inquiry | None) -> dict[str, Any]:
    """Versions, settings, sources and what ran, for machines."""
    screening = workspace.screening()
    settings = workspace.settings
    return {
        "version": __version__,
        "timezone": workspace.ledger.timezone,
        "ledger": workspace.ledger.fingerprint,
        "screening": screening.fingerprint,
        "sources": sources(workspace),
        "settings": {
            "generic_purposes": list(settings.generic_purposes),
            "content_systems": list(settings.content_systems),
            "parameters": {k: dict(v) for k, v in settings.parameters.items()},
        },
        "ran": [
            {"id": one.analysis_id, "revision": one.revision, "role": one.role, "found": one.found}
            for one in screening.ran
        ],
        "not_run": [{"id": one.analysis_id, "needs": list(one.needs)} for one in screening.not_run],
        "inquiry": inquiry.as_json() if inquiry else None,
    }


def sources(workspace: Base) -> list[dict[str, Any]]:
    """Name, SHA-256, rows and mapping of every source file, in the order of loading."""
    return [
        {
            "file": file["name"],
            "sha256": file["sha256"],
            "rows": file["rows"],
            "mapping": str(source.get("mapping") or "").rpartition("/")[2],
            "mapping_sha256": source.get("mapping_sha256") or "",
        }
        for source in workspace.ledger.manifest["sources"]
        for file in source["files"]
    ]


def commands(workspace: Base, case: CaseFile, inquiry: Inquiry | None) -> list[str]:
    """The commands, one a line, run beside the folder `sources` that holds the files."""
    zone = workspace.ledger.timezone
    lines = [f"linkgraph init again --timezone {zone}"]
    by_mapping: dict[str, list[str]] = {}
    for one in sources(workspace):
        by_mapping.setdefault(one["mapping"], []).append(one["file"])
    for name, files in by_mapping.items():
        more = f" --mapping {shlex.quote(name)}" if name else ""
        # Loaded in one way, the folder stands for all; else each file goes with its mapping.
        named = [shlex.quote(f"sources/{file}") for file in files]
        what = "sources" if len(by_mapping) == 1 else " ".join(named)
        lines.append(f"linkgraph -w again load {what}{more}")
    lines.append("linkgraph -w again screen")
    under = ""
    if inquiry is not None:
        lines.append(_inquiry(inquiry, zone))
        lines.append(f"linkgraph -w again analyse --inquiry {inquiry.id}")
        under = f" --inquiry {inquiry.id}"
    for item in case.items:
        kind, _, id_ = item.ref.partition(":")
        if item.kind == "trace":
            lines.append(f"linkgraph -w again trace {kind} {shlex.quote(id_)}{under} --format json")
        elif item.kind == "lead":
            lines.append(f"linkgraph -w again leads show {shlex.quote(id_)}{under} --format json")
    return [*lines, "linkgraph -w again status --format json"]


def text(
    workspace: Base, case: CaseFile, inquiry: Inquiry | None, pseudonyms: Pseudonyms | None
) -> str:
    """`reproduce.md`: what to have, what to run, what must come out."""
    listed = [f"    {one['sha256']}  {one['file']}" for one in sources(workspace)]
    mappings = sorted({(one["mapping"], one["mapping_sha256"]) for one in sources(workspace)})
    listed += [f"    {sha}  {name}" for name, sha in mappings if name]
    lines = [
        "# How to repeat it 重現步驟",
        "",
        f"linkgraph {__version__}, and the files below in a folder `sources`. Compare each hash.",
        "",
        *listed,
        "",
        "The settings that count are in `method.json`; put them into `again/linkgraph.toml` "
        "where they differ from the defaults; an inquiry that has expired is opened again with a "
        "later `--until`. Then:",
        "",
        *(f"    {one}" for one in commands(workspace, case, inquiry)),
        "",
        "What must come out:",
        "",
        f"- ledger fingerprint `{workspace.ledger.fingerprint}`",
        f"- screening fingerprint `{workspace.screening().fingerprint}`",
        "- the look-ups, explanations and evidence of the exhibits in `casefile.json`",
    ]
    told = "\n".join(lines) + "\n"
    if pseudonyms is None:
        return told
    pseudonyms.learn([told], {i.ref.partition(":")[2]: ("lead", i.ref.partition(":")[2])
                              for i in case.of_kind("lead")})  # fmt: skip
    return pseudonyms.text(told)


def _inquiry(inquiry: Inquiry, zone: str) -> str:
    whom = ["--all-officers"] if inquiry.all_officers else []
    whom += [f"--officer {shlex.quote(one)}" for one in inquiry.officers]
    whom += [f"--unit {shlex.quote(one)}" for one in inquiry.units]
    whom += [f"--warrant {shlex.quote(one)}" for one in inquiry.warrants]
    first = "1900-01-01" if inquiry.start <= OPEN_START else (iso(inquiry.start, zone) or "")[:10]
    last = "2999-12-31" if inquiry.end >= OPEN_END else local(inquiry.end - 1, zone).date()
    return (
        f"linkgraph -w again inquiry open --id {inquiry.id} "
        f"--opened-by {shlex.quote(inquiry.opened_by)} "
        f"--authorised-by {shlex.quote(inquiry.authorised_by)} "
        f"--ground {shlex.quote(inquiry.ground)} --document {shlex.quote(inquiry.document)} "
        f"{' '.join(whom)} --from {first} --to {last} --ties {','.join(inquiry.ties)} "
        f"--k {inquiry.k} --until {local(inquiry.until, zone).date()}"
    )
