"""Tests that ``constraints.txt`` pins all direct and indirect dependencies of the program, its extras and its tests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import audit

ROOT = Path(__file__).parents[1]
PINS = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
}


def required() -> list[Requirement]:
    """Return the requirements in ``setup.cfg``, with all extras."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    texts = [config["options"]["install_requires"], *config["options.extras_require"].values()]
    return [Requirement(line) for text in texts for line in text.splitlines() if line.strip()]


def applies(requirement: Requirement, extras: set[str]) -> bool:
    return not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in extras or {""})


def test_every_line_is_a_pin() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(PINS) == len([line for line in lines if line.strip() and not line.startswith("#")])


@pytest.mark.parametrize("requirement", required(), ids=lambda requirement: requirement.name)
def test_what_is_asked_for_is_pinned_to_a_version_that_will_do(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    assert name in PINS, f"{requirement} is not in constraints.txt"
    assert requirement.specifier.contains(PINS[name], prereleases=True)


def test_what_that_needs_is_pinned_too() -> None:
    """Check the requirements of the installed packages, which a fresh environment would install too."""
    waiting = [(requirement, set(requirement.extras)) for requirement in required()]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extras = waiting.pop()
        name = canonicalize_name(requirement.name)
        if not applies(requirement, set()) and not requirement.extras:
            continue
        assert name in PINS, f"{requirement} is not in constraints.txt"
        for extra in extras or {""}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                needs = distribution(name).requires or []
            except PackageNotFoundError:  # not needed on this machine
                continue
            for need in map(Requirement, needs):
                if applies(need, {extra}):
                    waiting.append((Requirement(re.sub(r";.*", "", str(need))), set(need.extras)))
    assert len(seen) > len(required())


FAKE = """
import json, sys
print(json.dumps({"dependencies": %s})) if %r else sys.exit("ERROR:x:\\nConnectionError: no way to the service")
"""


@pytest.mark.parametrize(
    ("packages", "answers", "status", "told"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], True, 0, "audit: 1 packages audited, 0 vulnerabilities\n"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}],
            True,
            1,
            "audit: 1 packages audited, 1 vulnerabilities\n",
        ),
        ([{"name": "a", "skip_reason": "unknown"}], True, 2, "audit: 1 packages skipped"),
        ([], False, 2, "audit: failed: ConnectionError: no way to the service\n"),
    ],
)
def test_an_audit_that_was_not_made_is_not_passed(
    tmp_path: Path, packages: object, answers: bool, status: int, told: str
) -> None:
    (tmp_path / "pip_audit.py").write_text(FAKE % (json.dumps(packages), answers), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.audit"],
        cwd=ROOT,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done
    assert told in done.stderr
    assert ("a 1: CVE-1, fixed in 2\n" in done.stdout) == (status == 1)


def test_without_pip_audit_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main("/nonexistent/python") == 2
    assert capsys.readouterr().err.count("\n") == 1
