"""The workflows run nothing that somebody else can change, and are trusted with as little as will do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)")


def uses(text: str) -> list[str]:
    return re.findall(r"uses:\s*(.+)", text)


@pytest.fixture(params=WORKFLOWS, ids=[file.name for file in WORKFLOWS])
def workflow(request: pytest.FixtureRequest) -> str:
    file = request.param
    assert isinstance(file, Path)
    return file.read_text("utf-8")


def test_an_action_is_that_of_a_commit_and_names_its_version(workflow: str) -> None:
    assert uses(workflow)
    # Our own is that of the commit that is tested.
    assert [one for one in uses(workflow) if one != "./" and not PINNED.fullmatch(one)] == []


def test_an_action_has_one_version_everywhere() -> None:
    others = (ROOT / "action.yml", ROOT / "semverdiff" / "cli" / "templates" / "github.yml")
    found = {one for file in (*WORKFLOWS, *others) for one in uses(file.read_text("utf-8"))}
    found.discard("./")
    assert len({one.partition("@")[0] for one in found}) == len(found)


def test_a_job_has_the_rights_that_it_names_and_no_others(workflow: str) -> None:
    assert "\npermissions: {}\n" in workflow
    jobs = re.split(r"^  (?=[a-z]+:)", workflow.partition("\njobs:\n")[2], flags=re.MULTILINE)[1:]
    assert [job.partition(":")[0] for job in jobs if "\n    permissions:\n" not in job] == []


def test_no_step_keeps_the_token_that_fetched_the_sources(workflow: str) -> None:
    fetched = workflow.split("uses: actions/checkout@")[1:]
    assert [one for one in fetched if not re.match(r".*\n +with:\n +persist-credentials: false\n", one)] == []


def test_no_command_is_made_of_what_a_contributor_wrote(workflow: str) -> None:
    assert "pull_request_target" not in workflow
    commands = re.findall(r"run: (?:[|>]-?\n(?: {10,}.*\n)+|.*\n)", workflow)
    assert commands
    assert [command for command in commands if "${{" in command] == []


def test_whatever_is_installed_is_installed_by_its_hash(workflow: str) -> None:
    installed = re.findall(r"pip .*install (.*)", workflow)
    assert installed
    assert [one for one in installed if not one.startswith(("--require-hashes ", "--no-deps "))] == []


def test_every_target_is_fuzzed() -> None:
    (matrix,) = re.findall(r"target: \[(.*)\]", WORKFLOWS[0].read_text("utf-8"))
    assert matrix.split(", ") == sorted(TARGETS)
