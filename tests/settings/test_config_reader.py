"""Tests of the settings and errors that a configuration file gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ticker
from ticker.errors import SettingsError
from ticker.settings import FetchSettings, Selectors, Settings, Source
from ticker.settings.reader import load

FULL = """\
archive = "news"
jobs = 2
timezone = "Europe/Paris"

[fetching]
retries = 5
pause = 2.5
user_agent = "reader/1.0 (me@example.org)"

[[source]]
name = "walaw"
url = "https://en.walaw.press/"
timezone = "Africa/Casablanca"

[[source]]
url = "https://www.news.example/live"
selectors = { entry = "ul.latest li", time = "time" }


"""


def read(folder: Path, text: str, **environ: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(str(path), None, environ)


def test_everything_that_the_file_says(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    assert settings == Settings(
        archive=tmp_path / "news",
        path=tmp_path / "config.toml",
        sources=(
            Source("walaw", "https://en.walaw.press/", "Africa/Casablanca"),
            Source(
                "www.news.example",
                "https://www.news.example/live",
                None,
                Selectors(entry="ul.latest li", time="time"),
            ),
        ),
        fetching=FetchSettings(retries=5, pause=2.5, user_agent="reader/1.0 (me@example.org)"),
        jobs=2,
        timezone="Europe/Paris",
    )


def test_an_empty_file_and_none_are_alike(tmp_path: Path) -> None:
    empty = read(tmp_path, "")
    path = tmp_path / "none.toml"
    absent = load(None, None, {"TICKER_CONFIG": str(path)})
    assert (absent.sources, absent.fetching, absent.jobs) == (empty.sources, empty.fetching, empty.jobs)
    assert absent.path == path


def test_the_option_names_a_file_that_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: no such configuration file.*ticker sources add"):
        load(str(tmp_path / "none.toml"), None, {})


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [
        ("given", {"TICKER_ARCHIVE": "/of/environment"}, "given"),
        (None, {"TICKER_ARCHIVE": "/of/environment"}, "/of/environment"),
        (None, {}, "of/file"),
    ],
)
def test_the_archive_is_where_option_environment_and_file_say_in_this_order(
    tmp_path: Path, option: str | None, environ: dict[str, str], expected: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('archive = "of/file"', encoding="utf-8")
    settings = load(str(path), option, environ)
    base = Path.cwd() if option else tmp_path
    assert settings.archive == base / expected


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + b'jobs = 3\r\n[[source]]\r\nurl = "https://a.example/"\r\n')
    settings = load(str(path), None, {})
    assert settings.jobs == 3
    assert settings.sources[0].name == "a.example"


SOURCE = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'
MISTAKES = {
    "no TOML": ("jobs = \n", "not valid TOML", "line 1"),
    "an unknown key": ("job = 3\n", "line 1: unknown key job; did you mean jobs?", ""),
    "nothing like a key": ("zzz = 3\n", "line 1: unknown key zzz; known keys are archive, jobs", ""),
    "a text for a number": ('\njobs = "many"\n', "line 2: jobs must be a whole number from 1 up, not 'many'", ""),
    "true for a number": ("jobs = true\n", "jobs must be a whole number from 1 up, not true", ""),
    "a folder of no one": ('\narchive = "~nobody-here/x"\n', "line 2: archive '~nobody-here/x': unknown", ""),
    "no jobs": ("jobs = 0\n", "jobs must be a whole number from 1 up, not 0", ""),
    "a fraction of a retry": ("[fetching]\nretries = 1.5\n", "line 2: [fetching]: retries must be a whole", "not 1.5"),
    "below zero": (
        "[fetching]\npause = -1\n",
        "line 2: [fetching]: pause must be a number of seconds from 0 to 604800, not -1",
        "",
    ),
    "a deadline of nothing": ("[fetching]\n\ndeadline = 0\n", "line 3: [fetching]: deadline must be", "above 0"),
    "no text": ("[fetching]\nuser_agent = 7\n", "user_agent must be one line of ASCII text in quotes, not 7", ""),
    "a header of two lines": ('[fetching]\nuser_agent = "a\\nb"\n', "user_agent must be", ""),
    "an unknown option": ("[fetching]\nretrys = 1\n", "unknown key retrys; did you mean retries?", ""),
    "an unknown zone": ('timezone = "Mars/Olympus"\n', "timezone must be an IANA time zone", "'Mars/Olympus'"),
    "a source's zone": (SOURCE + 'timezone = "Paris"\n', "line 4: [[source]]: timezone must be an IANA", "'Paris'"),
    "a bad address": ('[[source]]\nurl = "a.example"\n', "line 2: [[source]]: url must be a URL", "'a.example'"),
    "no address": ('[[source]]\nname = "a"\n', "line 1: [[source]]: url is missing", ""),
    "a name twice": (SOURCE + "\n" + SOURCE, "line 6: [[source]]: duplicate source name 'a'; choose another", ""),
    "an address twice": (
        SOURCE + '[[source]]\nname = "b"\nurl = "http://a.example"\n',
        "line 6: [[source]]: duplicate URL",
        "'a'",
    ),
    "an empty name": (
        '[[source]]\nname = ""\nurl = "https://a.example/"\n',
        "name must be a line of text in quotes, not ''",
        "",
    ),
    "a single bracket": ('[source]\nurl = "https://a.example/"\n', "source must be written as [[source]]", ""),
    "an unknown selector": (
        SOURCE + '[source.selectors]\nlink = "a"\n',
        "line 5: [source.selectors]",
        "unknown key link",
    ),
    "a selector of no text": (
        SOURCE + "selectors = { body = 3 }\n",
        "body must be a line of text in quotes, not 3",
        "",
    ),
    "a selector in a line": (SOURCE + "selectors = { entries = 'li' }\n", "line 4: [source.selectors]", "mean entry?"),
    "sources in the plural": (
        "jobs = 2\n\n" + SOURCE.replace("source", "sources", 1),
        "line 3: unknown key sources",
        "",
    ),
    "a single source": (SOURCE.replace("[[source]]", "[source]"), "line 1: source must be written as [[source]]", ""),
    "a time in no entry": (SOURCE + 'selectors = { time = "b" }\n', "add a selector for entry", ""),
    "a key twice": ("jobs = 3\njobs = 4\n", "line 2: jobs: not valid TOML: duplicate key", ""),
    "a table twice": ("[fetching]\n[fetching]\n", "line 2: not valid TOML: duplicate table 'fetching'", ""),
    "a text without its end": ('jobs = 2\ntimezone = "UTC\n', "line 2: timezone: not valid TOML", ""),
    "a header without its end": ("jobs = 2\n[fetching\n", "line 2: not valid TOML: Expected ']'", ""),
    "two values": ("jobs = 3 4\n", "line 1: jobs: not valid TOML", ""),
    "no value": ("\njobs\n", "line 2: not valid TOML: Expected '='", ""),
    "a text without quotes": ("timezone = UTC\n", "line 1: timezone: not valid TOML", "strings need quotes"),
    "selectors in two lines": (SOURCE + "selectors = { entry = 'li',\n time = 'b' }\n", "line 4: selectors: not", ""),
    "a number of too many digits": ("\njobs = " + "9" * 5000, "line 2: jobs: not valid TOML: Exceeds the limit", ""),
    "nested too deeply": ("jobs = " + "[" * 100_000, "not valid TOML: nested too deeply", ""),
    "a time": ("jobs = 12:00:00\n", "line 1: jobs must be a whole number", ""),
    "no number": (
        "[fetching]\npause = nan\n",
        "line 2: [fetching]: pause must be a number of seconds from 0",
        "not nan",
    ),
    "no end": ("[fetching]\npause = inf\n", "line 2: [fetching]: pause must be a number of seconds from 0", "not inf"),
    "a year": (
        "[fetching]\nread_timeout = 3e7\n",
        "line 2: [fetching]: read_timeout must be",
        "at most 604800, not 30000000.0",
    ),
    "many retries": (
        "[fetching]\nretries = 1000\n",
        "line 2: [fetching]: retries must be a whole number from 0 to 100, not 1000",
        "",
    ),
    "dotted keys": ("jobs = 2\nfetching.pause = -1\n", "line 2: [fetching]: pause must be a number", ""),
    "a table in a line": ("fetching = { pause = -1 }\n", "line 1: [fetching]: pause must be a number", ""),
    "a table in quotes": ('["fetching"]\npause = -1\n', "line 2: [fetching]: pause must be a number", ""),
    "a table for a number": ("[jobs]\n", "line 1: jobs must be a whole number from 1 up, not a table", ""),
    "tables for one": ("[[fetching]]\n", "line 1: fetching must be a table, not a list", ""),
    "sources in a line": ("\nsource = [{ url = 'b' }]\n", "line 2: [[source]]: url must be a URL", ""),
    "an unknown table of a source": (SOURCE + "[source.selector]\n", "line 4: [[source]]: unknown key selector", ""),
    "a zone that is a path": ('timezone = "../../etc/passwd"\n', "line 1: timezone must be an IANA time zone", ""),
    "a log of no one": ('log_file = "~nobody-here/x"\n', "line 1: log_file '~nobody-here/x': unknown", ""),
    "a NUL": ('archive = "a\\u0000b"\n', "line 1: archive must be a line of text in quotes", ""),
    "an escape in a key": ('"\\u001b[2J" = 1\n', "unknown key '\\x1b[2J'; known keys are", ""),
    "an escape in a value": ('jobs = "\\u001b[2J"\n', "not '\\x1b[2J'", ""),
    "no port": ('[[source]]\nurl = "https://a.example:99999/"\n', "line 2: [[source]]: url must be a URL", ""),
    "no host": ('[[source]]\nurl = "https://a b/"\n', "line 2: [[source]]: url must be a URL", ""),
    "half a host": ('[[source]]\nurl = "https://a..example/"\n', "line 2: [[source]]: url must be a URL", ""),
    "no address of the web": ('[[source]]\nurl = "file:///etc/passwd"\n', "line 2: [[source]]: url must be a URL", ""),
    "old Macintosh's line ends": ("jobs = 3\rtimezone = 'UTC'\r", "line 1: jobs: not valid TOML", ""),
    "a NUL in the text": ("jobs = 3\n\0\n", "line 2: not valid TOML", ""),
    "Windows' line ends": ("jobs = 3\r\ntimezone = 'x'\r\n", "line 2: timezone must be an IANA time zone", ""),
    "a hexadecimal number of many digits": ("jobs = -0x" + "F" * 6000, "line 1: jobs: not valid TOML", ""),
    "a hexadecimal number for a text": (
        "\ntimezone = 0x" + "F" * 6000,
        "line 2: timezone must be an IANA time zone",
        "not such a large number",
    ),
    "a header in a text of lines": (
        SOURCE + 'charset = """\n[[source]]\n"""\n',
        "line 4: [[source]]: charset must be",
        "",
    ),
    "a mistake below a text of lines": (
        'archive = """a\\\n[fetching]\\\n""" # "\njobs = 0\n',
        "line 4: jobs must be",
        "",
    ),
    "a mistake in an array of lines": ("\nsource = [ # ]\n\n{ url = 'b' },\n]\n", "line 2: [[source]]: url must", ""),
    "a mistake below an array of lines": ("source = [\n\n]\njobs = 0\n", "line 4: jobs must be", ""),
    "tables for selectors": (SOURCE + "[[source.selectors]]\n", "line 4: [[source]]: selectors must be a table", ""),
    "a source that is no table": ("source = [\n3]\n", "line 1: source must be written as [[source]]", "not 3"),
    "a key that looks like msgspec's place": (
        '[fetching]\n[[source]]\n"x` - at `$.fetching" = 1\n',
        "line 3: [[source]]: unknown key x` - at `$.fetching; known keys are name, url",
        "",
    ),
    "a key with a dot": ('["source.selectors"]\n', "line 1: unknown key source.selectors", ""),
    "a name of a header": (SOURCE + "[source.headers]\n\n'a b' = 'c'\n", "line 6: [source.headers]: a b: not a", ""),
    "no request options": (SOURCE + "request = {}\n", "line 4: [[source]]: unknown key request", ""),
    "the second source": (SOURCE + '[[source]]\nurl = "b"\n', "line 5: [[source]]: url must be a URL", ""),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_what_is_right(tmp_path: Path, name: str) -> None:
    text, *parts = MISTAKES[name]
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "config.toml"))
    assert "\n" not in message
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("deadline", "0"),
        ("deadline", "nan"),
        ("connect_timeout", "-1"),
        ("read_timeout", "inf"),
        ("max_bytes", "0"),
        ("retries", "-1"),
        ("pause", "-0.1"),
        ("pause", "1" + "0" * 400),
        ("user_agent", '" "'),
        ("user_agent", '"ticker\\r\\nX-Injected: 1"'),
        ("user_agent", '"ticker/1 (Zoë)"'),
    ],
)
def test_how_pages_cannot_be_fetched_is_named(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"config\.toml, line 2: \[fetching\]: {key} must be"):
        read(tmp_path, f"[fetching]\n{key} = {value}\n")


def test_settings_are_frozen_and_name_the_program(tmp_path: Path) -> None:
    settings = read(tmp_path, "[fetching]\npause = 0\nretries = 0\nmax_retry_after = 0\nbackoff = 0\n").fetching
    assert settings.user_agent.startswith(f"ticker/{ticker.__version__} ")
    with pytest.raises(AttributeError):
        settings.pause = 1  # type: ignore[misc]


def test_no_secret_is_in_the_text_of_a_source(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch(0o600)
    (source,) = read(tmp_path, SOURCE + 'headers = { X-Key = "hush" }\ncookies = { id = "hush" }\n').sources
    assert source.headers == {"X-Key": "hush"}
    assert "hush" not in repr(source) and "X-Key" in repr(source)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('archive = "été"'.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"config\.toml, line 1: not UTF-8"):
        load(str(path), None, {})


def test_a_folder_of_no_one_is_named_wherever_it_is_given(tmp_path: Path) -> None:
    for given in (("~nobody-here/c", None), (None, "~nobody-here/a")):
        with pytest.raises(SettingsError, match="unknown home folder '~nobody-here'; write the whole path"):
            load(*given, {"TICKER_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("jobs = 3\n".encode("utf-16"), "UTF-16, not UTF-8; save the file as UTF-8"),
        ("jobs = 3\n".encode("utf-16-le"), "UTF-16, not UTF-8; save the file as UTF-8"),
        ("jobs = 3\n".encode("utf-16-be"), "UTF-16, not UTF-8; save the file as UTF-8"),
        ("# \xe9\n".encode() + "# \xe9\n".encode("latin-1"), "line 2: not UTF-8 (byte 7)"),
        (bytes(4096), "contains only NUL bytes, as after a power cut"),
        (b"# " + b"x" * (5 << 20), "larger than 4 MB"),
    ],
    ids=["utf-16", "utf-16-le", "utf-16-be", "mixed", "power cut", "huge"],
)
def test_bytes_that_are_no_text_are_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load(str(path), None, {})
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)


def test_a_pipe_in_the_file_s_place_is_not_waited_for_and_one_that_is_written_to_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    with pytest.raises(SettingsError, match="it is a pipe, and nothing was written to it"):
        load(str(path), None, {})
    source, sink = os.pipe()
    os.write(sink, b"jobs = 3\n")
    os.close(sink)
    assert load(f"/dev/fd/{source}", None, {}).jobs == 3
    os.close(source)


def test_a_place_that_cannot_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: File name too long"):
        load(str(tmp_path / ("x" * 300)), None, {})
    with pytest.raises(SettingsError, match="no such configuration file"):
        load(str(tmp_path / "a" / "b"), None, {})


def test_a_folder_in_the_file_s_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(str(tmp_path), None, {})


def test_a_page_belongs_to_the_source_of_its_address_or_to_its_host(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    assert settings.source_of("http://en.walaw.press").name == "walaw"
    elsewhere = settings.source_of("https://en.walaw.press/articles/1")
    assert (elsewhere.name, elsewhere.timezone) == ("en.walaw.press", "Africa/Casablanca")
    assert settings.source_of("https://other.example/x") == Source("other.example", "https://other.example/x")
