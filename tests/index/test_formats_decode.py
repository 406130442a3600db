"""Bytes become text in their own encoding, or an error that says what to do."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BinarySourceError, EncodingError, SourceError
from index.formats import read_article
from index.formats.decode import decode
from index.formats.normalise import normalise
from index.settings import IndexSettings

SETTINGS = IndexSettings()

LEGACY = {
    "cp1251": "Городской совет во вторник утвердил проект моста. Мост начнут строить в мае.",
    "koi8_r": "Городской совет во вторник утвердил проект моста. Мост начнут строить в мае.",
    "cp866": "Городской совет во вторник утвердил проект моста. Мост начнут строить в мае.",
    "shift_jis": "市議会は火曜日、新しい橋の建設計画を承認した。工事は五月に始まる見通しだ。",
    "euc_jp": "市議会は火曜日、新しい橋の建設計画を承認した。工事は五月に始まる見通しだ。",
    "iso2022_jp": "市議会は火曜日、新しい橋の建設計画を承認した。工事は五月に始まる見通しだ。",
    "gb18030": "市议会星期二批准了新桥的建设计划。工程将于五月开始，费用约为三亿元。",
    "big5": "市議會星期二批准了新橋的建設計劃。工程將於五月開始，費用約為三億元。",
    "cp949": "시의회는 화요일 새 다리의 건설 계획을 승인했다. 공사는 오월에 시작된다.",
    "latin-1": "El señor Muñoz anunció que la línea abrirá en otoño. La niña cortó la cinta.",
    "cp1252": "Le théâtre, fermé depuis l’été, rouvrira à Noël. « Voilà », a dit la maire.",
    "cp1250": "Městská rada v úterý schválila nový most, řekl starosta Jiří Dvořák.",
    "iso8859_2": "Rada miasta przyjęła we wtorek projekt mostu, powiedział burmistrz Żółtowski.",
    "cp1254": "Belediye meclisi salı günü köprüyü onayladı, dedi başkan Gökhan Şahin.",
    "cp1253": "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη το σχέδιο για τη νέα γέφυρα.",
    "cp1255": "מועצת העיר אישרה ביום שלישי את תוכנית הגשר החדש. העבודות יתחילו במאי.",
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_an_article_in_a_legacy_encoding_is_read_right(encoding: str) -> None:
    assert decode(LEGACY[encoding].encode(encoding)) == LEGACY[encoding]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_its_mark_and_utf_16_without_one(encoding: str) -> None:
    text = "Привет, Ostrel 🌍\nзавтра будет café."
    assert decode(text.encode(encoding)) == text


def test_one_broken_byte_does_not_turn_utf_8_into_something_else() -> None:
    data = ("Смелость города берёт. " * 20).encode()
    assert decode(data[:-2] + b"\xd0").startswith("Смелость города берёт.")
    assert decode(data[:41] + b"\xff" + data[41:]).count("\ufffd") == 1


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Пётр</body></html>'
    assert decode(page.encode("cp1251")) == page
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"> “Zoë”'
    assert decode(page.encode("cp1252")) == page


def test_a_declared_encoding_that_does_not_exist_or_is_not_true_is_overruled() -> None:
    assert decode(b'<meta charset="utf-8">' + LEGACY["cp1251"].encode("cp1251")).endswith(
        LEGACY["cp1251"]
    )
    assert decode(b'<meta charset="klingon">' + "Noël à la crèche".encode("cp1252")).endswith(
        "crèche"
    )
    # Not every codec of Python is one of text.
    assert decode(b'<meta charset="rot13">' + "Noël à la crèche".encode("cp1252")).endswith(
        "crèche"
    )


def test_what_was_sent_with_an_encoding_is_read_in_it_where_the_bytes_do_not_tell() -> None:
    short = "Noël".encode("cp850")
    assert decode(short, "ibm850") == "Noël"
    assert decode("Über".encode(), "cp1251") == "Über"
    assert decode(b"\xef\xbb\xbfna\xc3\xafve", "utf-16") == "naïve"
    page = '<meta charset="cp1251">Пётр'
    assert decode(page.encode("koi8-r"), "KOI8-R") == page
    assert decode("橋は青い。\n".encode("utf-16-le"), "UTF-16LE") == "橋は青い。\n"


@pytest.mark.parametrize("charset", ["klingon", "", "rot13", "punycode", "idna", "utf-16", "\x00"])
def test_an_encoding_that_cannot_be_is_overruled(charset: str) -> None:
    assert decode("Noël à la crèche".encode("cp1252"), charset).endswith("crèche")


def test_an_encoding_that_nobody_writes_costs_no_time() -> None:
    data = b'<meta charset="punycode">' + b"\xe9-" + b"abcdefgh9" * 60_000
    start = time.perf_counter()
    with pytest.raises(EncodingError):
        decode(data, "punycode")
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%text", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a rest", "GIF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"{\\rtf1 text}", "Rich Text"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"half text\x00half not", "not text"),
        (b"\x01\x02\x03\x04text", "not text"),
    ],
)
def test_binary_data_is_refused_with_what_can_be_read(data: bytes, kind: str) -> None:
    with pytest.raises(BinarySourceError, match=kind) as caught:
        decode(data)
    assert caught.value.hint


def test_a_text_that_speaks_of_file_formats_is_text() -> None:
    assert decode(b"RIFF raff met at noon.") == "RIFF raff met at noon."
    assert decode(b"PK stands for Phil Katz.") == "PK stands for Phil Katz."


def test_an_encoding_that_cannot_be_recognised_is_not_guessed() -> None:
    with pytest.raises(EncodingError) as caught:
        decode(bytes([0xA4, 0xFD, 0xA8, 0xE4]) * 3)
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("length", [24, 40, 100, 1000, 20_000])
def test_random_bytes_without_zeros_are_refused(length: int) -> None:
    generator = random.Random(length)
    for _ in range(100):
        with pytest.raises((BinarySourceError, EncodingError)):
            decode(bytes(generator.randint(1, 255) for _ in range(length)))


NAMES = st.sampled_from(["", "a.txt", "a.md", "a.html", "https://x.org/a.htm?b=1", "http://[", "."])
STARTS = st.sampled_from(
    [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<html>", b"---\na: b\n---\n", b"# "]
)


# The first page takes the time of loading its parser.
@settings(deadline=None)
@given(STARTS, st.binary(max_size=300), NAMES)
def test_any_bytes_give_an_article_or_a_source_error(start: bytes, data: bytes, name: str) -> None:
    try:
        article = read_article(start + data, name, SETTINGS)
    except SourceError as error:
        told = error.hint
    else:
        assert article.text == normalise(article.text)
        told = article.title
    assert told


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_always_read_as_utf_8(text: str) -> None:
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except SourceError:
        # Unassigned characters, mostly.
        assert any(not character.isprintable() for character in text)


@given(st.text(st.characters() | st.sampled_from("\r\n\t \ufeff\ud83d\ude00\x00\x0b")))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode()
