"""A mail is what its writer wrote, under its subject; a saved page is the page in it."""

from __future__ import annotations

from datetime import date

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

from index.errors import DamagedSourceError, EncryptedSourceError, NoArticleError
from index.formats import read_document
from index.formats.mail import open_mail, read_mail, read_saved_page
from index.obstacles import Obstacle
from index.records import Article, Document, FailedSource, Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
WORDS = "The ferry sails on Monday.\n\nIt is green."


def read(data: bytes, name: str = "saved.eml") -> list[Article | FailedSource]:
    return read_document(Document(data, name), SETTINGS)


def text(plain: str, subject: str = "Ferry") -> str:
    return read_mail(article_eml(plain, subject=subject)).text.replace("\r\n", "\n").rstrip()


def raw(head: str, body: bytes) -> bytes:
    return head.strip().replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


def test_a_mail_has_its_subject_writer_and_day() -> None:
    (mail,) = read(article_eml())
    assert isinstance(mail, Article)
    assert mail.text == "\n\n".join(PARAGRAPHS)
    assert mail.title == TITLE
    assert mail.author == "Tove Halden"
    assert mail.published == date(2021, 4, 6)
    assert mail.format is Format.MAIL
    assert mail.source == "saved.eml"
    assert mail.site is None


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: AW: Ferry", "Ferry"),
        ("RE[2]: Ferry", "Ferry"),
        ("Rebuilding the ferry", "Rebuilding the ferry"),
        ("", None),
        ("Мост: überraschend 橋", "Мост: überraschend 橋"),
    ],
)
def test_the_title_is_the_subject_without_what_programs_put_before_it(
    subject: str, title: str | None
) -> None:
    assert read_mail(article_eml(WORDS, subject=subject)).title == title


def test_fields_are_read_however_they_are_written() -> None:
    mail = read_mail(
        raw(
            """
Subject: =?utf-8?b?0JzQvtGB0YI=?= =?iso-8859-1?q?_f=FCr?=
 Varn
From: =?nonsense?q?Ann=20Lee?= <ann@x.example>
Date: never
MIME-Version: 1.0
""",
            b"Words.",
        )
    )
    assert mail.title == "Мост für Varn"
    assert mail.author == "Ann Lee"
    assert mail.published is None
    assert read_mail(b"Subject: Gr\xc3\xbc\xc3\x9fe\n\nWords.").title == "Grüße"
    assert read_mail(b"From: ann@x.example\n\nWords.").author == "ann@x.example"
    assert read_mail(b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n\nWords.").published is None


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "utf-16"])
def test_the_text_is_read_in_the_encoding_it_was_sent_in(charset: str) -> None:
    words = "Паром ходит по ночам."
    head = f"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}"
    encoded = words.encode(charset)
    assert read_mail(raw(head + "\nContent-Transfer-Encoding: binary", encoded)).text == words


def test_lines_that_a_program_broke_are_joined_again() -> None:
    head = "Subject: a\nContent-Type: text/plain; format=flowed"
    body = b"The ferry \r\nsails at \r\nnight.\r\n\r\n  Stuffed.\r\n> quoted \r\nOwn words.\r\n"
    assert read_mail(raw(head, body)).text == (
        "The ferry sails at night.\n\n Stuffed.\n> quoted \nOwn words.\n"
    )


@pytest.mark.parametrize(
    "tail",
    [
        "-- \nTove Halden\nEditor, The Lantern",
        "--\nTove",
        "On Tue, 6 Apr 2021 at 10:00, Ann Lee <ann@x.example> wrote:\n> When?\n>\n> Ann",
        "Am 6. April 2021 schrieb Ann Lee\n<ann@x.example>:\n\n> Wann?\n> Wann?",
        "-- \nTove\n\nAm 06.04.2021 um 10:00 schrieb Ann:\n> Wann?",
        "-----Original Message-----\nFrom: Ann Lee\nSent: Tuesday\n\nWhen does it sail?",
        "________________________________\nFrom: Ann Lee\nSent: Tuesday\n\nWhen does it sail?",
    ],
)
def test_signatures_and_the_mail_that_was_answered_are_left_out(tail: str) -> None:
    assert text(f"{WORDS}\n\n{tail}") == WORDS


