"""Runs `semver check` for the Action, and hands on how it ended: another step fails.

The reports lie in a directory that nobody could know before, outside of the checkout. Inputs come as
variables `INPUT_...`: none of them is ever part of a shell's text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILES", "Result", "arguments", "main", "merge_base", "result_of"]

FILES = {
    "text": "report.txt",
    "bal": "report.bal.txt",
    "json": "report.json",
    "html": "report.html",
    "markdown": "report.md",
    "sarif": "report.sarif",
    "junit": "report.xml",
    "github": "annotations.txt",
    "gitlab": "report.gitlab.json",
}
# The first for outputs, the second for the comment and the job summary.
_NEEDED = ("json", "markdown")
_PASSED = frozenset({"passed", "first-release"})
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,100}")
_OUTCOME = re.compile(r"[a-z-]{1,40}")
_COULD_NOT_COMPLETE = 3
_HIDDEN = ("INPUT_", "ACTIONS_")


class Result(NamedTuple):
    """What the report says: the outcome, the version that is needed, whether anybody has to read it."""

    outcome: str
    required_version: str
    is_notable: bool


def main() -> None:
    """Check, print what is for the log, and write the outputs of the step."""
    directory = Path(tempfile.mkdtemp(prefix="semver-", dir=os.environ["RUNNER_TEMP"]))
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    formats = [*dict.fromkeys([*_NEEDED, *os.environ["INPUT_FORMATS"].split()])]
    # What the steps of the Action may do is not for a program that reads a pull request.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    command = [sys.executable, "-I", "-m", "semverdiff", *arguments(os.environ, event, formats, directory)]
    ended = subprocess.run(command, env=environment, check=False)  # noqa: S603 (own command)
    # Below zero: ended by a signal.
    code = ended.returncode if ended.returncode >= 0 else _COULD_NOT_COMPLETE
    for one in ("text", "bal", "github"):
        shown = directory / FILES[one]
        if one in formats and shown.is_file():
            sys.stdout.buffer.write(shown.read_bytes())
    sys.stdout.flush()
    report = directory / FILES["json"]
    result = result_of(report.read_text("utf-8") if report.is_file() else "", code)
    _output(
        {
            "exit-code": str(code),
            "outcome": result.outcome,
            "required-version": result.required_version,
            "notable": str(result.is_notable).lower(),
            "directory": str(directory),
            "report-path": str(report) if report.is_file() else "",
            "sarif-path": str(directory / FILES["sarif"]) if "sarif" in formats else "",
        }
    )


def arguments(
    inputs: Mapping[str, str], event: Mapping[str, object], formats: list[str], directory: Path
) -> list[str]:
    """Return the arguments of the program; an unknown format is for the program to refuse."""
    options = {
        "baseline": inputs["INPUT_BASELINE"],
        "fail-on": inputs["INPUT_FAIL_ON"],
        "merge-base": merge_base(inputs, event),
    }
    chosen = [f"--{name}={value}" for name, value in options.items() if value]
    if inputs["INPUT_WORKSPACE"] == "true":
        chosen.append("--workspace")
    reports = [f"--format={one}={directory / FILES.get(one, 'report')}" for one in formats]
    return ["check", *chosen, *reports, "--", inputs["INPUT_PATH"]]


def merge_base(inputs: Mapping[str, str], event: Mapping[str, object]) -> str:
    """Return the revision whose settings judge: what was asked for, else where the change set is to go.

    A push has none: what is on the branch was judged before it came there.
    """
    asked = inputs["INPUT_MERGE_BASE"]
    if asked:
        return "" if asked == "none" else asked
    base = inputs.get("GITHUB_BASE_REF", "")
    if base:
        return f"origin/{base}"
    group = event.get("merge_group")
    return str(group["base_sha"]) if isinstance(group, dict) and "base_sha" in group else ""


def result_of(text: str, code: int) -> Result:
    """Return what a JSON report says; an error where there is none."""
    try:
        report = json.loads(text)
        packages = report.get("packages", [report])
        outcome = report["outcome"]
        needed = packages[0].get("required_version") if len(packages) == 1 else None
        noticed = any(one["tone"] != "good" or _is_noticed(one) for one in packages)
    except (ValueError, LookupError, TypeError, AttributeError):
        return Result("error", "", is_notable=True)
    is_known = isinstance(outcome, str) and _OUTCOME.fullmatch(outcome) is not None
    # An output is a line: nothing that was read may add another.
    version = needed if isinstance(needed, str) and _VERSION.fullmatch(needed) else ""
    failed = code != 0 or not is_known or outcome not in _PASSED
    return Result(outcome if is_known else "error", version, is_notable=failed or noticed)


def _is_noticed(report: Mapping[str, object]) -> bool:
    """Return whether clients may notice what this change set adds, or else what the release does."""
    change_set = report["change_set"]
    findings = change_set["findings"] if isinstance(change_set, dict) else report["findings"]
    return any(finding["level"] != "patch" for finding in cast("list[dict[str, str]]", findings))


def _output(values: dict[str, str]) -> None:
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())


if __name__ == "__main__":
    main()
