"""The Bot API over HTTP: what a bot program calls."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.calls import Call, Upload
from bot.playground.connections import Connections
from bot.playground.faults import Fault
from bot.playground.limits import UPLOAD_BYTES
from bot.playground.methods import METHODS
from bot.playground.refusals import ApiError
from bot.playground.world import World

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"\d{1,19}:[\w-]{20,}")
_FORM_OVERHEAD = 1024 * 1024
_NOT_FOUND = ApiError(404, "Not Found")
_UNAUTHORIZED = ApiError(401, "Unauthorized")
_TOO_LARGE = ApiError(413, "Request Entity Too Large")
_UNREADABLE = ApiError(400, "Bad Request: can't parse the request")


def bot_routes(world: World, token: str, connections: Connections) -> list[Route]:
    """The routes of the Bot API."""

    async def method(request: Request) -> Response:
        name = request.path_params["method"].lower()
        try:
            _authorize(request, token)
            if name not in METHODS:
                raise _NOT_FOUND
            call = await _read(world, name, request)
        except ApiError as error:
            return _refusal(name, error)
        fault = world.faults.take(name)
        if fault is None:
            return await _answer(call)
        return await _failure(call, fault, request, connections)

    async def download(request: Request) -> Response:
        try:
            _authorize(request, token)
        except ApiError as error:
            return _refusal("file", error)
        data = world.files.download(request.path_params["path"])
        if data is None:
            return _refusal("file", _NOT_FOUND)
        return Response(data, media_type="application/octet-stream")

    methods = ["GET", "POST"]
    return [
        Route("/bot{token}/{method}", method, methods=methods),
        Route("/file/bot{token}/{path:path}", download, methods=methods),
    ]


def _authorize(request: Request, token: str) -> None:
    given = request.path_params["token"]
    if given == token:
        return
    raise _UNAUTHORIZED if _TOKEN.fullmatch(given) else _NOT_FOUND


async def _answer(call: Call) -> Response:
    try:
        result = await METHODS[call.method](call)
    except ApiError as error:
        return _refusal(call.method, error)
    return _json({"ok": True, "result": result})


async def _failure(
    call: Call, fault: Fault, request: Request, connections: Connections
) -> Response:
    """What goes wrong on purpose: the call may take effect, but is not answered truly."""
    if fault.deliver:
        await _answer(call)
    if fault.kind == "disconnect":
        return await connections.cut(request)
    if fault.kind == "timeout":
        return await connections.hold(request)
    return _refusal(call.method, fault.error())


async def _read(world: World, name: str, request: Request) -> Call:
    """The parameters: of the query, and of a form or JSON body."""
    parameters: dict[str, object] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    if request.method == "GET":
        return Call(world, name, parameters, uploads)
    if int(request.headers.get("content-length") or 0) > UPLOAD_BYTES + _FORM_OVERHEAD:
        async for _ in request.stream():
            pass  # read to the end, or the sender would see a broken connection
        raise _TOO_LARGE
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        parameters.update(_json_object(await request.body()))
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            async with request.form() as form:
                for field, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        uploads[field] = Upload(value.filename, await value.read())
                    else:
                        parameters[field] = value
        except HTTPException:
            raise _UNREADABLE from None
    if any(len(upload.data) > UPLOAD_BYTES for upload in uploads.values()):
        raise _TOO_LARGE
    return Call(world, name, parameters, uploads)


def _json_object(body: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise _UNREADABLE
    return value


def _refusal(name: str, error: ApiError) -> Response:
    _log.info("%s refused with %d", name, error.code)
    return _json(error.view(), error.code)


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")
