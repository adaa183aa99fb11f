"""The commands of the files that `semver init` writes, run as CI systems and git run them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from attacks.pull_requests import checked_out, released
from support.central import serve_central
from support.git_repositories import commit, git
from support.packages import manifest

if TYPE_CHECKING:
    from cli.conftest import Semver

pytestmark = pytest.mark.slow


def ran(command: str, root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of a file in the checkout, with the program on the path."""
    bash = shutil.which("bash")
    assert bash is not None
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with serve_central([released()]) as central:
        return subprocess.run(
            [bash, "-eo", "pipefail", "-c", command],
            cwd=root,
            env={
                "PATH": path,
                "HOME": str(root.parent),
                "SEMVERDIFF_CENTRAL_URL": central.address,
                "NO_PROXY": "127.0.0.1",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )


def test_the_workflow_checks_and_writes_the_job_summary_and_the_page(semver: Semver, tmp_path: Path) -> None:
    root = checked_out(tmp_path)
    assert semver("init", root / "shop", "--ci", "github").code == 0
    steps = yaml.safe_load((root / ".github" / "workflows" / "semver.yml").read_text("utf-8"))
    command = next(
        step["run"] for step in steps["jobs"]["semver"]["steps"] if "semver check" in step.get("run", "")
    )
    runner = tmp_path / "runner"
    runner.mkdir()
    (runner / "summary").touch()
    variables = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(runner / "summary")}
    ended = ran(command, root, **variables, RUNNER_TEMP=str(runner))
    assert ended.returncode == 1, ended.stderr
    assert "1.3.1 is too low" in ended.stdout
    assert "is too low" in (runner / "summary").read_text("utf-8")
    assert "<html" in (runner / "api-changes.html").read_text("utf-8")


def test_the_job_of_gitlab_checks_and_writes_what_it_hands_on(semver: Semver, tmp_path: Path) -> None:
    root = checked_out(tmp_path)
    assert semver("init", root / "shop", "--ci", "gitlab").code == 0
    job = yaml.safe_load((root / ".gitlab" / "semver.yml").read_text("utf-8"))["semver"]
    base = git(root, "merge-base", "HEAD", "origin/main").strip()
    ended = ran("\n".join(job["script"]), root, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert ended.returncode == 1, ended.stderr
    reports = job["artifacts"]["reports"]
    assert json.loads((root / reports["codequality"]).read_text("utf-8"))[0]["severity"] == "blocker"
    assert "<testsuites" in (root / reports["junit"]).read_text("utf-8")
    assert {Path(file).parts[0] for file in reports.values()} == set(job["artifacts"]["paths"])


def test_a_push_is_stopped_where_the_version_is_too_low_and_by_nothing_else(
    semver: Semver, tmp_path: Path
) -> None:
    root = checked_out(tmp_path)
    assert semver("init", root / "shop", "--hook").code == 0
    push = "git push --quiet origin HEAD:refs/heads/pushed"
    refused = ran(push, root)
    assert refused.returncode == 1
    assert "1.3.1 is too low" in refused.stdout + refused.stderr
    unanswered = ran(push, root, SEMVERDIFF_CENTRAL_URL="http://127.0.0.1:9")
    assert unanswered.returncode == 0, unanswered.stderr
    assert "the check could not complete" in unanswered.stderr
    commit(root, {"shop/Ballerina.toml": manifest("2.0.0")})
    assert ran(push, root).returncode == 0


def test_the_hook_of_pre_commit_is_a_command_of_the_program(semver: Semver) -> None:
    (hook,) = yaml.safe_load(
        (Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8")
    )
    assert hook["id"] == "semver-check"
    assert hook["language"] == "python"
    program, *arguments = hook["entry"].split()
    assert program == "semver"
    assert semver(*arguments, "--help").code == 0
