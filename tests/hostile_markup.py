"""Web pages, mails and saved pages with bad intentions."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Iterator

from hostile_archives import WORDS

_STORY = f"<p>{WORDS * 5}</p>".encode()
_PAGE = b"<html><head><title>A bridge</title></head><body><article>%s</article></body></html>"
_CODECS = (
    "utf-7",
    "utf-16",
    "rot13",
    "hex",
    "zip",
    "idna",
    "undefined",
    "x-nobody",
    "\x00",
    "a" * 999,
)


def hostile_markup(secret: str) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents; `secret` is the path of a file that none may read."""
    yield from _pages(secret)
    yield from _mails()
    yield from _saved_pages(secret)


def _pages(secret: str) -> Iterator[tuple[str, bytes]]:
    yield "a-million-tags.html", b"<html><body>" + b"<div>" * 1_000_000 + _STORY
    yield "a-million-bold.html", b"<html><body><p>" + b"<b>" * 1_000_000 + _STORY
    yield "closed-too-often.html", b"<html><body>" + _STORY + b"</div>" * 400_000
    yield "tables-within-tables.html", b"<html><body>" + b"<table><tr><td>" * 50_000 + _STORY
    yield "lists-within-lists.html", b"<html><body>" + b"<ul><li>" * 50_000 + _STORY
    yield "quotes-within-quotes.html", b"<html><body>" + b"<blockquote>" * 100_000 + _STORY
    yield "many-paragraphs.html", _PAGE % (b"<p>A word, and another.</p>" * 40_000)
    yield "many-links.html", _PAGE % (b"<a href=x>link</a> " * 20_000 + _STORY)
    yield (
        "many-attributes.html",
        b"<html><body><p %s>" % b" ".join(b"a%d=1" % number for number in range(200_000)) + _STORY,
    )
    yield "long-attribute.html", b'<html><body><p class="%s">' % (b"x " * 500_000) + _STORY
    yield "long-tag.html", b"<html><body><" + b"a" * 2_000_000 + b">" + _STORY
    yield "long-title.html", b"<html><title>" + b"A title " * 200_000 + b"</title>" + _STORY
    yield (
        "long-author.html",
        b'<html><meta name="author" content="%s">' % (b"Agnes, " * 200_000) + _STORY,
    )
    yield "open-comment.html", b"<html><body>" + _STORY + b"<!--" * 300_000
    yield "open-tags.html", b"<html>" + b"<" * 1_000_000
    yield "open-quotes.html", b"<html><body>" + b"<a href='" * 200_000 + _STORY
    yield "entities.html", b"<html><body><p>" + b"&#x10FFFF;&#0;&#xD800;&bogus;&amp" * 100_000
    yield "zeros.html", b"<html><body>" + _STORY.replace(b"e", b"\x00e") * 100
    yield "halves.html", b"<html><body>" + _STORY + b"\xed\xa0\x80\xed\xb0\x80" * 10_000
    yield (
        "deep-linked-data.html",
        (
            b'<html><head><script type="application/ld+json">'
            + b'{"a":[' * 100_000
            + b"</script></head><body>"
            + _STORY
        ),
    )
    yield (
        "long-number.html",
        (
            b'<html><head><script type="application/ld+json">{"datePublished":'
            + b"9" * 1_000_000
            + b"}</script></head><body>"
            + _STORY
        ),
    )
    yield (
        "strange-date.html",
        (
            b'<html><head><meta property="article:published_time" content="99999-99-99T99:99:99Z">'
            b'<meta name="date" content="%s"></head><body>' % (b"1" * 100_000) + _STORY
        ),
    )
    entity = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>'
    yield "entity.xhtml", entity.encode() + _PAGE % (_STORY + b"<p>&x;</p>")
    yield "frame.html", _PAGE % (_STORY + f'<iframe src="file://{secret}"></iframe>'.encode())
    yield (
        "base.html",
        f'<base href="file://{secret}"><link rel="canonical" href="javascript:1">'.encode()
        + _STORY,
    )
    for number, codec in enumerate(_CODECS):
        named = f'<html><head><meta charset="{codec}"></head><body>'.encode()
        yield f"charset-{number}.html", named + _STORY
    yield "packed.html", gzip.compress(_PAGE % _STORY, mtime=0)
    yield "deflated.html", zlib.compress(_PAGE % _STORY)
    yield "drawing.svg", entity.replace("html", "svg").encode() + b"<svg><text>&x;</text></svg>"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "laughs.xml", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l11;</x>'.encode()
    yield "feed.xml", b"<rss>" + b"<item>" * 200_000


