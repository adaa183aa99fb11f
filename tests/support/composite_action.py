"""Runs the steps of a composite action as GitHub does: conditions, outputs, variables, and what fails.

Steps that use other actions are not run: what they were given is kept, and the test names their outputs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Run", "Step", "expanded", "is_wanted", "load", "run_steps"]

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_WORD = re.compile(
    r"'((?:[^']|'')*)'|(always\(\)|success\(\))|(&&)|(\|\|)|(==)|(!=)|([\w-]+(?:\.[\w-]+)+)|(\S)"
)

Step = dict[str, object]


@dataclass
class Run:
    """What became of the steps: their outputs and log, how the action ended, and what others were given."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)


def load(file: Path) -> dict[str, object]:
    """Return an action or a workflow as plain values; YAML takes `on` for true."""
    return cast("dict[str, object]", yaml.safe_load(file.read_text("utf-8")))


def expanded(text: str, context: Mapping[str, str]) -> str:
    """Return a text with its expressions replaced; of expressions there are names here, and no others."""
    return _EXPRESSION.sub(lambda found: _value(found[1], context), text)


def is_wanted(condition: str, context: Mapping[str, str], *, has_failed: bool) -> bool:
    """Return whether a step is run: after a failure only where its condition has `always()`."""
    parts = []
    for text, call, both, either, equal, unequal, name, other in _WORD.findall(condition):
        assert not other, f"no test knows {other!r} of {condition!r}"
        if call:
            parts.append(str(call == "always()" or not has_failed))
        elif both or either:
            parts.append("and" if both else "or")
        elif equal or unequal:
            parts.append("==" if equal else "!=")
        else:
            parts.append(repr(_value(name, context) if name else text))
    wanted = bool(eval(" ".join(parts), {"__builtins__": {}}))  # noqa: S307 (own texts)
    return wanted and ("always()" in condition or not has_failed)


def _value(name: str, context: Mapping[str, str]) -> str:
    """Return a value by its name: an output that no step has set is empty."""
    assert name in context or name.startswith("steps."), f"the test does not know {name}"
    return context.get(name, "")


def run_steps(
    file: Path,
    directory: Path,
    inputs: Mapping[str, str],
    environment: Mapping[str, str],
    outputs_of_others: Mapping[str, Mapping[str, str]],
) -> Run:
    """Run an action in `directory`, the checkout; `outputs_of_others` are those of steps not to be run."""
    action = load(file)
    declared = cast("dict[str, dict[str, str]]", action["inputs"])
    unknown = set(inputs) - set(declared)
    assert not unknown
    context = {f"inputs.{name}": str(given.get("default", "")) for name, given in declared.items()}
    context |= {f"inputs.{name}": value for name, value in inputs.items()}
    context |= {"runner.os": "Linux", "runner.arch": "X64", "github.token": "of-the-workflow"}
    context["inputs.token"] = expanded(context["inputs.token"], context)
    run = Run()
    for number, step in enumerate(_steps(action)):
        name = str(step.get("id", number))
        condition = str(step.get("if", "success()"))
        if not is_wanted(condition, context, has_failed=run.code != 0):
            run.outcomes[name] = "skipped"
            continue
        if "uses" in step or name in outputs_of_others:
            given = cast("dict[str, object]", step.get("with", {}))
            texts = {key: expanded(str(value), context) for key, value in given.items()}
            run.used[str(step.get("uses", name)).partition("@")[0]] = texts
            outputs, code = outputs_of_others.get(name, {}), 0
        else:
            variables = {**environment, "GITHUB_ACTION_PATH": str(file.parent)}
            variables |= {key: expanded(str(value), context) for key, value in _variables(step).items()}
            outputs, code, log = _shell(step, directory, variables)
            run.log += log
        context |= {f"steps.{name}.outputs.{key}": value for key, value in outputs.items()}
        run.outcomes[name] = context[f"steps.{name}.outcome"] = "failure" if code else "success"
        run.code = run.code or code
    summary = Path(environment["GITHUB_STEP_SUMMARY"])
    run.summary = summary.read_text("utf-8") if summary.exists() else ""
    results = cast("dict[str, dict[str, str]]", action["outputs"])
    run.outputs = {name: expanded(one["value"], context) for name, one in results.items()}
    return run


def _steps(action: Mapping[str, object]) -> list[Step]:
    return cast("dict[str, list[Step]]", action["runs"])["steps"]


def _variables(step: Step) -> dict[str, object]:
    return cast("dict[str, object]", step.get("env", {}))


def _shell(step: Step, directory: Path, variables: Mapping[str, str]) -> tuple[dict[str, str], int, str]:
    """Return outputs, exit code and log of a step that runs a command, started as GitHub starts bash."""
    assert step["shell"] == "bash"
    file = Path(variables["RUNNER_TEMP"]) / "output"
    file.write_text("", "utf-8")
    bash = shutil.which("bash")
    assert bash is not None
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_CONFIG") if name in os.environ}
    ended = subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", str(step["run"])],
        cwd=directory,
        env={**kept, **variables, "GITHUB_OUTPUT": str(file)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines), ended.returncode, ended.stdout.decode()
