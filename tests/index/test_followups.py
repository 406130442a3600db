"""Follow-ups are completed from the turn before; questions of their own are left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index import PreviousTurn, complete_question, is_incomplete
from index.clauses import base_form
from index.followups import CONTEXT_LENGTH, MAXIMUM_LENGTH

PAINTER = PreviousTurn("Who painted the town hall of Oldbridge?", "Mara Lindqvist")
FERRY = PreviousTurn("When did the ferry Aurelia sink?", "1931")
HEAD = PreviousTurn("Who is the head of Norvik?", "Ottokar Brandt")
RACE = PreviousTurn("who won gold in the sledge race in vellin?", "Ida Storm")
TOWER = PreviousTurn("Where is the Korva lighthouse?", "Port Ilse")
MAYOR = PreviousTurn("Did the mayor resign?", "on Monday")
PARTY = PreviousTurn("Which party nominated the duchess?", "Meadow Party")
ARRESTS = PreviousTurn("Was anyone arrested?", "two men")


@pytest.mark.parametrize(
    ("previous", "followup", "completed"),
    [
        # Another word that asks
        (PAINTER, "and when?", "When did Mara Lindqvist paint the town hall of Oldbridge?"),
        (PAINTER, "who else", "Who else painted the town hall of Oldbridge (Mara Lindqvist)?"),
        (FERRY, "why tho", "Why did the ferry Aurelia sink (1931)?"),
        (FERRY, "ok and where exactly?", "Where did the ferry Aurelia sink (1931)?"),
        (HEAD, "since when?", "Since when is Ottokar Brandt the head of Norvik?"),
        (MAYOR, "why?", "Why did the mayor resign (on Monday)?"),
        (TOWER, "how tall?", "How tall is the Korva lighthouse (Port Ilse)?"),
        (ARRESTS, "who?", "Who was arrested (anyone two men)?"),
        # Pronouns
        (HEAD, "where was he born?", "Where was Ottokar Brandt born (head Norvik)?"),
        (TOWER, "how tall is it", "How tall is the Korva lighthouse (Port Ilse)?"),
        (TOWER, "and who lives there?", "Who lives in Port Ilse (Korva lighthouse)?"),
        (MAYOR, "who replaced him?", "Who replaced the mayor (resign on Monday)?"),
        (
            HEAD,
            "how many votes did he win in the northern valleys?",
            "How many votes did Ottokar Brandt win in the northern valleys (head Norvik)?",
        ),
        (
            MAYOR,
            "how many people live in that little town today?",
            "How many people live in that little town today (mayor resign on Monday)?",
        ),
        (HEAD, "what's his age?", "What is Ottokar Brandt's age (head Norvik)?"),
        (PARTY, "did they withdraw her?", "Did Meadow Party withdraw the duchess (nominated)?"),
        # Something else in the place of its like
        (RACE, "and silver?", "Who won silver in the sledge race in vellin?"),
        (
            PreviousTurn("who won the gold medal in vellin?", "Ida Storm"),
            "and silver?",
            "Who won the silver medal in vellin?",
        ),
        (
            PreviousTurn("Did Ida Storm buy Tarn's boat?", "bought it"),
            "and Quill's?",
            "Did Ida Storm buy Quill's boat?",
        ),
        (HEAD, "and Sorland?", "Who is the head of Sorland?"),
        (HEAD, "what about Germany", "Who is the head of Germany?"),
        (HEAD, "of Sorland?", "Who is the head of Sorland?"),
        (FERRY, "what about the Bettina?", "When did the Bettina sink?"),
        (MAYOR, "and the governor?", "Did the governor resign?"),
        (
            PreviousTurn("How much is Tarn's contract with Velo worth?", "5 million"),
            "what about Quill's?",
            "How much is Quill's contract with Velo worth?",
        ),
        (
            PreviousTurn("How many people live in Lima?", "10 million"),
            "and in 1990?",
            "How many people live in Lima in 1990?",
        ),
        # Fragments
        (HEAD, "his wife?", "Who is Ottokar Brandt's wife (head Norvik)?"),
        (HEAD, "age?", "How old is Ottokar Brandt (head Norvik)?"),
        (FERRY, "captain?", "Who was the captain (ferry Aurelia sink 1931)?"),
        (FERRY, "any survivors?", "Were there any survivors (ferry Aurelia sink 1931)?"),
        (FERRY, "anyone hurt?", "Was anyone hurt (ferry Aurelia sink 1931)?"),
        (FERRY, "how many died", "How many died (ferry Aurelia sink 1931)?"),
        (PAINTER, "and after that?", "What did Mara Lindqvist do after that (painted town hall"
         " Oldbridge)?"),
    ],
)  # fmt: skip
def test_what_is_left_out_comes_from_the_turn_before(
    previous: PreviousTurn, followup: str, completed: str
) -> None:
    assert complete_question(followup, previous) == completed


STANDALONE = [
    "When did Nixon resign?",
    "and who first used paper money in trade?",
    "Who is Ottokar Brandt?",
    "what is photosynthesis",
    "what is wind shear?",
    "what did napoleon sell the americans?",
    "who is the emperor of lower saxony?",
    "which harbour did the ship leave when it sank?",
    "Why did the queen sell her horses?",
    "who wrote the report that the council rejected?",
    "how long does it take to boil an egg?",
    "is there a railway to Norvik?",
    "What did the painter say about the fire this year?",
    "railway timetable norvik sorland",
    "Where is the Korva lighthouse?",
]


@pytest.mark.parametrize("question", STANDALONE)
@pytest.mark.parametrize("previous", [PAINTER, FERRY, HEAD, ARRESTS])
def test_a_question_of_its_own_is_left_alone(question: str, previous: PreviousTurn) -> None:
    assert complete_question(question, previous) is None


@pytest.mark.parametrize(
    "followup",
    ["und wann?", "а когда?", "¿y cuándo?", "et pourquoi ?", "それはいつ？", "та де?", "e quando?"],
)
def test_other_languages_are_left_alone(followup: str) -> None:
    assert complete_question(followup, FERRY) is None


def test_after_a_question_in_another_language_nothing_is_completed() -> None:
    previous = PreviousTurn("Wann ist die Fähre gesunken?", "1931")
    assert complete_question("and why?", previous) is None


@pytest.mark.parametrize("followup", ["thanks!", "ok", "ok great", "", "?!", "   "])
def test_what_asks_nothing_is_left_alone(followup: str) -> None:
    assert complete_question(followup, FERRY) is None


def test_without_an_answer_the_question_before_is_enough() -> None:
    assert (
        complete_question("why?", PreviousTurn(FERRY.question, None))
        == "Why did the ferry Aurelia sink?"
    )
    found = complete_question("when?", PreviousTurn(PAINTER.question, None))
    assert found is not None
    assert "Oldbridge" in found


def test_an_answer_that_is_a_sentence_takes_no_pronouns_place() -> None:
    previous = PreviousTurn("What happened to the ferry?", "it was lost in a storm off Norvik")
    found = complete_question("how old was it?", previous)
    assert found is not None
    assert found.startswith("How old was the ferry ")


def test_names_in_small_letters_are_known_by_the_proving_sentence() -> None:
    question = "when did ola land open her shop?"
    previous = PreviousTurn(question, "1990", "In 1990 Ola Land opened a shop.", "Shops")
    assert complete_question("and greta?", previous) == "When did greta open her shop?"


def test_a_follow_up_of_a_follow_up_is_completed_too() -> None:
    first = complete_question("how old is he?", HEAD)
    assert first == "How old is Ottokar Brandt (head Norvik)?"
    second = complete_question("his wife?", PreviousTurn(first, "71"))
    assert second == "Who is Ottokar Brandt's wife (old head Norvik 71)?"


@pytest.mark.parametrize(
    "followup", ["how fast was the ferry going that night?", "how many passengers were on board"]
)
def test_what_names_nothing_speaks_of_what_was_spoken_of(followup: str) -> None:
    found = complete_question(followup, FERRY)
    assert found is not None
    assert "Aurelia" in found
    assert complete_question(followup + " Bettina", FERRY) is None


def test_where_there_is_nothing_to_complete_with_nothing_is_completed() -> None:
    assert complete_question("why did he go?", PreviousTurn("who was it?", None)) is None


@pytest.mark.parametrize(
    ("past", "base"),
    [
        ("called", "call"),
        ("won", "win"),
        ("stopped", "stop"),
        ("robbed", "rob"),
        ("carried", "carry"),
        ("hosted", "host"),
        ("invited", "invite"),
        ("painted", "paint"),
        ("devoured", "devour"),
        ("excused", None),
        ("red", None),
    ],
)
def test_a_verb_follows_did_in_its_plain_form_or_not_at_all(past: str, base: str | None) -> None:
    assert base_form(past) == base


def test_a_verb_of_unknown_form_is_kept_as_it_was_written() -> None:
    previous = PreviousTurn("Who excused the pilot?", "Ida Storm")
    assert complete_question("when?", previous) == "When was it that Ida Storm excused the pilot?"


WORDS = st.lists(
    st.sampled_from(
        """
        and but ok who what when where why how many much which whose is are was did does has not the
        a his her him he she it its they them their there then that this those one about of in from
        with after before Germany Ida Storm ship captain gold silver first men's age wife won called
        sank die anyone any 1931 else next also too 's ' ( ) ? ! … " — tell me more please
        """.split()  # noqa: SIM905 - a list of a hundred quoted words is harder to read
    ),
    max_size=14,
).map(" ".join)


@given(question=WORDS, before=WORDS, answer=st.none() | WORDS)
def test_whatever_is_said_the_completed_question_is_sound(
    question: str, before: str, answer: str | None
) -> None:
    found = complete_question(question, PreviousTurn(before, answer))
    if found is not None:
        assert found.strip("?() ")
        assert found.endswith("?")
        assert len(found) <= MAXIMUM_LENGTH + CONTEXT_LENGTH + len(" ()?")
        assert "  " not in found


@given(st.text(), st.text(), st.none() | st.text())
def test_any_text_can_be_said(question: str, before: str, answer: str | None) -> None:
    found = complete_question(question, PreviousTurn(before, answer, before, question))
    assert found is None or found.strip()


@given(st.sampled_from(STANDALONE), WORDS, st.none() | WORDS)
def test_no_turn_before_spoils_a_question_of_its_own(
    question: str, before: str, answer: str | None
) -> None:
    said = set(before.casefold().split())
    assume(not said & set(question.casefold().rstrip("?").split()))  # "the ship", of which one was
    assert complete_question(question, PreviousTurn(before, answer)) is None


def test_long_turns_make_no_long_questions() -> None:
    previous = PreviousTurn("Who called " + "the very old captain " * 200 + "?", "Ida " * 400)
    for followup in ("when?", "and silver?", "what did he say about it?", "his age?"):
        found = complete_question(followup, previous)
        assert found is not None
        assert len(found) <= MAXIMUM_LENGTH + CONTEXT_LENGTH + 4


@pytest.mark.parametrize(
    "question", ["and when?", "his age?", "how old is she?", "what about Norway?", "for how long?"]
)
def test_what_plainly_lacks_something_is_incomplete(question: str) -> None:
    assert is_incomplete(question)


@pytest.mark.parametrize("question", ["how many died?", "How much does a ticket cost?", "..."])
def test_what_may_be_meant_as_it_stands_is_not(question: str) -> None:
    assert not is_incomplete(question)
