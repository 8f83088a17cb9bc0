"""Words of the trade, in several languages: what class names and headings say of a block.

No word here is one site's own. Class names are split into lower-case words at hyphens, underscores and capitals
before they are looked up, so ``articleBody``, ``article-body`` and ``article_body`` are the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+")


@lru_cache(maxsize=8192)
def words_of(names: str) -> frozenset[str]:
    """The lower-case words of a class or id attribute.

    >>> sorted(words_of("articleBody main_text"))
    ['article', 'body', 'main', 'text']
    """
    return frozenset(word.lower() for word in _WORD.findall(names))


# Readers speak here.
COMMENTS = frozenset(
    "comment comments commentlist commentary kommentar kommentare commentaire commentaires comentario comentarios "
    "commenti commento reactie reacties kommentarer discussion discussions disqus reply replies respond pingback "
    "trackback forum thread guestbook leserbrief leserbriefe opinie".split()
)