def _mails() -> Iterator[tuple[str, bytes]]:
    head = b"From: agnes@skerry.example\nTo: you@skerry.example\nSubject: A bridge\n"
    mime = head + b"MIME-Version: 1.0\n"
    text = b"Content-Type: text/plain\n\n" + WORDS.encode()
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(10_000)
    )
    yield "10000-multiparts.eml", mime + nested + text
    yield (
        "one-boundary.eml",
        (mime + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * 300_000 + text),
    )
    yield "messages-in-messages.eml", mime + b"Content-Type: message/rfc822\n\n" * 5_000 + text
    yield "no-boundary.eml", mime + b"Content-Type: multipart/mixed\n\n" + WORDS.encode()
    yield (
        "long-boundary.eml",
        (mime + b'Content-Type: multipart/mixed; boundary="' + b"b" * 1_000_000 + b'"\n\n'),
    )
    yield "100000-fields.eml", head + b"X-Field: value\n" * 100_000 + b"\n" + WORDS.encode()
    yield "long-field.eml", head + b"X-Field: " + b"v" * 3_000_000 + b"\n\n" + WORDS.encode()
    yield "folded.eml", head + b"X-Field: a\n" + b" b\n" * 300_000 + b"\n" + WORDS.encode()
    yield (
        "encoded-words.eml",
        (
            b"From: a@b.example\nSubject: "
            + b"=?utf-8?b?4pyT?= =?x?q?=?= " * 30_000
            + b"\n\n"
            + text
        ),
    )
    yield (
        "brackets.eml",
        (
            b"From: "
            + b"(" * 100_000
            + b"\nTo: "
            + b"<" * 100_000
            + b"\nDate: "
            + b"(" * 100_000
            + b"\nSubject: x\n\n"
            + WORDS.encode()
        ),
    )
    yield (
        "base64.eml",
        (
            mime
            + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            + b"=A" * 500_000
            + base64.b64encode(_STORY)[1:]
        ),
    )
    yield (
        "quoted.eml",
        (
            mime
            + b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
            + b"=ZZ=" * 500_000
        ),
    )
    yield (
        "uuencoded.eml",
        (
            mime
            + b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n"
            + b"M" * 500_000
        ),
    )
    for number, codec in enumerate(_CODECS):
        kind = f"Content-Type: text/plain; charset={codec}\n\n".encode()
        yield f"charset-{number}.eml", mime + kind + WORDS.encode()
    yield (
        "strange-dates.eml",
        (
            b"From: a@b.example\nDate: Mon, 99 Foo 99999 99:99:99 +9999\nSubject: \xff\xfe\x00\n\n"
            + WORDS.encode()
        ),
    )
    yield (
        "parameters.eml",
        (
            mime
            + b"Content-Type: text/plain"
            + b"; a*0*=utf-8''%ff" * 15_000
            + b"\n\n"
            + WORDS.encode()
        ),
    )
    yield "nothing-but-fields.eml", head * 2


def _saved_pages(secret: str) -> Iterator[tuple[str, bytes]]:
    head = (
        b"From: <Saved by Blink>\nSubject: A bridge\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"'
    )
    part = b"\n--b\nContent-Type: %s\nContent-Location: %s\nContent-ID: <%s>\n\n%s"
    page = _PAGE % _STORY
    yield "no-root.mht", head + b"\n" + part % (b"image/png", b"x", b"x", b"\x89PNG") + b"\n--b--"
    yield (
        "wrong-root.mht",
        head + b'; start="<nobody>"\n' + part % (b"text/css", b"x", b"x", b"a{}"),
    )
    yield "empty.mht", head + b"\n\n--b--\n"
    yield "only-fields.mht", head
    yield "not-closed.mht", head + b"\n" + part % (b"text/html", b"http://a.example/", b"a", page)
    yield (
        "root-in-a-circle.mht",
        head
        + b'; start="<a>"\n'
        + part % (b'multipart/related; boundary="b"', b"x", b"a", b"--b\n") * 1_000,
    )
    frames = b"<html><body>" + b'<iframe src="cid:a"></iframe>' * 1_000 + _STORY
    yield "frames-in-a-circle.mht", head + b"\n" + part % (b"text/html", b"x", b"a", frames)
    yield "many-parts.mht", head + b"\n" + part % (b"text/html", b"x", b"a", page) * 2_000
    yield "file.mht", head + b"\n" + part % (b"text/html", f"file://{secret}".encode(), b"a", page)
