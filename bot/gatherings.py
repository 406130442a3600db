"""What is said in and about groups and channels, and of how a chat is set."""

from __future__ import annotations

from dataclasses import dataclass

from bot.group_variants import GroupVariants
from bot.wording import Forms


@dataclass(frozen=True, slots=True)
class Gatherings(GroupVariants):
    """In English."""

    # Coming to a group or a channel
    group_joined: str = (
        "Hello, I'm Cuttings. Mention me with a link or a file, or in reply to a message, and I "
        "keep it as an article of this group; ask me, and I answer with the exact words of these "
        "articles.\n"
        "I store these articles and what is asked of me, and nothing else that is said here. "
        "/privacy tells more."
    )
    channel_joined: str = (
        "From now on I keep every post of {title} as an article, and never say anything there.\n"
        "Who is in the channel can ask its articles here, in a chat with me: /use"
    )
    group_request: str = (
        "{name}, whose Telegram number is {code}, has added me to {title}. Shall I work there? "
        "Everybody in it could then talk to me."
    )
    group_allowed: str = "I work in {title} now."
    group_refused: str = "All right, I stay out of {title}."
    group_gone: str = "I am not in this group or channel any more."
    group_private: str = (
        "This bot is private, so I can't stay here. Nothing that was said here was kept."
    )
    moved: str = (
        "This group has become a supergroup, and I came along with its articles. "
        "If I owe you an answer, please ask again."
    )

    # What is kept of a group
    in_group_privacy: str = (
        "What I keep of this group, on the computer that I run on:\n"
        "• the articles that it has given me\n"
        "• the questions to me and which passages answered them, so that buttons and edits work\n"
        "• the Telegram number of who sent or asked them\n"
        "• any other message to me only until I have dealt with it\n"
        "\n"
        "What you say to one another I don't keep. Only where the administrators have switched on "
        "quiet saving, every link, every file and every long post becomes an article.\n"
        "\n"
        "Who belongs to this group can ask its articles in a chat with me, too; nobody else sees "
        "them. I send nothing to anybody; only Telegram carries our messages. Who runs this "
        "computer could read what is on it.\n"
        "\n"
        "If I am removed from this group, everything is forgotten {days} later. "
        "The button below lets administrators delete everything now."
    )

    # How a chat is set
    settings_heading: str = "How I am set in this chat"
    quiet_on: str = (
        "Quiet saving is on: I keep every link, every file and every long post, and show it with "
        "a reaction only."
    )
    quiet_off: str = "Quiet saving is off: I keep only what I am asked to keep."
    quiet_blind: str = (
        "For that I have to see all messages, and I don't. Make me an administrator; or ask who "
        "runs me to switch off my privacy mode at BotFather, then remove me and add me again."
    )
    language_is: str = "Language: {name}"
    zone_is: str = "Time zone: {name}, where it is {time} now"
    language_which: str = "Which language shall I speak here?"
    zone_which: str = (
        "Which time zone? If yours is not here, send /settings and a city, such as: /settings Kyiv"
    )
    zone_several: str = "Which of these?"
    zone_unknown: str = (
        "I know of no time zone that is named after “{words}”. Try the nearest large city, such "
        "as: /settings Kyiv"
    )
    settings_administrators: str = (
        "Only the administrators of this group can change how I am set here."
    )

    day_forms: Forms = Forms(one="{count} day", other="{count} days")

    def days(self, count: int) -> str:
        """`1 day`, `30 days`."""
        return self.counted(self.day_forms, count)
