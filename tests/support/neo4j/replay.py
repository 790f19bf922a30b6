"""A socket that answers as a Neo4j 4.4 server was seen to answer, for as long as it is asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION = bytes([0, 0, 4, 4])
_SUCCESS, _RECORD = 0x70, 0x71


@contextmanager
def old_server() -> Iterator[str]:
    """Its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener,), daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            accepted, _ = listener.accept()
        except OSError:
            return
        with accepted:
            _answer(accepted)


def _answer(peer: socket.socket) -> None:
    handshake = peer.recv(20)
    if len(handshake) < 20:
        return
    peer.sendall(_VERSION)
    hello = {"server": "Neo4j/4.4.38", "connection_id": "bolt-1"}
    told = [
        [(_SUCCESS, hello)],
        [
            (_SUCCESS, {"fields": ["versions", "edition"]}),
            (_RECORD, [["4.4.38"], "community"]),
            (_SUCCESS, {"type": "r"}),
        ],
    ]
    for answers in told:
        if not peer.recv(65536):
            return
        for signature, value in answers:
            body = bytes([0xB1, signature]) + _packed(value)
            peer.sendall(len(body).to_bytes(2, "big") + body + b"\0\0")
    peer.recv(65536)


def _packed(value: object) -> bytes:
    """A short text, list or map as PackStream writes it."""
    if isinstance(value, str):
        return bytes([0x80 + len(value)]) + value.encode("ascii")
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(map(_packed, value))
    assert isinstance(value, dict)
    pairs = b"".join(_packed(name) + _packed(item) for name, item in value.items())
    return bytes([0xA0 + len(value)]) + pairs
