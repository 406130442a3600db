"""Files on their way through the page API: what people send, and what the page shows of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.playground.acting import Hand, Writing
from bot.playground.answers import hand_in, messages_response, number
from bot.playground.files import PHOTO, VOICE
from bot.playground.limits import CLIENT_UPLOAD_BYTES
from bot.playground.media import photo, voice
from bot.playground.refusals import PageError
from bot.playground.world import World

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass(frozen=True, slots=True)
class _Part:
    """A file as it came in."""

    name: str | None
    mime_type: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Who sends which files, and the words and seconds that come with them."""

    acting: Hand
    parts: list[_Part]
    writing: Writing
    duration: int | None


async def upload_documents(world: World, request: Request) -> Response:
    """Files as documents."""
    parcel = await _parcel(world, request)
    return _sent(
        parcel,
        [
            {"document": world.files.add(part.data, part.name, part.mime_type).document()}
            for part in parcel.parts
        ],
    )


async def upload_photos(world: World, request: Request) -> Response:
    """Pictures as photos."""
    parcel = await _parcel(world, request)
    return _sent(parcel, [{"photo": photo(world.files, part.data)} for part in parcel.parts])


async def upload_voice(world: World, request: Request) -> Response:
    """A voice message."""
    parcel = await _parcel(world, request)
    if len(parcel.parts) > 1:
        raise PageError("Voice messages are sent one by one.")
    return _sent(
        parcel, [{"voice": voice(world.files, part.data, parcel.duration)} for part in parcel.parts]
    )


def _sent(parcel: _Parcel, shown: list[dict[str, object]]) -> Response:
    return messages_response(parcel.acting, parcel.acting.upload(shown, parcel.writing))


async def _parcel(world: World, request: Request) -> _Parcel:
    async with request.form() as form:
        acting = hand_in(world, request, number(form.get("from")))
        writing = Writing(
            str(form.get("caption") or ""),
            reply_to=_optional(form, "reply_to"),
            topic=_optional(form, "topic"),
            anonymous=str(form.get("anonymous")).lower() == "true",
        )
        acting.check_may_post(writing)
        parts = [await _part(part) for part in form.getlist("file")]
        return _Parcel(acting, parts, writing, _optional(form, "duration"))


async def _part(part: UploadFile | str) -> _Part:
    if not isinstance(part, UploadFile):
        raise PageError("A file was expected.")
    data = await part.read()
    if not data:
        raise PageError("An empty file cannot be sent.")
    if len(data) > CLIENT_UPLOAD_BYTES:
        raise PageError("The file is too big.", 413)
    return _Part(part.filename or None, part.content_type, data)


def _optional(form: FormData, name: str) -> int | None:
    value = form.get(name)
    return number(value) if value else None


async def file(world: World, request: Request) -> Response:
    """The bytes of a file that somebody sent."""
    found = world.files.get(request.path_params["file"])
    if found is None:
        raise PageError("There is no such file.", 404)
    # Never shown as a page of this site: it is somebody's file.
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    told = found.mime_type if found.kind in (PHOTO, VOICE) else None
    media_type = told or "application/octet-stream"
    # Players ask for parts of a sound, and without them cannot move within it.
    headers["Accept-Ranges"] = "bytes"
    total = len(found.data)
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    start, end = (int(wanted[1]), int(wanted[2] or total) + 1) if wanted else (0, 0)
    part = found.data[start:end]
    if not part:
        return Response(found.data, headers=headers, media_type=media_type)
    headers["Content-Range"] = f"bytes {start}-{start + len(part) - 1}/{total}"
    return Response(part, 206, headers, media_type=media_type)
