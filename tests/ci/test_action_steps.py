"""The steps of action.yml, run one after the other, against a stand-in of the hosting service."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attacks.pull_requests import checked_out, released
from cli.examples import OLD
from support.central import serve_central
from support.composite_action import Run, run_steps
from support.git_repositories import commit
from support.hosting import BOT, Hosting, Refusal, comment, serve_hosting
from support.packages import manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

ACTION = Path(__file__).resolve().parents[2] / "action.yml"
MARKER = "<!-- semverdiff shop -->"
# Not run: they ask package indexes, or are the host's own.
OTHERS = {
    "python": {"python-path": sys.executable},
    "wheels": {"key": "k", "wheels": "w"},
}


def ran(
    root: Path,
    hosting: Hosting,
    inputs: Mapping[str, str] | None = None,
    event: Mapping[str, object] | None = None,
    python: str = sys.executable,
    **environment: str,
) -> Run:
    """Run the action for a pull request that is checked out at `root`."""
    runner = root.parent / "runner"
    runner.mkdir(exist_ok=True)
    summary = runner / "summary"
    summary.unlink(missing_ok=True)
    (runner / "event.json").write_text(json.dumps(event or {"pull_request": {"number": 7}}), "utf-8")
    with serve_hosting(hosting), serve_central([released()]) as central:
        return run_steps(
            ACTION,
            root,
            {"path": "shop", **(inputs or {})},
            {
                "HOME": str(root.parent),
                "RUNNER_TEMP": str(runner),
                "GITHUB_EVENT_PATH": str(runner / "event.json"),
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_API_URL": hosting.address,
                "GITHUB_REPOSITORY": "acme/shop",
                "GITHUB_BASE_REF": "main",
                "SEMVERDIFF_CENTRAL_URL": central.address,
                "NO_PROXY": "127.0.0.1",
                **environment,
            },
            {**OTHERS, "install": {"python": python}},
        )


def said(body: str) -> str:
    """Return what a reader sees of a comment: without its marker, and signs as they are shown."""
    assert body.startswith(f"{MARKER}\n")
    return body.removeprefix(f"{MARKER}\n").replace("\\", "")


def mended(root: Path) -> None:
    """Commit what the check asks for."""
    commit(root, {"shop/Ballerina.toml": manifest("2.0.0")})


def test_a_break_fails_and_is_told_in_a_comment_in_the_summary_and_in_the_log(tmp_path: Path) -> None:
    hosting = Hosting()
    run = ran(checked_out(tmp_path), hosting)
    assert run.code == 1
    assert run.outputs["outcome"] == "under-bumped"
    assert run.outputs["required-version"] == "2.0.0"
    assert json.loads(Path(run.outputs["report-path"]).read_text("utf-8"))["outcome"] == "under-bumped"
    (body,) = hosting.bodies()
    assert said(body).startswith("## ❌ 1.3.1 is too low: 2.0.0 is required by 1 breaking change")
    assert run.summary.strip() == body.strip()
    assert "1.3.1 is too low: 2.0.0 is required by 1 breaking change" in run.log
    assert "::error file=shop/Ballerina.toml" in run.log
    assert hosting.tokens == {"Bearer of-the-workflow"}


def test_the_comment_is_updated_and_says_all_clear_after_a_fix(tmp_path: Path) -> None:
    root, hosting = checked_out(tmp_path), Hosting()
    ran(root, hosting)
    mended(root)
    run = ran(root, hosting)
    assert (run.code, run.outputs["outcome"]) == (0, "passed")
    (body,) = hosting.bodies()
    assert said(body).startswith("## ✅ 2.0.0 is right")
    assert "comment updated" in run.log


def test_nothing_is_written_where_the_comment_says_so_already(tmp_path: Path) -> None:
    root, hosting = checked_out(tmp_path), Hosting()
    ran(root, hosting)
    hosting.requests.clear()
    assert "the comment says so already" in ran(root, hosting).log
    assert {request.split()[0] for request in hosting.requests} == {"GET"}


def test_no_comment_is_made_where_nobody_has_to_notice_anything(tmp_path: Path) -> None:
    root = checked_out(tmp_path, change={"shop/orders.bal": f"// a word\n{OLD}"})
    hosting = Hosting()
    run = ran(root, hosting)
    assert run.code == 0
    assert hosting.comments == []
    assert "## ✅" in run.summary
    assert len(ran(root, hosting, {"comment": "always"}).summary) == len(hosting.bodies()[0]) + 1


def test_a_fork_without_rights_has_the_report_in_the_summary(tmp_path: Path) -> None:
    hosting = Hosting(refusals=[Refusal("POST", 403)])
    run = ran(checked_out(tmp_path), hosting)
    assert run.code == 1
    assert run.outcomes["comment"] == "success"
    assert hosting.comments == []
    assert "1.3.1 is too low" in said(run.summary)
    assert "no comment (POST was answered with 403): the report is in the job summary" in run.log
    assert [request for request in hosting.requests if request.startswith("POST")] == [
        "POST /repos/acme/shop/issues/7/comments"
    ]


def test_the_comment_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    theirs = comment(1, f"{MARKER}\nall is well", {"login": "mallory", "type": "User"})
    quoted = comment(2, f"> {MARKER}\n> all is well", BOT)
    hosting = Hosting(comments=[theirs, quoted])
    ran(checked_out(tmp_path), hosting)
    assert hosting.bodies()[:2] == [f"{MARKER}\nall is well", f"> {MARKER}\n> all is well"]
    assert len(hosting.comments) == 3


def test_nothing_of_a_pull_request_reaches_a_shell(tmp_path: Path) -> None:
    root = checked_out(
        tmp_path, change={"json.py": "raise SystemExit(99)\n", "httpx.py": "raise SystemExit(98)\n"}
    )
    hosting = Hosting()
    inputs = {"baseline": "$(touch pwned)", "fail-on": "`touch pwned`"}
    run = ran(root, hosting, inputs)
    assert (run.code, run.outputs["outcome"]) == (2, "error")
    assert not list(tmp_path.rglob("pwned"))
    assert ran(root, Hosting()).code == 1


def test_the_settings_of_the_target_branch_judge(tmp_path: Path) -> None:
    change = {"shop/Semver.toml": '[check]\nfail-on = "never"\nbaseline = "none"\n'}
    run = ran(checked_out(tmp_path, change=change), Hosting())
    assert (run.code, run.outputs["outcome"]) == (1, "under-bumped")


def test_a_check_that_could_not_complete_still_hands_on_its_report(tmp_path: Path) -> None:
    root, hosting = checked_out(tmp_path, change={"shop/orders.bal": "public function ("}), Hosting()
    run = ran(root, hosting, {"upload-sarif": "true"})
    assert (run.code, run.outputs["outcome"]) == (3, "error")
    (body,) = hosting.bodies()
    assert said(body).startswith("## ❌")
    assert run.used["actions/upload-artifact"]["path"] == str(Path(run.outputs["report-path"]).parent)
    assert Path(run.used["github/codeql-action/upload-sarif"]["sarif_file"]).is_file()


def test_a_push_has_no_comment_and_judges_by_its_own_settings(tmp_path: Path) -> None:
    hosting = Hosting()
    root = checked_out(tmp_path, change={"shop/Semver.toml": '[check]\nfail-on = "never"\n'})
    run = ran(root, hosting, event={"ref": "refs/heads/main"}, GITHUB_BASE_REF="")
    assert run.code == 0
    assert hosting.requests == []
    assert "1.3.1 is too low" in said(run.summary)


def test_what_is_not_wanted_is_not_done(tmp_path: Path) -> None:
    hosting = Hosting()
    inputs = {"comment": "never", "artifact": "", "cache": "false", "formats": "html"}
    run = ran(checked_out(tmp_path), hosting, inputs)
    assert run.code == 1
    assert hosting.requests == []
    assert set(run.used) == {"actions/setup-python", "wheels", "install"}
    reports = {file.name for file in Path(run.outputs["report-path"]).parent.iterdir()}
    assert reports == {"report.json", "report.md", "report.html"}
    assert "::error" not in run.log


def test_a_workspace_has_one_report_and_the_worst_outcome(tmp_path: Path) -> None:
    workspace = {"Ballerina.toml": '[workspace]\npackages = ["shop"]\n'}
    root = checked_out(tmp_path, target=workspace)
    run = ran(root, Hosting(), {"path": ".", "workspace": "true"})
    assert (run.code, run.outputs["outcome"]) == (1, "under-bumped")
    assert run.outputs["required-version"] == "2.0.0"


def test_a_program_that_cannot_be_started_passes_nothing(tmp_path: Path) -> None:
    run = ran(checked_out(tmp_path), Hosting(), python=str(tmp_path / "none"))
    assert run.code != 0
    assert run.outcomes["verdict"] == "failure"
    assert run.outputs == {"outcome": "", "required-version": "", "report-path": ""}
    assert "actions/upload-artifact" not in run.used
