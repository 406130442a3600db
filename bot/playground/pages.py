"""The files of the chat page."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def static_routes(folder: Path = FOLDER) -> list[Route]:
    """The page at /, its files beside it and below /page/."""

    async def file(request: Request) -> Response:
        name = request.path_params.get("path", "index.html")
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return PlainTextResponse("Not found", 404)
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        return FileResponse(path, headers=headers, media_type=kind)

    paths = ("/", "/page/{path:path}", "/{path:path}")
    return [Route(path, file, methods=["GET"]) for path in paths]
