"""Files that were sent, in memory."""

from __future__ import annotations

import mimetypes
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.playground.limits import DOWNLOAD_BYTES, FILE_LINK_LIFETIME
from bot.playground.refusals import bad_request
from bot.playground.values import Json


@dataclass(frozen=True, slots=True)
class FileKind:
    """How Telegram keeps files of a kind: where, under which ending, and how their ids begin."""

    folder: str
    ending: str | None
    """None: the one of the file's name."""
    id_start: str
    unique_id_start: str


DOCUMENT = FileKind("documents", None, "BQACAgIAAxkBAAI", "AgAD")
PHOTO = FileKind("photos", ".jpg", "AgACAgIAAxkBAAI", "AQAD")
VOICE = FileKind("voice", ".oga", "AwACAgIAAxkBAAI", "AgAD")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file and what its sender said of it."""

    id: str
    unique_id: str
    name: str | None
    mime_type: str | None
    data: bytes
    kind: FileKind = DOCUMENT

    def view(self) -> Json:
        """As a File of the Bot API, without a path."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def document(self) -> Json:
        """As a Document of the Bot API."""
        named: Json = {"file_name": self.name} if self.name else {}
        typed: Json = {"mime_type": self.mime_type} if self.mime_type else {}
        return {**named, **typed, **self.view()}

    @property
    def ending(self) -> str:
        """The ending of the path under which it is downloaded."""
        if self.kind.ending is not None:
            return self.kind.ending
        suffix = PurePosixPath(self.name or "").suffix
        return suffix if suffix.isascii() and suffix[1:].isalnum() else ""


class FileStore:
    """Files by id, and the paths under which the bot may download them for an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, tuple[str, float]] = {}

    def add(
        self,
        data: bytes,
        name: str | None,
        mime_type: str | None = None,
        kind: FileKind = DOCUMENT,
    ) -> StoredFile:
        """Keep a file."""
        if mime_type is None and name:
            mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file_id = f"{kind.id_start}{secrets.token_urlsafe(36)}"
        unique_id = f"{kind.unique_id_start}{secrets.token_urlsafe(8)}"
        file = StoredFile(file_id, unique_id, name, mime_type, data, kind)
        self._files[file_id] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file of an id."""
        return self._files.get(file_id)

    def offer(self, file_id: str) -> Json:
        """A File of the Bot API with the path for its download; ApiError if there is none."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.data) > DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        path = f"{file.kind.folder}/file_{len(self._paths)}{file.ending}"
        self._paths[path] = (file_id, self._clock())
        return {**file.view(), "file_path": path}

    def download(self, path: str) -> bytes | None:
        """The bytes behind a path that was offered within the last hour."""
        file_id, offered = self._paths.get(path, ("", 0.0))
        if not file_id or self._clock() - offered > FILE_LINK_LIFETIME:
            return None
        return self._files[file_id].data
