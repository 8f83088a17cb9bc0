"""Tests of adding and removing sources, which keep the rest of the configuration file unchanged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticker.errors import SettingsError
from ticker.settings import Selectors, Source
from ticker.settings.editor import add_source, change_source, remove_source
from ticker.settings.reader import load

BY_HAND = """\
# My tickers
archive = "~/news"   # on the big disk

# be gentle
[fetching]
pause = 3

# first, my favourite
[[source]]
name = "a"   # short
url = "https://a.example/"
# timezone = "Europe/Rome"

# second
# of two lines
[[source]]
url = "https://b.example/"
name = "b"
[source.selectors]
entry = "li"
time = "time"   # theirs

# third
[[source]]
name = "c"
url = "https://c.example/"

# still to come: d
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(BY_HAND, encoding="utf-8")
    return path


def names(path: Path) -> list[str]:
    return [source.name for source in load(str(path), None, {}).sources]


def test_what_is_added_is_at_the_end_and_nothing_else_changes(path: Path) -> None:
    source = Source("d", "https://d.example/", "Asia/Tokyo", Selectors(entry='li[class="x"]', title="a"))
    add_source(path, source)
    assert path.read_text(encoding="utf-8").startswith(BY_HAND)
    assert load(str(path), None, {}).sources[-1] == source


def test_the_first_source_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    add_source(path, Source("a", "https://a.example/"))
    assert names(path) == ["a"]
    assert path.read_text(encoding="utf-8").startswith("#")


def test_a_removed_source_takes_its_own_comments_along_and_no_others(path: Path) -> None:
    remove_source(path, "b")
    text = path.read_text(encoding="utf-8")
    assert names(path) == ["a", "c"]
    assert "second" not in text
    assert "theirs" not in text
    for kept in ("# My tickers", "# on the big disk", "# first, my favourite", '# timezone = "Europe/Rome"', "# third"):
        assert kept in text


@pytest.mark.parametrize(
    ("name", "first", "after"),
    [("a", "# first", "# second"), ("b", "# second", "# third"), ("c", "# third", "# still")],
)
def test_removing_leaves_the_rest_byte_for_byte(path: Path, name: str, first: str, after: str) -> None:
    remove_source(path, name)
    expected = BY_HAND[: BY_HAND.index(first)] + BY_HAND[BY_HAND.index(after) :]
    assert path.read_text(encoding="utf-8") == expected


def test_a_comment_at_the_end_of_the_file_stays(path: Path) -> None:
    path.write_text(BY_HAND.removesuffix("\n# still to come: d\n") + "# and more of them, some day\n", encoding="utf-8")
    remove_source(path, "c")
    assert path.read_text(encoding="utf-8").endswith('time = "time"   # theirs\n\n# and more of them, some day\n')


def test_the_last_source_leaves_no_empty_line(path: Path) -> None:
    path.write_text(BY_HAND.removesuffix("\n# still to come: d\n"), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    add_source(path, Source("d", "https://d.example/"))
    remove_source(path, "d")
    assert path.read_text(encoding="utf-8") == before
    remove_source(path, "c")
    assert path.read_text(encoding="utf-8") == before[: before.index("\n# third")]


def test_all_sources_can_go(path: Path) -> None:
    for name in ("c", "a", "b"):
        remove_source(path, name)
    assert names(path) == []
    assert "pause = 3" in path.read_text(encoding="utf-8")


def test_a_name_that_is_taken(path: Path) -> None:
    with pytest.raises(SettingsError, match="source name 'a' already exists"):
        add_source(path, Source("a", "https://elsewhere.example/"))
    with pytest.raises(SettingsError, match=r"http://www\.b\.example is already the URL of source 'b'"):
        add_source(path, Source("d", "http://www.b.example"))
    assert path.read_text(encoding="utf-8") == BY_HAND


def test_a_name_that_is_not_there(path: Path) -> None:
    with pytest.raises(SettingsError, match="no source 'z'; there are a, b, c"):
        remove_source(path, "z")


def test_a_change_without_a_file_makes_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "none" / "config.toml"
    with pytest.raises(SettingsError, match="no source 'a'; there is none"):
        remove_source(path, "a")
    with pytest.raises(SettingsError, match="no source 'a'; there is none"):
        change_source(path, "a", timezone="UTC")
    assert not path.parent.exists()


def test_a_file_written_in_another_way_is_left_alone_and_said_so(path: Path) -> None:
    inline = 'source = [{ name = "a", url = "https://a.example/" }]\n'
    path.write_text(inline, encoding="utf-8")
    for change in (lambda: add_source(path, Source("b", "https://b.example/")), lambda: remove_source(path, "a")):
        with pytest.raises(SettingsError, match="edit the file by hand"):
            change()
    assert path.read_text(encoding="utf-8") == inline


def test_a_mistake_in_the_file_is_named_before_anything_changes(path: Path) -> None:
    path.write_text("jobs = 'many'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1: jobs"):
        add_source(path, Source("b", "https://b.example/"))
    assert path.read_text(encoding="utf-8") == "jobs = 'many'\n"


def test_windows_line_ends_stay(path: Path) -> None:
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    add_source(path, Source("d", "https://d.example/"))
    remove_source(path, "b")
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert names(path) == ["a", "c", "d"]


def test_permissions_stay_and_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    add_source(link, Source("d", "https://d.example/"))
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(path) == ["a", "b", "c", "d"]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["config.toml", "link.toml"]  # no temporary file


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        add_source(tmp_path / "file" / "config.toml", Source("a", "https://a.example/"))


printable = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@settings(deadline=None)  # disk access has no predictable time
@given(name=printable, css=printable)
def test_every_name_and_selector_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, css: str) -> None:
    path = tmp_path_factory.mktemp("any") / "config.toml"
    source = Source(name, "https://a.example/", None, Selectors(body=css))
    other = Source(f"{name}2", "https://b.example/")
    add_source(path, source)
    add_source(path, other)
    assert load(str(path), None, {}).sources == (source, other)
    remove_source(path, name)
    assert load(str(path), None, {}).sources == (other,)
    assert tomllib.loads(path.read_text(encoding="utf-8"))
