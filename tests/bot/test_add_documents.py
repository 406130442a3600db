"""`cuttings add` and `cuttings ask`: each kind of document, and links, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from document_samples import (
    PARAGRAPHS,
    TITLE,
    article_eml,
    article_epub,
    article_html,
    article_mht,
    article_zip,
)
from link_servers import Answer, Site, served
from office_samples import KITE, article_docx, article_odt, article_rtf
from page_samples import FOLDER
from pdf_samples import article_pdf, scanned_pdf
from picture_samples import HEADLINE, photo

Run = Callable[..., Any]

WIDOW = "The widow Solveig Tarn left the village 9,000 crowns for a bell of its own."
LONG = "\n\n".join(
    [
        "The bells of Hammerdal",
        *(
            f"Bell number {number} of Hammerdal was cast in the year {1600 + 5 * number} from what "
            f"{name} had to give, and it is rung on the {number}th day of every month, when the "
            "sexton is well and the rope is dry; in wet years it was silent for months on end."
            for number, name in enumerate(["the smiths", "the ferrymen", "the shepherds"] * 14, 2)
        ),
        WIDOW,
    ]
)
LINE = "A line of ferries"
BELL = "A bell for the village"
SAVED = "The ferry, as it was saved"
OWL = f"The owl of Tarn\n\nAn owl lives in the post office. {PARAGRAPHS[2]}"
SEEDS = "Семена на Луговой улице\n\nСосед Пётр Ильич раздаёт семена гороха. В сарае стоит чайник."
KITES = "“A kite maker in the signal box”"
FILES: dict[str, tuple[bytes, str]] = {
    "bells.pdf": (article_pdf(LONG), "“The bells of Hammerdal” · PDF · 3 pages · "),
    "ferry.eml": (article_eml(), f"“{TITLE}” · e-mail · "),
    "ferry.html": (article_html(LINE, PARAGRAPHS[:2]).encode(), f"“{LINE}” · web page · "),
    "kite.docx": (article_docx([*KITE, "It is in Word."]), f"{KITES} · Word document · "),
    "kite.odt": (article_odt([*KITE, "It is open."]), f"{KITES} · OpenDocument text · "),
    "kite.rtf": (article_rtf(), f"{KITES} · RTF · "),
    "note.md": (f"# A note\n\n{PARAGRAPHS[1]}".encode(), "“A note” · Markdown · "),
    "saved.mht": (article_mht(article_html(SAVED, PARAGRAPHS[1:])), f"“{SAVED}” · web page · "),
    "seeds.txt": (SEEDS.encode("cp1251"), "“Семена на Луговой улице” · text · "),
    "wide.txt": (f"Wide\n\n{PARAGRAPHS[0]}".encode("utf-16"), "“Wide” · text · "),
}
"""Documents by name, and how their receipts go on after the number."""
BOOK = ("“The boat” · e-book · ", "“The crossing” · e-book · ", "“The money” · e-book · ")
WALLS = {"login/sign-in-form": "login", "list/front-page": "list", "video/player-page": "video"}


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with an article, a feed of two, and pages that are none."""
    pages = {
        "/ferry": Answer(article_html().encode()),
        "/line": Answer(article_html(LINE, PARAGRAPHS[:2]).encode()),
        "/walk.pdf": Answer(article_pdf(LONG), headers=(("Content-Type", "application/pdf"),)),
    }
    for name in WALLS:
        pages[f"/{name}"] = Answer((FOLDER / "seen" / f"{name}.html").read_bytes())
    with served(lambda path: pages.get(path, Answer(b"", 404))) as site:
        items = "".join(
            f"<item><title>{path}</title><link>{site.link(path)}</link></item>"
            for path in ("/ferry", "/line")
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        rss = (("Content-Type", "application/rss+xml"),)
        pages["/feed"] = Answer(feed.encode(), headers=rss)
        yield site


@pytest.fixture
def allowed(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site, which may be opened."""
    monkeypatch.setenv("CUTTINGS_INDEX__ALLOWED_HOSTS", json.dumps([site.place]))
    return site


def test_each_kind_of_document_is_added_and_can_be_asked(cuttings: Run, home: Path) -> None:
    folder = home / "documents"
    folder.mkdir()
    for name, (data, _) in FILES.items():
        (folder / name).write_bytes(data)
    (home / "book.epub").write_bytes(article_epub())
    (home / "all.zip").write_bytes(article_zip({"a.txt": OWL, "kite.docx": article_docx()}))
    result = cuttings("add", folder, "book.epub", "all.zip", "--data", home / "d")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    expected = [told for _, told in FILES.values()]
    expected += [*BOOK, "“The owl of Tarn” · text · ", f"{KITES} · Word document · "]
    for number, (line, told) in enumerate(zip(lines, expected, strict=True), 1):
        assert line.startswith(f"✓ added #{number} {told}"), line

    asked = cuttings("ask", "Who left the village crowns for a bell?", "--data", home / "d")
    first, *_ = asked.stdout.splitlines()
    assert "Solveig Tarn" in first
    assert "“The bells of Hammerdal” · page 3 · #1" in asked.stdout
    shown = json.loads(cuttings("show", "9", "--json", "--data", home / "d").stdout)
    assert shown["text"].endswith("В сарае стоит чайник.")
    assert shown["language"] == "ru"


def test_a_scan_and_a_photo_are_added_and_can_be_asked(cuttings: Run, home: Path) -> None:
    pytest.importorskip("rapidocr")
    (home / "photo.jpg").write_bytes(photo())
    (home / "scan.pdf").write_bytes(scanned_pdf(f"{BELL}\n\n{WIDOW}"))
    result = cuttings("add", "photo.jpg", "scan.pdf", "--data", home / "d")
    assert result.exit_code == 0, result.output
    first, second = result.stdout.splitlines()
    assert first.startswith(f"✓ added #1 “{HEADLINE}” · picture, read by text recognition · ")
    recognised = "scanned PDF, read by text recognition · 1 page"
    assert second.startswith(f"✓ added #2 “{BELL}” · {recognised} · ")
    asked = cuttings("ask", "Who designed the railings?", "--data", home / "d").stdout
    assert "Ruben Hale" in asked.splitlines()[0]
    asked = cuttings("ask", "Who left the village crowns for a bell?", "--data", home / "d").stdout
    assert "Solveig Tarn" in asked.splitlines()[0]


def test_links_are_added_one_receipt_each_or_refused_for_what_they_are(
    cuttings: Run, allowed: Site, home: Path
) -> None:
    links = [allowed.link(path) for path in ("/ferry?utm_source=x", "/ferry#top", "/walk.pdf")]
    links += [allowed.link(f"/{name}") for name in WALLS]
    links += [allowed.link("/gone"), allowed.link("/feed"), "http://10.0.0.1/x", "gopher://a/b"]
    result = cuttings("add", *links, "--json", "--data", home / "d")
    assert result.exit_code == 1
    receipts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [receipt["status"] for receipt in receipts[:3]] == ["added", "known", "added"]
    assert [receipt["format"] for receipt in receipts[:3]] == ["page", "page", "pdf"]
    assert receipts[0]["source"] == allowed.link("/ferry")
    obstacles = [*WALLS.values(), "not_found", "feed", "forbidden", "address"]
    assert [receipt["obstacle"] for receipt in receipts[3:]] == obstacles
    assert [receipt["source"] for receipt in receipts[3:]] == links[3:]
    for receipt in receipts[3:]:
        assert receipt["error"].endswith(".")
        assert receipt["hint"]


def test_the_latest_articles_of_a_feed_are_added(cuttings: Run, allowed: Site, home: Path) -> None:
    result = cuttings("add", allowed.link("/feed"), "--entries", 2, "--data", home / "d")
    assert result.exit_code == 0, result.output
    first, second = result.stdout.splitlines()
    assert first.startswith(f"✓ added #1 “{TITLE}” · web page · ")
    assert second.startswith(f"✓ added #2 “{LINE}” · web page · ")


def test_a_host_of_ones_own_is_opened_where_the_configuration_names_it(
    cuttings: Run, site: Site, home: Path
) -> None:
    refused = cuttings("add", site.link("/ferry"), "--data", home / "d")
    assert refused.exit_code == 1
    assert "private network" in refused.stdout
    assert not site.connections
    (home / "config.toml").write_text(f'[index]\nallowed_hosts = ["{site.place}"]\n', "utf-8")
    added = cuttings("add", site.link("/ferry"), "--data", home / "d")
    assert added.exit_code == 0, added.output
    assert added.stdout.startswith(f"✓ added #1 “{TITLE}” · web page · ")
