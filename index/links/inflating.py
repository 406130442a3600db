"""Packed bodies (gzip and deflate) unpacked in small pieces, so that a bomb cannot go off."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from index.errors import LinkError
from index.obstacles import Obstacle

ACCEPTED = "gzip, deflate"

_PACKINGS = frozenset({"br", "compress", "deflate", "gzip", "zstd"})
_PIECE = 65_536
_GZIP_MAGIC = b"\x1f\x8b"


class Inflater:
    """Unpacks a body as it arrives.

    httpx would unpack each chunk at once, and a chunk of 64 kB can hold 66 MB.
    """

    def __init__(self, encoding: str) -> None:
        """Begin a body with this `Content-Encoding`; raises LinkError for one not asked for."""
        names = [name.strip().lower().removeprefix("x-") for name in encoding.split(",")]
        # Some sites write "utf-8" or "none" here.
        packed = [name for name in names if name in _PACKINGS]
        if packed not in ([], ["gzip"], ["deflate"]):
            raise _broken()
        self._plain, self._gzip = not packed, packed == ["gzip"]
        self._stream: zlib._Decompress | None = None
        self._held = b""
        self._whole = self._ended = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what the next bytes hold, 64 kB at a time; raises LinkError for broken ones."""
        if self._plain:
            yield data
            return
        data, self._held = self._held + data, b""
        while data and not self._ended:
            if self._stream is None:
                if len(data) < 2:
                    self._held = data
                    return
                self._begin(data)
            else:
                yield from self._unpacked(self._stream, data)
                if not self._stream.eof:
                    return
                data, self._stream, self._whole = self._stream.unused_data, None, True

    def finish(self) -> None:
        """Raise LinkError when the body ended too early."""
        if self._stream is not None or (self._held and not self._whole):
            raise _broken()

    def _begin(self, data: bytes) -> None:
        if self._whole and not (self._gzip and data.startswith(_GZIP_MAGIC)):
            # One gzip file after another is one; anything else after the end is left alone.
            self._ended = True
            return
        # Many servers leave out the two bytes that a deflate body should begin with.
        headed = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
        plain = zlib.MAX_WBITS if headed else -zlib.MAX_WBITS
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else plain)

    def _unpacked(self, stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
        more = True
        while more and not stream.eof:
            try:
                piece = stream.decompress(data, _PIECE)
            except zlib.error as error:
                raise _broken() from error
            if piece:
                yield piece
            data = stream.unconsumed_tail
            more = bool(data) or len(piece) == _PIECE


def _broken() -> LinkError:
    return LinkError(
        "The page arrived packed in a way that cannot be read.",
        "Try again later, or paste its text.",
        Obstacle.DAMAGED,
    )
