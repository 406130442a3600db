"""Pictures of every kind become an article's text, and bad ones an honest sentence."""

from __future__ import annotations

import random
import struct
import sys
import tracemalloc
import zlib

import numpy as np
import pytest

pytest.importorskip("rapidocr")

from picture_samples import HEADLINE, PARAGRAPHS, TEXT, encoded, page, photo
from PIL import Image, ImageOps

from index.errors import (
    BinarySourceError,
    DamagedSourceError,
    RecognitionError,
    SourceError,
    SourceTooLargeError,
)
from index.formats import recognition
from index.formats.draft import finish
from index.formats.pictures import MAX_PIXELS, read_picture
from index.obstacles import Obstacle
from index.records import Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
SHORT = page(HEADLINE, (), width=700)


def declared(width: int, height: int) -> bytes:
    """Return a PNG whose header promises so many pixels, and which holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def transparent() -> bytes:
    ink = SHORT.convert("L").point(lambda value: 255 - value)
    picture = Image.new("RGBA", SHORT.size, "black")
    picture.putalpha(ink)
    return encoded(picture)


def deep() -> bytes:
    values = np.asarray(SHORT.convert("L"), np.uint16) * 257
    return encoded(Image.fromarray(values))


def mirrored() -> bytes:
    """Return a photo that is mirrored and says so, as those that phones take of their owners."""
    exif = Image.Exif()
    exif[0x0112] = 2
    return encoded(ImageOps.mirror(SHORT), "JPEG", exif=exif)


def test_a_photo_becomes_an_article_with_its_headline_as_title() -> None:
    draft = read_picture(photo(), SETTINGS)
    assert (draft.text, draft.format) == (TEXT, Format.PICTURE)
    article = finish(draft, "photo.jpg", SETTINGS)
    assert (article.title, article.language) == (HEADLINE, "en")
    assert article.published is None


@pytest.mark.parametrize(
    "data",
    [
        encoded(SHORT),
        encoded(SHORT, "WEBP"),
        encoded(SHORT, "BMP"),
        encoded(SHORT, "GIF", save_all=True, append_images=[Image.new("RGB", SHORT.size)]),
        encoded(SHORT.convert("L")),
        encoded(SHORT.convert("1")),
        encoded(SHORT.convert("P")),
        encoded(SHORT.convert("CMYK"), "JPEG"),
        encoded(SHORT, "JPEG", progressive=True),
        transparent(),
        deep(),
        mirrored(),
    ],
    ids=[
        *("png", "webp", "bmp", "gif", "grey", "bilevel", "palette", "cmyk", "progressive"),
        *("transparent", "deep", "mirrored"),
    ],
)
def test_every_kind_of_picture_is_read(data: bytes) -> None:
    assert read_picture(data, SETTINGS).text == HEADLINE


def test_every_page_of_a_scan_is_read() -> None:
    told: list[tuple[int, int]] = []
    second = page("The second page", (), width=700)
    data = encoded(SHORT, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw")
    draft = read_picture(data, SETTINGS, lambda done, total: told.append((done, total)))
    assert draft.text == f"{HEADLINE}\n\nThe second page"
    assert told == [(1, 2), (2, 2)]


def test_a_scan_of_too_many_pages_is_refused() -> None:
    data = encoded(SHORT, "TIFF", save_all=True, append_images=[SHORT] * 2)
    with pytest.raises(SourceTooLargeError, match="2 that max_recognised_pages allows"):
        read_picture(data, IndexSettings(max_recognised_pages=2))


@pytest.mark.parametrize(
    "size", [(MAX_PIXELS // 6000 + 1, 6000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_that_declares_too_many_pixels_is_refused_undecoded(
    size: tuple[int, int],
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(SourceTooLargeError):
            read_picture(declared(*size), SETTINGS)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_large_photo_is_made_smaller_before_it_is_read() -> None:
    large = SHORT.resize((6 * SHORT.width, 6 * SHORT.height))
    assert read_picture(encoded(large, "JPEG"), SETTINGS).text == HEADLINE


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", photo()[:200], encoded(SHORT)[:400], declared(800, 600)],
    ids=["empty", "text", "cut JPEG", "cut PNG", "no pixels"],
)
def test_a_broken_picture_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedSourceError) as caught:
        read_picture(data, SETTINGS)
    assert caught.value.hint


def test_a_kind_that_nobody_sends_is_not_opened() -> None:
    """Some of them start programs."""
    data = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
    for other in (data, encoded(SHORT, "PPM")):
        with pytest.raises(DamagedSourceError):
            read_picture(other, SETTINGS)


@pytest.mark.parametrize("seed", range(30))
def test_a_picture_with_wrong_bytes_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    small = Image.new("RGB", (40, 30), "white")
    kinds = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
    data = bytearray(encoded(small, kinds[seed % len(kinds)]))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with pytest.raises(SourceError):  # there are no words in it at any rate
        read_picture(bytes(data), SETTINGS)


def test_a_heic_picture_is_named() -> None:
    with pytest.raises(BinarySourceError, match="HEIC"):
        read_picture(b"\0\0\0\x18ftypheic" + bytes(100), SETTINGS)


def test_a_picture_without_words_is_said_to_have_none() -> None:
    with pytest.raises(RecognitionError) as caught:
        read_picture(encoded(Image.new("RGB", (400, 300), "green")), SETTINGS)
    assert caught.value.obstacle is Obstacle.NO_WORDS_SEEN


def test_without_the_extra_the_hint_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert not recognition.available()
    with pytest.raises(RecognitionError, match="Text in pictures is not read here") as caught:
        read_picture(photo(), SETTINGS)
    assert caught.value.obstacle is Obstacle.NEEDS_OCR
    assert "pip install 'cuttings[ocr]'" in caught.value.hint


def test_the_paragraphs_of_a_picture_are_kept() -> None:
    assert read_picture(photo(), SETTINGS).text.split("\n\n")[1:] == list(PARAGRAPHS)
