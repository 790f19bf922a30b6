"""ZIP archives whose bytes depend on what is in them and on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that the format knows: no day at all."""


def packed(files: Mapping[str, bytes], *, small: bool = False) -> bytes:
    """The archive of these files, in order of name, stored or, if `small`, deflated."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
            archive.writestr(entry, files[name])
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files in an archive; zipfile.BadZipFile if it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain(data: bytes) -> bytes:
    """An office document packed again without dates.

    The list of content types goes first, as readers of the format expect.
    """
    files = unpacked(data)
    target = io.BytesIO()
    names = sorted(files, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return target.getvalue()
