"""Pictures of made-up articles, drawn with the font that Pillow brings along (plain ASCII)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont

HEADLINE = "Tallow opens its footbridge"
PARAGRAPHS = (
    "The footbridge over the Marl at Tallow opened on Saturday, nine years after the council "
    "first voted for it. The carpenter Ruben Hale designed it and built the railings himself.",
    "It replaces a ferry that had carried walkers since 1911 and stopped in the spring of 2014.",
)
TEXT = "\n\n".join((HEADLINE, *PARAGRAPHS))


def page(
    headline: str = HEADLINE,
    paragraphs: Sequence[str] = PARAGRAPHS,
    size: int = 24,
    width: int = 1000,
    columns: int = 1,
    ink: Any = "black",
    paper: Any = "white",
) -> Image.Image:
    """Draw a headline over paragraphs of `size` pixels, in one column or more."""
    sheet = Image.new("RGB", (width, 8000), paper)
    pen = ImageDraw.Draw(sheet)
    large, running = ImageFont.load_default(2 * size), ImageFont.load_default(size)
    margin = gap = 2 * size
    top = margin
    if headline:
        pen.text((margin, top), headline, font=large, fill=ink)
        top += 4 * size
    room = (width - 2 * margin - (columns - 1) * gap) // columns
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*_wrapped(paragraph, running, room), ""]
    share = -(-len(lines) // columns)
    lowest = top
    for column in range(columns):
        height = top
        for line in lines[column * share : (column + 1) * share]:
            pen.text((margin + column * (room + gap), height), line, font=running, fill=ink)
            height += round(1.5 * size)
        lowest = max(lowest, height)
    return sheet.crop((0, 0, width, lowest + margin))


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return the bytes of a picture file."""
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def photo() -> bytes:
    """Return a photo of the article, as Telegram sends it."""
    return encoded(page(), "JPEG", quality=80)


def _wrapped(text: str, font: Any, room: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]
