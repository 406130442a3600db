"""Texts that are too much of something, and files that are not what they are called."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hostile_archives import WORDS, archive
from hostile_office import docx
from hostile_pdfs import content, pdf
from hostile_pictures import picture

SUFFIXES = (
    *("txt", "md", "html", "htm", "xhtml", "pdf", "docx", "odt", "rtf", "epub", "eml", "mht"),
    *("mhtml", "zip", "png", "jpg", "gif", "tiff", "webp", "ogg", "csv", "xml"),
)


def hostile_texts() -> Iterator[tuple[str, bytes]]:
    """Yield names and contents."""
    yield "30-megabytes-of-one-line.txt", WORDS.encode() * (30_000_000 // len(WORDS))
    yield "6-megabytes-of-one-line.txt", WORDS.encode() * (6_000_000 // len(WORDS))
    yield "one-word.txt", b"a" * 1_900_000
    yield "spaces.txt", b"Word" + b" " * 2_000_000 + b"word."
    yield "line-ends.txt", b"Word.\n" + b"\r\n" * 1_000_000 + b"Word."
    yield "no-words.txt", b"?! " * 100_000
    yield "accents.txt", b"Word " + "\u0301".encode() * 300_000
    yield "unseen.txt", "w\u200bo\u200br\u200bd\u2060 \u202e ".encode() * 50_000
    yield "zeros.txt", WORDS.encode() + bytes(100_000)
    yield "only-a-mark.txt", b"\xff\xfe"
    yield "half-a-letter.txt", b"\xff\xfe" + WORDS.encode("utf-16-le")[:-1]
    yield "lone-halves.txt", b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8" * 1_000
    yield "lone-halves-utf-8.txt", WORDS.encode() + b"\xed\xa0\x80" * 1_000
    yield "overlong.txt", WORDS.encode() + b"\xc0\xaf\xf8\x88\x80\x80\x80" * 1_000
    yield "noise.txt", random.Random(4).randbytes(300_000)
    yield "control.txt", (WORDS + "\x1b]0;title\x07\x1b[2J\x08\x08 ").encode() * 100
    yield "brackets.md", b"[" * 1_000_000
    yield "pictures.md", b"![" * 300_000
    yield "links.md", b"[a](" * 60_000
    yield "stars.md", b"*a **b " * 40_000
    yield "quotes.md", b"> " * 30_000 + WORDS.encode()
    yield "lists.md", b"".join(b" " * (2 * n) + b"- a\n" for n in range(1_000))
    yield "ticks.md", b"".join(b"`" * n + b" " for n in range(1_500))
    yield "references.md", b"".join(b"[a%d]: b\n" % n for n in range(30_000)) + b"[a1] " * 30_000
    yield "tables.md", b"|" * 100_000 + b"\n" + b"|-" * 100_000 + b"\n" + b"|a" * 100_000
    yield "angles.md", b"<" * 500_000
    yield "ampersands.md", b"&" * 500_000
    yield "underscores.md", b"_a_" * 30_000 + b"__" * 30_000
    yield "front-matter.md", b"---\n" + b"a: &a [*a,*a]\n" * 20_000 + b"---\n" + WORDS.encode()
    yield "open-front-matter.md", b"---\n" + b"title: x\n" * 50_000
    yield "addresses.txt", b"http://a.example/?b=c&d " * 100_000
    yield "columns.csv", b"a,b,c\n" * 300_000


def false_names() -> Iterator[tuple[str, bytes]]:
    """Yield files whose names say something else, and names that are attacks themselves."""
    paper = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [] /Count 0 >>", content(b""))
    program = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" * 500
    words = WORDS.encode()
    yield from {
        "a-paper.txt": paper,
        "a-picture.pdf": picture("png"),
        "a-program.docx": program,
        "a-text.epub": words,
        "a-text.pdf": words,
        "a-text.docx": words,
        "a-text.odt": words,
        "a-text.png": words,
        "a-text.zip": words,
        "a-text.rtf": words,
        "a-text.eml": words,
        "a-text.mht": words,
        "a-word.txt": docx("<w:p><w:r><w:t>Hello there.</w:t></w:r></w:p>"),
        "an-archive.pdf": archive({"a.txt": words}),
        "an-archive.docx": archive({"a.txt": words}),
        "an-archive.epub": archive({"a.txt": words}),
        "an-archive.odt": archive({"a.txt": words}),
        "an-old-word.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000),
        "a-film.html": b"\x00\x00\x00\x20ftypisom" + bytes(1_000),
        "a-tape.tar": b"a.txt" + bytes(252) + b"ustar\x0000" + bytes(249) + words,
        "two-in-one.pdf": paper + archive({"a.txt": words}),
        "two-in-one.html": picture("gif") + b"<html><body>" + words,
        "../../../../etc/passwd.txt": words,
        "..\\..\\windows\\win.ini": words,
        "/etc/passwd": words,
        "C:\\CON.txt": words,
        "~root/.ssh/id_rsa.txt": words,
        "-rf.txt": words,
        "$(touch escaped).txt": words,
        "zero\x00within.txt": words,
        "lines\r\nwithin\x1b[31m.txt": words,
        "backwards\u202etxt.exe": words,
        "half\ud800.txt": words,
        "n" * 10_000 + ".txt": words,
        "." * 1_000: words,
        "": words,
        " ": words,
    }.items()
    for suffix in SUFFIXES:
        yield f"empty.{suffix}", b""
        yield f"a-byte.{suffix}", b"\x00"
        yield f"line-ends.{suffix}", b"\n\r\n"
