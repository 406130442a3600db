"""Documents of every kind that people send, what their receipts tell, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass

from document_samples import article_eml, article_epub, article_html, article_mht, article_zip
from office_samples import (
    BUYER,
    KITE_TITLE,
    WHO_BOUGHT_IT,
    article_docx,
    article_odt,
    article_rtf,
)
from pdf_samples import article_pdf, scanned_pdf
from talk_samples import (
    CLOCK,
    IN_THE_PIECES,
    PAGE,
    REPAIR_COST,
    SEEDS,
    WALK,
    WHO_HAD_THE_IDEA,
    WHOSE_BEES,
)

FERRY_TITLE = "The night ferry returns to Ostrel"
TICKET = ("How much does a ticket cost?", "nine")
CAPTAIN = ("Who is the captain of the ferry?", "Ilse Marrow")
CLOCK_TITLE = "The town hall clock of Hessel runs backwards"
SEEDS_TITLE = "The seed library of Marrow Lane"
PARROT = """Попугай выучил расписание

Попугай Кеша живёт на вокзале города Сосновка и объявляет поезда. Его хозяйка, кассирша Ольга \
Вереск, говорит, что он ни разу не ошибся платформой.

Весной станция купила новый громкоговоритель за 9400 рублей, но пассажиры попросили вернуть \
попугая."""
WHOSE_PARROT = "Кто хозяйка попугая?"
PROGRAM = b"MZ\x90\x00" + bytes(range(256)) * 4


@dataclass(frozen=True, slots=True)
class Sent:
    """A document, the lines of its receipt, and what is asked of it."""

    name: str
    data: bytes
    title: str
    told: str
    asked: tuple[tuple[str, str], ...]
    """Questions, and what their answers begin with."""
    pages: tuple[int, ...] = ()
    """Of each question, the page that its answer names."""


def documents() -> list[Sent]:
    """One of each kind that holds one article."""
    seeds = SEEDS.replace("Tilda Voss", "Théa Voß")
    seeds_told = (SEEDS_TITLE, "86 words", ((WHO_HAD_THE_IDEA, "Théa Voß"),))
    clock = ((REPAIR_COST, "14,300 crowns"),)
    kite = ((WHO_BOUGHT_IT, BUYER),)
    bees = ((WHOSE_BEES, "Harald Munk"),)
    return [
        Sent(
            "walk.pdf",
            article_pdf(WALK),
            WALK.split("\n")[0],
            f"PDF, 3 pages · {len(WALK.split()):,} words",
            IN_THE_PIECES,
            (1, 2, 3),
        ),
        Sent(
            "scan.pdf",
            scanned_pdf(CLOCK),
            CLOCK_TITLE,
            "scanned PDF, 1 page, read by text recognition · 83 words",
            clock,
            (1,),
        ),
        Sent("kite.docx", article_docx(), KITE_TITLE, "Word document · 54 words", kite),
        Sent("kite.odt", article_odt(), KITE_TITLE, "OpenDocument text · 54 words", kite),
        Sent("kite.rtf", article_rtf(), KITE_TITLE, "Nils Aker · RTF document · 47 words", kite),
        Sent(
            "bees.html",
            PAGE.encode(),
            "The bees of Quay Nine",
            "Ida Roth · Harbour Post · 6 May 2024 · 74 words",
            bees,
        ),
        Sent(
            "letter.eml",
            article_eml(),
            FERRY_TITLE,
            "Tove Halden · 6 April 2021 · mail · 80 words",
            (CAPTAIN,),
        ),
        Sent("ferry.mht", article_mht(), FERRY_TITLE, "lantern.example · 80 words", (CAPTAIN,)),
        Sent("utf-8.txt", seeds.encode(), *seeds_told),
        Sent("utf-16.txt", seeds.encode("utf-16"), *seeds_told),
        Sent("western.txt", seeds.encode("cp1252"), *seeds_told),
        Sent("clock.md", f"# {CLOCK}".encode(), CLOCK_TITLE, "83 words", clock),
    ]


def book() -> bytes:
    """An e-book of three chapters about the ferry."""
    return article_epub()


def archive() -> bytes:
    """Three articles in three formats, and what is none."""
    return article_zip(
        {
            "garden/seeds.txt": SEEDS,
            "kite.docx": article_docx(),
            "ferry.html": article_html(),
            "tool.exe": PROGRAM,
        }
    )
