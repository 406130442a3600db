"""How a chat is set: in which language, in which time zone, and what is kept unasked."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import Bot, Chat, InlineKeyboardMarkup, Update
from telegram.error import TelegramError

from bot.handlers.deciding import deciding
from bot.handlers.pressed import Pressed, data, keyboard
from bot.house import House
from bot.markup import fill
from bot.occasion import begin
from bot.store.records import ChatSettings
from bot.texts import Texts
from bot.tongues import LANGUAGES, spoken
from bot.zones import COMMON, zone_and_time, zone_label, zone_number, zone_of, zones_named

Row = list[tuple[str, str] | None]

ON_A_PAGE = 8
MOST_FOUND = 8
OWN_LANGUAGE = 0


class Settings:
    """Shows how a chat is set and changes it; in a group for its administrators."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def settings(self, update: Update, context: object) -> None:
        """/settings, or /settings and a city"""
        message, house = update.effective_message, self._house
        if message is None:
            return
        chat, texts = message.chat, house.texts
        if not await house.rights.may_manage(chat, message.from_user, message.sender_chat):
            await house.sender.send(chat.id, texts.settings_administrators)
            return
        words = " ".join((message.text or "").split()[1:])
        if not words:
            said, buttons = await self._overview(chat, message.get_bot())
            await house.sender.send(chat.id, said, buttons=buttons)
            return
        found = zones_named(words, texts)
        if len(found) == 1:
            await self._set(update, zone=found[0])
            said, buttons = await self._overview(chat, message.get_bot())
            await house.sender.send(chat.id, said, buttons=buttons)
        elif found:
            buttons = keyboard(*_zone_rows(found[:MOST_FOUND], texts))
            await house.sender.send(chat.id, texts.zone_several, buttons=buttons)
        else:
            await house.sender.send(chat.id, fill(texts.zone_unknown, words=words))

    async def shown(self, update: Update, context: object) -> None:
        """The button "Back"."""
        press = await deciding(self._house, update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._show(update, press)

    async def quiet(self, update: Update, context: object) -> None:
        """The buttons "Save quietly" and "Stop saving quietly"."""
        press = await deciding(self._house, update)
        if press:
            await self._house.sender.acknowledge(press.query)
            if not press.in_private:
                await self._set(update, quiet=bool(press.numbers[0]))
            await self._show(update, press)

    async def languages(self, update: Update, context: object) -> None:
        """The button "Language"."""
        press = await deciding(self._house, update)
        if press is None:
            return
        house, texts = self._house, self._house.texts
        await house.sender.acknowledge(press.query)
        rows: list[Row] = [
            [(name, data("language", _language_number(code)))] for code, name in LANGUAGES.items()
        ]
        if press.in_private:
            rows.append([(texts.button_language_own, data("language", OWN_LANGUAGE))])
        rows.append([(texts.button_settings, "settings")])
        await house.sender.edit(
            press.chat_id, press.message_id, texts.language_which, buttons=keyboard(*rows)
        )

    async def language(self, update: Update, context: object) -> None:
        """A button with a language."""
        press = await deciding(self._house, update)
        if press is None:
            return
        codes = {_language_number(code): code for code in LANGUAGES}
        if press.in_private:
            codes[OWN_LANGUAGE] = ""
        code = codes.get(press.numbers[0])
        if code is None:
            await self._too_old(press)
            return
        await self._set(update, language=code or None)
        await self._house.sender.acknowledge(press.query)
        await self._show(update, press)

    async def zones(self, update: Update, context: object) -> None:
        """The button "Time zone", and those that turn its pages."""
        press = await deciding(self._house, update)
        if press is None:
            return
        house, texts = self._house, self._house.texts
        await house.sender.acknowledge(press.query)
        last = (len(COMMON) - 1) // ON_A_PAGE
        page = min(press.numbers[0], last)
        turning: Row = [
            (texts.button_previous, data("zones", page - 1)) if page else None,
            (texts.button_next, data("zones", page + 1)) if page < last else None,
        ]
        shown = COMMON[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
        buttons = keyboard(
            *_zone_rows(shown, texts), turning, [(texts.button_settings, "settings")]
        )
        await house.sender.edit(press.chat_id, press.message_id, texts.zone_which, buttons=buttons)

    async def zone(self, update: Update, context: object) -> None:
        """A button with a time zone."""
        press = await deciding(self._house, update)
        if press is None:
            return
        name = zone_of(press.numbers[0])
        if name is None:
            await self._too_old(press)
            return
        await self._set(update, zone=name)
        await self._house.sender.acknowledge(press.query)
        await self._show(update, press)

    async def _too_old(self, press: Pressed) -> None:
        said = self._house.texts.alert_too_old
        await self._house.sender.acknowledge(press.query, said, alert=True)

    async def _set(self, update: Update, **values: str | bool | None) -> None:
        """Change settings, and speak as they say from here on."""
        if update.effective_chat:
            await self._house.chats.set(update.effective_chat.id, **values)
            begin(self._house.chats.occasion_of(update))

    async def _show(self, update: Update, press: Pressed) -> None:
        if update.effective_chat:
            said, buttons = await self._overview(update.effective_chat, press.query.get_bot())
            await self._house.sender.edit(press.chat_id, press.message_id, said, buttons=buttons)

    async def _overview(self, chat: Chat, bot: Bot) -> tuple[str, InlineKeyboardMarkup | None]:
        """How a chat is set, and the buttons that change it."""
        texts, chosen = self._house.texts, self._house.chats.settings(chat.id)
        lines = [texts.settings_heading, ""]
        rows: list[Row] = [
            [(texts.button_language, "languages"), (texts.button_zone, data("zones", 0))]
        ]
        if chat.type != chat.PRIVATE:
            lines += [texts.quiet_on if chosen.quiet else texts.quiet_off]
            if chosen.quiet and not await self._sees_everything(chat.id, bot):
                lines += [texts.quiet_blind]
            lines += [""]
            label = texts.button_quiet_off if chosen.quiet else texts.button_quiet_on
            rows.insert(0, [(label, data("quiet", int(not chosen.quiet)))])
        lines += _where(chosen, texts)
        return "\n".join(lines), keyboard(*rows)

    async def _sees_everything(self, chat_id: int, bot: Bot) -> bool:
        """Whether the bot is shown every message of a group."""
        try:
            if (await bot.get_me()).can_read_all_group_messages:
                return True
        except TelegramError:
            return True  # nobody knows: better no advice than a wrong one
        return await self._house.rights.runs(chat_id, bot.id)


def _where(chosen: ChatSettings, texts: Texts) -> list[str]:
    city, time = zone_and_time(_zone(chosen), texts)
    return [
        fill(texts.language_is, name=LANGUAGES[spoken(texts.locale)]),
        fill(texts.zone_is, name=city, time=time),
    ]


def _zone(chosen: ChatSettings) -> str:
    """The zone of a chat; one that is unknown to this machine counts as none."""
    try:
        return ZoneInfo(chosen.zone).key if chosen.zone else "UTC"
    except (KeyError, ValueError, OSError):
        return "UTC"


def _zone_rows(names: Sequence[str], texts: Texts) -> list[Row]:
    labelled = [(zone_label(name, texts), data("zone", zone_number(name))) for name in names]
    return [list(labelled[at : at + 2]) for at in range(0, len(labelled), 2)]


def _language_number(code: str) -> int:
    return zlib.crc32(code.encode())
