"""ZIP archives opened with suspicion: nothing is believed, nothing is written to disk."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from index.errors import (
    BinarySourceError,
    DamagedSourceError,
    EncryptedSourceError,
    SourceTooLargeError,
)
from index.settings import IndexSettings

_PARTS = 20
"""A book or a document of an office holds a file for each chapter, picture and drawing."""
_CHUNK = 65_536
_LISTED = b"PK\x01\x02"
_MAX_LISTED = 100_000
"""Of entries in the lists of contents, those of archives within included: more take a gigabyte of
memory before they can be counted."""
_MAX_NAME = 200
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_FILE_TYPE = 0o170000

# What zipfile raises for archives that are broken, on purpose or not.
_BROKEN = (
    BadZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file within an archive."""

    name: str
    """For people and for telling kinds: never a path to write to."""
    path: str
    """As the archive has it."""
    info: ZipInfo


class Package:
    """The files of a ZIP archive, each unpacked only when it is read.

    Counts the bytes that really come out, since what the archive says of their number need not
    be true. The whole of them may not be more than `max_unpacked_bytes`.
    """

    def __init__(self, data: bytes, settings: IndexSettings, *, parts: bool = False) -> None:
        """Open an archive of documents, or with `parts` one that is a single document.

        Raises DamagedSourceError, EncryptedSourceError, or SourceTooLargeError for too many files.
        """
        self._limit = settings.max_unpacked_bytes
        self._unpacked = 0
        try:
            self._zip = _opened(data)
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except _BROKEN as error:
            raise _damaged() from error
        most = settings.max_archive_files * (_PARTS if parts else 1)
        if len(infos) > most:
            raise SourceTooLargeError(
                f"It is an archive of {len(infos):,} files, more than the {most:,} that "
                "max_archive_files allows.",
                hint="Make several smaller archives of it, or raise max_archive_files.",
            )
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise EncryptedSourceError(
                "It is locked with a password.", hint="Save it without a password, and send that."
            )
        _refuse_overlaps(data, infos)
        self.entries = tuple(
            Entry(shown_name(info), info.filename, info) for info in infos if not _is_link(info)
        )
        self._by_path = {entry.path: entry for entry in self.entries}

    @property
    def is_spent(self) -> bool:
        """Whether so much has been unpacked that nothing more will be."""
        return self._unpacked > self._limit

    def has(self, path: str) -> bool:
        """Tell whether there is a file of that path."""
        return path in self._by_path

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file by its path, or None where there is no such file.

        Raises what `unpacked` does.
        """
        entry = self._by_path.get(path)
        return None if entry is None else self.unpacked(entry)

    def unpacked(self, entry: Entry, most: int | None = None) -> bytes:
        """Return the bytes of an entry.

        Raises SourceTooLargeError over `most` bytes or when the whole archive is over its limit,
        DamagedSourceError, or BinarySourceError for a rare compression.
        """
        chunks = []
        size = 0
        for chunk in self._chunks(entry):
            size += len(chunk)
            if most is not None and size > most:
                raise SourceTooLargeError(
                    f"The file is more than the {most:,} bytes that max_source_bytes allows.",
                    hint="Split it into smaller files, or raise max_source_bytes in the settings.",
                )
            chunks.append(chunk)
        return b"".join(chunks)

    def check(self) -> None:
        """Unpack everything once, keeping nothing; raises what `unpacked` does."""
        for entry in self.entries:
            for _ in self._chunks(entry):
                pass

    def _chunks(self, entry: Entry) -> Iterator[bytes]:
        # Others are not unpacked piece by piece, and a piece may be a bomb.
        if entry.info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BinarySourceError(
                "It is packed in an unusual way that is not read.",
                hint="Pack it again as an ordinary ZIP archive.",
            )
        try:
            with self._zip.open(entry.info) as file:
                while chunk := file.read(_CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except _BROKEN as error:
            raise _damaged() from error

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._limit:
            raise SourceTooLargeError(
                f"Unpacked, it is more than the {self._limit:,} bytes that max_unpacked_bytes "
                "allows.",
                hint="Send it in smaller parts, or raise max_unpacked_bytes in the settings.",
            )


def check_zip(data: bytes, settings: IndexSettings) -> None:
    """Make sure that a document which is a ZIP archive can be unpacked by any library.

    Raises DamagedSourceError, EncryptedSourceError, SourceTooLargeError, or BinarySourceError
    for a rare compression.
    """
    Package(data, settings, parts=True).check()


def names_in_zip(data: bytes) -> tuple[str, ...]:
    """Return the paths of all files in an archive, in its order.

    Raises DamagedSourceError, or SourceTooLargeError for a list that is itself a danger.
    """
    try:
        with _opened(data) as archive:
            return tuple(archive.namelist())
    except _BROKEN as error:
        raise _damaged() from error


def first_bytes(data: bytes, path: str, size: int = 200) -> bytes:
    """Return the first bytes of a file in an archive; none where that cannot be had."""
    try:
        with _opened(data) as archive:
            info = archive.getinfo(path)
            if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                return b""
            with archive.open(info) as file:
                return file.read(size)
    except (KeyError, *_BROKEN):
        return b""


def shown_name(info: ZipInfo) -> str:
    """Return an entry's name with only what can be seen, and without ways out of a folder."""
    name = info.filename
    if not info.flag_bits & 0x800:
        # Names are in an old code page unless marked; many are UTF-8 and not marked.
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    return clean_name(name)


def within(container: str, name: str) -> str:
    """Return what a document in another is called, for people."""
    return f"{container} › {name}" if container and name else name or container


def clean_name(name: str) -> str:
    """Return a file's name, its folders before it, as it can be shown to anyone."""
    seen = "".join(
        character
        for character in name.replace("\\", "/")
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    parts = [part.strip() for part in seen.split("/")]
    cleaned = "/".join(part for part in parts if part not in {"", ".", ".."})
    return cleaned if len(cleaned) <= _MAX_NAME else "…" + cleaned[1 - _MAX_NAME :]


def _opened(data: bytes) -> ZipFile:
    if data.count(_LISTED) > _MAX_LISTED:
        raise SourceTooLargeError(
            f"It is an archive of more than {_MAX_LISTED:,} files.",
            hint="Send the few files in it that you want to keep.",
        )
    return ZipFile(BytesIO(data))


def _refuse_overlaps(data: bytes, infos: list[ZipInfo]) -> None:
    """Raise DamagedSourceError where two files share bytes, as in a bomb of a few kilobytes."""
    ends = []
    for info in infos:
        start = info.header_offset
        if start < 0 or start + _LOCAL_HEADER.size > len(data):
            raise _damaged()
        magic, name, extra = _LOCAL_HEADER.unpack_from(data, start)
        if magic != _LOCAL_MAGIC:
            raise _damaged()
        ends.append((start, start + _LOCAL_HEADER.size + name + extra + info.compress_size))
    ends.sort()
    if any(end > start for (_, end), (start, _) in pairwise(ends)):
        raise _damaged()


def _is_link(info: ZipInfo) -> bool:
    return (info.external_attr >> 16) & _FILE_TYPE == _SYMLINK


def _damaged() -> DamagedSourceError:
    return DamagedSourceError(
        "The file is damaged: it cannot be unpacked.",
        hint="Make or download it once more, and send it again.",
    )
