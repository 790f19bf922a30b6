"""Which encoding a text file is in, and its bytes as UTF-8 with nothing lost from sight.

A file is hashed and looked at once, before any decoding: its SHA-256, whether it is valid
UTF-8, a byte order mark, and its longest line, since a file without line ends would
otherwise fill the memory.  What cannot be decoded stays visible as `⟨A3F1⟩`, the bytes in
hexadecimal, so that a reader sees that a character is missing and which.  A few broken
characters do not make UTF-8 another encoding: exports cut names off in mid-character.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from linkgraph.errors import SourceError

BLOCK = 1 << 20
_NUL = "⟨00⟩"
LONGEST_LINE = 16 << 20
"""Longest line that is read, in bytes: 16 MiB, a thousand times any real record."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DAMAGED_UTF8 = "utf-8-sig"
"""The codec of UTF-8 with broken characters: `utf-8` itself is passed on undecoded."""

_BROKEN_UTF8 = 0.25
"""UTF-8 with fewer broken characters is UTF-8: other text is next to never valid as such."""

_NULS = 0.01
"""Text with fewer zero bytes is text in which some stand by mistake; they are made visible."""

_CERTAIN = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp950"})
"""Encodings that a file is known to be in by its bytes, without a guess."""

_SAME = {"big5": "cp950", "big-5": "cp950", "ms950": "cp950", "big5-tw": "cp950", "utf8": "utf-8"}


@dataclass(frozen=True)
class TextFile:
    """What one pass over a text file's bytes found.

    `encoding` is a Python codec name; `bytes` is the size on disk, `lines` the number of line
    ends, `quotes` that of double quotation marks.  `guessed`: the encoding was told from the
    look of the text alone, and may be another.
    """

    path: Path
    sha256: str
    encoding: str
    bytes: int
    lines: int
    quotes: int
    guessed: bool = False


def inspect(path: Path, *, encoding: str | None = None) -> TextFile:
    """Hash `path` and settle its encoding (`encoding` if stated, which is then checked).

    Raises SourceError if the file is missing, empty, unreadable, damaged gzip, has a line
    longer than `LONGEST_LINE`, or is not in the stated encoding.  Reads in blocks of 1 MiB.
    """
    stated = _codec(path, encoding)
    digest, size = hash_file(path)
    if size == 0:
        raise SourceError(f"{path} is empty.", remedy="Remove it or export it again.")
    check = codecs.getincrementaldecoder("utf-8")()
    unit = b"\n"
    utf8, lines, quotes, run, head, seen = True, 0, 0, 0, b"", 0
    with opened(path) as stream:
        for block in _blocks(path, stream):
            if not head:
                head = block
            seen += len(block)
            lines += block.count(unit)
            quotes += block.count(b'"')
            run = _longest(path, block, run, lines)
            if utf8:
                try:
                    check.decode(block)
                except UnicodeDecodeError:
                    utf8 = False
    if seen == 0:
        raise SourceError(f"{path} is empty.", remedy="Remove it or export it again.")
    if utf8:
        try:
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    found = _settle(path, head, utf8, stated)
    guessed = stated is None and found not in _CERTAIN
    return TextFile(path, digest, found, size, lines, quotes, guessed)


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of the bytes of `path` as they lie on disk."""
    digest, size = hashlib.sha256(), 0
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise SourceError(
                f"{path} is a pipe or a device, not a file.",
                remedy="Write its content to a file first: a source is read more than once.",
            )
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist.", remedy="Check the path.") from None
    except IsADirectoryError:
        raise SourceError(f"{path} is a folder, not a file.", remedy="Name a file.") from None
    except OSError as problem:
        raise SourceError(
            f"{path} cannot be read: {problem.strerror}.",
            remedy="Check the path and its permissions.",
        ) from problem
    return digest.hexdigest(), size


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of `path`, unpacked if its name ends in `.gz`."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as stream:
            yield stream  # type: ignore[misc]  # a GzipFile reads as a BinaryIO does
    else:
        with path.open("rb") as stream:
            yield stream


class Utf8Stream(io.RawIOBase):
    """The text of a file as a stream of UTF-8 bytes, without byte order mark.

    `damaged` maps what could not be decoded (`⟨A3F1⟩`) to how often it was met, once read.
    """

    def __init__(self, source: BinaryIO, encoding: str) -> None:
        super().__init__()
        self.damaged: dict[str, int] = {}
        self._source = source
        self._plain = encoding == "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors=_visible(self.damaged))
        self._ready = b""
        self._done = False

    def readable(self) -> bool:
        """True: this stream is for reading only."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes (all of them if negative)."""
        if size < 0:
            return b"".join(iter(lambda: self.read(BLOCK), b""))
        if self._plain and not self._ready:
            block = self._source.read(size)
            if b"\0" not in block:
                return block
            self._ready = self._without_nul(block)
        while not self._plain and not self._done and len(self._ready) < size:
            block = self._source.read(BLOCK)
            self._done = not block
            text = self._decoder.decode(block, final=self._done)
            self._ready += self._without_nul(text.encode("utf-8"))
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _without_nul(self, text: bytes) -> bytes:
        """Zero bytes made visible: what reads text up to the first one would cut it there."""
        found = text.count(b"\0")
        if not found:
            return text
        self.damaged[_NUL] = self.damaged.get(_NUL, 0) + found
        return text.replace(b"\0", _NUL.encode())

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; how many bytes were put there."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        given = self.read(len(view))
        view[: len(given)] = given
        return len(given)


