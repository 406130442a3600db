"""Log lines: one line each, and in none of them a token, a person's words or a traceback."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recording_request import TOKEN, RecordingRequest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.logs import LineFormatter, described, set_up_logging

SECRET = "Who lit the xylophone?"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@contextmanager
def logging_as_it_was() -> Iterator[None]:
    """Puts back what `set_up_logging` changes for the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in list(root.manager.loggerDict)}
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = handlers
        root.setLevel(level)
        for name in list(root.manager.loggerDict):
            logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """What was written to standard error since logging was set up."""
    written = io.StringIO()
    with logging_as_it_was():
        monkeypatch.setattr(sys, "stderr", written)
        set_up_logging()
        yield lambda: written.getvalue().splitlines()


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """An error that has come through a handler."""
    try:
        raise error from cause
    except BaseException as caught:
        return caught


def formatted(name: str, message: str, *arguments: object, **values: object) -> str:
    record = logging.getLogger(name).makeRecord(
        name, logging.WARNING, "/srv/bot/handlers/asking.py", 7, message, arguments, None
    )
    vars(record).update(values)
    return LineFormatter().format(record)


def test_a_line_tells_when_how_bad_what_and_its_values(lines: Callable[[], list[str]]) -> None:
    logging.getLogger("bot.handlers.asking").info(
        "answered", extra={"chat": 1001, "outcome": "answer", "read_s": 0.12345, "note": "a b"}
    )
    (line,) = lines()
    time, level, what, *values = line.split(" ", 3)
    assert time[4:5] + time[10:11] == "-T"
    assert (level, what) == ("info", "answered")
    assert values == ['chat=1001 outcome=answer read_s=0.123 note="a b"']


@pytest.mark.parametrize("name", ["telegram.ext.Application", "sqlalchemy", "asyncio", "root"])
def test_the_words_of_a_library_are_not_told_but_where_they_come_from(name: str) -> None:
    line = formatted(name, "Update %s failed", SECRET)
    assert f"{name} asking:7" in line
    assert "xylophone" not in line


@pytest.mark.parametrize("name", ["bot.inbox", "index.library", "__main__"])
def test_our_own_words_are_told(name: str) -> None:
    assert formatted(name, "update %d not stored", 7).endswith("warning update 7 not stored")


def test_a_name_that_begins_like_ours_is_not_ours() -> None:
    assert "xylophone" not in formatted("bottle.server", SECRET)


def test_an_error_is_told_without_its_words_and_without_a_traceback(
    lines: Callable[[], list[str]],
) -> None:
    error = raised(ValueError(SECRET), KeyError(SECRET))
    log = logging.getLogger("bot.failures")
    log.error("update failed", extra={"update": 7}, exc_info=error)
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        log.exception("again")
        logging.getLogger("telegram.ext").exception(SECRET, stack_info=True)
    assert len(lines()) == 3
    text = "\n".join(lines())
    assert "xylophone" not in text
    assert "Traceback" not in text
    assert "File " not in text
    assert "Stack" not in text
    assert "update=7 error=ValueError<KeyError at=bot/test_logs.py:" in lines()[0]
    assert "error=RuntimeError at=" in lines()[1]


def test_where_an_error_was_raised_is_told_of_our_own_code() -> None:
    async def send() -> None:
        request = RecordingRequest()
        request.fail("sendMessage", httpx.ReadTimeout)
        await Bot(TOKEN, request=request, get_updates_request=request).send_message(1, SECRET)

    try:
        asyncio.run(send())
    except NetworkError as error:
        told = described(error)
    assert told.startswith("error=TimedOut<ReadTimeout")
    assert "at=bot/recording_request.py:" in told
    assert described(ValueError("never raised")) == "error=ValueError at=?"


def test_a_long_chain_of_causes_is_cut_and_a_circle_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert described(first).startswith("error=ValueError<KeyError<ValueError<KeyError at=")


def errors_with_token() -> list[BaseException]:
    request = httpx.Request("POST", ADDRESS)
    response = httpx.Response(401, request=request)
    status = httpx.HTTPStatusError(f"401 for url {ADDRESS}", request=request, response=response)
    return [
        status,
        httpx.ConnectError(f"cannot connect to {ADDRESS}", request=request),
        NetworkError(f"Unknown error in HTTP implementation: {status!r}"),
        InvalidToken(f"The token `{TOKEN}` was rejected by the server."),
        TelegramError(f"bot{TOKEN}"),
    ]


@pytest.mark.parametrize("error", errors_with_token(), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("name", ["bot.running", "telegram.ext.Updater", "httpx"])
def test_the_token_is_in_no_line(
    lines: Callable[[], list[str]], name: str, error: BaseException
) -> None:
    log = logging.getLogger(name)
    caught = raised(error, raised(ValueError(ADDRESS)))
    log.error("failed: %r", caught, extra={"error": repr(caught)}, exc_info=caught)
    log.error("%s", {"url": ADDRESS}, extra={"url": httpx.URL(ADDRESS), "bot": TOKEN})
    assert len(lines()) == 2
    assert not any(TOKEN.split(":")[1] in line for line in lines())


def test_the_token_is_not_told_where_it_is_quoted_for_an_address() -> None:
    quoted = TOKEN.replace(":", "%3A")
    line = formatted("bot.polling", f"at https://proxy/?to=bot{quoted}%2FgetMe")
    assert TOKEN.split(":")[1] not in line
    assert line.endswith("bot<token>%2FgetMe")


def test_the_library_itself_tells_neither_token_nor_words(lines: Callable[[], list[str]]) -> None:
    """What httpx and python-telegram-bot log of a call, at their own levels."""

    async def talk() -> None:
        request = RecordingRequest()
        bot = Bot(TOKEN, request=request, get_updates_request=request)
        request.fail("sendMessage", httpx.Response(502, html=f"<p>{SECRET}</p>"), httpx.ReadError)
        for _ in range(3):
            try:
                await bot.send_message(1, SECRET)
            except NetworkError as error:
                logging.getLogger("bot.sending").warning("not sent", exc_info=error)

    asyncio.run(talk())
    text = "\n".join(lines())
    assert text.count("not sent") == 2
    assert "xylophone" not in text
    assert TOKEN not in text
    assert "httpx " not in text


def test_warnings_are_log_lines_without_words(lines: Callable[[], list[str]]) -> None:
    with warnings.catch_warnings():
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.simplefilter("always")
        warnings.warn(SECRET, stacklevel=1)
    assert len(lines()) == 1
    assert "py.warnings" in lines()[0]
    assert "xylophone" not in lines()[0]


def test_what_is_below_the_level_is_not_told(lines: Callable[[], list[str]]) -> None:
    logging.getLogger("bot.inbox").debug("seen")
    logging.getLogger("telegram.ext").info("started")
    logging.getLogger("httpx").info("HTTP Request: POST %s", ADDRESS)
    assert lines() == []


@given(st.text(), st.text(), st.text())
def test_a_line_is_one_line_whatever_is_in_it(message: str, value: str, name: str) -> None:
    for line in (
        formatted("bot.x", "%s", message, value=value, title=name + "\r\n\x0b\x85\u2028" + value),
        formatted(name.replace("\n", "") or "x", message, value=value),
    ):
        assert len(line.splitlines()) == 1
