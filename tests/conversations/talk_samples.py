"""Articles that people send in the conversations, all of them made up, and what they ask."""

from __future__ import annotations

from typing import Any

SEEDS = """The seed library of Marrow Lane

A garden shed in Marrow Lane is the smallest library in Orlsby. Since March the neighbours \
have lent one another seeds there, a spoonful at a time.

Tilda Voss, a retired postwoman, had the idea. “I had four hundred beans left and only one \
window,” she said at the opening.

Whoever borrows a spoonful in spring brings back two in autumn. The shed is open on Thursdays, \
and the key hangs at the bakery. So far 61 families have joined."""
WHO_HAD_THE_IDEA = "Who had the idea of the seed library?"

CLOCK = """The town hall clock of Hessel runs backwards

Visitors to Hessel think that they have had too much wine: the clock of the town hall runs \
backwards. It was no mistake. Bruno Keller, the clockmaker, mounted the works the wrong way \
round in 1887, because the council had not paid him.

The council has voted on the clock nine times since then. Each time it was left as it is, \
because tourists come to photograph it. A repair would cost 14,300 crowns."""
WHO_MOUNTED_IT = "Who mounted the works of the clock the wrong way round?"
REPAIR_COST = "How much would a repair of the clock cost?"

RACE_AT_CORRIN = """Rowing at Corrin

Rain fell all morning, but nobody went home. The boat race was won by Ada Lindqvist, who rowed \
the nine miles to Corrin in 71 minutes. She was given a ham and a new pair of oars."""
RACE_AT_DUNMARSH = """Rowing at Dunmarsh

There was hardly any wind on Sunday. The boat race was won by Jonas Pell, a baker, who reached \
the bridge of Dunmarsh a length ahead of his brother. He says that he will not row again."""
WHO_WON = "Who won the boat race?"

_DAYS = (
    ("Greta", "Alder Ford", "a blue bottle"),
    ("Paul", "Birch Hollow", "a rusty bell"),
    ("Ines", "Crane Marsh", "a wooden spoon"),
    ("Tomasz", "Dove Hill", "a torn map"),
    ("Leo", "Ember Rock", "a small shoe"),
    ("Martha", "Fallow End", "a brass button"),
    ("Jan", "Gull Stairs", "a fishing float"),
    ("Sofia", "Heron Mill", "a bridle bit"),
    ("Emil", "Ivy Cross", "a tin whistle"),
    ("Nora", "Juniper Gap", "a broken lantern"),
    ("Hugo", "Kestrel Field", "a silver thimble"),
    ("Clara", "Lark Bottom", "a bag of marbles"),
    ("Otto", "Moss Bridge", "a glass eye"),
    ("Elin", "Nettle Green", "a wool glove"),
    ("Felix", "Otter Pool", "a painted egg"),
    ("Ruth", "Pine Gate", "a pocket mirror"),
    ("Anton", "Quail Heath", "a bone comb"),
    ("Vera", "Raven Tor", "a lead soldier"),
    ("Oskar", "Sparrow Wood", "a sewing box"),
    ("Lena", "Thistle Mouth", "a copper kettle"),
)


def _day(number: int, companion: str, place: str, find: str) -> str:
    return (
        f"On day {number} of the walk we reached {place}. The path was longer than the map "
        f"had promised, and {companion} carried the tent for the last mile. {companion} found "
        f"{find} beside the well, washed it in the stream and put it into the sack with the "
        f"others. We cooked barley with onions and talked about the road ahead until the fire "
        f"was low. At {place} there is no shop, no station and no inn, but an old man sold us "
        f"bread and told us which of the two bridges would hold."
    )


WALK = "\n\n".join(
    [
        "A walk of twenty days along the Sill",
        *(_day(number, *found) for number, found in enumerate(_DAYS, 1)),
    ]
)
"""More than 8,192 characters: clients send it in three messages."""
IN_THE_PIECES = (
    ("Who found a rusty bell?", "Paul"),
    ("Who found a silver thimble?", "Hugo"),
    ("Who found a copper kettle?", "Lena"),
)
"""A question of each of the three, and its answer, with which its sentence begins."""

CHANNEL = {
    "type": "channel",
    "title": "Harbour Post",
    "username": "harbour_post",
    "message_id": 77,
    "author_signature": "M. Ruiz",
}

OWL_BLOCKS: list[dict[str, Any]] = [
    {"type": "heading", "text": "The owl of Tarn Street", "size": 1},
    {
        "type": "paragraph",
        "text": [
            "An owl has moved into the ",
            {"type": "bold", "text": "post office"},
            " of Tarn Street. The postmaster, ",
            {"type": "url", "text": "Ewan Brody", "url": "https://example.org/brody"},
            ", opens the window for it at dusk.",
        ],
    },
    {
        "type": "list",
        "items": [
            {"blocks": [{"type": "paragraph", "text": "It eats mice, about four a night."}]},
            {"blocks": [{"type": "paragraph", "text": "It sleeps on the parcel scales."}]},
        ],
    },
]
WHO_OPENS_THE_WINDOW = "Who opens the window for the owl?"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>The bees of Quay Nine | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ida Roth">
<meta property="article:published_time" content="2024-05-06T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article>
<h1>The bees of Quay Nine</h1>
<p>Two million bees live on the roof of the old customs house at Quay Nine. They belong to \
Harald Munk, who used to be a customs officer there.</p>
<p>The honey tastes of lime trees, because the whole quay is planted with them. Last year there \
were 340 jars, and all were sold within a week.</p>
<p>The port has now asked for rent. Munk has offered to pay it in honey, one jar a day.</p>
</article><footer>Imprint</footer></body></html>"""
WHOSE_BEES = "Who do the bees belong to?"
