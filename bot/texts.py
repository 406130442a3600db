"""Every sentence a person sees in a chat.

A sentence is plain text and HTML at once: it has no `<`, `>` or `&`, and `markup.fill` escapes
what is put in its places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bot.kinds import Kinds

PLACES = MappingProxyType(
    {
        "articles": "a number of articles, counted: 1 article, 2 articles",
        "code": "the number that Telegram knows a person by",
        "count": "a number",
        "day": "the day of the month",
        "error": "what is wrong with something, a sentence",
        "first": "the number of the first article of a page",
        "known": "a number of articles",
        "last": "the number of the last article of a page",
        "megabytes": "a size in megabytes",
        "month": "the name of a month",
        "name": "the name of a person, or of a file",
        "number": "the number of a passage within the answer, of a page or of a picture",
        "pages": "a number of pages, counted",
        "passages": "a number of passages, counted",
        "percent": "how much is done, 0 to 100",
        "title": "the title of an article, or of a feed",
        "total": "how many there are in all",
        "words": "a number of words, counted; or the words that were searched for, or heard",
        "year": "the year",
    }
)
"""What the places of the sentences are filled with; no sentence has any other."""


@dataclass(frozen=True, slots=True)
class Texts(Kinds):
    """The sentences, in English, what is said of obstacles, and the labels."""

    # First words
    welcome: str = (
        "Hello, I'm Cuttings. I keep the articles you read and answer questions from them, "
        "in their own words.\n"
        "\n"
        "Send me an article: a link, a PDF, a Word file or an e-book, a forwarded post, or its "
        "text.\n"
        "Then ask, as you would ask a friend: Who is the captain of the night ferry?\n"
        "\n"
        "If your articles don't tell, I say so. I never answer from anywhere else. "
        "More is under /help."
    )
    help: str = (
        "Saving. A link, a long text, a forwarded post or a file is an article; I keep it. I read "
        "PDF, Word, OpenDocument, RTF, e-books, web pages, mails, plain text and .zip files. "
        "A long paste may come in several messages; I put it together again. Where I was given "
        "what it takes, I read photos of pages too, an album of them as one article, and listen "
        "to questions in voice messages; where not, I say so.\n"
        "\n"
        "Asking. A short message is a question. I answer with the words of your articles and "
        "show the sentence that proves it. A question below a link or a file is asked of that.\n"
        "\n"
        "Reply to an article, its receipt or an answer, and I look only in that article. "
        "Edit your message, and I read it again. If I took a message the wrong way, "
        "press the button below my reply.\n"
        "\n"
        "/articles shows what you have; a word after it searches\n"
        "/delete removes an article\n"
        "/export gives you a file of all your articles\n"
        "/import takes such a file in\n"
        "/stats counts\n"
        "/privacy tells what I keep, and deletes it"
    )
    privacy: str = (
        "What I keep, on the computer that I run on:\n"
        "• your articles\n"
        "• your questions and which passages answered them, so that buttons and edits work\n"
        "• any other message only until I have dealt with it\n"
        "• your Telegram number, and your name if my owner let you in\n"
        "\n"
        "Each chat has its own articles, and no other chat sees them. I send nothing to anybody; "
        "only Telegram carries our messages. A link that you send is opened from this computer: "
        "its site sees the address of this computer, and nothing of you. Files, pictures and voice "
        "messages are read here. Who runs this computer could read what is on it.\n"
        "\n"
        "/delete removes one article and all I keep of it. The button below removes everything. "
        "The messages in this chat are yours to delete."
    )
    greeting: str = "Hello. Send me an article, or ask me something about those you have sent."
    thanks: str = "You're welcome."
    unclear: str = (
        "I'm not sure what to do with this. Send me an article to keep, or ask a question in "
        "a few words."
    )
    unknown_command: str = "I don't know this command. /help shows those I know."

    not_in_groups: str = "I don't work in groups yet. Write to me in a chat of our own."

    # Who may talk to the bot
    private: str = "This bot is private, so I can't help you here. Nothing you sent was kept."
    private_asked: str = (
        "This bot is private. I have asked its owner whether you may come in, and kept nothing "
        "else of yours."
    )
    wrong_code: str = "This link is not the right one, or it has been used."
    owner_claimed: str = (
        "I'm yours now. Nobody else can talk to me unless you let them in: when somebody tries, "
        "I ask you."
    )
    owner_of_all: str = "I'm yours now. My settings let everyone talk to me."
    access_request: str = "{name} would like to talk to me. Their Telegram number is {code}."
    allow_how: str = (
        "To let somebody in, send /allow and their Telegram number, such as: /allow 123456789. "
        "When they write to me first, I ask you myself."
    )
    allowed_people: str = "Let in so far; press a name to let them in no longer:"
    allow_owner_only: str = "Only my owner can let people in."
    person_allowed: str = "{name} may talk to me now, and has a library of their own."
    person_refused: str = "All right, {name} stays outside."
    person_sent_away: str = "{name} may not talk to me any more."
    let_in: str = "My owner has let you in."

    # Saving
    loading: str = "One moment, I'm just waking up."
    reading: str = "Reading…"
    reading_progress: str = "Reading… {percent} %"
    saved: str = "✓ Saved"
    saved_hint: str = (
        "Ask me anything about it. Reply to this message, and I look only in this article."
    )
    saved_several: str = "✓ Saved {articles}:"
    saved_some: str = "Saved {count} of {articles}:"
    saved_none: str = "I could not save this."
    known: str = "You have this already:"
    known_several: str = "You have these already:"
    read_again: str = "✓ Read again"
    already_here: str = "already here"
    newly_read: str = "read again"
    and_more: str = "and {count} more"
    picture_number: str = "picture {number}"
    file_too_large: str = (
        "This file is too large: Telegram gives me only files of up to 20 MB. "
        "Send it in smaller parts, or paste the text."
    )
    opening_one: str = "Opening the link…"
    opening_several: str = "Opening {count} links…"
    too_many_links: str = (
        "I open {count} links of a message. Send the others in a message of their own."
    )
    feed_offer: str = "This is a feed: {title}, with {articles}. Shall I read them?"
    feed_offer_part: str = (
        "This is a feed: {title}, with {articles}. Shall I read the latest of them?"
    )
    feed_untitled: str = "without a name"
    feed_one: str = "Add it"
    feed_latest: str = "Add the latest {count}"
    feed_all: str = "Add all {count}"
    nothing_to_read: str = (
        "I can only read text, and there is none in this. If it belongs to an article, "
        "paste the article's text."
    )
    edit_not_followed: str = (
        "I can't tell where this message stands in its article, so the article stays as it was. "
        "To replace it, delete it and send the new text."
    )
    storage_full: str = (
        "I couldn't keep this: the disk I write on is full. Please tell who runs me, "
        "and send it again later."
    )

    # Answers
    not_in_articles: str = "Not in your articles."
    not_in_article: str = "Not in this article."
    nearest: str = "The nearest passages:"
    no_exact_answer: str = "I found no exact answer, but these passages may hold it:"
    no_articles: str = (
        "You have no articles yet. Send me one: a link, a file, a forwarded post, or its text."
    )
    passage_place: str = "{number} of {total}"
    page: str = "page {number}"
    heard: str = "I heard: “{words}”"
    voice_too_long: str = (
        "I listen to questions of up to {count} seconds. Ask it in fewer words, or type it."
    )
    question_too_long: str = (
        "I can only look for a question of a sentence or two, in words. If this is an article, "
        "press the button and I keep it."
    )

    # The articles of a chat
    list_heading: str = "Your articles"
    list_matching: str = "Articles with “{words}”"
    list_place: str = "{first}–{last} of {total}"
    list_no_match: str = "None of your articles has “{words}” in its title, author or site."
    list_empty_page: str = "There is nothing on this page any more."
    search_how: str = (
        "Send /articles and a word of the title, the author or the site, such as: /articles ferry"
    )
    untitled: str = "Untitled"
    added_on: str = "saved {day} {month} {year}"
    full_date: str = "{day} {month} {year}"
    months: tuple[str, ...] = (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
    article_one: str = "{count:,} article"
    article_many: str = "{count:,} articles"
    passage_one: str = "{count:,} passage"
    passage_many: str = "{count:,} passages"
    word_one: str = "{count:,} word"
    word_many: str = "{count:,} words"
    stats: str = "You have {articles}: {words} in {passages}."
    delete_how: str = (
        "Which one? Press the button, open it and press Delete; or reply /delete to it."
    )
    delete_confirm: str = "Delete {title}? I then forget every word of it."
    removed: str = "Deleted: {title}. For a minute, you can have it back."
    removed_for_good: str = "Deleted: {title}"
    kept: str = "All right, I keep it."
    restored: str = "It is back: {title}"
    article_gone: str = "This article is not here any more."
    delete_everything_confirm: str = (
        "Delete everything of this chat: {articles}, and all I remember of our messages? "
        "This cannot be undone. /export gives you a file of them first."
    )
    everything_deleted: str = "Everything is deleted. I remember nothing of this chat."

    # Files in and out
    export_caption: str = "{articles}. Keep this file; /import takes it in again."
    export_empty: str = "There is nothing to export: you have no articles yet."
    export_too_large: str = (
        "Your articles make a file of more than {megabytes} MB, and Telegram takes none so large "
        "from me. Who runs me can export it on the computer I run on."
    )
    import_how: str = (
        "Send me the file that /export gave you, here or in another chat. I add its articles to "
        "those of this chat; what is here already stays as it is."
    )
    import_progress: str = "Taking in… {percent} %"
    import_result: str = "✓ {articles} taken in."
    import_result_known: str = "✓ {articles} taken in; {known} you had already."
    import_nothing_new: str = "You have all of these already."
    import_failed: str = "I can't take this file in. {error}"

    # What went wrong
    failure: str = "Something went wrong on my side, and it is noted. Please send that again."
    busy: str = "I'm busy with something large. Please try again in a minute."

    def articles(self, count: int) -> str:
        """`1 article`, `2 articles`."""
        return (self.article_one if count == 1 else self.article_many).format(count=count)

    def passages(self, count: int) -> str:
        """`1 passage`, `2 passages`."""
        return (self.passage_one if count == 1 else self.passage_many).format(count=count)

    def words(self, count: int) -> str:
        """`1 word`, `2 words`."""
        return (self.word_one if count == 1 else self.word_many).format(count=count)

    def day(self, day: date) -> str:
        """`28 July 2022`."""
        return self._on(self.full_date, day)

    def added(self, day: date) -> str:
        """`saved 28 July 2022`."""
        return self._on(self.added_on, day)

    def _on(self, sentence: str, day: date) -> str:
        return sentence.format(day=day.day, month=self.months[day.month - 1], year=day.year)
