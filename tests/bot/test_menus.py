"""The commands that Telegram offers, in each language, in private chats and in groups."""

from __future__ import annotations

import asyncio

import pytest
from recording_request import TOKEN, RecordingRequest, refusal
from telegram import Bot, LinkPreviewOptions
from telegram.ext import Defaults, ExtBot

from bot.menus import IN_GROUPS, IN_PRIVATE, menu, set_menus
from bot.playground import Playground, PlaygroundClient
from bot.tongues import LANGUAGES, texts_in


def asked(playground: Playground) -> list[str]:
    """Set the menus; the methods that were called."""

    async def scene() -> list[str]:
        calls: list[str] = []

        class Counting(ExtBot[None]):
            async def _post(self, endpoint: str, *arguments: object, **named: object) -> object:
                calls.append(endpoint)
                return await super()._post(endpoint, *arguments, **named)  # type: ignore[arg-type]

        address = f"{playground.url.rstrip('/')}/bot"
        # As the bot has them; python-telegram-bot then looks through all that it sends.
        defaults = Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True))
        async with Counting(playground.token, base_url=address, defaults=defaults) as bot:
            await set_menus(bot)
        return calls

    return asyncio.run(scene())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_on_offer_is_explained_in_every_language(language: str) -> None:
    for names, in_group in ((IN_PRIVATE, False), (IN_GROUPS, True)):
        commands = menu(names, texts_in(language, in_group=in_group))
        assert [command.command for command in commands] == list(names)
        assert all(1 <= len(command.description) <= 60 for command in commands)


def test_each_scope_and_language_has_its_menu_and_only_what_differs_is_set() -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        first = asked(playground)
        assert first.count("setMyCommands") == 2 * len(LANGUAGES)
        assert first.count("setMyDescription") == len(LANGUAGES)
        assert first.count("setMyShortDescription") == len(LANGUAGES)
        assert not [name for name in asked(playground) if name.startswith("set")]
        for language, spoken in (("de", "de"), ("en", "en"), ("nl", "en")):
            ann = client.add_person("Ann", language_code=language)
            group = client.add_group("Circle", [ann])
            ann.adds_bot(group)
            for chat, names in ((None, IN_PRIVATE), (group, IN_GROUPS)):
                wanted = menu(names, texts_in(spoken, in_group=chat is not None))
                shown = [(each["command"], each["description"]) for each in ann.menu(chat)]
                assert shown == [(each.command, each.description) for each in wanted]


def test_the_bot_works_without() -> None:
    request = RecordingRequest()
    request.fail("getMyCommands", refusal(429, "Too Many Requests: retry after 9", retry_after=9))
    asyncio.run(set_menus(Bot(TOKEN, request=request, get_updates_request=request)))
    assert [call.method for call in request.calls] == ["getMyCommands"]
