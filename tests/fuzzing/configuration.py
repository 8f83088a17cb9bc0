"""Invariants for any configuration file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from tests.settings import test_config_reader, test_editor
from ticker.errors import SettingsError
from ticker.settings import Settings, Source
from ticker.settings.editor import add_source, remove_source
from ticker.settings.reader import load, selector_errors

NEW = Source("fuzzed", "https://fuzzed.example/a", "Europe/Berlin")
WORDS = (
    b"[[source]]|[source]|[source.selectors]|[[source.selectors]]|[fetching]|name = |"
    b'url = "https://b.example/"|url = |timezone = "Europe/Berlin"|timezone = |'
    b'selectors = { entry = "li", time = "b" }|entry = "li:is("|body = ":has(> p)"|archive = "~nobody/x"|'
    b"archive = |jobs = 3|jobs = |deadline = inf|pause = nan|retries = 99999999999999999999|true|"
    b'allow_private = |1979-05-27T07:32:00Z|0x_1|"""|\'\'\'|"\\u0000"|"\\U0010ffff"|"a\\nb"|[a.b]|a.b = 1|'
    b"# comment|\r\n|[]|{}"
).split(b"|")


def seeds() -> list[bytes]:
    """Return all configurations of the tests, valid and invalid."""
    mistakes = [text for text, *_ in test_config_reader.MISTAKES.values()]
    return [text.encode() for text in (test_config_reader.FULL, test_editor.BY_HAND, *mistakes)]


def check(data: bytes) -> None:
    """Check that a file gives settings or a one-line error, and that adding and removing a source keeps the rest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(data)
        settings = _told(path, lambda: load(str(path), None, {}))
        if settings is None:
            assert _told(path, lambda: add_source(path, NEW) or True) is None
            assert path.read_bytes() == data
            return
        _told(path, lambda: selector_errors(settings))
        for source in settings.sources:
            assert settings.source(source.name) == source and settings.source_of(source.url) == source
        if _told(path, lambda: add_source(path, NEW) or True):
            both = load(str(path), None, {})
            assert both == _with(settings, *settings.sources, NEW)
            if _told(path, lambda: remove_source(path, NEW.name) or True):
                assert load(str(path), None, {}) == settings
        for source in settings.sources[:1]:
            if _told(path, lambda source=source: remove_source(path, source.name) or True):
                assert load(str(path), None, {}) == _with(settings, *settings.sources[1:])


def _with(settings: Settings, *sources: Source) -> Settings:
    return msgspec.structs.replace(settings, sources=sources)


def _told(path: Path, ask):
    """Return the result of ``ask``, or None if it raises a one-line error."""
    try:
        return ask()
    except SettingsError as error:
        assert str(error).startswith(str(path)) and str(error).isprintable(), error
        return None
