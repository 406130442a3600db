"""Which legacy encoding a text in Latin letters is in.

Western, Central European, Baltic and Turkish encodings give nearly every byte a letter, so that
statistics on bytes mistake one for another. Alphabets do not: no language has both ø and ì.
"""

from __future__ import annotations

import string

# Ordered by how common they are, as the first of two equals wins.
_ALPHABETS = {
    "cp1252": (
        "àâæçèéêëîïôœùûüÿ",
        "äöüß",
        "áéíñóúü",
        "àèéìíîòóùú",
        "àáâãçéêíóôõúü",
        "åäöéæø",
        "åæøéóòôü",
        "áèéëíïóöü",
        "áðéíóúýþæö",
        "àçèéíïòóúüñ",
        "áéíóú",
    ),
    "cp1250": (
        "ąćęłńóśźż",
        "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž",
        "áéíóöőúüű",
        "ćčđšž",
        "ăâîşţ",
        "äöüß",
    ),
    "cp1254": ("âçîöûüğıiş",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
}
_ALPHABETS["iso8859_2"] = _ALPHABETS["cp1250"]

_PUNCTUATION = frozenset("“”„‘’‚‹›«»–—…•·†‡¿¡§¶©®™°ºª€£¥¢²³½¼¾×±´\u00a0\u00ad\u2212İ")
# Below this share of characters in their place, the text is not in Latin letters at all.
_MINIMUM_SENSE = 0.8
_MIN_WORD_SHARE = 0.75
_SAMPLE = 100_000
_WORD_BYTES = f"{string.ascii_letters}{string.digits} \n.,".encode()


def latin_encoding(sample: bytes) -> str | None:
    """Return the Latin encoding that makes most sense of the bytes, None if none does."""
    sample = sample[:_SAMPLE]
    if not _mostly_ascii_words(sample):
        return None
    scores: dict[str, float] = {}
    for encoding, alphabets in _ALPHABETS.items():
        # Each of these leaves a few bytes without a character; one stray must not rule it out.
        text = sample.decode(encoding, "replace")
        if (sense := _sense(text)) >= _MINIMUM_SENSE:
            scores[encoding] = sense + _coverage(text, alphabets)
    return max(scores, key=lambda encoding: scores[encoding], default=None)


def _mostly_ascii_words(data: bytes) -> bool:
    """Tell whether the ASCII part is letters, digits and spaces, with more letters than accents."""
    letters = len(data) - len(data.translate(None, string.ascii_letters.encode()))
    words = len(data) - len(data.translate(None, _WORD_BYTES))
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return letters > high and words >= (len(data) - high) * _MIN_WORD_SHARE


def _sense(text: str) -> float:
    """Return the share of non-ASCII characters that stand where such a character can stand."""
    padded = f" {text} "
    sensible = total = 0
    for before, character, after in zip(padded, text, padded[2:], strict=False):
        if character.isascii():
            continue
        total += 1
        if character.isalpha() and character not in "ºª":
            # A capital inside a word is what a wrong encoding looks like.
            sensible += not (character.isupper() and before.islower())
        elif character in _PUNCTUATION:
            # Quotes and dashes may join words; other signs do not stand inside one.
            sensible += character in "’‘–—·…\u00ad" or not (before.isalpha() and after.isalpha())
    return sensible / total if total else 0.0


def _coverage(text: str, alphabets: tuple[str, ...]) -> float:
    """Return the share of non-ASCII letters that the fittest language has."""
    letters = [letter for letter in text.lower() if letter.isalpha() and not letter.isascii()]
    if not letters:
        return 1.0
    return max(sum(letter in alphabet for letter in letters) for alphabet in alphabets) / len(
        letters
    )