@pytest.mark.parametrize(
    "body",
    [
        "> When does it sail?\n\nOn Monday.\n\n> And back?\n\nOn Tuesday.",
        "> Nothing but\n> a quotation.",
        "The rule:\n\n-----\n\nFrom here on the sea is calm.",
        "--\nA note that begins like a signature.",
        "One\n--\n" + "A section of many lines.\n" * 20 + "The end.",
    ],
)
def test_what_is_no_quoted_tail_stays(body: str) -> None:
    assert text(body) == body.rstrip()


def test_what_was_forwarded_stays_without_its_marks() -> None:
    gmail = "---------- Forwarded message ---------\nFrom: Ann\nDate: Tuesday\n\nThe ferry sails."
    assert text(f"Look!\n\n{gmail}", "Fwd: Ferry") == f"Look!\n\n{gmail}"
    apple = "Begin forwarded message:\n\n> From: Ann\n> \n> The ferry sails.\n> It is green."
    assert text(apple, "Fwd: Ferry").endswith("The ferry sails.\nIt is green.")


PERSONAL = (
    "<html><body><div>The ferry <b>sails</b> on Monday.</div><div><br></div><p>It is green.</p>"
    "<div class='gmail_signature'>Tove</div><div class='gmail_quote'>On Tuesday Ann wrote:"
    "<blockquote type='cite'>When?</blockquote></div></body></html>"
)


def test_a_mail_of_html_alone_is_read_as_it_is_shown() -> None:
    assert read_mail(article_eml(None, PERSONAL)).text == WORDS
    forwarded = read_mail(article_eml(None, PERSONAL, subject="Fwd: Ferry")).text
    assert forwarded == f"{WORDS}\n\nOn Tuesday Ann wrote:\n\nWhen?"


def test_a_quotation_alone_stays() -> None:
    html = "<blockquote type='cite'>The ferry sails.</blockquote>"
    assert read_mail(article_eml(None, html)).text == "The ferry sails."


def test_a_plain_part_counts_unless_it_only_points_to_the_page() -> None:
    page = "<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"
    plain = "\n\n".join(PARAGRAPHS)
    assert read_mail(article_eml(plain, page)).text.strip().replace("\r\n", "\n") == plain
    assert read_mail(article_eml("Open this in a browser.", page)).text == plain


def test_a_newsletter_is_the_article_in_its_page() -> None:
    page = article_html()
    mail = read_mail(article_eml("See the web.", page, fields={"List-Unsubscribe": "<x>"}))
    for paragraph in PARAGRAPHS:
        assert paragraph in mail.text
    assert "Home" not in mail.text
    assert "Imprint" not in mail.text
    assert mail.title == TITLE


def test_a_newsletter_in_which_no_article_is_found_is_read_whole() -> None:
    page = "<table><tr><td><h2>Monday</h2><ul><li>Ferry</li><li>Piano</li></ul></td></tr></table>"
    mail = read_mail(article_eml(None, page, fields={"List-Unsubscribe": "<x>"}))
    assert mail.text == "Monday\n\n- Ferry\n- Piano"


def test_a_mail_without_words_is_the_one_document_in_it() -> None:
    note = ("note.txt", b"The ferry sails on Monday.")
    logo = ("logo.png", b"\x89PNG\r\n")
    (one,) = read(article_eml("", attachments=[logo, note, ("a.exe", b"MZ\x00")]))
    assert isinstance(one, Article)
    assert (one.text, one.source) == ("The ferry sails on Monday.", "saved.eml › note.txt")
    assert len(read(article_eml("\n", attachments=[("b.epub", article_epub())]))) == 3


