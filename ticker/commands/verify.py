"""``ticker verify``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import common_options
from ticker.commands.progress import ERASED, show_share
from ticker.commands.saying import number_of
from ticker.commands.terminal import harmless

if TYPE_CHECKING:
    from ticker.archive.faults import Finding
    from ticker.archive.verifying import Verification

PROBLEMS = 1
_ROUNDS = 3  # what is mended may bring to light what it hid, as lines of a damaged month


@click.command("verify")
@click.option("--repair", is_flag=True, help="Mend what can be mended; what was there before is moved to damaged/.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each finding.")
@common_options
@click.pass_obj
def command(invocation: Invocation, repair: bool, as_json: bool) -> int:
    """Read the whole archive, tell what is wrong with it, and mend it.

    Each line is checked: that it can be read, is in the file of its date, bears the id that follows from what it says,
    and is there once. So are compressed months, the index, marks, and what else is in the folder. What is wrong is
    printed with file and line; what is worth knowing and no problem, as a note. Nothing is changed, and others may
    fetch meanwhile.

    With --repair, a file with something wrong in it is written anew: lines that cannot be read are left out, those in
    the wrong file go to the right one, lines that are there twice stay once, a month is made of what can be read of it,
    and the index is made anew. Nothing is deleted: the file as it was is moved to the folder damaged/ of the archive.

    Exit status: 0 all is sound, or was mended, 1 something is wrong or was lost, 2 the archive could not be read.

    \b
    Examples:
      ticker verify
      ticker verify --json | jq -r .path
      ticker verify --repair
    """
    from datetime import UTC, datetime

    from ticker.archive import Repair, Verification
    from ticker.commands.archives import demand_archive, open_archive

    settings = invocation.settings()
    demand_archive(open_archive(invocation, settings))
    meter = _Meter(sys.stderr.isatty() and not invocation.quiet)
    told: set[Finding] = set()
    is_lossy = False
    for _ in range(_ROUNDS):
        work = Repair(settings.archive, meter.say) if repair else None
        verification = Verification(settings.archive, datetime.now(UTC), meter.show)
        problems = mendable = 0
        for finding in verification.findings():
            problems += finding.is_problem
            mendable += finding.is_problem and bool(finding.mend)
            if work:
                work.note(finding)
            if finding not in told and (finding.is_problem or not invocation.quiet):
                meter.erase()
                _tell(finding, as_json)
            if work:
                told.add(finding)
        meter.erase()
        if not work or not work.mend():
            break
        is_lossy = is_lossy or work.is_lossy
    invocation.note(_summary(verification, problems, mendable, repair))
    return PROBLEMS if problems or is_lossy else 0


class _Meter:
    """How much of the archive is read, shown on a terminal."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted

    def show(self, done: int, total: int) -> None:
        if self._wanted:
            show_share("verifying", done, total)

    def say(self, text: str) -> None:
        self.erase()
        click.echo(harmless(text), err=True)

    def erase(self) -> None:
        if self._wanted:
            click.echo(ERASED, nl=False, err=True)


def _tell(finding: Finding, as_json: bool) -> None:
    if as_json:
        from ticker.commands.output import print_object

        fields = {
            "path": str(finding.path),
            "line": finding.line_number or None,
            "what": finding.what,
            "problem": finding.is_problem,
            "mendable": bool(finding.mend),
        }
        print_object(fields)
    else:
        click.echo(harmless(str(finding)))


def _summary(verification: Verification, problems: int, mendable: int, repair: bool) -> str:
    read = f"{number_of(verification.lines, 'line')} in {number_of(verification.files, 'file')}"
    if not problems:
        return f"{read}, all sound"
    told = f"{read}, {number_of(problems, 'problem')}"
    if repair or not mendable:
        return f"{told}, which cannot be mended"
    can = "which can" if mendable == problems else f"{mendable:,} of which can"
    return f"{told}, {can} be mended: run 'ticker verify --repair'"
