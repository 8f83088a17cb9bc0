"""Generator of an archive of random headlines: ``python benchmarks/headlines.py FOLDER [--count N]``.

It has 200 sources over three years, in ten languages and eight scripts. Word frequencies follow Zipf's law, so searches
find rare and common words. Every headline has its own link; one in fifty repeats a title. The output is deterministic
for a count, and is written a day at a time, at about 100,000 lines per second.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from ticker.archive.ids import story_id

SOURCES = 200
DAYS = 1096
LAST_DAY = date(2025, 6, 30)
# For each language its weight, the separator of its words, and the syllables of which words are made.
LANGUAGES = [
    (
        40,
        " ",
        "tion re port ment con sta ver in ter na gov ern mar ket min is ter pre si dent sto ry ral ly cri sis bud get",
    ),
    (10, " ", "é cole pré si dent ré for me mi nis tre né go cia tion gré ve bud get é lec tion so cié té mar ché"),
    (8, " ", "señ or año go bier no e lec ción mi nis tro cri sis pre sen ta nue vo a cuer do ciu dad"),
    (8, " ", "Präs i dent schaft Bun des re gie rung ü ber Ge setz Wirt schaft Städ te Ver trag grö ße"),
    (10, " ", "ال حكو مة وزير رئيس مجل س قر ار اتف اق مد ينة مغر ب صحر اء أخ بار جد يد إق ليم"),
    (8, " ", "прези дент пра витель ство ми нистр за кон вы бо ры ры нок го род со гла ше ние но вый"),
    (4, " ", "κυ βέρ νη ση υπουρ γός ε κλο γές α γο ρά πό λη συμ φω νί α νέ ος πρό ε δρος"),
    (6, "", "中国 经济 政府 总统 市场 新闻 国际 会议 发展 北京 上海 科技 改革 选举 部长 城市 合作 天气"),
    (4, "", "政府 は 日本 の 経済 を 発表 した 選挙 市場 首相 東京 ニュース が 会談 する 地震 速報"),
    (2, "", "รัฐ บาล ประ เทศ ไทย การ เลือก ตั้ง เศรษฐ กิจ ข่าว ใหม่ นา ยก เมือง ตลาด"),
]
WORDS_OF_A_LANGUAGE = 30_000
LEAD = '{{"time": "{time}", "source": "{source}", "title": {title}, "url": "{url}", "id": "{id}", "seen": "{seen}", '
REST = '"page": "{page}", "time_text": "{clock}", "precision": "minute", "section": "Latest News"}}\n'
LINE = LEAD + REST


def main() -> None:
    """Parse the options and generate the archive."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=100_000)
    chosen = options.parse_args()
    generate(chosen.folder, chosen.count)


def generate(folder: Path, count: int, seed: int = 4, days: int = DAYS) -> None:
    """Write ``count`` headlines, spread evenly over ``DAYS`` up to ``LAST_DAY``, but only the first ``days``."""
    draw = random.Random(seed)
    languages = [_Language(draw, syllables.split(), joint) for _, joint, syllables in LANGUAGES]
    shares = list(accumulate(share for share, _, _ in LANGUAGES))
    sources = [(f"source-{n:03}", languages[bisect(shares, draw.random() * shares[-1])]) for n in range(SOURCES)]
    rare = {count // 2: "Zanzibar ferry quarantine lifted", count // 3: "Quokka census ends"}
    written = 0
    for number in range(days):
        day = LAST_DAY - timedelta(days=DAYS - 1 - number)
        today = count * (number + 1) // DAYS - written
        lines = []
        for place in range(today):
            minute = 1440 * place // today
            clock = f"{minute // 60:02}:{minute % 60:02}"
            source, language = sources[int(draw.random() * SOURCES)]
            at = f"{day}T{clock}:00+01:00"
            title = rare.get(written + place) or language.title(draw)
            host = f"https://www.{source}.example"
            url = f"{host}/news/{day.year}/{written + place:x}"
            draw.getrandbits(64)  # keeps the sequence of titles of older versions, which drew ids here
            lines.append(
                LINE.format(
                    time=at,
                    source=source,
                    title=json.dumps(title, ensure_ascii=False),
                    url=url,
                    id=story_id(source, url, title),
                    seen=at,
                    page=f"{host}/",
                    clock=clock,
                )
            )
        written += today
        path = folder / "headlines" / f"{day.year}" / f"{day}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    (folder / "format.json").write_text('{"format": "ticker-archive", "version": 1}\n', encoding="utf-8")


class _Language:
    def __init__(self, draw: random.Random, syllables: list[str], joint: str) -> None:
        self._joint = joint
        self._words = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(WORDS_OF_A_LANGUAGE)]
        # Zipf's law: the frequency of the n-th word is proportional to 1/n.
        self._frequency = list(accumulate(1 / (rank + 2) for rank in range(WORDS_OF_A_LANGUAGE)))

    def title(self, draw: random.Random) -> str:
        words = draw.choices(self._words, cum_weights=self._frequency, k=draw.randint(6, 12))
        if draw.random() < 0.3:
            words.append(str(draw.randrange(100_000)))
        if draw.random() < 0.2:
            words[1] = f"“{words[1]}”" if draw.random() < 0.8 else f'"{words[1]}"'
        text = self._joint.join(words)
        return text[0].upper() + text[1:]


if __name__ == "__main__":
    main()
