"""Tests that the bytes of a page become UTF-8, from any encoding."""
# ruff: noqa: E501 - pages and sentences are not broken into lines

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.parsing.encoding import codec_of, to_utf8

TEXTS = {
    "windows-1252": "Le conseil a décidé hier d’attendre l’été : « Nous verrons après », a déclaré l’échevin à la sortie.",
    "windows-1250": "Rada miasta zdecydowała wczoraj, że most zostanie zamknięty. Źródła mówią o ośmiu miesiącach.",
    "iso-8859-2": "Rada miasta zdecydowała wczoraj, że most zostanie zamknięty. Źródła mówią o ośmiu miesiącach.",
    "windows-1251": "Городской совет решил вчера закрыть мост на восемь месяцев. Жители недовольны решением.",
    "koi8-r": "Городской совет решил вчера закрыть мост на восемь месяцев. Жители недовольны решением.",
    "windows-1253": "Το δημοτικό συμβούλιο αποφάσισε χθες να κλείσει τη γέφυρα για οκτώ μήνες.",
    "windows-1254": "Belediye meclisi dün köprünün sekiz ay süreyle kapatılmasına karar verdi. Şoförler şaşkın, ığdır yağışlı.",
    "windows-1255": "מועצת העיר החליטה אתמול לסגור את הגשר לשמונה חודשים, והתושבים אינם מרוצים.",
    "windows-1256": "قرر مجلس المدينة أمس إغلاق الجسر لمدة ثمانية أشهر، والسكان غير راضين عن القرار.",
    "windows-874": "สภาเมืองมีมติเมื่อวานนี้ให้ปิดสะพานเป็นเวลาแปดเดือน ชาวบ้านไม่พอใจ",
    "shift_jis": "市議会は昨日、橋を八か月間閉鎖することを決めた。住民からは不満の声が上がっている。",
    "euc-jp": "市議会は昨日、橋を八か月間閉鎖することを決めた。住民からは不満の声が上がっている。",
    "gb2312": "市议会昨天决定将大桥关闭八个月。附近居民对这一决定表示不满，要求重新讨论。",
    "big5": "市議會昨天決定將大橋關閉八個月。附近居民對這一決定表示不滿，要求重新討論。",
    "euc-kr": "시의회는 어제 다리를 여덟 달 동안 폐쇄하기로 결정했다. 주민들은 불만을 나타냈다.",
}
LANGUAGES = {"windows-1250": "pl", "iso-8859-2": "pl", "windows-1254": "tr"}


def page(text: str, head: str = "", language: str = "") -> str:
    attribute = f' lang="{language}"' if language else ""
    return f"<html{attribute}><head>{head}<title>x</title></head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", TEXTS)
def test_meta_charset(label: str) -> None:
    html = page(TEXTS[label], f'<meta charset="{label}">')
    assert to_utf8(html.encode(codec_of(label) or "")).decode() == html


@pytest.mark.parametrize("label", TEXTS)
def test_meta_http_equiv_behind_a_long_comment(label: str) -> None:
    head = f"<!-- {'x' * 2000} --><META http-equiv=Content-Type content='text/html; charset={label.upper()}'>"
    html = page(TEXTS[label], head)
    assert to_utf8(html.encode(codec_of(label) or "")).decode() == html


@pytest.mark.parametrize("label", TEXTS)
def test_http_charset(label: str) -> None:
    html = page(TEXTS[label])
    assert to_utf8(html.encode(codec_of(label) or ""), label).decode() == html


@pytest.mark.parametrize("label", TEXTS)
def test_guess(label: str) -> None:
    html = page(TEXTS[label], language=LANGUAGES.get(label, ""))
    assert to_utf8(html.encode(codec_of(label) or "")).decode() == html


def test_http_charset_goes_before_meta() -> None:
    html = page(TEXTS["windows-1251"], '<meta charset="windows-1252">')
    assert to_utf8(html.encode("cp1251"), "windows-1251").decode() == html


def test_xml_declaration() -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?>' + page("déjà vu")
    assert to_utf8(html.encode("cp1252")).decode() == html


def test_a_commented_meta_is_none() -> None:
    html = page(TEXTS["windows-1251"], '<!--<meta charset="shift_jis">--><meta charset="windows-1251">')
    assert to_utf8(html.encode("cp1251")).decode() == html


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "shift_jis", "gb2312", "euc-kr"])
def test_utf8_under_a_wrong_label(label: str) -> None:
    html = page("Łódź, Århus, Đakovo, Plzeň, São Paulo, İzmir, Ğ, Reykjavík", f'<meta charset="{label}">')
    assert to_utf8(html.encode(), label).decode() == html


def test_utf8_cut_within_a_letter() -> None:
    html = page(TEXTS["windows-1251"]).encode()
    cut = html[: html.rindex("й".encode()) + 1]
    assert to_utf8(cut).decode().startswith(cut[:-1].decode())


def test_utf8_with_a_stray_byte_under_a_latin_label() -> None:
    html = page("Łódź, Århus, Plzeň. " * 10, '<meta charset="iso-8859-1">').encode() + b"\xe9"
    assert "Łódź, Århus" in to_utf8(html).decode()


def test_short_double_byte_text_that_could_be_utf8() -> None:
    html = "<meta charset=gb2312><p>联通</p>"
    assert to_utf8(html.encode("gbk")).decode() == html


def test_byte_order_marks() -> None:
    html = page("déjà vu", '<meta charset="iso-8859-1">')
    for codec in ("utf-8-sig", "utf-16"):
        assert to_utf8(html.encode(codec), "windows-1251").decode() == html
    assert to_utf8(b"\xfe\xff" + html.encode("utf-16-be")).decode() == html


def test_utf16_by_header_alone() -> None:
    html = page("déjà vu")
    assert to_utf8(html.encode("utf-16-le"), "utf-16").decode() == html


def test_a_meta_that_can_be_read_is_not_utf16() -> None:
    html = page("déjà vu", '<meta charset="utf-16">')
    assert to_utf8(html.encode()).decode() == html


def test_utf8_is_not_copied() -> None:
    html = page("déjà vu").encode()
    assert to_utf8(html) is html
    assert to_utf8(html, "utf-8") is html


def test_iso_2022_jp_is_seven_bits() -> None:
    html = page(TEXTS["shift_jis"], '<meta charset="iso-2022-jp">')
    assert to_utf8(html.encode("iso2022_jp")).decode() == html


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("ks_c_5601-1987", "cp949"),
        ("x-sjis", "cp932"),
        ("gbk", "gb18030"),
        ("UTF8", "utf_8"),
        ("rot13", None),
        ("unicode_escape", None),
        ("idna", None),
        ("", None),
        (None, None),
    ],
)
def test_labels(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "iso-8859-1", "shift_jis", "utf-16", "nonsense"]))
def test_any_bytes_become_utf8(html: bytes, charset: str | None) -> None:
    to_utf8(html, charset).decode("utf-8")


@given(st.text(max_size=200))
def test_any_text_becomes_utf8(text: str) -> None:
    assert to_utf8(text).decode("utf-8") == text.removeprefix("\ufeff")
