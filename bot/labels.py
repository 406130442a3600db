"""The short words around a chat: buttons, the answers to pressing them, the command menu."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Labels(Wording):
    """In English. What Telegram takes: an alert of 200 characters, a menu line of 256."""

    # Short answers to a button
    alert_too_old: str = "This button is too old. Send me the message again."
    alert_not_yours: str = "This button is for somebody else."
    alert_nothing_to_undo: str = "There is nothing to undo any more."
    alert_article_gone: str = "This article is not here any more."
    alert_no_more: str = "There are no more passages."
    alert_failure: str = "Something went wrong on my side. Please try again."
    alert_let_in: str = "Let in."

    alert_watch_gone: str = "I don't ask this any more."
    alert_library_closed: str = (
        "I can't show you these articles: one of us is not in this group or channel any more."
    )
    alert_membership_unsure: str = (
        "I could not ask Telegram whether you may see this. Please try again in a minute."
    )
    alert_administrators: str = "Only administrators can do this there."

    alert_stopping: str = "I stop in a moment."

    # Short answers in groups
    alert_administrators_only: str = "Only the administrators of this group can do this."
    alert_group_allowed: str = "I work there now."

    # Buttons
    button_undo: str = "Undo"
    button_put_back: str = "Put it back"
    button_question: str = "It was a question"
    button_save: str = "Save it instead"
    button_more: str = "More passages"
    button_context: str = "In context"
    button_back: str = "Back to the answer"
    button_previous: str = "‹ Previous"
    button_next: str = "Next ›"
    button_list: str = "All articles"
    button_search: str = "Search"
    button_delete: str = "Delete"
    button_yes_delete: str = "Yes, delete"
    button_keep: str = "Keep it"
    button_delete_everything: str = "Delete everything"
    button_yes_everything: str = "Yes, delete everything"
    button_keep_everything: str = "Keep everything"
    button_stop: str = "Stop"
    button_own_articles: str = "My own articles"
    button_ask_inline: str = "Ask your articles a question"
    button_nothing_inline: str = "Not in your articles"
    button_go_on: str = "Go on"
    button_allow: str = "Allow"
    button_not_now: str = "Not now"

    # How a chat is set
    button_language: str = "Language"
    button_language_own: str = "As in my Telegram"
    button_zone: str = "Time zone"
    button_quiet_on: str = "Save quietly"
    button_quiet_off: str = "Stop saving quietly"
    button_settings: str = "Back"

    # The command menu
    command_help: str = "How it works"
    command_articles: str = "Your articles; a word after it searches"
    command_ask: str = "Ask a question of the articles"
    command_add: str = "Keep the message that you reply to, or a link"
    command_delete: str = "Remove an article"
    command_export: str = "Get a file of all your articles"
    command_import: str = "Take in such a file"
    command_privacy: str = "What I keep, and how to delete it"
    command_watch: str = "Ask a question of every new article"
    command_use: str = "Choose whose articles I answer from"
    command_settings: str = "Language, time zone, and what I keep unasked"
    command_stats: str = "How much you have"

    # What Telegram shows before the first message
    description: str = (
        "Send me links, files, pictures of a page or text, and ask me questions. I answer with the "
        "exact words of your articles, and show the sentence that proves it."
    )
    short_description: str = "Keeps your articles and answers questions with their exact words."
