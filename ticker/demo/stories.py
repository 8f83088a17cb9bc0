"""The newspaper's content as data: headlines and an article, and their changes during a night."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "The Elsham Gazette"
ARTICLE_PATH = "/articles/night-ferry-returns-to-saint-orrin/48213"


@dataclass(frozen=True, slots=True)
class Story:
    """A headline of the ticker: its time in minutes from midnight, its number on the site, and its title."""

    minute: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The site's content at ``minute`` minutes from midnight, with stories newest first."""

    what_happens: str
    minute: int
    stories: tuple[Story, ...]
    paragraphs: tuple[str, ...]


TITLE = "Night ferry returns to Saint Orrin after six weeks of storm repairs"
AUTHOR = "Mira Tallow"
DESCRIPTION = "The Alderney Grace sails again tonight, with the islands' post, two school buses and a wedding cake."

_ARTICLE = (
    "The night ferry between Port Elsham and the island of Saint Orrin sails again from tonight, six weeks after a "
    "winter storm tore away part of the island's landing stage.",
    "The harbour office said that the new stage had been tested with the heaviest load that the Alderney "
    "Grace carries: two school buses, the islands' post and forty tonnes of seed potatoes. It held without a creak.",
    "For the eight hundred people of Saint Orrin the ferry is the only way to reach a hospital after dark. During "
    "the repairs a fishing cooperative had run a boat on call, with volunteers at the wheel and a nurse aboard.",
    "“We have learned who our neighbours are,” said the island's mayor, Jonas Quill. “But nobody will miss being "
    "carried up a ladder in the rain.”",
    "Among the first passengers will be a wedding party of sixty with a cake in four boxes. Fares stay as they were "
    "until the end of the summer, when the council will vote on a season ticket for islanders.",
)
_UPDATED_ARTICLE = (
    *_ARTICLE[:4],
    "Among the first passengers was a wedding party of sixty with a cake in four boxes. One of the boxes went back "
    "to the mainland by mistake; the ferry turned round for it, nine minutes out of harbour, to the cheers of all.",
    "Fares stay as they were until the end of the summer, when the council will vote on a season ticket for islanders.",
)

_EVENING = (
    Story(-22, 48230, "Council agrees to keep the old lighthouse lit through the winter"),
    Story(-41, 48227, "Café owners on Quay Street win their case over the early market"),
    Story(-63, 48224, "Elsham Rovers hold league leaders to a draw in the fog"),
    Story(-88, 48219, "Seed potato price falls for the third week in a row"),
    Story(-125, 48213, "Night ferry returns to Saint Orrin after six weeks of storm repairs"),
    Story(-166, 48208, "School choir of Lower Marsh invited to sing at the border festival"),
    Story(-190, 48201, "Rail bridge at Tern Hill closes until Thursday for inspection"),
)
_TWO_MORE = (
    Story(-6, 48236, "Fog delays the night ferry by twenty minutes"),
    Story(-13, 48233, "Regional bank cuts its mortgage rate to 3.1 per cent"),
    *_EVENING,
)
_CORRECTED = tuple(
    Story(story.minute, story.number, story.title.replace("until Thursday", "until Friday")) for story in _TWO_MORE
)
_AFTER_MIDNIGHT = (
    Story(31, 48245, "Night ferry turns round for a wedding cake left behind"),
    Story(8, 48241, "Power back in Lower Marsh after a short cut at midnight"),
    *_CORRECTED[:-1],
)

EDITIONS = (
    Edition("The evening: an article with seven headlines beside it.", -20, _EVENING, _ARTICLE),
    Edition("A quarter of an hour later two headlines are new.", -5, _TWO_MORE, _ARTICLE),
    Edition("An editor corrects a headline, and the article is rewritten.", -2, _CORRECTED, _UPDATED_ARTICLE),
    Edition(
        "Midnight has passed: the list shows 00:08 above 23:54, without a date.", 35, _AFTER_MIDNIGHT, _UPDATED_ARTICLE
    ),
)
