"""The short words around a chat: buttons, the answers to pressing them, the command menu."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """In English. What Telegram takes: an alert of 200 characters, a menu line of 256."""

    # Short answers to a button
    alert_too_old: str = "This button is too old. Send me the message again."
    alert_not_yours: str = "This button is for somebody else."
    alert_nothing_to_undo: str = "There is nothing to undo any more."
    alert_article_gone: str = "This article is not here any more."
    alert_no_more: str = "There are no more passages."
    alert_failure: str = "Something went wrong on my side. Please try again."
    alert_let_in: str = "Let in."

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
    button_allow: str = "Allow"
    button_not_now: str = "Not now"

    # The command menu
    command_help: str = "How it works"
    command_articles: str = "Your articles; a word after it searches"
    command_delete: str = "Remove an article"
    command_export: str = "Get a file of all your articles"
    command_import: str = "Take in such a file"
    command_privacy: str = "What I keep, and how to delete it"
    command_stats: str = "How much you have"

    # What Telegram shows before the first message
    description: str = (
        "Send me links, files, pictures of a page or text, and ask me questions. I answer with the "
        "exact words of your articles, and show the sentence that proves it."
    )
    short_description: str = "Keeps your articles and answers questions with their exact words."
