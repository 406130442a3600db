"""What is said of standing questions, and of what each may take of a shared bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.gatherings import Gatherings


@dataclass(frozen=True, slots=True)
class Arrangements(Gatherings):
    """In English."""

    # Standing questions
    watch_how: str = (
        "Send /watch and a question, such as: /watch Who is the captain of the night ferry? "
        "I ask it of every new article, and tell you here when one answers it."
    )
    watch_begun: str = (
        "I ask this of every new article, and tell you here when one answers it: “{words}”"
    )
    watch_so_far: str = "So far: {words}"
    watch_found: str = "New, to “{words}”"
    watch_heading: str = "Standing questions"
    watch_stopped: str = "I don't ask this any more: “{words}”"
    watch_too_long: str = "I can only watch for a question of a sentence or two, in words."
    watch_limit: str = (
        "This chat has {count} standing questions already, and I keep no more. /watch shows them; "
        "stop one first."
    )
    watch_ended: str = (
        "I can't read the articles of {title} for you any more, so I don't ask this any more: "
        "“{words}”"
    )

    # What one chat, or one person, may take
    limit_questions: str = "That was a lot of questions at once. Please ask again in a minute."
    limit_articles_today: str = (
        "You have given me as many articles in a day as I may take. Please send this again "
        "tomorrow."
    )
    limit_articles_here: str = (
        "I keep {articles} here, and may not keep more. Delete some that are not needed, and send "
        "this again."
    )
    file_too_large: str = (
        "This file is too large: I take files of up to {megabytes} MB. "
        "Send it in smaller parts, or paste the text."
    )
