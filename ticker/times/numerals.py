"""Numbers that are written in the signs of Chinese and Japanese, and years by their eras, in figures. Pure."""

from __future__ import annotations

import re

_DIGITS = {sign: str(digit) for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2", "兩": "2"}
# Only before what is counted: "一" alone is a word of many others.
_NUMBER = re.compile(
    "[〇零一二两兩三四五六七八九十]{1,10}(?=年|月|日|号|號|点|點|时|時|分|秒|天|周|週|个|個|小时|小時|季|か月|ヶ月|四半期)"
)
# The year before the first of an era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA_YEAR = re.compile(rf"({'|'.join(_ERAS)}) ?(\d{{1,3}}|元)(?= ?年)")
_HALVES = {
    "半个小时": "30分",
    "半小时": "30分",
    "半個小時": "30分",
    "半時間": "30分",
    "半天": "12小时",
    "半日": "12時間",
} | {"半年": "6个月"}
_HALF = re.compile("|".join(_HALVES))
# "3点" may be points; as a time it is an hour.
_HOUR = re.compile(r"(?<=\d)[点點](?=整?$)整?")
_HALF_PAST = re.compile("(?<=[点點時时])半")


def in_figures(text: str) -> str:
    """ "二〇二五年六月十二日" as "2025年6月12日", "令和7年" as "2025年"; all else as it is."""
    if text.isascii():
        return text
    text = _HALF.sub(lambda found: _HALVES[found[0]], text)
    text = _HALF_PAST.sub("30分", _NUMBER.sub(lambda found: _figures(found[0]), text))
    text = _ERA_YEAR.sub(lambda found: str(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))), text)
    return _HOUR.sub("时", text)


def _figures(number: str) -> str:
    tens, ten, ones = number.partition("十")
    figures = ["".join(_DIGITS.get(sign, "") for sign in signs) for signs in (tens, ones)]
    return f"{figures[0] or '1'}{figures[1] or '0'}" if ten else figures[0]
