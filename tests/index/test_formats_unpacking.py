"""Archives are unpacked with suspicion: what they say of themselves is not believed."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest
from document_samples import (
    article_epub,
    article_zip,
    encrypted_zip,
    lying_zip,
    overlapping_zip,
)

from index.errors import (
    BinarySourceError,
    DamagedSourceError,
    EncryptedSourceError,
    SourceTooLargeError,
)
from index.formats.unpacking import Package, check_zip, clean_name, names_in_zip
from index.settings import IndexSettings

SETTINGS = IndexSettings()


def test_a_file_is_unpacked_as_it_was() -> None:
    package = Package(article_zip({"a/b.txt": b"Some words." * 9000}), SETTINGS)
    assert package.read("a/b.txt") == b"Some words." * 9000
    assert package.read("b.txt") is None
    assert [entry.name for entry in package.entries] == ["a/b.txt"]


def test_all_that_comes_out_of_an_archive_is_counted() -> None:
    data = article_zip({f"{number}.txt": bytes(400_000) for number in range(3)})
    check_zip(data, IndexSettings(max_unpacked_bytes=1_200_000))
    with pytest.raises(SourceTooLargeError, match=r"1,100,000 .*max_unpacked_bytes"):
        check_zip(data, IndexSettings(max_unpacked_bytes=1_100_000))
    package = Package(data, IndexSettings(max_unpacked_bytes=1_100_000))
    package.read("0.txt")
    package.read("1.txt")
    with pytest.raises(SourceTooLargeError):
        package.read("2.txt")
    assert package.is_spent


def test_one_file_is_unpacked_no_further_than_it_may_be_long() -> None:
    package = Package(article_zip({"a.txt": bytes(3_000_000)}), SETTINGS)
    with pytest.raises(SourceTooLargeError, match=r"1,000 .*max_source_bytes"):
        package.unpacked(package.entries[0], 1000)
    assert not package.is_spent


def test_a_bomb_ends_at_the_limit_and_not_in_memory() -> None:
    bomb = article_zip({"a.txt": bytes(60_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(SourceTooLargeError):
        check_zip(bomb, IndexSettings(max_unpacked_bytes=1_000_000))


@pytest.mark.parametrize("said", [0, 10, 599_999])
def test_a_file_that_says_it_is_smaller_than_it_is_is_damaged(said: int) -> None:
    with pytest.raises(DamagedSourceError):
        check_zip(lying_zip("a.txt", b"words " * 100_000, said), SETTINGS)


@pytest.mark.parametrize("said", [600_000, 4_000_000_000])
def test_what_comes_out_counts_and_not_what_is_said(said: int) -> None:
    data = lying_zip("a.txt", b"words " * 100_000, said)
    check_zip(data, IndexSettings(max_unpacked_bytes=600_000))
    with pytest.raises(SourceTooLargeError):
        check_zip(data, IndexSettings(max_unpacked_bytes=599_999))


def test_files_that_share_their_bytes_are_refused_before_anything_is_unpacked() -> None:
    check_zip(overlapping_zip(1, b"words " * 100), SETTINGS)
    with pytest.raises(DamagedSourceError):
        Package(overlapping_zip(2, b"words " * 100), SETTINGS)


def test_a_file_that_begins_nowhere_is_refused() -> None:
    data = bytearray(article_zip({"a.txt": "Some words."}))
    listed = data.index(b"PK\x01\x02")
    for offset in (7, len(data) - 5, 0xFFFFFF):
        data[listed + 42 : listed + 46] = struct.pack("<I", offset)
        with pytest.raises(DamagedSourceError):
            Package(bytes(data), SETTINGS)


def test_a_password_is_asked_for() -> None:
    with pytest.raises(EncryptedSourceError) as caught:
        check_zip(encrypted_zip(), SETTINGS)
    assert "password" in caught.value.hint


def test_an_archive_of_documents_may_hold_fewer_files_than_a_document_may_have_parts() -> None:
    data = article_zip({f"{number}.txt": b"" for number in range(11)})
    settings = IndexSettings(max_archive_files=10)
    with pytest.raises(SourceTooLargeError, match=r"11 .* 10 .*max_archive_files"):
        Package(data, settings)
    check_zip(data, settings)
    with pytest.raises(SourceTooLargeError):
        check_zip(article_zip({str(number): b"" for number in range(201)}), settings)


def test_an_endless_list_of_contents_is_refused_before_it_is_read() -> None:
    for read in (names_in_zip, lambda data: Package(data, SETTINGS)):
        with pytest.raises(SourceTooLargeError):
            read(article_zip() + b"PK\x01\x02" * 100_001)


def test_a_compression_that_cannot_be_unpacked_in_pieces_is_refused() -> None:
    with pytest.raises(BinarySourceError):
        check_zip(article_zip({"a.txt": bytes(1000)}, compression=ZIP_BZIP2), SETTINGS)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rest", article_zip()[:-25], article_epub()[40:]])
def test_a_broken_archive_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSourceError):
        check_zip(data, SETTINGS)


def test_a_changed_byte_is_noticed() -> None:
    data = bytearray(article_zip({"a.txt": "Some words."}, compression=ZIP_STORED))
    data[data.index(b"words")] ^= 1
    with pytest.raises(DamagedSourceError):
        check_zip(bytes(data), SETTINGS)


def test_links_in_an_archive_are_not_there() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        link = ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert Package(out.getvalue(), SETTINGS).entries == ()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\Windows\\a.txt", "Windows/a.txt"),
        ("C:\\a.txt", "C:/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("report\u202etxt.exe", "reporttxt.exe"),
        ("a\x1b[31m\r\n\x00.txt", "a[31m.txt"),
        ("...", "..."),
        ("..", ""),
        ("bridge – über.txt", "bridge – über.txt"),
    ],
)
def test_names_are_shown_without_ways_out_and_tricks(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_an_endless_name_is_cut_at_its_beginning() -> None:
    assert clean_name("folder/" * 100 + "a.txt").endswith("/a.txt")
    assert len(clean_name("x" * 5000)) == 200


def test_a_name_in_utf_8_is_read_where_it_is_not_marked() -> None:
    data = bytearray(article_zip({"мост.txt": "Words."}))
    # Bit 11 says that names are UTF-8.
    data[7] &= ~8
    data[data.index(b"PK\x01\x02") + 9] &= ~8
    assert [entry.name for entry in Package(bytes(data), SETTINGS).entries] == ["мост.txt"]
