"""Every sentence a person sees in a chat.

A sentence is plain text and HTML at once: it has no `<`, `>` or `&`, and `markup.fill` escapes
what is put in its places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.arrangements import Arrangements
from bot.wording import Forms

PLACES = MappingProxyType(
    {
        "articles": "a number of articles, counted: 1 article, 2 articles",
        "code": "the number that Telegram knows a person by",
        "count": "a number",
        "day": "a day, written out: 28 July 2022",
        "days": "a number of days, counted",
        "error": "what is wrong with something, a sentence",
        "first": "the number of the first article of a page",
        "known": "a number of articles",
        "last": "the number of the last article of a page",
        "megabytes": "a size in megabytes",
        "messages": "a number of messages, counted",
        "name": "the name of a person, or of a file",
        "number": "the number of a passage within the answer, of a page or of a picture",
        "pages": "a number of pages, counted",
        "passages": "a number of passages, counted",
        "percent": "how much is done, 0 to 100",
        "time": "a time of day: 14:05",
        "title": "the title of an article or a feed, or what a group or channel is called",
        "total": "how many there are in all",
        "words": "a number of words, counted; or the words that were searched for, or heard",
    }
)
"""What the places of the sentences are filled with; no sentence has any other."""


@dataclass(frozen=True, slots=True)
class Texts(Arrangements):
    """The sentences, in English, what is said of obstacles, and the labels."""

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
    opening_one: str = "Opening the link…"
    opening_several: str = "Opening {count} links…"
    too_many_links: str = (
        "I open {count} links of a message. Send the others in a message of their own."
    )
    feed_offer: str = "This is a feed: {title}, with {articles}. Shall I read them?"
    feed_offer_part: str = (
        "This is a feed: {title}, with {articles}. Shall I read the latest of them?"
    )
    feed_titled: str = "“{title}”"
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

    # Beside an answer
    earlier: str = "Earlier: {words}, from {title}, {day}"

    understood: str = "I looked for: “{words}”"

    # The articles of another chat, a group or a channel
    from_library: str = "From the articles of {title}"
    not_in_articles_of: str = "Not in the articles of {title}."
    no_articles_of: str = "There are no articles in {title} yet."
    list_heading_of: str = "Articles of {title}"
    list_no_match_of: str = "None of these articles has “{words}” in its title, author or site."
    stats_of: str = "{title} has {articles}: {words} in {passages}."
    delete_elsewhere: str = "Only the administrators of {title} can delete its articles."
    use_which: str = (
        "Whose articles shall I answer from in this chat? /articles and /stats show them too."
    )
    use_own: str = "I answer from your own articles."
    use_chosen: str = (
        "I answer from the articles of {title} in this chat now. What you send me is still kept "
        "among your own. /use goes back."
    )
    use_nowhere: str = (
        "I know of no group or channel that we are both in. Add me to one, and with /use I answer "
        "from its articles here too."
    )
    use_no_match: str = (
        "None of the groups and channels that we are both in has “{words}” in its name."
    )
    use_many: str = (
        "I am in many groups and channels. Send /use and a word of the name, such as: /use circle"
    )
    use_ended: str = (
        "I can't read the articles of {title} for you any more: one of us is not in it now. "
        "I answer from your own articles again."
    )
    library_closed: str = (
        "I can't read the articles of {title} for you any more: one of us is not in it now."
    )
    library_unsure: str = (
        "I could not ask Telegram whether you are still in {title}. Please try again in a minute."
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
    added_on: str = "saved {day}"
    article_forms: Forms = Forms(one="{count} article", other="{count} articles")
    passage_forms: Forms = Forms(one="{count} passage", other="{count} passages")
    message_forms: Forms = Forms(one="{count} message", other="{count} messages")
    word_forms: Forms = Forms(one="{count} word", other="{count} words")
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
        "Send me the file that /export gave you, here or in another chat; or result.json, in "
        "which Telegram Desktop exports a channel or a group. I add its articles to those of this "
        "chat; what is here already stays as it is."
    )
    import_progress: str = "Taking in… {percent} %"
    import_result: str = "✓ {articles} taken in."
    import_result_known: str = "✓ {articles} taken in; {known} you had already."
    import_nothing_new: str = "You have all of these already."
    import_failed: str = "I can't take this file in. {error}"

    # Posts of a channel
    posts_saved: str = "✓ Saved to {title}: {articles}."
    posts_saved_known: str = "✓ Saved to {title}: {articles}. Already there: {known}."
    posts_known: str = "{title} has these already."
    posts_not_saved: str = "There is nothing in this that I could save to {title}."
    posts_where: str = "You run this channel, so its posts are kept among its own articles."

    # Chats that Telegram Desktop has exported
    export_whose: str = (
        "This is what Telegram Desktop exports of {title}, which you run. Whose articles shall "
        "it become?"
    )
    export_into: str = "They are among the articles of {title}."
    export_left_out: str = "Left out, as they are only talk, or hold nothing to read: {messages}."
    export_unread: str = "Could not be read: {messages}."
    export_stopped: str = (
        "Stopped. What I have taken in so far stays. Press the button, and I go on from there."
    )
    export_empty_of_posts: str = "There is no message in this file that I would keep."
    export_file_too_large: str = (
        "This file is too large: I take files of up to {megabytes} MB. Let Telegram Desktop export "
        "the chat in parts, from one date to another, and send me each of them. "
        "Who runs me can also take it in on the computer I run on."
    )

    # What went wrong
    failure: str = "Something went wrong on my side, and it is noted. Please send that again."
    busy: str = "I'm busy with something large. Please try again in a minute."

    def articles(self, count: int) -> str:
        """`1 article`, `2 articles`."""
        return self.counted(self.article_forms, count)

    def messages(self, count: int) -> str:
        """`1 message`, `2 messages`."""
        return self.counted(self.message_forms, count)

    def passages(self, count: int) -> str:
        """`1 passage`, `2 passages`."""
        return self.counted(self.passage_forms, count)

    def words(self, count: int) -> str:
        """`1 word`, `2 words`."""
        return self.counted(self.word_forms, count)

    def added(self, moment: datetime) -> str:
        """`saved 28 July 2022`, the day as it was in the chat's time zone."""
        return self.added_on.format(day=self.day_of(moment))