def test_a_mail_without_words_and_with_several_documents_is_empty() -> None:
    two = [("a.txt", b"Some words."), ("b.txt", b"Other words.")]
    for attachments in ([], two):
        (one,) = read(article_eml("", attachments=attachments))
        assert isinstance(one, FailedSource)
        assert one.obstacle is Obstacle.EMPTY


def test_attachments_are_no_text_of_the_mail() -> None:
    mail = open_mail(article_eml(WORDS, attachments=[("a.txt", b"Attached words.")]))
    assert "Attached" not in mail.draft.text
    assert [attachment.name for attachment in mail.attachments] == ["a.txt"]


def test_an_archive_in_a_mail_is_not_opened() -> None:
    (one,) = read(article_eml("", attachments=[("a.zip", article_zip())]))
    assert isinstance(one, FailedSource)
    assert one.source == "saved.eml › a.zip"
    assert one.obstacle is Obstacle.NOT_TEXT


def nested_mail(depth: int) -> bytes:
    mail = article_eml(WORDS, subject="Inner")
    for _ in range(depth):
        mail = raw("Subject: Outer\nMIME-Version: 1.0\nContent-Type: message/rfc822", mail)
    return mail


def test_a_mail_in_a_mail_is_read_and_one_in_many_is_not() -> None:
    (one,) = read(nested_mail(1))
    assert isinstance(one, Article)
    assert one.title == "Inner"
    for depth in (9, 3000):
        (one,) = read(nested_mail(depth))
        assert isinstance(one, FailedSource)


@pytest.mark.parametrize("kind", ["multipart/encrypted; boundary=a", "application/pkcs7-mime"])
def test_an_encrypted_mail_cannot_be_read(kind: str) -> None:
    with pytest.raises(EncryptedSourceError):
        read_mail(raw(f"Subject: a\nMIME-Version: 1.0\nContent-Type: {kind}", b"--a--"))


def test_a_mail_of_endless_parts_is_refused_at_once() -> None:
    head = "Content-Type: multipart/mixed; boundary={0}\r\n\r\n--{0}\r\n"
    for parts in (150, 5000):
        data = b"Subject: a\r\n" + "".join(head.format(n) for n in range(parts)).encode()
        with pytest.raises(DamagedSourceError):
            read_mail(data)


def test_a_saved_page_is_the_article_at_its_address() -> None:
    (page,) = read(article_mht(), "page.mht")
    assert isinstance(page, Article)
    assert page.title == TITLE
    assert page.source == "https://lantern.example/ferry"
    assert page.format is Format.PAGE
    assert PARAGRAPHS[2] in page.text
    assert "Home" not in page.text


def test_a_saved_page_is_read_in_its_encoding() -> None:
    words = ["Паром ходит по ночам уже одиннадцать лет, сказал капитан порта вчера утром."] * 3
    page = read_saved_page(article_mht(article_html("Паром", words), charset="cp1251"), "a.mht")
    assert words[0] in page.text


def test_a_saved_file_keeps_its_name_as_its_source() -> None:
    (page,) = read(article_mht(address="file:///home/tove/ferry.html"), "page.mht")
    assert page.source == "page.mht"


def test_a_saved_page_without_an_article_says_why() -> None:
    with pytest.raises(NoArticleError):
        read_saved_page(article_mht("<html><body><a href='/'>Home</a></body></html>"), "a.mht")


def test_a_saved_page_without_a_page_is_damaged() -> None:
    with pytest.raises(DamagedSourceError):
        read_saved_page(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "a.mht")


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: text/plain; charset=punycode",
        b"Content-Type: ;;=",
        b"Content-Type: text/plain; charset*=x'y'%ff",
    ],
)
def test_a_head_that_makes_no_sense_is_read_past(line: bytes) -> None:
    mail = b"Subject: a\r\nContent-Transfer-Encoding: =?x?\r\n" + line + b"\r\n\r\nSome words \xe9."
    assert "Some words" in read_mail(mail).text
