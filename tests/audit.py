"""The command ``make audit``, which checks the pins in constraints.txt for known vulnerabilities.

pip-audit queries a public service. The exit status is 0 for no known vulnerability in any package, 1 for some, and 2 if
the audit failed or skipped packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"


def main(python: str = sys.executable) -> int:
    """Run the pip-audit of the interpreter ``python`` and return the exit status."""
    how = ["--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run([python, "-m", "pip_audit", *how], capture_output=True, text=True, check=False)
    except OSError as error:
        print(f"audit: failed: {python}: {error.strerror}", file=sys.stderr)
        return 2
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or [f"pip-audit ended with status {done.returncode}"])[-1]
        print(f"audit: failed: {why}", file=sys.stderr)
        return 2
    known = [(package, each) for package in packages for each in package.get("vulns", ())]
    for package, each in known:
        fixed = ", ".join(each.get("fix_versions", ())) or "no version"
        print(f"{package['name']} {package['version']}: {each['id']}, fixed in {fixed}")
    skipped = sum("skip_reason" in package for package in packages)
    print(f"audit: {len(packages) - skipped} packages audited, {len(known)} vulnerabilities", file=sys.stderr)
    if skipped:
        print(f"audit: {skipped} packages skipped, because the service has no data on them", file=sys.stderr)
    return 1 if known else 2 if skipped else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
