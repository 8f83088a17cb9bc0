"""Tables of field names in the data of content management systems, and of names of lists that are not news.

Field names are compared without case and punctuation: ``published_at``, ``publishedAt`` and ``PUBLISHED-AT`` are equal.
No name is specific to one site.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from ticker.text import fold

Role = Literal["title", "time", "link", "text"]

# From the most to the least trusted.
_TITLES = (
    "headline headlines headlinetext basicheadline webheadline mainheadline articleheadline storyheadline "
    "title titles titletext maintitle articletitle storytitle newstitle posttitle itemtitle contenttitle pagetitle "
    "webtitle displaytitle fulltitle longtitle linktitle linktext heading teaserheadline teasertitle cardtitle "
    "promoheadline titel titre titulo titolo tytul baslik judul otsikko rubrik tittel overskrift nadpis cim "
    "shorttitle shortheadline subject h1 header name"
).split()
_LINKS = (
    "canonicalurl canonical permalink url link href articleurl storyurl posturl newsurl pageurl weburl websiteurl "
    "fullurl absoluteurl externalurl publicurl shareurl seourl targeturl linkurl itemurl contenturl urlcanonical "
    "fullpath canonicalpath urlpath pagepath uri path pathname relativeurl route mainentityofpage guid fullslug "
    "slug urlslug seoslug titleslug urlkey uuid"
).split()
# The text of a post, from which a post without a title takes its first sentence.
_TEXTS = "articlebody body bodytext text content description summary".split()
# What a field's name says about its time, the most trusted first; values that are not times are ignored.
_TIMES = (
    re.compile(r"publi[sck]|pubdate|pubtime|^posted|posted(?:at|on)|postdate|display(?:date|time)|releasedate"),
    re.compile(
        r"^(?:iso|utc|gmt|unix|local|sort|article|story|news|post|item|content)?(?:date|time|datetime|timestamp|epoch|ts)"
        r"(?:time|gmt|utc|iso|iso8601|unix|ms|millis|seconds|value|text)?$|^(?:fecha|datum|data|datetime)"
    ),
    re.compile(r"creat|issued"),
)
# Other moments in the life of an entry, and of what is not an entry of a list of news.
_OTHER_TIMES = re.compile(
    r"unpub|expir|^end|enddate|endtime|^start|startdate|starttime|valid|until|birth|^due|deadline|schedul|event|updat|"
    r"modif|chang|edit|revis|crawl|index|^last|embargo|metadata|database"
)
# Inner fields of a title, a link or a time that is an object: {"rendered": "..."}, {"basic": "..."}.
INNER = {
    "title": "basic rendered text value default headline title main display web name plain long short".split(),
    "link": "href url path pathname canonical web default value current fullurl relative @id".split(),
    "time": "iso iso8601 utc datetime date timestamp seconds _seconds $date value time raw full".split(),
    "text": "rendered text value plain default".split(),
}
# Objects within an entry that hold a part of its own fields: {"publishedAt": ..., "model": {"headline": ...}}.
PARTS = frozenset(
    "content data meta metadata attributes fields info details dates model article story post item node document entry "
    "properties props payload sys system publication publishing teaser card".split()
)
# Fields that state the kind of an entry.
KIND_FIELDS = ("@type", "__typename", "type", "contentType", "content_type", "kind", "_type", "postType", "post_type")


@lru_cache(maxsize=8192)
def flat_name(field: str) -> str:
    """Return a field's name in lower case without punctuation."""
    return "".join(filter(str.isalnum, field)).lower()


@lru_cache(maxsize=8192)
def role_of(field: str) -> tuple[Role, int] | None:
    """Return what a field may hold and its rank, 0 for the most trusted; None for other fields.

    >>> role_of("datePublished"), role_of("updated_at")
    (('time', 0), None)
    """
    name = flat_name(field)
    roles: tuple[tuple[Role, list[str]], ...] = (("title", _TITLES), ("link", _LINKS), ("text", _TEXTS))
    for role, names in roles:
        if name in names:
            return role, names.index(name)
    if field == "@id":
        return "link", len(_LINKS)
    if _OTHER_TIMES.search(name):
        return None
    return next((("time", rank) for rank, pattern in enumerate(_TIMES) if pattern.search(name)), None)


# Fields that hold lists of any kind; the field around them names the list.
CONTAINERS = frozenset(
    "data items item nodes node edges list lists results result content contents contentelements elements entries "
    "children collection objects records rows array values props pageprops state response payload body model".split()
)
# Names and headings of lists that are ordered by popularity, folded.
_POPULAR = re.compile(
    r"most[ _-]?(?:read|view|popular|shared|comment|watch|mail|click|like|visit)|popular|trending|ranking|viral|"
    r"meistgelesen|meistgeklickt|meistgesehen|beliebt|plus (?:lu|vu|consulte|partage)|mas (?:leid|vist|compartid)|"
    r"mais (?:lid|vist)|piu (?:lett|vist)|meest (?:gelezen|bekeken)|best gelezen|mest (?:last|laest|lest)|luetui|"
    r"najczesciej czytan|nejctenejsi|najcitanejsi|legolvasottabb|cele mai citite|terpopuler|en cok okunan|популярн|"
    r"читаем|δημοφιλ|ランキング|人気|热门|熱門|排行|많이 본|인기|الاكثر قراءه|הנקראות|लोकप्रिय|ยอดนิยม|doc nhieu"
)
# Words in the names of lists that belong to one article.
RELATED = frozenset(
    "related recommended recommendation recommendations suggested suggestions similar associated readnext "
    "morelikethis alsoread relacionadas relacionados correlati verwandte".split()
)


def is_popular(name: str) -> bool:
    """Return whether the fields and the heading of a list say that it is ordered by popularity."""
    return _POPULAR.search(fold(name)) is not None


# Words in the names and kinds of lists of media and of parts of a page.
MEDIA = frozenset(
    "video videos videoobject audio audioobject podcast podcasts podcastepisode episode episodes track tracks image "
    "images imageobject photo photos picture pictures gallery galleries slides slide media broadcast broadcasts clip "
    "clips movie show shows programme programmes".split()
)
PARTS_OF_PAGES = frozenset(
    "menu menus navigation nav navbar navitems breadcrumb breadcrumbs footer author authors person people tag tags "
    "topics category categories widget widgets ad ads advert adverts advertisement banner banners sponsored sponsor "
    "newsletter newsletters revision revisions version versions translations webpage advertorial advertorials "
    "sponsoredcontent nativeads partnercontent".split()
)
# Fields that only entries of another kind have.
PRODUCT_FIELDS = frozenset(
    "price prices pricemin sku offers currency pricecurrency listprice saleprice priceamount gtin stock instock "
    "availability variants".split()
)
EVENT_FIELDS = frozenset(
    "startdate enddate starttime endtime startsat endsat startat endat venue doortime eventdate eventstatus "
    "eventattendancemode kickoff hometeam awayteam homescore awayscore competitors".split()
)
JOB_FIELDS = frozenset(
    "salary basesalary employmenttype hiringorganization jobtitle joblocation applyurl validthrough".split()
)
POST_FIELDS = frozenset(
    "parentcommentid commentid replyto replies inreplyto upvotes downvotes upvotecount commenter nickname "
    "reviewrating reviewbody answercount acceptedanswer".split()
)
MEDIA_FIELDS = frozenset("audiourl enclosureurl streamurl episodenumber embedurl uploaddate".split())
QUOTE_FIELDS = frozenset(
    "symbol instrumentid isin currentprice percentchange changepercent temperature temp precipitation humidity "
    "winddirection".split()
)
