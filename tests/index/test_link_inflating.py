"""A packed body is unpacked as it arrives, never more of it at once than a piece."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LinkError
from index.links.inflating import Inflater
from index.obstacles import Obstacle

TEXT = b"The ferry sails again on Monday. " * 9000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "deflate": zlib.compress,
    " deflate , identity": raw_deflate,
    "": bytes,
    "identity": bytes,
    "UTF-8": bytes,
}


def unpacked(encoding: str, packed: bytes, size: int) -> bytes:
    """What arrives in chunks of this size."""
    inflater = Inflater(encoding)
    found = bytearray()
    for start in range(0, len(packed), size):
        for piece in inflater.pieces(packed[start : start + size]):
            assert 0 < len(piece) <= 65_536
            found += piece
    inflater.finish()
    return bytes(found)


@pytest.mark.parametrize("size", [1, 7, 1000, 65_536])
@pytest.mark.parametrize("encoding", PACKERS)
def test_a_packed_body_is_unpacked_whatever_its_chunks(encoding: str, size: int) -> None:
    assert unpacked(encoding, PACKERS[encoding](TEXT), size) == TEXT


@given(st.binary(), st.sampled_from(sorted(PACKERS)), st.integers(1, 40), st.integers(1, 300))
def test_any_body_is_unpacked(data: bytes, encoding: str, size: int, repeated: int) -> None:
    whole = data * repeated
    assert unpacked(encoding, PACKERS[encoding](whole), size * 97) == whole


@pytest.mark.parametrize("size", [1, 11, 65_536])
def test_gzip_files_one_after_another_are_one(size: int) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert unpacked("gzip", packed, size) == b"one two"


@pytest.mark.parametrize("size", [1, 11, 65_536])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_follows_the_end_is_left_alone(encoding: str, size: int) -> None:
    packed = PACKERS[encoding](b"one") + b"\x00\x00 and more"
    assert unpacked(encoding, packed, size) == b"one"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_ends_too_early_is_damaged(encoding: str) -> None:
    packed = PACKERS[encoding](TEXT)
    for length in (1, 2, 20, len(packed) // 2, len(packed) - 1):
        with pytest.raises(LinkError) as error:
            unpacked(encoding, packed[:length], 100)
        assert error.value.obstacle is Obstacle.DAMAGED


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_body_is_empty(encoding: str) -> None:
    assert unpacked(encoding, b"", 100) == b""


@given(st.binary(min_size=1), st.sampled_from(["gzip", "deflate"]))
def test_what_is_not_packed_is_damaged_or_unpacked(data: bytes, encoding: str) -> None:
    with suppress(LinkError):
        unpacked(encoding, data, 16)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br"])
def test_a_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(LinkError) as error:
        Inflater(encoding)
    assert error.value.obstacle is Obstacle.DAMAGED


def test_a_bomb_is_unpacked_no_faster_than_it_is_asked_for() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert len(bomb) < 65_536  # it arrives as one chunk
    tracemalloc.start()
    pieces = Inflater("gzip").pieces(bomb)
    assert sum(len(next(pieces)) for _ in range(10)) <= 655_360
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
