"""A small bot of python-telegram-bot, unmodified, talks with people at the playground."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from handmade_media import png, silence
from playground_bot import GROUP, Table, laid
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Shout", callback_data="shout")]])


async def echo(update: Update, context: Context) -> None:
    """Say it again; of a file, say what is in it."""
    message = update.effective_message
    assert message is not None
    assert message.from_user is not None
    await message.chat.send_action("typing")
    text = message.text or ""
    if message.document:
        file = await message.document.get_file()
        text = bytes(await file.download_as_bytearray()).decode()
    for shown in (*message.photo[-1:], *([message.voice] if message.voice else [])):
        path = (await shown.get_file()).file_path or ""
        text = f"{path.split('/')[-2]}: {shown.file_size} bytes"
    quote = text[:5] if message.text else None
    reply = message.build_reply_arguments(quote=quote) if quote else None
    await message.reply_html(f"<b>{text}</b>", do_quote=reply or True, reply_markup=KEYS)


async def shout(update: Update, context: Context) -> None:
    """Answer the button, then say it louder."""
    query = update.callback_query
    assert query is not None
    await query.answer("Louder!")
    assert query.message is not None
    assert isinstance(query.message.reply_to_message.text, str)  # type: ignore[attr-defined]
    await query.edit_message_text(query.message.text.upper())  # type: ignore[attr-defined]


@contextmanager
def polling(table: Table) -> Iterator[None]:
    """The bot, polling in a thread with a loop of its own."""
    stopped, started = threading.Event(), threading.Event()

    async def run() -> None:
        application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token(table.playground.token)
            .base_url(table.playground.base_url)
            .base_file_url(table.playground.base_file_url)
            .concurrent_updates(True)
            .build()
        )
        seen = filters.UpdateType.MESSAGE & (
            filters.TEXT | filters.Document.ALL | filters.PHOTO | filters.VOICE
        )
        application.add_handler(MessageHandler(seen, echo))
        application.add_handler(CallbackQueryHandler(shout))
        async with application:
            assert application.updater is not None
            await application.updater.start_polling()
            await application.start()
            started.set()
            while not stopped.is_set():
                await asyncio.sleep(0.01)
            await application.updater.stop()
            await application.stop()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert started.wait(20)
        yield
    finally:
        stopped.set()
        thread.join(20)


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found, polling(found):
        yield found


def test_the_bot_answers_with_a_quote_and_its_button_works(table: Table) -> None:
    ann = table.client.person("Ann")
    ann.sends("hello there")
    answer = ann.waits_for("hello there")
    assert answer["reply_to_message"]["text"] == "hello there"
    assert answer["quote"]["text"] == "hello"
    assert answer["entities"] == [{"type": "bold", "offset": 0, "length": 11}]
    assert ann.waits_for_event("typing")["action"] == "typing"
    assert ann.presses(answer, "Shout")["text"] == "Louder!"
    assert ann.waits_for("HELLO")["message_id"] == answer["message_id"]
    assert [message["text"] for message in ann.heard()] == ["HELLO THERE"]


def test_the_bot_reads_documents(table: Table) -> None:
    ben = table.client.person("Ben")
    ben.uploads({"a.txt": "é 😀".encode()})
    assert ben.waits_for(lambda message: message["text"] == "é 😀")["reply_to_message"]["document"]


def test_the_bot_receives_photos_and_voice_messages(table: Table) -> None:
    ben = table.client.person("Ben")
    page, sound = png(100, 60), silence(1)
    ben.sends_photo(page, "What is this?")
    assert ben.waits_for(f"photos: {len(page)} bytes")["reply_to_message"]["photo"]
    ben.sends_voice(sound)
    assert ben.waits_for(f"voice: {len(sound)} bytes")["reply_to_message"]["voice"]


def test_the_bot_hears_a_command_in_the_group_but_no_talk(table: Table) -> None:
    cleo = table.client.person("Cleo")
    cleo.sends("just talk", chat=GROUP)
    cleo.sends("/say something", chat=GROUP)
    cleo.waits_for("/say something", chat=GROUP)
    said = [m["text"] for m in cleo.messages(GROUP) if m["from"]["is_bot"]]
    assert said == ["/say something"]


def test_what_does_not_come_is_told_with_what_was_said_instead(table: Table) -> None:
    dora = table.client.person("Dora")
    dora.sends("one thing")
    dora.waits_for("one thing")
    with pytest.raises(TimeoutError, match=r"'another' did not come in 0\.2 s.*'one thing'"):
        dora.waits_for("another", timeout=0.2)


def test_a_hundred_people_at_once_are_all_answered(table: Table) -> None:
    people = [table.client.add_person(f"Guest {number}") for number in range(100)]

    def ask(person: Any) -> str:
        person.sends(f"question of {person.first_name}")
        return str(person.waits_for("question", timeout=30)["text"])

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(ask, people))
    assert answers == [f"question of {person.first_name}" for person in people]


def test_faults_are_what_the_library_of_the_bot_takes_them_for(table: Table) -> None:
    async def errors() -> list[type[Exception]]:
        application = (
            ApplicationBuilder()
            .token(table.playground.token)
            .base_url(table.playground.base_url)
            .read_timeout(0.3)
            .build()
        )
        found: list[type[Exception]] = []
        async with application:
            for kind in ("429", "500", "disconnect", "timeout"):
                table.client.fails("getMyCommands", kind, retry_after=3)
                try:
                    await application.bot.get_my_commands()
                except Exception as error:  # whatever it is, its type is compared below
                    found.append(type(error))
        return found

    assert asyncio.run(errors()) == [RetryAfter, NetworkError, NetworkError, TimedOut]


def test_the_playground_prints_nothing_and_logs_neither_texts_nor_the_token(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("httpx", "httpcore", "telegram", "asyncio"):
        caplog.set_level(logging.CRITICAL, logger=name)
    caplog.set_level(logging.DEBUG)
    with laid() as table:
        ann = table.somebody()
        ann.sends("a secret thing")
        table.says(ann, "another secret")
        table.refused("sendMessage", chat_id=5, text="a secret refusal")
        table.client.fails("sendMessage", "disconnect")
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            table.says(ann, "a secret lost")
        token = table.playground.token
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""
    records = [record for record in caplog.records if record.name.startswith("bot.playground")]
    assert any("refused" in record.getMessage() for record in records)
    for text in ("secret", token, token.split(":")[1]):
        assert text not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
