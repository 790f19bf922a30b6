"""The certificate of a purge as a document: what was removed, what is kept, who holds copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from linkgraph.reports.content import Block, Bullets, Facts, Heading, Paragraph, Report, Table
from linkgraph.reports.words import Words


def build(certificate: Mapping[str, Any], words: Words, timezone: str) -> Report:
    """The certificate for people; its data are the certificate as it was written."""
    inquiry = certificate["inquiry"]

    def at(micros: int) -> str:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros))
        return words.moment(moment.astimezone(ZoneInfo(timezone)))

    removed = certificate["removed"]
    kept = certificate.get("kept", [])
    blocks: list[Block] = [
        Heading(words("summary"), 2, "summary"),
        Paragraph(
            words(
                "purge.text",
                inquiry=inquiry["id"],
                n=len(removed),
                bytes=sum(int(one["bytes"]) for one in removed),
                at=at(certificate["purged_at"]),
            ),
            "lead",
        ),
        Facts(
            (
                (words("fact.inquiry"), str(inquiry["id"])),
                (words("fact.opened"), str(inquiry["opened_by"])),
                (words("fact.authorised"), str(inquiry["authorised_by"])),
                (words("fact.ground"), str(inquiry["ground"])),
                (words("fact.document"), str(inquiry["document"])),
                (words("purge.closed"), at(inquiry["closed_at"] or inquiry["until"])),
                (words("purge.at"), at(certificate["purged_at"])),
                (words("fact.chain"), str(certificate["activity_head"])),
            )
        ),
        Heading(words("purge.stores"), 2, "stores"),
        Bullets(
            tuple(_server(one, words) for one in certificate.get("stores", []))
            or (words("cf.none_recorded"),)
        ),
        Heading(words("purge.elsewhere"), 2, "elsewhere"),
        Bullets(tuple(certificate["elsewhere"]) or (words("cf.none_recorded"),)),
        Heading(words("purge.kept"), 2, "kept"),
        Paragraph(words("purge.kept.text")),
        Bullets(
            tuple(
                f"{one['casefile']} ({words('status.' + one['status'])}) {one['head']}"
                for one in kept
            )
            or (words("cf.none_recorded"),)
        ),
        Heading(words("purge.removed"), 2, "removed"),
        Table(
            words("purge.caption"),
            (words("col.file"), words("col.bytes"), words("col.sha256")),
            tuple((str(r["file"]), str(r["bytes"]), str(r["sha256"])) for r in removed),
            words("all_shown", total=len(removed)),
            numeric=frozenset({1}),
        ),
    ]
    return Report(
        kind="certificate",
        id=str(inquiry["id"]),
        title=words("purge.title", inquiry=inquiry["id"]),
        subtitle=words("purge.subtitle"),
        language=words.language,
        blocks=tuple(blocks),
        data={"certificate": dict(certificate)},
    )


def _server(store: Mapping[str, Any], words: Words) -> str:
    if store["nodes"] is None:
        return words("purge.store_left", store=store["store"], why=store["left"])
    return words("purge.store_emptied", store=store["store"], n=store["nodes"])