def _visible(damaged: dict[str, int]) -> str:
    """Register an error handler that shows undecodable bytes and counts them in `damaged`."""

    def show(problem: UnicodeError) -> tuple[str, int]:
        if not isinstance(problem, UnicodeDecodeError):
            raise problem
        lead = problem.object[problem.start]
        end = problem.end
        # A double byte character that the code page lacks: both its bytes belong together,
        # unless the second one is a separator or line end that must not be swallowed.
        pairs = not problem.encoding.startswith("utf")
        if pairs and lead >= 0x81 and end - problem.start == 1 and end < len(problem.object):
            trail = problem.object[problem.end]
            if 0x40 <= trail <= 0x7E or trail >= 0xA1:
                end += 1
        shown = f"⟨{problem.object[problem.start : end].hex().upper()}⟩"
        damaged[shown] = damaged.get(shown, 0) + 1
        return shown, end

    handler = f"linkgraph-visible-{id(damaged)}"
    codecs.register_error(handler, show)
    return handler


def _codec(path: Path, encoding: str | None) -> str | None:
    if not encoding:
        return None
    wanted = _SAME.get(encoding.strip().lower(), encoding.strip())
    try:
        found = codecs.lookup(wanted)
    except LookupError:
        raise SourceError(
            f"{path}: there is no encoding `{encoding}`.",
            remedy="Use one such as utf-8, utf-16 or cp950.",
        ) from None
    if not getattr(found, "_is_text_encoding", True):
        raise SourceError(f"{path}: `{encoding}` is no text encoding.", remedy="Use utf-8.")
    return found.name


def _settle(path: Path, head: bytes, utf8: bool, stated: str | None) -> str:
    for mark, codec in _MARKS:
        if head.startswith(mark):
            if stated not in {None, codec, "utf-8", "utf-16-le", "utf-16-be"} or (
                stated == "utf-8" and codec != "utf-8-sig"
            ):
                raise _wrong(path, stated or "", codec)
            return codec
    if stated is not None:
        return _checked(path, head, utf8, stated)
    if b"\0" in head[:4096]:
        wide = _wide(head)
        if wide is not None:
            return wide
    if head.count(b"\0") > _NULS * len(head):
        raise SourceError(
            f"{path} is no text file: it holds zero bytes.",
            remedy="Export it as CSV, XLSX or Parquet.",
        )
    if utf8:
        return "utf-8"
    if _share_undecodable(head, _DAMAGED_UTF8) < _BROKEN_UTF8:
        return _DAMAGED_UTF8
    return "cp950" if _share_undecodable(head, "cp950") < 0.02 else _guessed(path, head)


def _checked(path: Path, head: bytes, utf8: bool, stated: str) -> str:
    if stated == "utf-8":
        if utf8:
            return stated
        if _share_undecodable(head, _DAMAGED_UTF8) < _BROKEN_UTF8:
            return _DAMAGED_UTF8
        raise _wrong(path, stated, _settle(path, head, utf8, None))
    if utf8 and any(byte >= 0x80 for byte in head) and stated != "utf-8-sig":
        # Text in a double byte code page is, for all practical lengths, never valid UTF-8.
        raise _wrong(path, stated, "utf-8")
    if _share_undecodable(head, stated) >= 0.02:
        raise _wrong(path, stated, _settle(path, head, utf8, None))
    return stated


def _wrong(path: Path, stated: str, found: str) -> SourceError:
    return SourceError(
        f"{path} is not in the encoding `{stated}`; it looks like `{found}`.",
        remedy=f"State the encoding {found}, or none to have it found.",
    )


def _share_undecodable(head: bytes, codec: str) -> float:
    """The share of characters of `head` that `codec` cannot decode (its last three ignored)."""
    damaged: dict[str, int] = {}
    decoder = codecs.getincrementaldecoder(codec)(errors=_visible(damaged))
    shown = decoder.decode(head, final=False)
    broken = sum(damaged.values())
    # A broken one is shown between two brackets, which are wide themselves.
    wide = sum(1 for character in shown if character > "\x7f") - broken
    return broken / max(1, wide)


def _wide(head: bytes) -> str | None:
    """The UTF-16 that `head`, which holds zero bytes and no mark, reads as sensible text in."""
    even = head[: len(head) // 2 * 2][:4096]
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            shown = even.decode(codec)
        except UnicodeDecodeError as problem:
            if problem.end < len(even):
                continue
            shown = even[: problem.start].decode(codec)
        if "\n" in shown and not any(c < " " and c not in "\t\r\n" for c in shown):
            return codec
    return None


def _guessed(path: Path, head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head[: 1 << 16]).best()
    if best is None:
        raise SourceError(
            f"{path}: its encoding cannot be told.", remedy="State it in a mapping (`encoding:`)."
        )
    return codecs.lookup(best.encoding).name


def _blocks(path: Path, stream: BinaryIO) -> Iterator[bytes]:
    try:
        while block := stream.read(BLOCK):
            yield block
    except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
        raise SourceError(
            f"{path} is no complete gzip file: {problem}.", remedy="Copy or export it again."
        ) from problem


def _longest(path: Path, block: bytes, run: int, lines: int) -> int:
    """Bytes since the last line end, after `block`; SourceError when a line is too long."""
    last = block.rfind(b"\n")
    if last < 0 and b"\r" in block:
        last = block.rfind(b"\r")
    run = run + len(block) if last < 0 else len(block) - last - 1
    if run > LONGEST_LINE:
        raise SourceError(
            f"{path}, row {lines + 1}: a line of more than {LONGEST_LINE >> 20} MiB.",
            remedy="The file has no line ends there; export it again, one record per line.",
        )
    return run
