"""Tests of time expressions in texts: formats, languages, and texts that only look like a time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times, may_hold_time
from ticker.times.machine import read_machine_time

CLOCKS = {
    "17:10": (17, 10), "17h10": (17, 10), "16 h 37": (16, 37), "17.10": (17, 10), "17.10 Uhr": (17, 10),
    "9.30": (9, 30), "kl. 17.10": (17, 10), "kl 17:10": (17, 10), "klo 17.10": (17, 10), "um 17.10 Uhr": (17, 10),
    "à 17h": (17, 0), "17 Uhr": (17, 0), "5:10 pm": (17, 10), "5:10pm": (17, 10), "5:10 p.m.": (17, 10),
    "5:10 p. m.": (17, 10), "5 p.m.": (17, 0), "8:00PM": (20, 0), "12:05 p.m.": (12, 5), "12:05 a.m.": (0, 5),
    "11:55 a.m.": (11, 55), "午後5時10分": (17, 10), "午前9時": (9, 0), "17時10分": (17, 10), "오후 5:10": (17, 10),
    "오후 5시 10분": (17, 10), "下午5:10": (17, 10), "下午5点10分": (17, 10), "中午12:10": (12, 10),
    "中午11:50": (11, 50), "晚上8:15": (20, 15), "凌晨1:05": (1, 5), "9:30 น.": (9, 30), "17:10 น.": (17, 10),
    "৫:১০": (5, 10), "５：１０": (5, 10), "۱۷:۱۰": (17, 10), "٥:١٠ م": (17, 10), "५:१०": (5, 10), "๑๗:๑๐": (17, 10),
    "5:10 μ.μ.": (17, 10), "ÖS 5:10": (17, 10), "в 17:10": (17, 10), "о 17:10": (17, 10), "o godz. 17:10": (17, 10),
    "ore 17.10": (17, 10), "alle 17:10": (17, 10), "a las 17:10 horas": (17, 10), "às 17h10": (17, 10),
    "17:10 uur": (17, 10), "17u10": (17, 10), "pukul 17.10": (17, 10), "17:10 WIB": (17, 10),
    "plkst. 17.10": (17, 10), "la ora 17:10": (17, 10), "ob 17.10": (17, 10), "בשעה 17:10": (17, 10),
    "ב-17:10": (17, 10), "ساعت ۱۷:۱۰": (17, 10), "الساعة 17:10": (17, 10), "lúc 17:10": (17, 10),
    "17 giờ 10 phút": (17, 10), "17 ч 10 мин": (17, 10), "0:00": (0, 0), "23:59": (23, 59), "00.05 Uhr": (0, 5),
}  # fmt: skip

ZONED = {
    "17:10 GMT": timedelta(0), "17:10 UTC": timedelta(0), "17:10 CET": timedelta(hours=1),
    "17:10 CEST": timedelta(hours=2), "17:10 EST": timedelta(hours=-5), "17:10 EDT": timedelta(hours=-4),
    "17:10 IST": timedelta(hours=5, minutes=30), "17:10 BST": timedelta(hours=1), "17:10 MSK": timedelta(hours=3),
    "17:10 JST": timedelta(hours=9), "17:10 (GMT)": timedelta(0), "17:10 GMT+2": timedelta(hours=2),
    "17:10 UTC-03:00": timedelta(hours=-3), "17:10 GMT +5:30": timedelta(hours=5, minutes=30),
    "17:10+01:00": timedelta(hours=1), "17:10:00-0500": timedelta(hours=-5), "1710 GMT": timedelta(0),
    "5:10 PM EST": timedelta(hours=-5),
}  # fmt: skip

DATES = {
    "12 June 2025": (2025, 6, 12), "12th June 2025": (2025, 6, 12), "12th of June, 2025": (2025, 6, 12),
    "June 12, 2025": (2025, 6, 12), "June 12th, 2025": (2025, 6, 12), "Jun. 12, 2025": (2025, 6, 12),
    "12. Juni 2025": (2025, 6, 12), "8 April, 2014": (2014, 4, 8), "März 9, 2019": (2019, 3, 9),
    "12-Jun-2025": (2025, 6, 12), "12-Jun-25": (2025, 6, 12), "12 Jun '25": (2025, 6, 12),
    "12.06.2025": (2025, 6, 12), "12.6.2025": (2025, 6, 12), "12.06.25": (2025, 6, 12), "12. 6. 2025": (2025, 6, 12),
    "12 / 06 / 2025": (2025, 6, 12), "2018/6/18": (2018, 6, 18), "2025-06-12": (2025, 6, 12),
    "2025.06.12.": (2025, 6, 12), "2025. 5. 15.": (2025, 5, 15), "12/06/25": (2025, 6, 12),
    "08/06/2022": (2022, 6, 8), "7/23/2019": (2019, 7, 23), "03-05-2022": (2022, 5, 3),
    "2025年6月12日": (2025, 6, 12), "2025 年 6 月 12 日": (2025, 6, 12), "2025년 6월 12일": (2025, 6, 12),
    "12 de junio de 2025": (2025, 6, 12), "12 d’octubre del 2025": (2025, 10, 12), "1er mars 2019": (2019, 3, 1),
    "1º de março de 2019": (2019, 3, 1), "12 июня 2025 г.": (2025, 6, 12), "12-го июня 2025": (2025, 6, 12),
    "12 ΙΟΥΝΙΟΥ 2025": (2025, 6, 12), "12 Haziran 2025 Perşembe": (2025, 6, 12), "١٢ يونيو ٢٠٢٥": (2025, 6, 12),
    "12 يونيو/حزيران 2025": (2025, 6, 12), "2025. június 12.": (2025, 6, 12),
    "2025 m. birželio 12 d.": (2025, 6, 12), "2025. gada 12. jūnijs": (2025, 6, 12),
    "2025eko ekainaren 12a": (2025, 6, 12), "12 tháng 6 năm 2025": (2025, 6, 12), "12 tháng 6, 2025": (2025, 6, 12),
    "12 มิถุนายน 2568": (2025, 6, 12), "12 มิ.ย. 2568": (2025, 6, 12), "१२ जून २०२५": (2025, 6, 12),
    "১২ জুন, ২০২৫": (2025, 6, 12), "12 בינו׳ 2025": (2025, 1, 12), "12 ביוני 2025": (2025, 6, 12),
    "۲۲ خرداد ۱۴۰۴": (2025, 6, 12), "۱۴۰۴/۰۳/۲۲": (2025, 6, 12), "12 listopada 2023": (2023, 11, 12),
    "12. listopada 2023.": (2023, 10, 12), "12. lipnja 2025.": (2025, 6, 12), "Thu, 12 Jun 2025": (2025, 6, 12),
    "Donnerstag, 12. Juni 2025": (2025, 6, 12), "(Thu) 12 Jun 2025": (2025, 6, 12), "8 января": (None, 1, 8),
    "Thu, Jun 12": (None, 6, 12), "Sep 18": (None, 9, 18), "6月12日": (None, 6, 12), "3/9(木)": (None, 3, 9),
    "12.06.": (None, 6, 12), "04.11.": (None, 11, 4), "1/14": (None, 1, 14), "14/1": (None, 1, 14),
    "ma 12.6.": (None, 6, 12), "mar 12 jun": (None, 6, 12), "Do, 12.06.": (None, 6, 12),
}  # fmt: skip

# (year, month, day or offset), hour, minute
DATETIMES = {
    "12 June 2025, 21:06": ((2025, 6, 12), 21, 6), "06.06.2019 um 16:05 Uhr": ((2019, 6, 6), 16, 5),
    "1 mars 2019 à 15:20": ((2019, 3, 1), 15, 20), "8 января, 17:46": ((None, 1, 8), 17, 46),
    "8 января в 17:46": ((None, 1, 8), 17, 46), "3/9(木) 18:01": ((None, 3, 9), 18, 1),
    "1/14 06:01": ((None, 1, 14), 6, 1), "Nov 1, 11:14": ((None, 11, 1), 11, 14),
    "4:48 PM EST, Mon November 6, 2023": ((2023, 11, 6), 16, 48), "17:10 Uhr, 12.06.2025": ((2025, 6, 12), 17, 10),
    "17:10 | 12 June 2025": ((2025, 6, 12), 17, 10), "17:10 on 12 June 2025": ((2025, 6, 12), 17, 10),
    "2025-06-12T17:10:00+01:00": ((2025, 6, 12), 17, 10), "2025-06-12 17:10": ((2025, 6, 12), 17, 10),
    "2022.08.09 22:00": ((2022, 8, 9), 22, 0), "28/09/2021 AM 22:33": ((2021, 9, 28), 22, 33),
    "2018/6/18 14:10": ((2018, 6, 18), 14, 10), "12.6.2025 klo 17.10": ((2025, 6, 12), 17, 10),
    "12.6. 17.10": ((None, 6, 12), 17, 10), "13.10.19 - 17h10": ((2019, 10, 13), 17, 10),
    "12 juin 2025 à 17 h": ((2025, 6, 12), 17, 0), "12 June 2025 (17:10)": ((2025, 6, 12), 17, 10),
    "12 de junho de 2025 às 17h10": ((2025, 6, 12), 17, 10),
    "12 giugno 2025 alle ore 17:10": ((2025, 6, 12), 17, 10), "12 iunie 2025, ora 17:10": ((2025, 6, 12), 17, 10),
    "06-12 17:10": ((None, 6, 12), 17, 10), "06.12 17:10": ((None, 6, 12), 17, 10),
    "2025年06月12日17:10": ((2025, 6, 12), 17, 10), "2025년 6월 12일 오후 5:10": ((2025, 6, 12), 17, 10),
    "۲۲ خرداد ۱۴۰۴ - ۱۷:۱۰": ((2025, 6, 12), 17, 10), "Jun 12, 2025 at 5:10pm": ((2025, 6, 12), 17, 10),
    "Today, Jun 12, 10:15": ((None, 6, 12), 10, 15), "Yesterday 21:37": (-1, 21, 37), "Hier à 17h": (-1, 17, 0),
    "Hier, 17h10": (-1, 17, 10), "Heute, 10:15": (0, 10, 15), "Gestern um 23.12 Uhr": (-1, 23, 12),
    "GESTERN AM 23:12": (-1, 23, 12), "Ayer a las 17:10": (-1, 17, 10), "Ieri alle 17:10": (-1, 17, 10),
    "Вчера, 17:46": (-1, 17, 46), "сегодня в 17:46": (0, 17, 46), "wczoraj, 17:10": (-1, 17, 10),
    "昨天 21:37": (-1, 21, 37), "昨日21:37": (-1, 21, 37), "前天 21:37": (-2, 21, 37),
    "어제 오후 9:37": (-1, 21, 37), "dün 17:10": (-1, 17, 10), "أمس 17:10": (-1, 17, 10),
    "i går kl. 17.10": (-1, 17, 10), "eilen klo 17.10": (-1, 17, 10), "tegnap 17:10": (-1, 17, 10),
    "χθες 17:10": (-1, 17, 10), "Vorgestern, 17:10": (-2, 17, 10), "aujourd’hui à 17h10": (0, 17, 10),
    "Hôm qua 17:10": (-1, 17, 10), "เมื่อวาน 17:10": (-1, 17, 10), "10:15 today": (0, 10, 15),
    "10:15, Heute": (0, 10, 15), "昨晚 8:15": (-1, 20, 15), "今早8:10": (0, 8, 10), "今天凌晨 3:05": (0, 3, 5),
    "昨夜 11:20": (-1, 23, 20), "어젯밤 11:20": (-1, 23, 20), "10 มี.ค. 69 20:28": ((2026, 3, 10), 20, 28),
    "10 มี.ค. 69 | 20:28 น.": ((2026, 3, 10), 20, 28), "9 มี.ค. 69 เวลา 08:28": ((2026, 3, 9), 8, 28),
    "令和6年3月10日 20時28分": ((2024, 3, 10), 20, 28), "民國115年3月10日 20:28": ((2026, 3, 10), 20, 28),
    "10 de marzo de 2026, 6:18 de la tarde": ((2026, 3, 10), 18, 18), "02 Mar 26 09:53": ((2026, 3, 2), 9, 53),
    "10 मार्च 2026, 06:18 अपराह्न": ((2026, 3, 10), 18, 18),
}  # fmt: skip

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AGES = {
    "5 min ago": 5 * MINUTE, "33m": 33 * MINUTE, "2H ago": 2 * HOUR, "39 mins ago": 39 * MINUTE, "an hour ago": HOUR,
    "3 HRS ago": 3 * HOUR, "1 HR ago": HOUR, "a few minutes ago": 3 * MINUTE, "1h 20m ago": 80 * MINUTE,
    "30 seconds ago": MINUTE / 2, "1 hour and 5 minutes ago": 65 * MINUTE, "4d": 4 * DAY, "2 days": 2 * DAY,
    "16h": 16 * HOUR, "20m": 20 * MINUTE, "2H": 2 * HOUR, "45 Min.": 45 * MINUTE, "2 Std.": 2 * HOUR,
    "5 min": 5 * MINUTE, "5 hours": 5 * HOUR, "3w": 21 * DAY, "just now": 0 * DAY, "Just now": 0 * DAY,
    "à l’instant": 0 * DAY, "gerade eben": 0 * DAY, "刚刚": 0 * DAY, "방금 전": 0 * DAY, "il y a 2 heures": 2 * HOUR,
    "il y a 2 h": 2 * HOUR, "il y a une heure": HOUR, "Il y a environ 5 minutes": 5 * MINUTE,
    "vor 5 Minuten": 5 * MINUTE, "VOR 14 STUNDEN": 14 * HOUR, "vor einer Stunde": HOUR, "VOR EINEM TAG": DAY,
    "vor einer Woche": 7 * DAY, "vor ca. 2 Stunden": 2 * HOUR, "hace 3 horas": 3 * HOUR, "Hace una hora": HOUR,
    "hace 21 minutos": 21 * MINUTE, "hace más de 2 horas": 2 * HOUR, "há 2 horas": 2 * HOUR,
    "2 horas atrás": 2 * HOUR, "5 minuti fa": 5 * MINUTE, "un'ora fa": HOUR, "5 minuten geleden": 5 * MINUTE,
    "2 uur geleden": 2 * HOUR, "3 timer siden": 3 * HOUR, "for 3 timer siden": 3 * HOUR,
    "för 5 minuter sedan": 5 * MINUTE, "5 minuuttia sitten": 5 * MINUTE, "tunti sitten": HOUR,
    "5 minut temu": 5 * MINUTE, "godzinę temu": HOUR, "před 5 minutami": 5 * MINUTE, "před hodinou": HOUR,
    "pred 2 hodinami": 2 * HOUR, "5 perccel ezelőtt": 5 * MINUTE, "2 órája": 2 * HOUR,
    "acum 20 de minute": 20 * MINUTE, "acum o oră": HOUR, "преди 5 минути": 5 * MINUTE, "преди 2 години": 730 * DAY,
    "5 мин. назад": 5 * MINUTE, "час назад": HOUR, "2 часа назад": 2 * HOUR, "1 год назад": 365 * DAY,
    "2 години тому": 2 * HOUR, "5 хв тому": 5 * MINUTE, "πριν από 5 λεπτά": 5 * MINUTE, "πριν 2 ώρες": 2 * HOUR,
    "5 dk önce": 5 * MINUTE, "2 saat önce": 2 * HOUR, "bir saat önce": HOUR, "منذ 5 دقائق": 5 * MINUTE,
    "قبل ساعتين": 2 * HOUR, "منذ ساعة": HOUR, "قبل ساعة واحدة": HOUR, "منذ يومين": 2 * DAY,
    "قبل ٥ دقائق": 5 * MINUTE, "۲ ساعت پیش": 2 * HOUR, "یک ساعت قبل": HOUR, "לפני 5 דקות": 5 * MINUTE,
    "לפני שעה": HOUR, "לפני שעתיים": 2 * HOUR, "5 मिनट पहले": 5 * MINUTE, "एक घंटे पहले": HOUR,
    "৫ মিনিট আগে": 5 * MINUTE, "5 منٹ پہلے": 5 * MINUTE, "5 menit yang lalu": 5 * MINUTE, "sejam yang lalu": HOUR,
    "2 jam lalu": 2 * HOUR, "5 phút trước": 5 * MINUTE, "5 นาทีที่แล้ว": 5 * MINUTE, "2 ชั่วโมงที่ผ่านมา": 2 * HOUR,
    "5分钟前": 5 * MINUTE, "2小時前": 2 * HOUR, "3天前": 3 * DAY, "5 分前": 5 * MINUTE, "1時間前": HOUR,
    "10日前": 10 * DAY, "5분 전": 5 * MINUTE, "3시간전": 3 * HOUR, "한 시간 전": HOUR, "pre 2 sata": 2 * HOUR,
    "пре 5 минута": 5 * MINUTE, "prije 5 minuta": 5 * MINUTE, "pred 5 minutami": 5 * MINUTE,
    "5 minutit tagasi": 5 * MINUTE, "pirms 5 minūtēm": 5 * MINUTE, "prieš 5 min.": 5 * MINUTE,
    "fa 5 minuts": 5 * MINUTE, "hai 2 horas": 2 * HOUR, "duela 5 minutu": 5 * MINUTE, "duela ordu bat": HOUR,
    "5 minute gelede": 5 * MINUTE, "dakika 5 zilizopita": 5 * MINUTE, "fyrir 5 mínútum": 5 * MINUTE,
    "5 nóiméad ó shin": 5 * MINUTE, "2 خولەک پێش ئێستا": 2 * MINUTE, "٣ کاتژمێر لەمەوبەر": 3 * HOUR,
    "berî 2 saetan": 2 * HOUR, "3 roj berê": 3 * DAY, "minti 2 da suka wuce": 2 * MINUTE,
    "sa'o'i 4 da suka wuce": 4 * HOUR, "2 daqiiqo ka hor": 2 * MINUTE, "4 saac ka hor": 4 * HOUR,
    "2 ນາທີກ່ອນ": 2 * MINUTE, "໔ ຊົ່ວໂມງກ່ອນ": 4 * HOUR, "២ នាទីមុន": 2 * MINUTE, "៤ម៉ោងមុន": 4 * HOUR,
    "၂ မိနစ်အကြာက": 2 * MINUTE, "လွန်ခဲ့သော ၃ ရက်က": 3 * DAY, "4 na oras ang nakalipas": 4 * HOUR,
    "duela ordubete": HOUR, "duela ordu erdi": HOUR / 2, "4 ساعته مخکې": 4 * HOUR, "2 awr yn ôl": 2 * HOUR,
    "pythefnos yn ôl": 14 * DAY, "2 sagat öň": 2 * HOUR, "5 तासापूर्वी": 5 * HOUR, "viru(n) 2 Stonnen": 2 * HOUR,
    "half an hour ago": HOUR / 2, "vor einer halben Stunde": HOUR / 2, "il y a une demi-heure": HOUR / 2,
    "hace media hora": HOUR / 2, "полчаса назад": HOUR / 2, "mezz'ora fa": HOUR / 2, "半小时前": HOUR / 2,
    "an hour and a half ago": 90 * MINUTE, "two hours ago": 2 * HOUR, "il y a deux heures": 2 * HOUR,
    "vor drei Tagen": 3 * DAY, "hace cinco minutos": 5 * MINUTE, "три дня назад": 3 * DAY, "三天前": 3 * DAY,
    "twenty minutes ago": 20 * MINUTE, "half a year ago": 182.5 * DAY, "about 2 hours ago": 2 * HOUR,
    "두 시간 전": 2 * HOUR, "สองชั่วโมงที่แล้ว": 2 * HOUR,
}  # fmt: skip
TRAPS = [
    "rev 2022.5.5.42046", "0:21 min", "12:30 Min.", "8 U.S. outlaw adventures", "250 g", "20g",
    "(54 ปี)", "7-Tage-Überblick", "90 min",
    "at the saloon right now because", "die erst vor kurzem ihren Namen", "(11日)", "2Y Return",
    "17.10 €", "€17.10", "$17.10", "£20m", "17.10 USD", "12.50 EUR", "2.15 million people", "10.15 percent",
    "10.15%", "2:1", "3-0", "16:9", "4:3", "1,234.56", "24/7", "Open 24/7", "25:10", "12:60", "2025", "1999–2003",
    "+49 30 1234567", "030 12 34 56", "v2.10", "v17.10", "version 17.10.3", "127.0.0.1", "10.0.17.10", "G20",
    "COVID-19", "B52", "iPhone 15", "31 February 2025", "32 June", "2025-13-01", "0/0", "Top 10",
    "10 pro tips to try", "May 5 people died", "12 led lights", "1/2 cup of sugar", "100m", "30 minutes of exercise",
    "in 5 minutes we start", "The 5 day plan works", "yesterday was the hottest day", "What happens now",
    "See you on Monday then", "an hour of music", "Sun and Moon", "March on Washington", "", " ", "Home",
    "Lire aussi", "最新ニュース", "昨年の選挙結果", "Überblick", "est", "17 people", "5 a day",
    "9-11", "3.14159",
    "99%", "1.2.3.4", "Two years ago, the mayor resigned", "Five Years Ago", "12 mas", "5 meh", "3 at", "8 bil",
    "it was three days ago that they left", "120/10/80", "GTR6.3.10", "平成の大合併",
    "令和の米騒動", "语周二", "Semi", "ISBN 978-3-16-148410-0", "No. 17", "17 mph", "50 Cent",
]  # fmt: skip


def only(text: str, month_first: bool = False) -> TimeExpression:
    """Return the only expression of a text; check its offsets."""
    found = find_times(text, month_first)
    assert len(found) == 1, f"{text!r} gave {found}"
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


@pytest.mark.parametrize(("text", "clock"), CLOCKS.items())
def test_clocks(text: str, clock: tuple[int, int]) -> None:
    said = only(text)
    assert (said.form, said.hour, said.minute, said.precision) == ("clock", *clock, "minute")
    assert said.text == text


def test_seconds_make_a_clock_exact() -> None:
    said = only("17:10:22")
    assert (said.hour, said.minute, said.second, said.precision) == (17, 10, 22, "exact")
    assert only("02:46:10").second == 10


@pytest.mark.parametrize(("text", "offset"), ZONED.items())
def test_zones(text: str, offset: timedelta) -> None:
    said = only(text)
    assert (said.form, said.hour, said.minute, said.utc_offset) == ("clock", 17, 10, offset)


def test_letters_of_a_zone_with_summer_time_name_the_zone() -> None:
    assert only("5:10 p.m. ET").zone == "America/New_York"
    assert only("5:10 p.m. ET").utc_offset is None


def test_small_letters_are_no_zone() -> None:
    assert only("17:10 est arrivé").utc_offset is None
    assert only("17.10 Uhr ist Schluss").text == "17.10 Uhr"


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_dates(text: str, day: tuple[int | None, int, int]) -> None:
    said = only(text)
    assert (said.form, said.year, said.month, said.day, said.precision) == ("date", *day, "day")


@pytest.mark.parametrize(("text", "expected"), DATETIMES.items())
def test_dates_with_clocks(text: str, expected: tuple[tuple[int | None, int, int] | int, int, int]) -> None:
    said = only(text)
    day, hour, minute = expected
    assert (said.form, said.hour, said.minute, said.text) == ("datetime", hour, minute, text)
    assert (said.day_offset if isinstance(day, int) else (said.year, said.month, said.day)) == day


@pytest.mark.parametrize(("text", "age"), AGES.items())
def test_ages(text: str, age: timedelta) -> None:
    said = only(text)
    assert (said.form, said.age) == ("age", age)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("5 s ago", "minute"),
        ("5 min ago", "minute"),
        ("2 h ago", "hour"),
        ("1 h 5 min ago", "minute"),
        ("2 days ago", "day"),
    ],
)
def test_an_age_is_as_precise_as_its_smallest_unit(text: str, precision: str) -> None:
    assert only(text).precision == precision


@pytest.mark.parametrize("text", TRAPS)
def test_what_is_no_time(text: str) -> None:
    assert not find_times(text)


def test_numeric_dates_are_read_by_plausibility_then_day_first_unless_asked() -> None:
    assert (only("08/06/2022").day, only("08/06/2022").order) == (8, "dm")
    assert (only("08/06/2022", month_first=True).day, only("08/06/2022", month_first=True).order) == (6, "md")
    assert only("23/06/2022", month_first=True).day == 23
    assert only("06/23/2022").day == 23
    assert only("08/06/2022").is_ambiguous
    assert not only("23/06/2022").is_ambiguous
    assert not only("06/06/2022").is_ambiguous


def test_a_weekday_decides_how_a_numeric_date_is_read() -> None:
    assert only("Saturday 08/06/2022").month == 8  # 6 August 2022 was a Saturday, 8 June a Wednesday
    assert only("Wednesday 08/06/2022").month == 6
    assert only("06.12.2025 Saturday").month == 12


def test_a_point_after_two_numbers_makes_a_date() -> None:
    assert only("17.10").form == "clock"
    assert only("17.10.").form == "date"


def test_a_word_that_is_a_weekday_elsewhere_tells_no_weekday() -> None:
    assert only("on 08/06/2022").weekday is None  # "on" is Swedish for Wednesday


def test_weekdays_with_a_clock() -> None:
    said = only("Monday, 17:10")
    assert (said.form, said.weekday, said.hour) == ("datetime", 0, 17)
    assert only("sábado 17:10").weekday == 5
    assert only("Monday").form == "date"
    # Two letters are too ambiguous: "to 17:10" is not a Thursday.
    assert only("open to 17:10").form == "clock"


def test_hours_beside_a_date_are_a_clock_and_alone_an_age() -> None:
    assert only("17h").form == "age"
    assert only("12 juin 2025, 17h").hour == 17


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("17:10 Spanish PM apologizes after senior official resigns", "17:10"),
        ("- 17:10 Spanish PM apologizes", "17:10"),
        ("Spanish PM apologizes (17:10)", "17:10"),
        ("Spanish PM apologizes, 12 June 2025, 21:06", "12 June 2025, 21:06"),
        ("17.10 Regierung berät über Haushalt", "17.10"),
        ("33m Israel strikes", "33m"),
        ("By John Smith · 5m", "5m"),
        ("Updated 4:48 PM EST, Mon November 6, 2023", "4:48 PM EST, Mon November 6, 2023"),
        ("16:20 4 May celebrations in Rotterdam", "16:20"),
        ("17:10 Yesterday’s men return", "17:10"),
        ("2025年6月12日发布", "2025年6月12日"),
        ("记者6月12日报道", "6月12日"),
        ("2018/6/15付", "2018/6/15"),
        ("Politik | Heute, 10:15", "Heute, 10:15"),
        ("updated 2 hours ago by staff", "2 hours ago"),
        ("Am 8.12. in Berlin", "Am 8.12."),
        ("18.04.2024 | 0:21 min", "18.04.2024"),
        ("last modified on 4 November 2020", "4 November 2020"),
    ],
)
def test_within_a_line(text: str, shown: str) -> None:
    assert only(text).text == shown


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("6:18 de la tarde", (18, 18)),
        ("1:18 del mediodía", (13, 18)),
        ("12:10 de la noche", (0, 10)),
        ("a las 9:18 de la mañana", (9, 18)),
        ("6:18 da tarde", (18, 18)),
        ("7 de la tarde", (19, 0)),
        ("शाम 6:18 बजे", (18, 18)),
        ("மாலை 6:18", (18, 18)),
        ("సాయంత్రం 6:18", (18, 18)),
        ("വൈകിട്ട് 6:18", (18, 18)),
        ("ಸಂಜೆ 6:18", (18, 18)),
        ("সন্ধ্যা ৬:১৮", (18, 18)),
        ("सायंकाळी ६:१८", (18, 18)),
        ("સાંજે 6:18", (18, 18)),
        ("8:30 Uhr abends", (20, 30)),
        ("ម៉ោង ៦:១៨ ល្ងាច", (18, 18)),
    ],
)
def test_halves_of_the_day_in_words(text: str, clock: tuple[int, int]) -> None:
    said = only(text)
    assert (said.hour, said.minute, said.text) == (*clock, text)


def test_a_part_of_the_day_that_begins_a_title_is_not_the_clocks() -> None:
    assert only("8:15 Abends wird es laut").text == "8:15"
    assert only("7:30 Rano w Warszawie").hour == 7


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和6年3月10日", (2024, 3, 10)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("平成30年12月1日", (2018, 12, 1)),
        ("令和6.3.10", (2024, 3, 10)),
        ("R6.3.10", (2024, 3, 10)),
        ("民國115年3月10日", (2026, 3, 10)),
        ("115年3月10日", (2026, 3, 10)),
        ("115/03/10", (2026, 3, 10)),
        ("9 มีนาคม 2569", (2026, 3, 9)),
        ("9 มี.ค. 69", (2026, 3, 9)),
        ("10/03/69 น.", (2026, 3, 10)),
        ("ថ្ងៃទី១០ ខែមីនា ឆ្នាំ២០២៦", (2026, 3, 10)),
        ("၂၀၂၆ ခုနှစ် မတ်လ ၁၀ ရက်", (2026, 3, 10)),
        ("۱۹ حوت ۱۴۰۴", (2026, 3, 10)),
    ],
)
def test_eras_and_calendars(text: str, day: tuple[int, int, int]) -> None:
    said = only(text)
    assert (said.year, said.month, said.day) == day


@pytest.mark.parametrize(
    ("text", "weekday"),
    [("周二 08:10", 1), ("礼拜二 08:10", 1), ("禮拜日 20:15", 6), ("(火) 20:15", 1), ("(화) 20:15", 1)],
)
def test_weekdays_of_one_sign(text: str, weekday: int) -> None:
    said = only(text)
    assert (said.form, said.weekday) == ("datetime", weekday)


@pytest.mark.parametrize(
    ("text", "months"), [("a month ago", 1), ("6 months ago", 6), ("1 year 2 months ago", 14), ("2 days ago", 0)]
)
def test_ages_count_calendar_months(text: str, months: int) -> None:
    assert only(text).months == months


def test_several_in_order() -> None:
    found = find_times("21 mins ago 11:48")
    assert [(each.form, each.text) for each in found] == [("age", "21 mins ago"), ("clock", "11:48")]
    assert [each.text for each in find_times("17:10 - 18:00")] == ["17:10", "18:00"]


def test_day_words_alone_must_stand_apart() -> None:
    assert only("Yesterday").day_offset == -1
    assert only("Politics | Today").day_offset == 0
    assert not find_times("Today we remember")


@example("1·")  # a character that also encoded a kind
@given(st.text(max_size=80))
def test_any_text_is_read_and_spans_are_sound(text: str) -> None:
    at = 0
    for each in find_times(text):
        assert at <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text == each.text.strip()
        at = each.end


_PIECES = st.sampled_from(
    "17 10 5 06 2025 31 : . / - h Uhr June Juni ago vor min pm Mon yesterday T GMT +01:00 月 日 前 at ( ) , _".split()
)


@given(st.lists(_PIECES, max_size=14).map(lambda pieces: "".join(pieces).replace("_", " ")))
def test_texts_made_of_parts_of_times_are_read_and_spans_are_sound(text: str) -> None:
    test_any_text_is_read_and_spans_are_sound.hypothesis.inner_test(text)  # type: ignore[attr-defined]


_CLOCK_FORMS = ["{:02}:{:02}", "{}:{:02}", "{:02}h{:02}", "{:02}.{:02} Uhr", "kl. {:02}.{:02}", "{}時{:02}分"]


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(_CLOCK_FORMS))
def test_every_clock_reads_back(hour: int, minute: int, form: str) -> None:
    said = only(form.format(hour, minute))
    assert (said.hour, said.minute) == (hour, minute)


@given(
    st.dates(),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y年%m月%d日"]),
)
def test_every_date_reads_back(day, form: str) -> None:  # type: ignore[no-untyped-def]
    if not 1900 <= day.year <= 2100:
        day = day.replace(year=1900 + day.year % 100, day=min(day.day, 28))
    said = only(day.strftime(form))
    assert (said.year, said.month, said.day) == (day.year, day.month, day.day)


def test_importing_is_cheap() -> None:
    """Check that nothing expensive is loaded before it is needed."""
    expensive = {"bs4", "lxml", "dateutil", "email", "difflib", "requests"}
    code = f"import sys, ticker.times; print(*({expensive} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == []


HOSTILE = (
    "1 h ", "12 June ", "2 ", "il y a ", "vor 2 ", "yesterday ", "  ", " 12", "12:", "12.", "2025-", "-jahr", ", ", "(",
    "12/", "a12 ", "今", "3日", "at ", "mon, ", "17:10 ", "1 h 2 min ", "june - ", "@", "'", "11:11 Uhr - ",
    "\u0660", "½",
)  # fmt: skip


@pytest.mark.parametrize(
    "read", [find_times, lambda text: read_machine_time(text, UTC), lambda text: may_hold_time(text)]
)
def test_hostile_lines_take_linear_time(read: Callable[[str], object]) -> None:
    def seconds(text: str) -> float:
        best = 9.0
        for further in "abc":  # new texts, because parsed ones are cached
            start = time.process_time()
            read(text + further)
            best = min(best, time.process_time() - start)
        return best

    for part in HOSTILE:
        for before in ("", "2025 ", "12 June 2025 ", "vor "):
            short, long = (seconds(before + part * (length // len(part))) for length in (2_000, 8_000))
            assert long < 0.02 or long < 9 * short, (before, part, short, long)


@given(st.text(max_size=300) | st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    found = find_times(text)
    assert all(0 <= a.end <= b.start for a, b in pairwise(found))
    read_machine_time(text, UTC)
