"""A small bot for the tests of the chat page: it echoes, and sends messages of every kind."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Any

from telegram import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground import Playground

START_SECONDS = 20.0
PASSAGE = "\n".join(
    f"{number}. The lamp of the lighthouse was trimmed, lit and watched until the morning came."
    for number in range(1, 9)
)
ENTITIES = (
    "<b>bold</b>, <i>italic</i>, <u>underlined</u>, <s>struck</s>, <code>code</code>,"
    ' <tg-spoiler>hidden words</tg-spoiler>, <a href="https://example.org/a">a link</a>,'
    " https://example.org, @cuttings_bot, #news and /help\n"
    "<pre><code class=\"language-python\">print('lamp')</code></pre>\n"
    "<blockquote>A short quote with the <b>answer</b> in bold.</blockquote>\n"
    "and the end"
)
START_LINK = "https://t.me/cuttings_bot?start=from-a-link"
BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Toast", callback_data="toast"),
            InlineKeyboardButton("Alert", callback_data="alert"),
        ],
        [InlineKeyboardButton("More", callback_data="more")],
        [InlineKeyboardButton("Start", url=START_LINK)],
    ]
)


class PageBot:
    """The bot, polling a playground from a thread of its own while in the context."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event | None = None

    def __enter__(self) -> PageBot:
        self._thread.start()
        assert self._ready.wait(START_SECONDS), "the bot did not start"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._loop is not None
        assert self._stopped is not None
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(START_SECONDS)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        application = built(self._playground)
        async with application:
            await application.bot.set_my_commands(
                [
                    BotCommand("start", "begin"),
                    BotCommand("help", "what this bot does"),
                    BotCommand("kinds", "messages of every kind"),
                ]
            )
            await application.bot.set_my_description("Keeps what you send, and answers.")
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling()
            self._ready.set()
            await self._stopped.wait()
            await application.updater.stop()
            await application.stop()


def built(playground: Playground) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot's application, not yet running."""
    builder = Application.builder().token(playground.token)
    builder = builder.base_url(playground.base_url).base_file_url(playground.base_file_url)
    application = builder.concurrent_updates(True).build()
    news = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", start, news))
    application.add_handler(CommandHandler("kinds", kinds, news))
    application.add_handler(CommandHandler("think", think, news))
    application.add_handler(CommandHandler("keys", keys, news))
    application.add_handler(MessageHandler(news & filters.Document.ALL, receive))
    application.add_handler(MessageHandler(news & filters.PHOTO, look))
    application.add_handler(MessageHandler(news & filters.VOICE, listen))
    application.add_handler(MessageHandler(news & filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(InlineQueryHandler(offer))
    return application


def message_of(update: Update) -> Message:
    """The message of an update that has one."""
    assert update.effective_message is not None
    return update.effective_message


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    payload = " ".join(context.args or [])
    await message_of(update).reply_text(f"Welcome! {payload}".strip())


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it again; of a long text quote the last sentence."""
    message = message_of(update)
    text = message.text or ""
    if len(text) < 300:
        await message.reply_text(f"You wrote: {text}")
        return
    sentence = text.strip(". ").rsplit(". ", 1)[-1]
    arguments = message.build_reply_arguments(quote=sentence)
    await message.reply_text("The last sentence.", do_quote=arguments)


async def receive(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    document = message_of(update).document
    assert document is not None
    content = await (await document.get_file()).download_as_bytearray()
    await message_of(update).reply_text(f"{document.file_name}: {len(content)} bytes")


async def look(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Tell the size of the largest size of a photo, and what its file begins with."""
    photo = message_of(update).photo[-1]
    content = await (await photo.get_file()).download_as_bytearray()
    kind = "a JPEG" if content.startswith(b"\xff\xd8\xff") else "no JPEG"
    await message_of(update).reply_text(f"Seen: {kind} of {photo.width} x {photo.height}")


async def listen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    voice = message_of(update).voice
    assert voice is not None
    content = await (await voice.get_file()).download_as_bytearray()
    await message_of(update).reply_text(f"Heard: {voice.mime_type}, {len(content)} bytes")


async def think(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Type for a while, show a draft where that is possible, then answer."""
    message = message_of(update)
    await message.reply_chat_action(ChatAction.TYPING)
    await asyncio.sleep(0.5)
    await context.bot.send_message_draft(message.chat_id, draft_id=1, text="Let me see")
    await asyncio.sleep(0.5)
    await message.reply_text("Thought.")


async def keys(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    keyboard = ReplyKeyboardMarkup([["Yes", "No"]], one_time_keyboard=True)
    await message_of(update).reply_text("Yes or no?", reply_markup=keyboard)


async def kinds(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = message_of(update)
    await message.reply_html(ENTITIES)
    await message.reply_text(
        f"<blockquote expandable>{PASSAGE}</blockquote>\nThe Keeper's Log",
        parse_mode=ParseMode.HTML,
        reply_markup=BUTTONS,
    )
    await message.reply_document(b"A file.\n", filename="library.json", caption="Your library")
    await message.reply_text("سُمّي المنارة باسم الحارس. 🙂", do_quote=True)
    await message.set_reaction("👍")


async def offer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Offer a long and a short card for what was typed, and a button above them."""
    inline = update.inline_query
    assert inline is not None
    cards = [
        InlineQueryResultArticle(
            id=length,
            title=f"A {length} card",
            description=f"About {inline.query}",
            input_message_content=InputTextMessageContent(f"A {length} card on {inline.query}"),
        )
        for length in ("long", "short")
    ]
    button = InlineQueryResultsButton("Open your articles", start_parameter="from-a-card")
    found = cards if inline.query else []
    await inline.answer(found, is_personal=True, cache_time=0, button=button)


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert isinstance(query, CallbackQuery)
    if query.data == "more":
        await query.answer()
        await query.edit_message_text("More of it.", reply_markup=BUTTONS)
    else:
        await query.answer(f"A little {query.data}.", show_alert=query.data == "alert")
