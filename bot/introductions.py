"""What the bot says of itself, and of who may talk to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.kinds import Kinds


@dataclass(frozen=True, slots=True)
class Introductions(Kinds):
    """In English."""

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
        "/watch asks a question of every new article\n"
        "/use lets me answer from the articles of a group or channel that you are in\n"
        "/settings chooses my language and your time zone\n"
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
