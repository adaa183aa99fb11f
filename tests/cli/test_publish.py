"""`semver check --publish` from outside: what fails, what is not known, who is asked, and who decides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publish.publications import SOURCES, Situation, archive, published, toml, write_situation
from support.central import Fault, refused_address, serve_central, status
from support.git_repositories import commit, git, repository_at

from semverdiff.reports import FORMATS

if TYPE_CHECKING:
    from cli.conftest import Semver
    from cli.examples import Ended


def _situated(tmp_path: Path, **files: str | None) -> Path:
    return write_situation(
        tmp_path, Situation({path.replace("_", "."): text for path, text in files.items()})
    )


def _report(ended: Ended) -> dict[str, object]:
    found: dict[str, object] = json.loads(ended.out)
    return found


def test_a_package_that_is_ready_passes(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path)
    with serve_central([published()]) as central:
        ended = semver("check", "shop", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ended.code == 0
    assert "publishing:\n  nothing is in the way" in ended.out
    assert "passed  publish: nothing is in the way" in ended.out


def test_an_error_fails_the_gate(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path, README_md=None)
    with serve_central([published()]) as central:
        ended = semver(
            "check", "shop", "--publish", "--format", "json", SEMVERDIFF_CENTRAL_URL=central.address
        )
    report = _report(ended)
    assert (ended.code, report["outcome"]) == (1, "gate-failed")
    assert report["publish"] == {
        "findings": [
            {
                "rule": "readme-missing",
                "severity": "error",
                "message": "the package has no README.md",
                "prints": "README.md is missing in bala file:...",
                "remedy": "Write a README.md beside Ballerina.toml: what the package is for, and a first "
                "example.",
                "place": {"file": "Ballerina.toml", "line": 1, "column": 2},
            }
        ],
        "unchecked": [],
    }


def test_a_warning_fails_nothing(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path, README_md="\n")
    with serve_central([published()]) as central:
        ended = semver("check", "shop", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ended.code == 0
    assert "[warning] 'README.md' holds nothing but blanks" in ended.out


def test_nothing_is_looked_at_unless_somebody_asks(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path, README_md=None)
    ended = semver("check", "shop", "--baseline", "none", "--format", "json")
    assert (ended.code, _report(ended)["publish"]) == (0, None)


@pytest.mark.slow
def test_what_nobody_answers_is_not_taken_for_right(tmp_path: Path, semver: Semver) -> None:
    write_situation(tmp_path, Situation())
    with refused_address() as address:
        ended = semver(
            *("check", "shop", "--publish", "--baseline", "none", "--format", "json"),
            SEMVERDIFF_CENTRAL_URL=address,
        )
    report = _report(ended)
    assert (ended.code, report["outcome"]) == (1, "undecided")
    assert "may not be ready to be published: 2 conditions could not be checked" in str(report["summary"])
    publish = report["publish"]
    assert isinstance(publish, dict)
    assert {one["rule"] for one in publish["unchecked"]} == {"name-case-changed", "version-published"}


def test_offline_nobody_is_asked(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path)
    with serve_central([published()]) as central:
        ended = semver(
            *("check", "shop", "--publish", "--offline", "--baseline", "none"),
            SEMVERDIFF_CENTRAL_URL=central.address,
        )
        assert central.requests == ()
    assert ended.code == 1
    assert "[not checked] version-published: offline: 127.0.0.1" in ended.out


def test_a_registry_that_is_out_of_order_is_asked_once(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path)
    with serve_central([], [Fault("versions", status(403))]) as central:
        ended = semver(
            "check", "shop", "--publish", "--baseline", "none", SEMVERDIFF_CENTRAL_URL=central.address
        )
        assert central.endpoints == ("versions",)
    assert ended.code == 1


def test_with_fail_on_never_it_is_told_and_passes(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path, README_md=None)
    with serve_central([published()]) as central:
        ended = semver(
            "check", "shop", "--publish", "--fail-on", "never", SEMVERDIFF_CENTRAL_URL=central.address
        )
    assert ended.code == 0
    assert "does not pass the gate 'publish' (not enforced)" in ended.out


def test_a_published_version_is_told_whatever_the_baseline(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path)
    with serve_central([published("1.4.0")]) as central:
        ended = semver(
            "check", "shop", "--publish", "--baseline", "none", SEMVERDIFF_CENTRAL_URL=central.address
        )
    assert ended.code == 1
    assert "bal prints: package 'acme/shop:1.4.0' already exists in remote repository" in ended.out


def test_a_cached_answer_does_not_say_that_a_version_is_free(tmp_path: Path, semver: Semver) -> None:
    _situated(tmp_path)
    with serve_central([published()]) as central:
        semver("check", "shop", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
        before = central.endpoints.count("versions")
        semver("check", "shop", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
        assert central.endpoints.count("versions") > before


def test_a_private_package_may_only_be_hidden(tmp_path: Path, semver: Semver) -> None:
    write_situation(tmp_path, Situation({"Ballerina.toml": toml(visibility="private")}))
    with serve_central([]) as central:
        ended = semver(
            "check", "shop", "--publish", "--baseline", "none", SEMVERDIFF_CENTRAL_URL=central.address
        )
    assert ended.code == 1
    assert "no access token is set, so it may only be hidden" in ended.out


def test_an_archive_is_compared_with_the_sources_around_it(tmp_path: Path, semver: Semver) -> None:
    path = write_situation(
        tmp_path, Situation({"lib.bal": "public function total() returns int => 2;\n"}, archive=archive())
    )
    with serve_central([published()]) as central:
        ended = semver("check", path, "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ended.code == 1
    assert "the archive was built before the last change: 'shop: lib.bal' is not the same" in ended.out


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_shows_it(tmp_path: Path, semver: Semver, format_name: str) -> None:
    _situated(tmp_path, README_md=None)
    ended = semver("check", "shop", "--publish", "--offline", "--baseline", "none", "--format", format_name)
    assert "README.md" in ended.out
    assert "was not asked" in ended.out


def test_the_base_decides_that_it_is_asked(tmp_path: Path, semver: Semver) -> None:
    repository = repository_at(tmp_path / "shop")
    files = {"Ballerina.toml": toml(), **SOURCES, "Semver.toml": "[check]\npublish = true\n"}
    commit(repository, files, tag="base")
    git(repository, "rm", "-q", "README.md")
    commit(repository, {"Semver.toml": "[check]\npublish = false\n"})
    ended = semver("check", "shop", "--baseline", "git:base", "--offline", "--format", "json")
    report = _report(ended)
    assert (ended.code, report["outcome"]) == (1, "gate-failed")
    assert report["relaxed_settings"] == ["option 'publish': false, before true"]


@pytest.mark.parametrize(
    ("word", "code", "shown"),
    [
        ("off", 0, "nothing is in the way"),
        ("warning", 0, "[warning] the package has no"),
        ("error", 1, "[error]"),
    ],
)
def test_a_project_decides_what_a_rule_counts_as(
    *, tmp_path: Path, semver: Semver, word: str, code: int, shown: str
) -> None:
    root = _situated(tmp_path, README_md=None)
    (root / "Semver.toml").write_text(f'[publish]\nreadme-missing = "{word}"\n')
    with serve_central([published()]) as central:
        ended = semver("check", "shop", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ended.code == code
    assert shown in ended.out


def test_a_rule_that_is_not_checked_and_warns_fails_nothing(tmp_path: Path, semver: Semver) -> None:
    root = _situated(tmp_path)
    rules = ("name-case-changed", "version-published")
    lines = "".join(f'{rule} = "warning"\n' for rule in rules)
    (root / "Semver.toml").write_text(f"[publish]\n{lines}")
    ended = semver("check", "shop", "--publish", "--offline", "--baseline", "none")
    assert ended.code == 0
    assert "[not checked] version-published: offline" in ended.out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'readme-mising = "off"',
            "unknown rule 'readme-mising' under [publish] (did you mean 'readme-missing'?)",
        ),
        ('readme-missing = "minor"', "expected off, warning, error for 'readme-missing' under [publish]"),
    ],
)
def test_a_mistake_about_a_rule_is_told(tmp_path: Path, semver: Semver, line: str, message: str) -> None:
    root = _situated(tmp_path)
    (root / "Semver.toml").write_text(f"[publish]\n{line}\n")
    ended = semver("check", "shop", "--baseline", "none")
    assert (ended.code, message in ended.err + ended.out) == (2, True)


def test_a_bump_and_a_suppression_do_not_ask(tmp_path: Path, semver: Semver) -> None:
    root = _situated(tmp_path, README_md=None)
    (root / "Semver.toml").write_text("[check]\npublish = true\n")
    old = write_situation(tmp_path / "old", Situation({"Ballerina.toml": toml(version="1.3.0")}))
    (root / "lib.bal").write_text(f"{SOURCES['lib.bal']}public function more() {{}}\n")
    (root / "Ballerina.toml").write_text(toml(version="1.3.0"))
    ended = semver("bump", root, "--baseline", old, "--offline")
    assert ended.code == 0, ended.err
    assert 'version = "1.4.0"' in (root / "Ballerina.toml").read_text()


def test_rules_are_listed_and_explained(semver: Semver) -> None:
    listed = semver("rules", "list", "--publish")
    assert "readme-missing" in listed.out
    values = json.loads(semver("rules", "list", "--publish", "--format", "json").out)
    assert [one["id"] for one in values["publish_rules"]] == [
        line.split()[0] for line in listed.out.splitlines()
    ]
    explained = semver("rules", "explain", "readme-missing")
    assert explained.code == 0
    assert "`bal` prints:\n\n```text\nREADME.md is missing in bala file:..." in explained.out
    assert "readme-missing" in semver("rules", "explain", "readme-mising").err
    assert semver("rules", "list", "--publish", "--level", "major").code == 2


@pytest.mark.parametrize("target", ["/proc/self/mem", "gone"])
def test_what_lies_around_an_archive_and_cannot_be_read_is_not_known(
    tmp_path: Path, semver: Semver, target: str
) -> None:
    (tmp_path / "shop.bala").write_bytes(archive())
    (tmp_path / "Ballerina.toml").symlink_to(target)
    with serve_central([published()]) as central:
        ended = semver("check", "shop.bala", "--publish", SEMVERDIFF_CENTRAL_URL=central.address)
    assert ("the sources around the archive cannot be read" in ended.out) is (
        target != "gone" and Path(target).exists()
    )
