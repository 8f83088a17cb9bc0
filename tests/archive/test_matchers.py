"""Tests of searches for words, literal texts and regular expressions, and of the spans they find."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.archive.builders import headline, put
from ticker.archive import Archive, Query, StoredHeadline, fixed, make_matcher, regex, words
from ticker.archive.terms import loose
from ticker.errors import PatternError
from ticker.text import fold


def marked(text: str, pattern: str, **options: object) -> str:
    """Return ``text`` with brackets around each match."""
    matcher = make_matcher(pattern, **options)  # type: ignore[arg-type]
    for start, end in reversed(matcher.spans(text)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("focac", "excluded from [FOCAC]."),
        ("societe", "La [Société] générale"),
        ("SOCIÉTÉ", "La [societe] generale"),
        ("societe", "La [Socie\u0301te\u0301] generale"),
        ("strasse", "In der [Straße] ist"),
        ("straße", "In der [STRASSE] ist"),
        ("istanbul", "[İstanbul]'da, [ISTANBUL], [ıstanbul]"),
        ("œuvre", "une [œuvre], une [OEUVRE]"),
        ("lodz", "w [Łódź] jutro"),
        ("αθηνα", "στην [Αθήνα] σήμερα"),
        ("ΟΔΟΣ", "η [οδός]"),
        ("елка", "наша [ёлка]"),
        ("الامارات", "زيارة [الإِمارات] اليوم"),
        ("إلى", "وصل [الي] الرباط"),
        ("हिन्दी", "आज [हिन्दी] दिवस"),
        ("iran's", "[Iran’s] guard"),
        ("co-op", "the [Co–op] bank"),
        ('"south korea"', "Morocco and [South\u00a0Korea] meet"),
        ("korea morocco", "[Morocco] and South [Korea]: [Morocco] wins"),
        ("“south korea”", "[South  Korea]"),
        ("c++", "learn [C++] now"),
        ("#metoo", "on [#MeToo]"),
        ("2025", "[2025]: x2025 20251"),
        ("ai", "[AI]-powered, said, [AI]の時代"),
        ("首相", "[首相]が訪問、副[首相]も"),
        ("ラバト", "首都[ラバト]で"),
        ("か", "[か]がく"),  # が is か with a mark, and a different letter
        ("กรุงเทพ", "ใน[กรุงเทพ]มหานคร"),
        ("한국", "[한국]은 오늘"),
        ("가", "[가]각나"),
        ("e\u0301cole", "l'[école]"),
    ],
)
def test_words_are_found_and_marked_where_they_stand(pattern: str, expected: str) -> None:
    assert marked(re.sub(r"[\[\]]", "", expected), pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("art", "party of arts"),
        ("korea morocco", "Korea alone"),
        ('"korea south"', "South Korea"),
        ("हिन", "हिन्दी"),
        ("कि", "किताब"),
        ("क", "कि"),
        ("c", "c_"),
        ('"one two"', "one\ntwo"),
    ],
)
def test_words_are_not_found_within_others_nor_some_of_them(pattern: str, text: str) -> None:
    assert not words(pattern).matches(text)
    assert words(pattern).spans(text) == []


def test_case_options_of_words_and_of_literal_text() -> None:
    assert marked("Société societe", "societe", ignore_case=False) == "Société [societe]"
    assert marked("FOCAC focac", "foc", mode="fixed") == "FOCAC [foc]ac"
    assert marked("FOCAC focac", "foc", mode="fixed", ignore_case=True) == "[FOC]AC [foc]ac"
    assert marked("Straße STRASSE", "ss", mode="fixed", ignore_case=True) == "Stra[ß]e STRA[SS]E"
    assert marked("Socié socie", "SOCIE", mode="fixed", ignore_case=True) == "Socié [socie]"
    assert marked("Socie\u0301 ÉTÉ", "é", mode="fixed", ignore_case=True) == "Soci[e\u0301] [É]T[É]"
    assert marked("a.b axb", "a.b", mode="fixed") == "[a.b] axb"
    assert marked('say "no" \\ /', '"no" \\ /', mode="fixed") == 'say ["no" \\ /]'


DECOMPOSED = unicodedata.normalize("NFD", "La Société générale, tiếng Việt, 한국")


@pytest.mark.parametrize("text", [DECOMPOSED, unicodedata.normalize("NFC", DECOMPOSED)])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("pattern", "mode", "ignore_case", "found"),
    [
        ("Société", "words", False, "Société"),
        ("societé", "words", False, ""),
        ("Societe", "words", False, ""),
        ("ciété gé", "fixed", False, "ciété gé"),
        ("CIÉTÉ GÉ", "fixed", True, "ciété gé"),
        ("Socie", "fixed", False, ""),
        ("tiếng Việt", "fixed", False, "tiếng Việt"),
        ("한국", "fixed", False, "한국"),
        ("S.ciét[éè] g\\w+$", "regex", False, ""),
        ("S.ciét[éè] g\\w+", "regex", False, "Société générale"),
        ("TIẾNG VI.T", "regex", True, "tiếng Việt"),
        ("국$", "regex", False, "국"),
    ],
)
def test_composed_and_decomposed_letters_are_the_same(
    text: str, form: str, pattern: str, mode: str, ignore_case: bool, found: str
) -> None:
    pattern = unicodedata.normalize(form, pattern)  # type: ignore[arg-type]
    matcher = make_matcher(pattern, mode, ignore_case)  # type: ignore[arg-type]
    shown = [unicodedata.normalize("NFC", text[start:end]) for start, end in matcher.spans(text)]
    assert shown == ([found] if found else [])
    assert bool(matcher.matches(text)) == bool(found)


def test_no_line_with_decomposed_letters_is_passed_over_unread() -> None:
    matcher = fixed("nothing of this")
    codes = [code for code in range(0xA0, 0x110000) if not 0xD800 <= code < 0xE000]
    seconds = {parts[1] for parts in (unicodedata.normalize("NFD", chr(code)) for code in codes) if len(parts) == 2}
    for letter in map(chr, codes):
        is_kept = unicodedata.is_normalized("NFC", letter) and not unicodedata.combining(letter)
        if not is_kept or letter in seconds:
            for text in (letter, *(f"{first}{letter}" for first in ("a", "\u0315"))):
                if not unicodedata.is_normalized("NFC", text):
                    assert matcher.may_match(f'{{"title": "{text}"}}'.encode()), hex(ord(letter))


def test_half_composed_letters_are_the_same() -> None:
    assert marked("ti\u00ea\u0301ng Vi\u00ea\u0323t", "Việt", mode="fixed") == "ti\u00ea\u0301ng [Vi\u00ea\u0323t]"


def test_a_phrase_passes_over_hyphens_and_other_signs() -> None:
    assert marked("New Covid-19 wave", '"covid 19"') == "New [Covid-19] wave"
    assert marked("A state-of-the-art lab", '"state of the art"') == "A [state-of-the-art] lab"
    assert marked("Paris – Roubaix, Paris/Roubaix", '"paris roubaix"') == "[Paris – Roubaix], [Paris/Roubaix]"
    assert marked("Covid-19", '"Covid 19"', ignore_case=False) == "[Covid-19]"
    assert marked("today… tomorrow", '"today tomorrow"') == "[today… tomorrow]"
    for text in ("covid_19", "covid™19", "covid\u00ad19", "covid\n19", "covid19", "का 19"):
        assert not words('"covid 19" OR "क 19"', ignore_case=False).matches(text), text


def test_a_phrase_of_signs_takes_no_time() -> None:
    assert not words(f'"{"- " * 12}x"').matches("-" * 5000)
    assert not words(f'"{"a " * 12}x"').matches("a - " * 5000)
    assert marked("rock & roll, this - that", '"rock & roll" "this - that"') == "[rock & roll], [this - that]"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ferry OR bridge", "ab"),
        ("ferry bridge OR choir", "bc"),
        ("(ferry OR bridge) closes", "b"),
        ("ferry NOT strike", "b"),
        ("ferry -strike", "b"),
        ("ferry AND -strike", "b"),
        ("-ferry", "c"),
        ('ferry -"off after"', "b"),
        ("-(strike OR choir)", "b"),
        ("NOT NOT choir", "c"),
        ("brid*", "b"),
        ("ridge*", ""),
        ('"ferry str"*', "a"),
        ("source:one", "ab"),
        ("source:o*", "ab"),
        ("SOURCE:One", ""),
        ("section:news", "a"),
        ('section:"latest news"', "a"),
        ("section:late*", "a"),
        ("section:new", ""),
        ("-section:news", "bc"),
        ("choir OR section:news", "ac"),
        ("source:two OR strike", "ac"),
        ("(source:one)(-strike)", "b"),
        ("ferry or strike", ""),
        ('"OR"', ""),
        ('ferry ""', "ab"),
    ],
)
def test_the_query_language(pattern: str, expected: str) -> None:
    stored = {
        "a": ("Ferry strike off after talks", "one", "Latest News"),
        "b": ("Ferry bridge closes", "one", ""),
        "c": ("School choir sings", "two", ""),
    }
    matcher = words(pattern)
    assert [key for key, line in stored.items() if matcher.matches(*line)] == list(expected)


def test_what_is_not_wanted_is_not_marked() -> None:
    assert marked("Ferry and bridge", "ferry -strike OR bridge") == "[Ferry] and [bridge]"
    assert marked("Council of counties", "coun* source:x") == "[Coun]cil of [coun]ties"


def test_regular_expressions() -> None:
    assert marked("FOCAC 2025, focac", r"foc\w+|\d{4}", mode="regex") == "FOCAC [2025], [focac]"
    assert marked("FOCAC", "foc", mode="regex", ignore_case=True) == "[FOC]AC"
    assert regex("x*").matches("abc")
    assert regex("x*").spans("abc") == []
    assert regex("^two$").matches("one\ntwo\nthree")


@pytest.mark.parametrize(
    ("pattern", "mode", "message"),
    [
        ("", "words", "nothing to search for"),
        ("  ", "words", "nothing to search for"),
        ('""', "words", "nothing to search for"),
        ("\u200b", "words", "nothing to search for"),
        ('a "b c', "words", "the quote before 'b' is not closed"),
        ("(a", "words", "'(' is not closed in the pattern '(a'; to search for text literally, put it in \"quotes\""),
        ("a)", "words", "')' has no matching '('"),
        ("a OR", "words", "missing search term after 'OR'"),
        ("OR a", "words", "missing search term before 'OR'"),
        ("a ()", "words", "missing search term before ')'"),
        ("NOT", "words", "missing search term after 'NOT'"),
        ('source:""', "words", "missing name after 'source:'"),
        ("(" * 101 + "a" + ")" * 101, "words", "more than 100 nested parentheses or NOT"),
        ("", "fixed", "nothing to search for"),
        ("", "regex", "nothing to search for"),
        ("ab(c", "regex", "invalid regular expression 'ab(c': missing ), unterminated subpattern at character 3"),
        ("a**", "regex", "multiple repeat at character 3"),
        ("a{99999999999999999999}", "regex", "invalid regular expression"),
    ],
)
def test_a_pattern_that_is_not_understood_is_refused_with_the_place(pattern: str, mode: str, message: str) -> None:
    with pytest.raises(PatternError, match=re.escape(message)):
        make_matcher(pattern, mode)  # type: ignore[arg-type]


letters = st.text(
    st.sampled_from(
        "aAbeéÉßſKıİœ’' -\u0301\u0307\u093fकがか\u3099ب\u0651أ한가각\u1100\u1161\u11a8日本ﬁ\u200b\u00ad\t\"\\/"
    ),
    max_size=12,
)


@settings(deadline=None)
@given(letters, letters, st.sampled_from(["words", "fixed"]), st.booleans())
def test_matching_and_marking_agree_and_what_is_marked_matches(text: str, pattern: str, mode: str, case: bool) -> None:
    try:
        matcher = make_matcher(pattern, mode, case)  # type: ignore[arg-type]
    except PatternError:
        assume(False)
    spans = matcher.spans(text)
    assert matcher.matches(text) or not spans
    assert matcher.matches(text) == bool(spans) or re.search(r"(^|\s)-", pattern)  # excluded words have no spans
    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)


@settings(deadline=None)
@given(letters, letters, st.sampled_from(["words", "fixed"]), st.booleans())
def test_no_line_that_matches_is_passed_over_unread(text: str, pattern: str, mode: str, case: bool) -> None:
    assume(text.strip())
    try:
        matcher = make_matcher(pattern, mode, case)  # type: ignore[arg-type]
    except PatternError:
        assume(False)
    if matcher.matches(text):
        line = '{"time": "2025-06-12T17:10:00Z", "title": "T"}'
        record = StoredHeadline.from_line(line)
        line = StoredHeadline(record.time, "s", text, None, "i", record.seen).to_line()
        assert matcher.may_match(line.encode())
        assert matcher.may_match(line.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"))


def test_lines_without_the_words_are_not_decoded() -> None:
    line = b'{"time": "2025-06-12T17:10:00Z", "title": "Rain at last"}'
    assert not words("focac").may_match(line)
    assert not fixed("FOCAC").may_match(line + "é".encode())
    assert words("RAIN").may_match(line)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_letters_fold_alone_as_they_fold_in_a_text(text: str) -> None:
    assume(not any(unicodedata.combining(letter) for letter in unicodedata.normalize("NFKD", text)))
    assume(loose(text) == loose(text).translate(str.maketrans("", "", "'\"-")))  # loose also folds quotes and dashes
    assert loose(text) == unicodedata.normalize("NFD", fold(text))


def test_search_agrees_with_grep(tmp_path: Path) -> None:
    titles = [
        "Spanish PM apologizes after senior official resigns amid corruption probe",
        "GCC Reaffirms Commitment to Morocco's Sovereignty Over Sahara",
        "Naver collaborates with Nvidia and Nexus to establish AI data center in Morocco",
        "Morocco reaffirms its African commitment as separatist entity excluded from FOCAC",
        'A "quoted" title with a \\ backslash and a / slash',
        "La Société générale recule à Paris",
        "首相がラバトを訪問",
        "رئيس الوزراء يصل إلى الرباط",
    ]
    archive = Archive(tmp_path)
    put(archive, *(headline(title, f"{day} 10:0{n}") for n, title in enumerate(titles) for day in (11, 12)))
    for word in [
        "Morocco",
        "morocco",
        "FOCAC",
        "AI",
        "commit",
        "Société",
        "générale",
        "首相",
        "الرباط",
        "slash",
        "none",
    ]:
        grep = subprocess.run(
            ["grep", "-rhF", word, tmp_path / "headlines"], capture_output=True, text=True, check=False
        )
        found = [line.to_line() for line in archive.headlines(Query(matcher=fixed(word)))]
        assert sorted(found) == sorted(grep.stdout.splitlines()), word
