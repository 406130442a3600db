"""How groups and channels come about, and who joins, leaves and runs them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.chats import Chat
from bot.playground.limits import TITLE_CHARACTERS
from bot.playground.messages import ANONYMOUS
from bot.playground.people import Person
from bot.playground.refusals import PageError
from bot.playground.standing import ADMINISTRATOR, KICKED, LEFT, MEMBER, Standing
from bot.playground.values import Json
from bot.playground.world import GROUP, World, standings_of

_BASIC_GROUPS = -4_000_000
_CHANNELS = -1_003_000_000_000
_TOPIC_COLOR = 7_322_096


def add_group(
    world: World, title: str, people: Sequence[Person], *, forum: bool = False, basic: bool = False
) -> Chat:
    """A group without the bot; who comes first is its creator."""
    if not people:
        raise PageError("A group has at least one person.")
    if forum and basic:
        raise PageError("Only supergroups have topics.")
    chat_id, kind = (_BASIC_GROUPS, "group") if basic else (GROUP, "supergroup")
    topics: dict[int, str] | None = {} if forum else None
    standings = standings_of([person.id for person in people])
    chat = Chat(_free(world, chat_id), kind, checked_title(title), standings=standings)
    chat.topics = topics
    return _added(world, chat)


def add_channel(
    world: World,
    title: str,
    owner: Person,
    *,
    username: str | None = None,
    subscribers: Sequence[Person] = (),
    signs: bool = False,
) -> Chat:
    """A channel without the bot."""
    if username and any(chat.username == username for chat in world.chats.values()):
        raise PageError("That name is taken.")
    standings = standings_of([owner.id, *(person.id for person in subscribers)])
    chat = Chat(_free(world, _CHANNELS), "channel", checked_title(title), standings=standings)
    chat.username, chat.signs = username or None, signs
    return _added(world, chat)


def _free(world: World, chat_id: int) -> int:
    while chat_id in world.chats:
        chat_id -= 1
    return chat_id


def _added(world: World, chat: Chat) -> Chat:
    world.chats[chat.id] = chat
    world.tell_chat(chat)
    return chat


def checked_title(title: object) -> str:
    """The name of a group, a channel or a topic."""
    if not isinstance(title, str) or not 1 <= len(title.strip()) <= TITLE_CHARACTERS:
        raise PageError(f"A name has 1 to {TITLE_CHARACTERS} characters.")
    return title.strip()


def migrate(world: World, chat: Chat) -> Chat:
    """A supergroup in the place of a basic group; both tell of it, and nobody is left behind."""
    if chat.kind != "group" or chat.became is not None:
        raise PageError("Only a basic group becomes a supergroup.")
    successor = Chat(_free(world, GROUP), "supergroup", chat.title, standings=dict(chat.standings))
    world.chats[successor.id] = successor
    creator = _creator(world, chat)
    standing = chat.standing(world.bot.id)
    if standing.is_in:
        world.membership(successor, creator, LEFT, standing)
    world.post(chat, creator, {"migrate_to_chat_id": successor.id})
    world.post(successor, ANONYMOUS, {"migrate_from_chat_id": chat.id}, for_chat=True)
    chat.became = successor.id
    chat.standings = dict.fromkeys(chat.standings, LEFT)
    world.tell_chat(chat)
    world.tell_chat(successor)
    return successor


def _creator(world: World, chat: Chat) -> Person:
    found = [world.people[one] for one in chat.members if one in world.people]
    found.sort(key=lambda one: chat.standing(one.id).status != "creator")
    return found[0] if found else world.bot


def open_topic(world: World, chat: Chat, person: Person, name: object) -> int:
    """A new topic in a forum; returns the id of its thread."""
    check_in(chat, person)
    if chat.topics is None:
        raise PageError("This chat has no topics.")
    created: Json = {"name": checked_title(name), "icon_color": _TOPIC_COLOR}
    message = world.post(chat, person, {"forum_topic_created": created})
    chat.topics[message.id] = created["name"]
    world.tell_chat(chat)
    return message.id


def delete_topic(world: World, chat: Chat, person: Person, topic: int) -> None:
    """A topic is gone, with everything that was said in it."""
    check_runs(chat, person)
    if topic not in (chat.topics or {}):
        raise PageError("There is no such topic.", 404)
    assert chat.topics is not None
    del chat.topics[topic]
    for message in [one for one in chat.messages.values() if one.thread == topic]:
        world.delete(chat, message)
    world.tell_chat(chat)


def join(world: World, chat: Chat, person: Person) -> None:
    """Somebody comes by themselves."""
    standing = chat.standing(person.id)
    if chat.is_private or chat.became is not None or standing.is_in:
        raise PageError(f"{person.first_name} cannot join this chat.")
    if standing.status == "kicked":
        raise PageError(f"{person.first_name} was removed from this chat.", 403)
    change(world, chat, person, person, MEMBER)


def leave(world: World, chat: Chat, person: Person) -> None:
    """Somebody goes by themselves."""
    check_in(chat, person)
    if chat.is_private:
        raise PageError("Nobody leaves a private chat.")
    change(world, chat, person, person, LEFT)


def add(world: World, chat: Chat, actor: Person, person: Person, *, admin: bool = False) -> None:
    """Somebody, or the bot, is brought in by a member; into a channel, by who runs it."""
    check_in(chat, actor)
    if chat.is_private:
        raise PageError("Nobody is added to a private chat.")
    if chat.standing(person.id).is_in:
        raise PageError(f"{person.first_name} is in this chat already.")
    # In a channel a bot can be nothing else.
    admin = admin or (chat.is_channel and person is world.bot)
    if admin or chat.is_channel:
        check_runs(chat, actor)
    change(world, chat, actor, person, ADMINISTRATOR if admin else MEMBER)


def remove(world: World, chat: Chat, actor: Person, person: Person) -> None:
    """Somebody, or the bot, is removed by who runs the chat."""
    check_runs(chat, actor)
    if chat.standing(person.id).status in ("creator", "left", "kicked"):
        raise PageError(f"{person.first_name} cannot be removed from this chat.")
    change(world, chat, actor, person, KICKED)


def promote(world: World, chat: Chat, actor: Person, person: Person, *, admin: bool = True) -> None:
    """Somebody, or the bot, becomes an administrator, or is one no longer.

    A bot that no longer runs a channel is no longer in it.
    """
    check_runs(chat, actor)
    standing = chat.standing(person.id)
    if not standing.is_in or standing.status == "creator" or standing.runs == admin:
        raise PageError(f"{person.first_name} cannot be made or unmade an administrator.")
    ordinary = LEFT if chat.is_channel and person is world.bot else MEMBER
    change(world, chat, actor, person, ADMINISTRATOR if admin else ordinary)


def restrict(
    world: World, chat: Chat, actor: Person, person: Person, *, is_member: bool = True
) -> None:
    """Somebody may no longer write; who left while restricted stays so."""
    check_runs(chat, actor)
    if chat.kind != "supergroup" or person is world.bot or chat.standing(person.id).runs:
        raise PageError(f"{person.first_name} cannot be restricted here.")
    change(world, chat, actor, person, Standing("restricted", is_member))


def change(world: World, chat: Chat, actor: Person, person: Person, after: Standing) -> None:
    """How somebody stands from now on, told to the bot, in the chat and to the page."""
    before = chat.standing(person.id)
    chat.standings[person.id] = after
    came, went = after.is_in and not before.is_in, before.is_in and not after.is_in
    told: Json = {"left_chat_member": person.view()} if went else {}
    told = {"new_chat_members": [person.view()]} if came else told
    if person is world.bot:
        world.membership(chat, actor, before, after)
    elif chat.standing(world.bot.id).runs:
        world.updates.put("chat_member", world.change(chat, actor, person, before, after))
    if told and not chat.is_channel:
        world.post(chat, actor, told)
    world.tell_chat(chat)


def check_in(chat: Chat, person: Person) -> None:
    """PageError if somebody is not in a chat."""
    if chat.became is not None:
        raise PageError("This group has become a supergroup.")
    if not chat.standing(person.id).is_in:
        raise PageError(f"{person.first_name} is not in this chat.", 403)


def check_runs(chat: Chat, person: Person) -> None:
    """PageError if somebody is no administrator of a chat."""
    check_in(chat, person)
    if not chat.standing(person.id).runs:
        raise PageError(f"{person.first_name} is no administrator of this chat.", 403)
