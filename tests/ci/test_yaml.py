"""action.yml, the workflows and the blocks of the documentation, read as their services read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
import yaml
from support.composite_action import expanded, is_wanted, load

ROOT = Path(__file__).resolve().parents[2]
ACTION = load(ROOT / "action.yml")
STEPS = cast("dict[str, list[dict[str, object]]]", ACTION["runs"])["steps"]
INPUTS = cast("dict[str, dict[str, object]]", ACTION["inputs"])
OUTPUTS = cast("dict[str, dict[str, str]]", ACTION["outputs"])
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCED = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(page.name, block) for page in PAGES for block in FENCED.findall(page.read_text("utf-8"))]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")

# Of the host's documentation: what an action and a job may have.
_ACTION_KEYS = {"name", "description", "author", "branding", "inputs", "outputs", "runs"}
_STEP_KEYS = {
    "id",
    "if",
    "name",
    "uses",
    "with",
    "shell",
    "run",
    "env",
    "continue-on-error",
    "working-directory",
}
_JOB_KEYS = {
    "name", "needs", "permissions", "runs-on", "environment", "env", "if", "steps", "strategy", "concurrency",
    "timeout-minutes", "outputs", "container", "defaults", "continue-on-error",
}  # fmt: skip
_WORKFLOW_KEYS = {"name", "on", True, "permissions", "concurrency", "env", "jobs", "defaults"}


def texts(value: object) -> list[str]:
    """Return every text in plain values."""
    match value:
        case dict():
            return [text for one in value.values() for text in texts(one)]
        case list():
            return [text for one in value for text in texts(one)]
    return [str(value)]


def names(text: str) -> set[str]:
    """Return the names of the contexts that expressions of a text mention."""
    found = re.findall(r"\$\{\{(.*?)\}\}", text)
    return {name for one in found for name in re.findall(r"[\w-]+(?:\.[\w-]+)+", re.sub(r"'[^']*'", "", one))}


def test_the_action_has_the_keys_of_one() -> None:
    assert set(ACTION) == _ACTION_KEYS
    assert cast("dict[str, str]", ACTION["runs"])["using"] == "composite"
    for given in (*INPUTS.values(), *cast("dict[str, dict[str, object]]", ACTION["outputs"]).values()):
        assert set(given) <= {"description", "default", "required", "value", "deprecationMessage"}
        assert given["description"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: str(step.get("id") or step["uses"])[:30])
def test_a_step_uses_a_pinned_action_or_runs_a_command_of_this_checkout(step: dict[str, object]) -> None:
    assert set(step) <= _STEP_KEYS
    assert ("uses" in step) != ("run" in step)
    if "uses" in step:
        assert PINNED.fullmatch(str(step["uses"]))
    else:
        assert step["shell"] == "bash"
        assert "${{" not in str(step["run"])
        assert "eval" not in str(step["run"])
        is_script = str(step["run"]).startswith('"$PYTHON" -I "$GITHUB_ACTION_PATH/scripts/github_action/')
        assert is_script or step["run"] == 'exit "${CODE:-3}"'
        for script in re.findall(r"\$GITHUB_ACTION_PATH/([\w/.]+)", str(step["run"])):
            assert (ROOT / script).is_file()


def test_what_steps_refer_to_is_there() -> None:
    before: set[str] = set()
    for step in STEPS:
        condition = str(step.get("if", ""))
        mentioned = set().union(*map(names, texts(step))) | names(f"${{{{ {condition} }}}}")
        for name in mentioned:
            kind, _, rest = name.partition(".")
            assert kind in {"inputs", "steps", "github", "runner"}
            assert kind != "inputs" or rest in INPUTS
            assert kind != "steps" or rest.partition(".")[0] in before
        before.add(str(step.get("id", "")))
    for output in OUTPUTS.values():
        for name in names(output["value"]):
            assert name.split(".")[1] in before


def test_the_token_is_given_to_the_steps_that_write_and_to_no_other() -> None:
    given = [step for step in STEPS if any("inputs.token" in text for text in texts(step))]
    assert [step.get("id", str(step.get("uses")).partition("@")[0]) for step in given] == [
        "comment",
        "github/codeql-action/upload-sarif",
    ]


def test_what_shows_the_report_is_done_even_where_the_check_failed() -> None:
    position = next(number for number, step in enumerate(STEPS) if step.get("id") == "check")
    assert all("always()" in str(step["if"]) for step in STEPS[position + 1 :])
    assert STEPS[-1]["run"] == 'exit "${CODE:-3}"'


def test_every_input_is_used_and_every_default_is_a_text() -> None:
    used = set().union(*(names(text) | names(f"${{{{ {text} }}}}") for text in texts(STEPS)))
    assert {f"inputs.{name}" for name in INPUTS} <= used
    assert all(isinstance(given["default"], str) for given in INPUTS.values())


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_has_the_keys_of_one(file: Path) -> None:
    assert_workflow(load(file))


@pytest.mark.parametrize(("page", "block"), BLOCKS)
def test_a_block_of_the_documentation_is_what_its_service_reads(page: str, block: str) -> None:
    found = yaml.safe_load(block)
    assert found, page
    if isinstance(found, dict) and "jobs" in found:
        assert_workflow(found)
    for text in re.findall(r"^ *- uses: (?:\./|OWNER/|acme/)?(.*?)(?: #.*)?$", block, re.MULTILINE):
        assert "@" in text


def assert_workflow(workflow: dict[str, object]) -> None:
    assert set(workflow) <= _WORKFLOW_KEYS
    jobs = cast("dict[str, dict[str, object]]", workflow["jobs"])
    assert jobs
    for job in jobs.values():
        assert set(job) <= _JOB_KEYS
        for step in cast("list[dict[str, object]]", job["steps"]):
            assert set(step) <= _STEP_KEYS
            assert ("uses" in step) != ("run" in step)


def test_conditions_mean_what_the_host_takes_them_for() -> None:
    context = {"inputs.a": "true", "steps.b.outputs.c": ""}
    assert is_wanted("inputs.a == 'true'", context, has_failed=False)
    assert not is_wanted("inputs.a == 'true'", context, has_failed=True)
    assert is_wanted("always() && inputs.a != ''", context, has_failed=True)
    assert not is_wanted("always() && steps.b.outputs.c != ''", context, has_failed=True)
    assert expanded("x-${{ inputs.a }}-${{ steps.none.outputs.x }}", context) == "x-true-"
