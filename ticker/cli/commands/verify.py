"""The command ``ticker verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ticker.cli.context import Invocation
from ticker.cli.messages import number_of
from ticker.cli.options import common_options
from ticker.cli.progress import Meter
from ticker.cli.terminal import replace_controls

if TYPE_CHECKING:
    from ticker.archive.fsck.validate import Issue
    from ticker.archive.fsck.verify import Verification

PROBLEMS = 1
_ROUNDS = 3  # a repair may reveal further problems, such as in the lines of a damaged month


@click.command("verify")
@click.option("--repair", is_flag=True, help="Repair problems; original files are moved to damaged/.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per finding.")
@common_options
@click.pass_obj
def command(invocation: Invocation, repair: bool, as_json: bool) -> int:
    """Check the whole archive, and repair it with --repair.

    Each line is checked: it must be readable, be in the file of its date, have the id computed from its content, and
    not be a duplicate. Compressed months, the index, the files of --new and all other files are checked as well.
    Problems are printed with file and line; harmless findings are printed as notes. Without --repair, nothing is
    changed. Other processes may fetch meanwhile.

    --repair rewrites damaged files: it drops unreadable lines and duplicates, moves lines to the file of their date,
    recovers what is readable of compressed months, and rebuilds the index. Nothing is deleted: original files are moved
    to the archive's folder damaged/.

    Exit status: 0 no problems, or all repaired, 1 problems remain or data was lost, 2 the archive could not be read.

    \b
    Examples:
      ticker verify
      ticker verify --json | jq -r .path
      ticker verify --repair
    """
    from datetime import UTC, datetime

    from ticker.archive import Repair, Verification
    from ticker.cli.context import open_archive

    settings = invocation.settings()
    open_archive(invocation, settings)
    meter = Meter("verifying", invocation.has_progress)
    told: set[Issue] = set()
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


def _tell(finding: Issue, as_json: bool) -> None:
    if as_json:
        from ticker.cli.output import print_object

        fields = {
            "path": str(finding.path),
            "line": finding.line_number or None,
            "what": finding.what,
            "problem": finding.is_problem,
            "mendable": bool(finding.mend),
        }
        print_object(fields)
    else:
        click.echo(replace_controls(str(finding)))


def _summary(verification: Verification, problems: int, mendable: int, repair: bool) -> str:
    read = f"{number_of(verification.lines, 'line')} in {number_of(verification.files, 'file')}"
    if not problems:
        return f"{read}, no problems"
    told = f"{read}, {number_of(problems, 'problem')}"
    if repair or not mendable:
        return f"{told}, which cannot be repaired"
    can = "which can" if mendable == problems else f"{mendable:,} of which can"
    return f"{told}, {can} be repaired: run 'ticker verify --repair'"
