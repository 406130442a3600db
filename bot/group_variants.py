"""What is said otherwise in a group than to one person: its articles are not those of one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.introductions import Introductions

IN_GROUP = "in_group_"
"""What the name of such a sentence begins with, before the name of the one that it replaces."""


@dataclass(frozen=True, slots=True)
class GroupVariants(Introductions):
    """In English."""

    # Said in groups instead of the sentences with the rest of these names
    in_group_welcome: str = (
        "Hello, I'm Cuttings. I keep the articles of this group and answer questions from them, "
        "in their own words.\n"
        "\n"
        "Mention me with a link, a file or a question, or reply to a message and mention me: then "
        "I keep that message as an article. I say nothing to all the rest. More is under /help."
    )
    in_group_help: str = (
        "Saving. Mention me with a link, a file or a long text, and I keep it as an article of "
        "this group. To have a message of somebody's kept, reply to it and mention me, or reply "
        "/add. Administrators can have every link, file and long post kept: /settings\n"
        "\n"
        "Asking. Mention me with a question, or send /ask and the question. I answer with the "
        "words of this group's articles and show the sentence that proves it. Reply to an article, "
        "its receipt or an answer, and I look only in that article.\n"
        "\n"
        "Edit your message, and I read it again. What a button below my replies changes is decided "
        "by who sent the message, and by administrators.\n"
        "\n"
        "/articles shows what is kept; a word after it searches\n"
        "/delete removes an article\n"
        "/export gives administrators a file of all articles\n"
        "/import lets administrators take such a file in\n"
        "/stats counts\n"
        "/watch asks a question of every new article\n"
        "/privacy tells what I keep, and deletes it"
    )
    in_group_greeting: str = (
        "Hello. Mention me with an article or a question, or reply to a message and mention me, "
        "and I keep that message."
    )
    in_group_unclear: str = (
        "I'm not sure what to do with this. Mention me with a link, a file or a question, or "
        "reply to a message and mention me, and I keep that message."
    )
    in_group_saved_hint: str = "Reply to this message with a question, and I look only in it."
    in_group_known: str = "This group has it already:"
    in_group_known_several: str = "This group has these already:"
    in_group_not_in_articles: str = "Not in this group's articles."
    in_group_no_articles: str = (
        "This group has no articles yet. Mention me with one: a link, a file, or its text."
    )
    in_group_list_heading: str = "This group's articles"
    in_group_list_no_match: str = (
        "None of this group's articles has “{words}” in its title, author or site."
    )
    in_group_stats: str = "This group has {articles}: {words} in {passages}."
    in_group_export_empty: str = "There is nothing to export: this group has no articles yet."
    in_group_export_too_large: str = (
        "The articles of this group make a file of more than {megabytes} MB, and Telegram takes "
        "none so large from me. Who runs me can export it on the computer I run on."
    )
    in_group_import_result_known: str = "✓ {articles} taken in; {known} had been here already."
    in_group_import_nothing_new: str = "This group has all of these already."
    in_group_command_articles: str = "This group's articles; a word after it searches"
    in_group_command_stats: str = "How much this group has"

    # Commands that say what is meant
    ask_how: str = "Send /ask and a question, such as: /ask Who is the captain of the night ferry?"
    add_how: str = (
        "Reply /add to a message with an article, or send /add and a link or a text in one message."
    )
