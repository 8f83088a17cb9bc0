"""Detection of a page's encoding as in browsers, and conversion to UTF-8.

In this order: a byte order mark; bytes that can only be UTF-8; the HTTP header's charset; the page's ``<meta
charset>`` or XML declaration; a guess from the text. Labels are resolved as in the WHATWG Encoding Standard
(https://encoding.spec.whatwg.org/#names-and-labels): ``iso-8859-1`` is windows-1252, ``gb2312`` is gb18030.

Unlike in browsers, text that is valid UTF-8 is decoded as UTF-8 whatever its label. Legacy text is almost never
valid UTF-8 by chance, and wrong labels are common.
"""

from __future__ import annotations

import re

from ticker.text import wide_codec

# Labels without punctuation to Python's codecs. The list is closed because Python has codecs that a page must not
# select (hex, idna, utf-7 ...).
_SAME = "cp866 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gb18030"
_LABELS = {
    **{label: label for label in _SAME.split()},
    **{f"windows{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"xcp{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"iso8859{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(["utf8", "utf", "unicode11utf8", "unicode20utf8", "xunicode20utf8"], "utf_8"),
    **dict.fromkeys("iso88591 latin1 l1 ascii usascii ansix341968 cp819 isoir100 xuserdefined".split(), "cp1252"),
    **dict.fromkeys(["iso88599", "latin5", "l5", "isoir148", "csisolatin5"], "cp1254"),
    **dict.fromkeys(["iso885911", "tis620", "dos874", "windows874", "cp874"], "cp874"),
    **dict.fromkeys("gb2312 gb231280 gbk xgbk cp936 chinese csgb2312 csiso58gb231280 isoir58 euccn".split(), "gb18030"),
    **dict.fromkeys(["big5", "big5hkscs", "cnbig5", "xxbig5", "csbig5", "cp950"], "big5hkscs"),
    **dict.fromkeys(["shiftjis", "sjis", "xsjis", "mskanji", "ms932", "windows31j", "cp932", "csshiftjis"], "cp932"),
    **dict.fromkeys("euckr ksc56011987 ksc56011989 ksc5601 korean cseuckr windows949 cp949 uhc".split(), "cp949"),
    **dict.fromkeys(["eucjp", "xeucjp", "cseucpkdfmtjapanese", "ujis"], "euc_jp"),
    **dict.fromkeys(["iso2022jp", "csiso2022jp"], "iso2022_jp"),
    **dict.fromkeys(["latin2", "l2", "csisolatin2"], "iso8859_2"),
    **dict.fromkeys(["cyrillic", "csisolatincyrillic"], "iso8859_5"),
    **dict.fromkeys(["arabic", "asmo708", "csisolatinarabic"], "iso8859_6"),
    **dict.fromkeys(["greek", "greek8", "suneugreek", "csisolatingreek"], "iso8859_7"),
    **dict.fromkeys(["hebrew", "visual", "logical", "iso88598i", "iso88598e", "csisolatinhebrew"], "iso8859_8"),
    **dict.fromkeys(["latin9", "l9"], "iso8859_15"),
    **dict.fromkeys(["koi", "koi8", "koi8r", "cskoi8r"], "koi8_r"),
    **dict.fromkeys(["koi8u", "koi8ru"], "koi8_u"),
    **dict.fromkeys(["ibm866", "866", "csibm866"], "cp866"),
    **dict.fromkeys(["macintosh", "mac", "xmacroman"], "mac_roman"),
    **dict.fromkeys(["xmaccyrillic", "xmacukrainian"], "mac_cyrillic"),
    **dict.fromkeys(["utf16", "utf16le", "unicode", "ucs2", "iso10646ucs2"], "utf_16_le"),
    "utf16be": "utf_16_be",
}  # fmt: skip
_WIDE = ("utf_16_le", "utf_16_be")
_DOUBLE_BYTE = frozenset(("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"))

# The standard scans 1,024 bytes; some pages have a long comment or many scripts before their <meta>.
_PRESCAN = 4096
_META = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([a-zA-Z0-9_:.-]+)""", re.I)
_LANGUAGE = re.compile(rb"""<html[^>]*?\slang\s*=\s*["']?([a-zA-Z]{2})""", re.I)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.S)
_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(rb"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<[^<>]*>", re.S | re.I)
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_WIDE_CHARACTERS = re.compile(r"[^\x00-\x7f\ufffd]")

# One hanzi in GBK is valid UTF-8 by chance once in seven; eight of them (16 bytes), once in millions.
_ENOUGH_BYTES = 16
# A page truncated within a character, or with a snippet in another encoding, still counts as UTF-8.
_MOST = 0.95
# Frequent letters of the languages of encodings that a guess confuses. For example, small Cyrillic letters decode as
# capitals in the other Russian encoding.
_TYPICAL = {
    "euc_jp": re.compile("[\u3041-\u3093\u30a1-\u30f6]"),
    "cp1251": re.compile("[а-яё]"),
    "koi8_r": re.compile("[а-яё]"),
    "cp1250": re.compile("[ąćęłńóśźżáčďéěíňřšťúůýžőűöü]"),
    "iso8859_2": re.compile("[ąćęłńóśźżáčďéěíňřšťúůýžőűöü]"),
    "cp1252": re.compile("[àáâãäåæçèéêëíîïñóôõöøùúûüßœÀÉÄÖÜØÅ’‘“”„«»–—…€°]"),
    "cp1254": re.compile("[çğıöşüİ]"),
}
_BY_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "bg", "be"), ("cp1251", "koi8_r")),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr"), ("iso8859_2", "cp1250")),
    "tr": ("cp1254",),
}
_LATIN = frozenset(("cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2"))
# Half of Japanese letters are kana; in a wrong encoding typical letters occur only by chance.
_TELLING = 0.25
_MOSTLY_WESTERN = 0.8
_GUESSABLE = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r iso8859_2 gb18030 big5hkscs "
    "cp932 cp949 euc_jp"
).split()
# Bytes that a guess reads: enough for any alphabet, since more would be slow.
_SAMPLE = 8192


