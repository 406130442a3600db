"""Pictures of text: photos, scans and screenshots, read by recognition.

Pillow opens them, which comes with the extra `[ocr]`; nothing here imports it before it is known
to be there. A picture says its size before it is decoded, so that one of a size that would fill
the memory is refused unseen.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import (
    BinarySourceError,
    DamagedSourceError,
    RecognitionError,
    SourceTooLargeError,
)
from index.formats import recognition
from index.formats.draft import Draft, Progress
from index.obstacles import Obstacle
from index.records import Format
from index.settings import IndexSettings

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 60_000_000
"""Of one picture; phones take 12 to 50 million."""
LONG_SIDE = 2400
"""Pixels; with these a photographed page has its letters large enough, and is read in seconds."""
TALL = 2.5
"""A picture so many times taller than wide is a screenshot of a whole page: only its width
counts."""
SCREEN_WIDTH = 1400

_FORMATS = ("PNG", "JPEG", "MPO", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
"""What is read. The others of Pillow are rare, and some of them start programs."""
_BROKEN = (OSError, SyntaxError, ValueError, LookupError, TypeError, struct.error)
"""What Pillow's decoders raise on broken files."""
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


def read_picture(data: bytes, settings: IndexSettings, progress: Progress | None = None) -> Draft:
    """Return the text recognised in a picture, or on the pages of one that has several.

    `progress` is told of the pages, or of the parts of one that is very tall. Raises
    RecognitionError, SourceTooLargeError, DamagedSourceError or BinarySourceError.
    """
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise BinarySourceError(
            "Pictures in the HEIC format are not read.",
            hint="Send it as a photo, or save it as JPEG or PNG first.",
        )
    if not recognition.available():
        raise RecognitionError(
            "Text in pictures is not read here.",
            hint="Paste the text instead; whoever runs this can add it with "
            "pip install 'cuttings[ocr]'.",
            obstacle=Obstacle.NEEDS_OCR,
        )
    found = []
    for page, pages, picture in _pictures(data, settings):
        found.append(recognition.recognised_text(picture, progress if pages == 1 else None))
        if progress is not None and pages > 1:
            progress(page, pages)
    text = "\n\n".join(page for page in found if page)
    if not text:
        raise RecognitionError(
            "No words could be read in the picture.",
            hint="Send a sharper or larger one, or paste the text. The Latin alphabet, Chinese "
            "and Japanese are read.",
        )
    return Draft(text, format=Format.PICTURE)


def _pictures(
    data: bytes, settings: IndexSettings
) -> Iterator[tuple[int, int, npt.NDArray[np.uint8]]]:
    """Return each page's number from 1, how many there are, and the page."""
    from PIL import Image, UnidentifiedImageError

    # The size is checked here, and more strictly.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.init()
        known = [name for name in _FORMATS if name in Image.OPEN]
        try:
            with Image.open(io.BytesIO(data), formats=known) as picture:
                pages = _page_count(picture, settings)
                for page in range(pages):
                    picture.seek(page)
                    if picture.width * picture.height > MAX_PIXELS:
                        raise _too_large()
                    yield page + 1, pages, _as_seen(picture)
        except UnidentifiedImageError as error:
            raise DamagedSourceError(
                "The picture is damaged, or of a kind that is not read.",
                hint="Send it as a photo, or save it as JPEG or PNG first.",
            ) from error
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except _BROKEN as error:
            raise DamagedSourceError(
                "The picture is damaged.", hint="Send it again, or take another one."
            ) from error


def _too_large() -> SourceTooLargeError:
    return SourceTooLargeError(
        f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels.",
        hint="Send it smaller, or in parts.",
    )


def _page_count(picture: Image.Image, settings: IndexSettings) -> int:
    # The pictures of an animation show one thing many times: the first is enough.
    if picture.format != "TIFF":
        return 1
    limit = settings.max_recognised_pages
    for page in range(1, limit + 1):
        try:
            picture.seek(page)
        except EOFError:
            return page
    raise SourceTooLargeError(
        f"The picture has more pages than the {limit:,} that max_recognised_pages allows.",
        hint="Split it into smaller files, or raise max_recognised_pages in the settings.",
    )


def _as_seen(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """Return a picture upright, on white, in three colours, and no larger than is read well."""
    from PIL import Image, ImageOps

    size = _size(*picture.size)
    picture.draft("RGB", size)  # a large JPEG is decoded at half or a quarter of its size
    seen = ImageOps.exif_transpose(_plain(picture))
    size = _size(*seen.size)
    if size != seen.size:
        seen = seen.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if seen.mode == "RGBA":
        paper = Image.new("RGBA", seen.size, "white")
        seen = Image.alpha_composite(paper, seen)
    return np.asarray(seen.convert("RGB"))


def _plain(picture: Image.Image) -> Image.Image:
    """Return the picture in grey or in colours of eight bits, with its transparency if any."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, np.float32)
        highest = max(float(values.max(initial=0.0)), 1.0)
        top = 255.0 if highest <= 255 else max(highest, 65535.0)
        plain = Image.fromarray((values.clip(0, top) * (255 / top)).astype(np.uint8))
        plain.info = dict(picture.info)
        return plain
    if picture.mode in {"LA", "La", "PA", "RGBa"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "RGBA"}:
        picture.load()
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _size(width: int, height: int) -> tuple[int, int]:
    tall = height >= TALL * width
    scale = SCREEN_WIDTH / width if tall else LONG_SIDE / max(width, height)
    if scale >= 1:
        return width, height
    return max(1, round(width * scale)), max(1, round(height * scale))
