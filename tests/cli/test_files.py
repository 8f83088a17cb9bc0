"""Files that the program creates: owners, permissions, places, and names or links that lead outside."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.desk import AT, PAGE_HTML, Desk
from ticker.demo.site import Newspaper

LINE = (
    '{"time": "2024-06-%02dT17:10:00+00:00", "title": "Number %s", "source": "daily", "url": "https://n.example/%s"}\n'
)


def many(day: int = 11, first: int = 0) -> bytes:
    """Return enough lines for the program to build an index."""
    return "".join(LINE % (day, n, n) for n in range(first, first + 3000)).encode()


def modes(folder: Path) -> dict[str, str]:
    """Return the permissions of all files and folders below a folder."""
    return {str(path.relative_to(folder)): f"{stat.S_IMODE(path.lstat().st_mode):o}" for path in folder.rglob("*")}


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_the_umask_says_who_may_read_what_the_program_makes(desk: Desk, newspaper: Newspaper, umask: int) -> None:
    before = os.umask(umask)
    try:
        desk.run("sources", "add", newspaper.url, "--name", "gazette")
        desk.run("fetch")
        desk.run("import", "-", stdin=many())
        with (desk.archive / "headlines/2024/2024-06-11.jsonl").open("a") as file:
            file.write('{"torn')
        desk.run("import", "-", stdin=many(first=3000))
        desk.run("search", "number")
        with (desk.archive / "headlines/2024/2024-06-11.jsonl").open("a") as file:
            file.write(LINE % (11, "late", "late"))
        desk.run("search", "number")
        desk.run("list", "--new", "--as", "me")
        desk.run("compact")
        for name in ("all.csv", "all.md", "all.rss", "all.atom", "all.json", "all.jsonl", "all.sqlite"):
            desk.run("export", "--output", name)
    finally:
        os.umask(before)
    made = modes(desk.folder)
    wanted = {
        "config.toml",
        "archive/format.json",
        "archive/.lock",
        "archive/.compacting",
        "archive/.index/index.sqlite",
        "archive/.index/lock",
        "archive/marks/me.json",
        "archive/marks/me.lock",
        "archive/headlines/2024/2024-06.jsonl.zst",
        "archive/.state/validators.sqlite",
        "all.sqlite",
    }
    assert wanted <= {*made}
    assert any(name.startswith("archive/damaged/headlines-2024-06-11.jsonl-") for name in made)
    for name, mode in made.items():
        full = 0o777 if (desk.folder / name).is_dir() else 0o666
        assert (name, mode) == (name, f"{full & ~umask:o}")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
@pytest.mark.parametrize("through_a_link", [False, True])
def test_a_file_that_is_replaced_keeps_its_permissions_and_its_place(
    filled: Desk, mode: int, through_a_link: bool
) -> None:
    kept = filled.folder / "dotfiles"
    kept.mkdir()
    folder = kept if through_a_link else filled.folder
    for name in ("config.toml", "all.csv"):
        (folder / name).write_text("" if name == "config.toml" else "old")
        (folder / name).chmod(mode)
        if through_a_link:
            (filled.folder / name).symlink_to(kept / name)
    filled.run("sources", "add", "https://news.example/")
    filled.run("sources", "add", "https://b.example/")
    filled.run("sources", "remove", "b.example")
    filled.run("export", "--output", "all.csv")
    for name in ("config.toml", "all.csv"):
        assert (filled.folder / name).is_symlink() == through_a_link
        assert f"{stat.S_IMODE((folder / name).stat().st_mode):o}" == f"{mode:o}"
        assert "news.example" in (folder / name).read_text()
    assert sorted(os.listdir(kept)) == (["all.csv", "config.toml"] if through_a_link else [])  # noqa: PTH208


def test_a_link_that_leads_nowhere_yet_is_filled_where_it_leads(filled: Desk) -> None:
    (filled.folder / "dotfiles").mkdir()
    for name in ("config.toml", "all.csv"):
        (filled.folder / name).symlink_to(filled.folder / "dotfiles" / name)
    filled.run("sources", "add", "https://news.example/")
    filled.run("export", "--output", "all.csv")
    assert sorted(os.listdir(filled.folder / "dotfiles")) == ["all.csv", "config.toml"]  # noqa: PTH208


@pytest.mark.parametrize("what", ["loop", "pipe", "folder"])
def test_what_cannot_be_replaced_is_left_and_said_so(filled: Desk, what: str) -> None:
    for name in ("config.toml", "out.csv"):
        path = filled.folder / name
        if what == "loop":
            path.symlink_to(path)
        elif what == "pipe" and name == "config.toml":
            os.mkfifo(path)
        else:
            path.mkdir(exist_ok=True)
    for command in (["sources", "add", "https://a.example/"], ["export", "--output", "out.csv"]):
        done = filled.run(*command, status=None)
        assert done.status in (1, 2)
        (told,) = done.err.splitlines()
        assert command[-1] in told or "config.toml" in told


def test_no_name_that_someone_could_prepare_is_written_to(filled: Desk) -> None:
    """Temporary files have random names, so existing links with likely names are neither followed nor changed."""
    for name in (".all.csv", ".all.csv.new", ".all.csv.tmp", ".config.toml", ".config.toml.new", ".config.toml.tmp"):
        (filled.folder / name).symlink_to("/dev/full")
    before = {path.name for path in filled.folder.iterdir()}
    filled.run("export", "--output", "all.csv")
    filled.run("sources", "add", "https://news.example/")
    assert {path.name for path in filled.folder.iterdir()} == before | {"all.csv", "config.toml"}


VICTIM = b"what others need\n"


@pytest.mark.parametrize(
    "names",
    [
        (".index/index.sqlite", ".index/headlines.grown", ".state/validators.sqlite", ".state/sources.sqlite"),
        (".index/index.sqlite-journal", ".index/lock", ".state/validators.sqlite-wal", ".state/sources.sqlite-journal"),
        (".index", ".state", "damaged", "marks"),
        ("marks/me.json", ".compacting", "headlines/2024/2024-06-11.jsonl"),
        ("marks/me.lock", "headlines/2024"),
        (".lock",),
        ("headlines",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_written_through_links_that_lead_out_of_the_archive(
    desk: Desk, newspaper: Newspaper, names: tuple[str, ...], is_there: bool
) -> None:
    desk.run("import", "-", stdin=LINE.encode() % (10, b"x", b"x"))
    outside = desk.folder / "outside"
    outside.mkdir()
    for name in names:
        link, victim = desk.archive / name, outside / name.replace("/", "-")
        link.parent.mkdir(exist_ok=True)
        if link.exists():
            link.rename(victim)
        elif is_there and "." in name[1:]:
            victim.write_bytes(VICTIM)
        elif is_there:
            victim.mkdir()
        link.symlink_to(victim)

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}

    before, there = content(), sorted(outside.rglob("*"))
    desk.run("import", "-", stdin=many(), status=None)
    desk.run("search", "number", status=None)
    desk.run("import", "-", stdin=many(first=3000), status=None)
    for command in (["fetch", newspaper.url], ["list", "--new", "--as", "me"], ["search", "number"], ["compact"]):
        assert desk.run(*command, status=None).status in (0, 1, 2)
    assert content() == before
    assert sorted(outside.rglob("*")) == there


NAMES = ["../../x", "a/b", "a\x00b", "..", "/etc/passwd", "x" * 5000, "-rf", "a\nb", " "]


def test_the_name_of_a_source_leads_nowhere(desk: Desk) -> None:
    lines = []
    for name in NAMES:
        line = {"time": "2024-06-11T17:10Z", "title": "T", "source": name, "id": name, "section": name, "url": name}
        lines += [json.dumps(line) + "\n", json.dumps({**line, "body": name}) + "\n"]
    desk.save("lines.jsonl", "".join(lines))
    desk.run("import", "lines.jsonl", status=None)
    desk.save("page.html", PAGE_HTML)
    sources = [f"[[source]]\nname = {json.dumps(name)}\nurl = 'https://{n}.example/'\n" for n, name in enumerate(NAMES)]
    desk.configure(
        "".join(source for source, name in zip(sources, NAMES, strict=True) if name.isprintable() and name.strip())
    )
    for number in range(len(NAMES)):
        desk.run("fetch", "page.html", "--url", f"https://{number}.example/", "--at", AT)
    for name in ("../../x", "a/b", ".", "..", "/etc/passwd", "x" * 5000, "-rf"):
        desk.run("list", "--new", f"--as={name}", status=None)
    for form in ("csv", "markdown", "rss", "atom", "json", "jsonl", "sqlite"):
        desk.run("export", "--format", form, "--articles", "--output", "out", "--force")
    assert {path.name for path in desk.folder.iterdir()} == {
        "archive",
        "lines.jsonl",
        "page.html",
        "config.toml",
        "out",
    }
    allowed = {"format.json", ".lock", "headlines", "articles", "marks", ".index", ".state"}
    assert {path.name for path in desk.archive.iterdir()} <= allowed
    for path in desk.archive.rglob("*"):
        assert len(path.relative_to(desk.archive).parts) <= 3
        if "marks" not in path.parts:
            assert path.is_dir() or path.suffix in (".jsonl", ".json", ".sqlite") or path.name in (".lock", "lock")
    assert not (desk.folder.parent / "x").exists()


def test_an_archive_in_a_place_that_all_may_write_to_is_the_user_s_own(desk: Desk) -> None:
    """Temporary files are removed, and other users cannot read them while they exist."""
    desk.run("import", "-", stdin=many())
    place = desk.folder / "tmp"
    place.mkdir()
    trace = desk.folder / "trace.py"
    trace.write_text(
        "import os, sys, tempfile\n"
        "made = []\n"
        "sys.addaudithook(lambda event, args: event in ('open', 'os.mkdir') and str(args[0]).startswith(sys.argv[1])"
        " and made.append((event, args[0], args[2] if event == 'open' else args[1])))\n"
        "tempfile.tempdir = sys.argv.pop(1)\n"
        "from ticker.__main__ import main\n"
        "sys.exit(main())\n"
    )
    out = subprocess.run(
        [desk.program[0], trace, place, "export", "--format", "sqlite"],
        capture_output=True, env=desk.variables(), cwd=desk.folder, check=False, timeout=60,
    )  # fmt: skip
    assert out.stdout.startswith(b"SQLite format 3"), out.stderr
    assert not list(place.iterdir())