def to_utf8(html: bytes | str, charset: str | None = None) -> bytes:
    """Convert ``html`` to UTF-8 without a byte order mark.

    ``charset`` is the HTTP header's label, if any. Never raises: bytes that cannot be decoded become U+FFFD. Bytes that
    are already UTF-8 are returned without a copy.
    """
    if isinstance(html, str):
        return html.encode("utf-8", "replace").removeprefix(b"\xef\xbb\xbf")
    if html.startswith(b"\xef\xbb\xbf"):
        html, charset = html[3:], "utf-8"
    elif wide := wide_codec(html):
        return html.decode(wide, "replace").encode("utf-8", "replace")
    from_header = codec_of(charset)
    if from_header in _WIDE and _looks_wide(html):
        return _recode(html, from_header)
    declared = from_header if from_header and from_header not in _WIDE else _declared(html)
    if declared == "iso2022_jp" and b"\x1b" in html:  # 7-bit, so valid UTF-8 as well
        return _recode(html, declared)
    if _is_utf8(html, declared):
        return html
    if declared is None or declared == "utf_8":
        if _is_mostly_utf8(html):
            return html.decode("utf-8", "replace").encode("utf-8")
        declared = _guess(html)
    elif _is_mostly_utf8(html):
        declared = "utf_8"
    return _recode(html, declared)


def codec_of(label: str | None) -> str | None:
    """Return Python's codec for an encoding label, or None if pages may not use that label.

    >>> codec_of("ISO-8859-1")
    'cp1252'
    """
    return _LABELS.get(_PUNCTUATION.sub("", label.lower())) if label else None


def _declared(html: bytes) -> str | None:
    """Return the codec that the page declares near its beginning, or None."""
    start = _COMMENT.sub(b"", html[:_PRESCAN])
    found = _META.search(start) or _XML.search(start)
    codec = codec_of(found[1].decode("ascii")) if found else None
    # The standard: a page whose <meta> is readable as ASCII is not UTF-16.
    return "utf_8" if codec in _WIDE else codec


def _is_utf8(html: bytes, declared: str | None) -> bool:
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if declared not in _DOUBLE_BYTE:
        return True
    return html.isascii() or len(html.translate(None, _ASCII)) >= _ENOUGH_BYTES


def _is_mostly_utf8(html: bytes) -> bool:
    text = html.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return right >= _MOST * (right + wrong)


def _looks_wide(html: bytes) -> bool:
    return html[:1024].count(0) > len(html[:1024]) // 4


def _guess(html: bytes) -> str:
    """Guess the encoding of bytes without a declaration from their text; fall back to windows-1252."""
    text = _MARKUP.sub(b" ", html)
    first = _HIGH.search(text)
    sample = text[max(0, first.start() - 64) :][:_SAMPLE] if first else b""
    language = _LANGUAGE.search(html[:_PRESCAN])
    likely = _BY_LANGUAGE.get(language[1].decode("ascii").lower(), ()) if language else ()
    best = max(("euc_jp", *likely), key=lambda codec: _typical_share(sample, codec))
    if _typical_share(sample, best) > _TELLING:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(_GUESSABLE)).best()
    codec = (codec_of(found.encoding) if found else None) or "cp1252"
    # Most undeclared pages are Western European, and their bytes are letters in any encoding.
    return "cp1252" if codec in _LATIN and _typical_share(sample, "cp1252") > _MOSTLY_WESTERN else codec


def _typical_share(sample: bytes, codec: str) -> float:
    """Return the share of non-ASCII letters that are frequent in the languages of ``codec``, 0 to 1."""
    letters = _WIDE_CHARACTERS.findall(sample.decode(codec, "replace"))
    return len(_TYPICAL[codec].findall("".join(letters))) / len(letters) if letters else 0.0


def _recode(html: bytes, codec: str) -> bytes:
    return html.decode(codec, "replace").encode("utf-8", "replace")
