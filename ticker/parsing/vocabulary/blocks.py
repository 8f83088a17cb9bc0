"""Words in class names, ids and headings that describe a block, in several languages.

No word is specific to one site. Class names are split into lower-case words at hyphens, underscores and capitals, so
``articleBody``, ``article-body`` and ``article_body`` are equal.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+")
# Class names from build tools: `Teaser_title__uGXJp` is the element `title` of a component, with a hash.
_HASHED = re.compile(r"^[A-Za-z0-9]+_([A-Za-z][\w-]*?)__[\w+-]{5}$")


@lru_cache(maxsize=8192)
def split_words(names: str) -> frozenset[str]:
    """Return the lower-case words of a class or id attribute.

    >>> sorted(split_words("articleBody main_text"))
    ['article', 'body', 'main', 'text']
    """
    return frozenset(word.lower() for word in _WORD.findall(names))


@lru_cache(maxsize=8192)
def role_words(names: str) -> frozenset[str]:
    """Return the words for the element itself: of ``teaser__headline`` (BEM) only ``headline``.

    >>> sorted(role_words("teaser__headline--big Teaser_title__uGXJp"))
    ['headline', 'title']
    """
    words: set[str] = set()
    for name in names.split():
        hashed = _HASHED.match(name)
        if hashed:
            name = hashed[1]
        if "__" in name:
            name = name.rsplit("__", 1)[1].split("--", 1)[0] or name
        words.update(word.lower() for word in _WORD.findall(name))
    return frozenset(words)


# Blocks with contributions of readers.
COMMENT_WORDS = frozenset(
    "comment comments commentlist commentary kommentar kommentare commentaire commentaires comentario "
    "comentarios commenti commento reactie reacties kommentarer discussion discussions disqus reply replies "
    "respond pingback trackback forum thread guestbook leserbrief leserbriefe opinie antworten reponses "
    "respuestas respostas risposte komentarze komentare lesermeinungen leserstimmen reactions reaktionen".split()
)
