"""How well pictures of text are read: character and word error rates, and seconds a page.

The pages are drawn here, of made-up articles, as paper and as screens show them: serif and sans
serif, large and small, dark, in two columns, askew, upside down, blurred and noisy. The text is
compared as one line of words in reading order, so that a column read at the wrong time counts.

    python -m benchmarks.recognition [--json]
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rich.console import Console
from rich.progress import track
from rich.table import Table

from index import IndexSettings
from index.formats.pictures import read_picture

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Where Debian has them; without them Pillow's own font draws every page, without accents."""

ENGLISH = (
    "Tallow opens its footbridge after nine years",
    "The footbridge over the Marl at Tallow opened on Saturday, nine years after the council first "
    "voted for it. Some four hundred people walked across in the first hour, among them the "
    "carpenter Ruben Hale, who designed it and built most of the railings himself.",
    "It replaces a ferry that had carried walkers since 1911 and stopped in the spring of 2014, "
    "when its last captain, Edda Moss, retired at the age of 71. “I never thought I would cross "
    "here with dry feet,” she said.",
    "The bridge cost 2.3 million pounds. A grant of 340,000 pounds paid for the well-known "
    "lanterns along the parapet; the county gave the rest. The mayor, Ilse Brandt, said that it "
    "would save schoolchildren from Nether Tallow a walk of 35 minutes twice a day.",
    "Not everyone was pleased. Joseph Quill, who keeps the Ferry Inn, fears for his trade: 60% of "
    "his guests, he says, had been waiting for the boat.",
)
GERMAN = (
    "Neue Brücke über die Mühlau eröffnet",
    "Nach sieben Jahren Bauzeit ist die Brücke über die Mühlau am Samstag für Fußgänger und Räder "
    "freigegeben worden. Bürgermeisterin Käthe Größl durchschnitt das Band und würdigte die "
    "Ausdauer der Anwohner.",
    "Die Kosten betrugen 4,7 Millionen Euro, ein Drittel mehr als geplant. Überwiegend "
    "seien höhere Preise für Stahl schuld, sagte der Ingenieur Jörg Weiß.",
)
FRENCH = (
    "Le théâtre de Vaucelle rouvre ses portes",
    "Fermé depuis l’incendie de 2016, le théâtre de Vaucelle a rouvert vendredi soir. La première "
    "pièce, « L’été à l’envers », a été applaudie pendant dix minutes par six cents spectateurs.",
    "« Nous avons sauvé l’âme du lieu », s’est réjouie Hélène Garçon, la directrice. Les travaux "
    "ont coûté près de 3 millions d’euros, dont la moitié à la charge de la région.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A picture and what a person reads in it."""

    name: str
    picture: bytes
    text: str


def _font(name: str, size: int) -> Any:
    file = FONTS / f"{name}.ttf"
    return ImageFont.truetype(file, size) if file.exists() else ImageFont.load_default(size)


def draw(
    article: Sequence[str],
    font: str = "DejaVuSerif",
    size: int = 24,
    width: int = 1240,
    columns: int = 1,
    ink: str = "black",
    paper: str = "white",
    hyphens: bool = False,
) -> Image.Image:
    """Draw the headline over one or two columns of paragraphs."""
    margin, gap, pitch = 3 * size, 2 * size, round(1.45 * size)
    sheet = Image.new("RGB", (width, 30_000), paper)
    pen = ImageDraw.Draw(sheet)
    headline, running = _font(f"{font}-Bold", 2 * size), _font(font, size)
    top = margin
    for line in _wrapped(pen, article[0], headline, width - 2 * margin, False):
        pen.text((margin, top), line, font=headline, fill=ink)
        top += round(2.6 * size)
    room = (width - 2 * margin - (columns - 1) * gap) // columns
    lines: list[str | None] = []
    for paragraph in article[1:]:
        lines += [*_wrapped(pen, paragraph, running, room, hyphens), None]
    share = -(-len(lines) // columns)
    lowest = top
    for column in range(columns):
        left, height = margin + column * (room + gap), top
        for drawn in lines[column * share : (column + 1) * share]:
            if drawn:
                pen.text((left, height), drawn, font=running, fill=ink)
            height += pitch if drawn else round(0.7 * pitch)
        lowest = max(lowest, height)
    return sheet.crop((0, 0, width, lowest + margin))


def _wrapped(pen: Any, text: str, font: Any, room: int, hyphens: bool) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if pen.textlength(longer, font=font) <= room:
            line = longer
        elif hyphens and len(word) > 7 and word.isalpha():
            half = len(word) // 2
            lines.append(f"{line} {word[:half]}-".strip())
            line = word[half:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def _photographed(picture: Image.Image, quality: int, noise: float, blur: float) -> bytes:
    grains = np.random.default_rng(0).normal(0, noise, (picture.height, picture.width, 1))
    shade = np.linspace(0.75, 1, picture.width)[None, :, None]
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(blur)), np.float32) * shade + grains
    data = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(data, "JPEG", quality=quality)
    return data.getvalue()


def pages() -> Iterator[Page]:
    """Draw the pages, one after the other."""
    text = " ".join(ENGLISH)
    paper = draw(ENGLISH)
    yield Page("paper, serif 24 px", _png(paper), text)
    yield Page("paper, sans 24 px", _png(draw(ENGLISH, "DejaVuSans")), text)
    yield Page("typewriter 20 px", _png(draw(ENGLISH, "DejaVuSansMono", 20)), text)
    for size in (9, 10, 12, 14):
        small = draw(ENGLISH, "DejaVuSans", size, 50 * size)
        yield Page(f"screen, sans {size} px", _png(small), text)
    phone = draw(ENGLISH, "DejaVuSans", 38, 1080)
    yield Page("phone, sans 38 px", _png(phone), text)
    dark = draw(ENGLISH, "DejaVuSans", 38, 1080, ink="#dddddd", paper="#15202b")
    yield Page("phone, dark", _png(dark), text)
    pale = draw(ENGLISH, "DejaVuSans", 30, 1080, ink="#999999")
    yield Page("phone, pale grey", _png(pale), text)
    tall = draw([ENGLISH[0], *ENGLISH[1:] * 6], "DejaVuSans", 38, 1080)
    yield Page("whole-page screenshot", _png(tall), " ".join([ENGLISH[0], *ENGLISH[1:] * 6]))
    columns = draw(ENGLISH, size=22, columns=2, hyphens=True)
    yield Page("two columns, hyphens", _png(columns), text)
    three = draw([ENGLISH[0], *ENGLISH[1:] * 2], size=20, columns=3, hyphens=True)
    yield Page("three columns, hyphens", _png(three), " ".join([ENGLISH[0], *ENGLISH[1:] * 2]))
    for angle in (1.5, -3.0):
        askew = columns.rotate(
            angle, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC
        )
        yield Page(f"two columns, {angle:+} degrees", _png(askew), text)
    yield Page("on its side", _png(paper.rotate(90, expand=True)), text)
    yield Page("upside down", _png(paper.rotate(180)), text)
    yield Page("photo, JPEG 40", _photographed(paper, 40, 8, 0.8), text)
    yield Page("photo, JPEG 20, blurred", _photographed(paper, 20, 14, 1.6), text)
    huge = paper.resize((3 * paper.width, 3 * paper.height), Image.Resampling.BICUBIC)
    yield Page("photo of 12 megapixels", _photographed(huge, 75, 8, 2.0), text)
    if FONTS.exists():
        yield Page("German", _png(draw(GERMAN)), " ".join(GERMAN))
        yield Page("French", _png(draw(FRENCH)), " ".join(FRENCH))


def distance(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return the edits that make one of the other: characters of a string, or words of a list."""
    row = list(range(len(found) + 1))
    for number, item in enumerate(wanted, 1):
        above, row = row, [number]
        for place, other in enumerate(found, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (item != other)))
    return row[-1]


def measure(page: Page) -> dict[str, Any]:
    """Read one page."""
    start = perf_counter()
    text = " ".join(read_picture(page.picture, IndexSettings()).text.split())
    seconds = perf_counter() - start
    return {
        "page": page.name,
        "characters": distance(page.text, text) / len(page.text),
        "words": distance(page.text.split(), text.split()) / len(page.text.split()),
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def show(rows: list[dict[str, Any]], console: Console) -> None:
    """Print the figures as one table."""
    table = Table("page", "character errors", "word errors", "seconds", "MB at most so far")
    for row in rows:
        table.add_row(
            row["page"],
            f"{row['characters']:.2%}",
            f"{row['words']:.1%}",
            f"{row['seconds']:.1f}",
            str(row["megabytes"]),
        )
    count = len(rows)
    table.add_row(
        "mean",
        f"{sum(row['characters'] for row in rows) / count:.2%}",
        f"{sum(row['words'] for row in rows) / count:.1%}",
        f"{sum(row['seconds'] for row in rows) / count:.1f}",
        "",
    )
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    drawn = list(pages())
    progress = track(drawn, description="reading", console=Console(stderr=True), transient=True)
    rows = [measure(page) for page in progress]
    if arguments.json:
        json.dump(rows, sys.stdout, indent=2)
        print()
    else:
        show(rows, Console())


if __name__ == "__main__":
    main()
