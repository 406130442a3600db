"""Photos and voice messages, as the Bot API shows them."""

from __future__ import annotations

from bot.playground.files import PHOTO, VOICE, FileStore
from bot.playground.limits import PHOTO_BYTES, PHOTO_RATIO, PHOTO_SIDES
from bot.playground.pictures import grey_jpeg, picture_of
from bot.playground.refusals import PageError
from bot.playground.values import Json

_SIZES = (90, 320, 800, 1280)
"""The long sides, in pixels, of the smaller sizes that come with a larger photo."""
_SAMPLES_PER_SECOND = 48_000
"""Opus counts in these, whatever was recorded."""
_LONGEST = 24 * 3600
"""Seconds; a file that tells of more is damaged."""
_LAST_PAGE = 65_307
"""Bytes from the end of an Ogg file in which its last page surely begins."""


def photo(files: FileStore, data: bytes) -> list[Json]:
    """A photo as its sizes, smallest first; PageError if Telegram would not take it.

    The largest has the very bytes. Those of the others are grey: nobody reads a photo there.
    """
    picture = picture_of(data)
    if picture is None:
        raise PageError("A photo is a JPEG or PNG picture.")
    if len(data) > PHOTO_BYTES:
        raise PageError("A photo has at most 10 MB: send it as a file.", 413)
    long, short = max(picture.width, picture.height), min(picture.width, picture.height)
    if long + short > PHOTO_SIDES or long > PHOTO_RATIO * short:
        raise PageError("The picture is too large or too narrow for a photo: send it as a file.")
    sizes = []
    for side in (side for side in _SIZES if side < long):
        width = max(1, round(picture.width * side / long))
        height = max(1, round(picture.height * side / long))
        small = files.add(grey_jpeg(width, height), None, "image/jpeg", PHOTO)
        sizes.append({**small.view(), "width": width, "height": height})
    largest = files.add(data, None, picture.mime_type, PHOTO)
    return [*sizes, {**largest.view(), "width": picture.width, "height": picture.height}]


def voice(files: FileStore, data: bytes, duration: int | None = None) -> Json:
    """A voice message, of as many seconds as the file says; PageError if it is no Ogg file."""
    if not data.startswith(b"OggS"):
        raise PageError("A voice message is an Ogg file with Opus sound.")
    file = files.add(data, None, "audio/ogg", VOICE)
    seconds = _seconds(data) if duration is None else duration
    return {"duration": seconds, "mime_type": "audio/ogg", **file.view()}


def _seconds(data: bytes) -> int:
    """How long the sound is: its last page tells how many samples there are up to its end."""
    last = data.rfind(b"OggS", max(0, len(data) - _LAST_PAGE))
    samples = int.from_bytes(data[last + 6 : last + 14], "little", signed=True) if last >= 0 else 0
    seconds = round(samples / _SAMPLES_PER_SECOND)
    return seconds if 1 <= seconds <= _LONGEST else 1
