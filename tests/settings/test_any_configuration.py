"""Any configuration gives what is written in it; with one mistake, it gives an error that names the line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticker.errors import SettingsError
from ticker.settings import FetchSettings, Selectors, Settings, Source
from ticker.settings.reader import load


@dataclass(frozen=True)
class Kind:
    """Values that are valid for a key, and values that are not."""

    right: st.SearchStrategy[Any]
    wrong: tuple[Any, ...]


NOT_TEXT = (7, 1.5, True, [], {}, "", " ", "a\nb", "\0")
TEXT = Kind(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="~"), min_size=1, max_size=9), NOT_TEXT
)
FLAG = Kind(st.booleans(), (0, 1, "true", "", [], {}))
ZONE = Kind(st.sampled_from(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires"]), (*NOT_TEXT, "Paris", "../UTC"))
AGENT = Kind(st.sampled_from(["reader/1", "a b (c)"]), (*NOT_TEXT, "é"))
CHARSET = Kind(st.sampled_from(["utf-8", "windows-1251"]), (*NOT_TEXT, "windows-9999"))
PAIRS = Kind(
    st.dictionaries(st.sampled_from(["X-Key", "id", "a.b"]), st.just("env:KEY")),
    (7, "a", [], {"a b": "env:KEY"}, {"a": 7}, {"a": "env:"}, {"a": "é"}),
)


def numbers(low: float, high: float, *wrong: Any) -> Kind:
    return Kind(st.floats(low, high) | st.integers(int(low), int(high)), (-1, 1e9, "1", True, [], {}, *wrong))


def whole(low: int, high: int) -> Kind:
    return Kind(st.integers(low, high), (low - 1, -(10**30), 1.0, "1", True, [], {}))


TABLES: Mapping[str, Mapping[str, Kind]] = {
    "": {"archive": TEXT, "jobs": whole(1, 10**20), "timezone": ZONE, "log_file": TEXT},
    "[fetching]": {
        "user_agent": AGENT,
        **dict.fromkeys(("connect_timeout", "read_timeout", "deadline"), numbers(1, 604_800, 0)),
        **dict.fromkeys(("backoff", "pause", "max_retry_after"), numbers(0, 604_800)),
        "max_unchanged": numbers(0, 31_536_000),
        "retries": whole(0, 100),
        "max_bytes": whole(1, 1 << 40),
        **dict.fromkeys(("ignore_robots", "allow_private", "ignore_cache"), FLAG),
    },
    "[[source]]": {
        "name": TEXT,
        "url": Kind(st.just("https://news.example/"), (*NOT_TEXT, "news.example", "ftp://news.example/")),
        "timezone": ZONE,
        "charset": CHARSET,
        "interval": numbers(0, 31_536_000),
        "user_agent": AGENT,
        "headers": PAIRS,
        "cookies": PAIRS,
        **dict.fromkeys(("allow_private", "netrc", "ignore_cache", "data"), FLAG),
    },
    "[source.selectors]": dict.fromkeys(("entry", "body", "time", "title"), TEXT),
}


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + " }"
    return str(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=isinstance(value, bool))


class Writer:
    """Writes a configuration, with other lines between its lines; of the keys, one can be wrong."""

    def __init__(self, data: st.DataObject) -> None:
        self.data, self.lines, self.places = data, [], []
        self.fillers = st.lists(st.sampled_from(["", "# jobs = 0", "  # [[source]]", "\t"]), max_size=2)

    def table(self, header: str, required: Mapping[str, Any]) -> dict[str, Any]:
        """Write a table with a choice of its keys, and return its content."""
        kinds = TABLES[header]
        chosen = {key: kind.right for key, kind in kinds.items() if key not in required}
        content = required | self.data.draw(st.fixed_dictionaries({}, optional=chosen))
        content = {key: content[key] for key in self.data.draw(st.permutations(sorted(content)))}
        if header:
            self.lines += [*self.data.draw(self.fillers), header]
        for key, value in content.items():
            self.lines += self.data.draw(self.fillers)
            self.places.append((len(self.lines), key, kinds[key]))
            self.lines.append(f"{key} = {as_toml(value)}")
        return content

    def configuration(self, path: Path) -> Settings:
        """Write a whole configuration, and return the settings in it."""
        top = self.table("", {})
        fetching = self.table("[fetching]", {}) if self.data.draw(st.booleans()) else {}
        sources = []
        for number in range(self.data.draw(st.integers(0, 3))):
            source = self.table("[[source]]", {"name": f"source {number}", "url": f"https://news.example/{number}"})
            selectors = self.table("[source.selectors]", {"entry": "li"}) if self.data.draw(st.booleans()) else {}
            sources.append(Source(**source, selectors=Selectors(**selectors)))
        return Settings(
            archive=path.parent / top.pop("archive", "ticker"),
            path=path,
            sources=tuple(sources),
            fetching=FetchSettings(**fetching),
            log_file=path.parent / top.pop("log_file") if "log_file" in top else None,
            **top,
        )

    def mistake(self) -> int:
        """Make one of the values wrong, or add an unknown key, and return the number of its line."""
        if not self.places or self.data.draw(st.booleans()):
            at = self.data.draw(st.integers(0, len(self.lines)))
            self.lines.insert(at, "unknown = 1")
            return at + 1
        at, key, kind = self.data.draw(st.sampled_from(self.places))
        self.lines[at] = f"{key} = {as_toml(self.data.draw(st.sampled_from(kind.wrong)))}"
        return at + 1


@settings(deadline=None)  # disk access has no predictable time
@given(data=st.data(), newline=st.sampled_from(["\n", "\r\n"]))
def test_any_configuration_is_read_and_a_mistake_is_found_on_its_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, newline: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "config.toml"
    writer = Writer(data)
    expected = writer.configuration(path)
    environ = {"TICKER_CONFIG": str(path), "XDG_DATA_HOME": str(path.parent)}
    path.write_bytes(newline.join(writer.lines).encode())
    assert load(None, None, environ) == expected
    line = writer.mistake()
    path.write_bytes(newline.join(writer.lines).encode())
    with pytest.raises(SettingsError) as caught:
        load(None, None, environ)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
