"""Whoever sends a package wants a file of the victim to be overwritten by the report on it.

The victim is a CI system, or a developer who checks somebody else's package. The attacker writes the
Semver.toml of the package, and links in the places where reports are usually written.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver

FUNCTION = "public function pay() {}\n"
MINE = "what the victim has written"

PASSED = 0
WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3

CHECK = ("check", "shop", "--baseline", "none")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a package in a clone, and files of the victim inside and outside of it."""
    root = write_package(tmp_path / "shop", {"a.bal": FUNCTION})
    for path in (".git/hooks/post-checkout", ".github/workflows/ci.yml", "deploy.sh", "../profile"):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(MINE)
    return root


def everything(root: Path) -> Mapping[str, str]:
    """Return what all files are, links as links."""
    return {
        str(one.relative_to(root)): f"-> {one.readlink()}" if one.is_symlink() else one.read_text()
        for one in sorted(root.rglob("*"))
        if one.is_symlink() or one.is_file()
    }


# What a Semver.toml chooses.

CHOSEN = {
    "a file above the package": ("../profile", "leads out of the project"),
    "a file above, by a detour": ("target/../../profile", "leads out of the project"),
    "a file by its whole path": ("/tmp/profile", "leads out of the project"),  # noqa: S108 (never written)
    "a file in the home directory": ("~/.profile", "leads out of the project"),
    "a drive": ("C:profile", "leads out of the project"),
    "a share": (r"\\\\host\\share", "leads out of the project"),
    "a hook": (".git/hooks/post-checkout", "no hidden file or directory"),
    "a hook, by another case": (".GIT/hooks/post-checkout", "no hidden file or directory"),
    "a hook, by a short name of Windows": ("git~1/hooks/post-checkout", "another name on other systems"),
    "a hook, by a stream of Windows": ("x/.git::$INDEX_ALLOCATION/x", "no hidden file or directory"),
    "a hook of Mercurial": ("./.hg/hgrc", "no hidden file or directory"),
    "a workflow": (".github/workflows/ci.yml", "no hidden file or directory"),
    "a variable of CI": (".env", "no hidden file or directory"),
    "a program": ("deploy.sh", "not named like a report"),
    "a source": ("a.bal", "not named like a report"),
    "a manifest": ("Ballerina.toml", "not named like a report"),
    "its own settings": ("./Semver.toml", "not named like a report"),
}


@pytest.mark.parametrize(("path", "says"), CHOSEN.values(), ids=CHOSEN)
def test_a_project_does_not_choose_to_overwrite(semver: Semver, shop: Path, path: str, says: str) -> None:
    (shop / "Semver.toml").write_text(f'[check]\nformat = ["text={path}"]\n')
    before = everything(shop.parent)
    ended = semver(*CHECK)
    assert everything(shop.parent) == before
    assert (ended.code, ended.out) == (WRONG_USAGE, "")
    assert says in ended.err
    assert "Semver.toml:2" in ended.err


@pytest.mark.parametrize("link", ["report.json", "reports"])
def test_a_project_does_not_lead_its_own_report_elsewhere(semver: Semver, shop: Path, link: str) -> None:
    (shop / link).symlink_to("../profile" if link == "report.json" else "..")
    path = "report.json" if link == "report.json" else "reports/profile"
    (shop / "Semver.toml").write_text(f'[check]\nformat = ["json={path}"]\n')
    before = everything(shop.parent)
    ended = semver(*CHECK)
    assert everything(shop.parent) == before
    assert ended.code == WRONG_USAGE
    assert f"'{link}' is a link in the project" in ended.err


def test_a_link_to_a_file_of_the_project_itself_is_no_better(semver: Semver, shop: Path) -> None:
    (shop / "report.json").symlink_to(".git/hooks/post-checkout")
    (shop / "Semver.toml").write_text('[check]\nformat = ["json=report.json"]\n')
    assert semver(*CHECK).code == WRONG_USAGE
    assert (shop / ".git/hooks/post-checkout").read_text() == MINE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_report_is_not_written_into_a_pipe(process: Semver, shop: Path) -> None:
    os.mkfifo(shop / "report.json")
    (shop / "Semver.toml").write_text('[check]\nformat = ["json=report.json"]\n')
    ended = process(*CHECK)
    assert ended.code == WRONG_USAGE
    assert "is no regular file" in ended.err


def test_the_settings_of_a_workspace_are_bound_as_well(semver: Semver, tmp_path: Path) -> None:
    root = tmp_path / "all"
    write_package(root / "shop", {"a.bal": FUNCTION})
    (root / "Ballerina.toml").write_text('[workspace]\npackages = ["shop"]\n')
    (root / "Semver.toml").write_text('[check]\nformat = ["json=out/report.json"]\n')
    (root / "out").symlink_to("..")
    ended = semver("check", "--workspace", root, "--baseline", "none")
    assert ended.code == WRONG_USAGE
    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize("path", ["report.json", "./target/report.json", "target/semver-report"])
def test_a_project_chooses_a_report_below_it(semver: Semver, shop: Path, path: str) -> None:
    (shop / "target").mkdir()
    (shop / "Semver.toml").write_text(f'[check]\nformat = ["json={path}"]\n')
    assert semver(*CHECK).code == PASSED
    assert (shop / path).read_text().startswith("{")


# What the user chooses.


@pytest.mark.parametrize("link", ["report.json", "target"])
def test_a_link_of_the_package_does_not_lead_the_users_report_elsewhere(
    semver: Semver, shop: Path, link: str
) -> None:
    """`--format json=shop/target/report.json` stands in the workflow; the link is in the pull request."""
    (shop / link).symlink_to("../profile" if link == "report.json" else "..")
    path = "shop/report.json" if link == "report.json" else "shop/target/profile"
    before = everything(shop.parent)
    ended = semver(*CHECK, "--format", f"json={path}")
    assert everything(shop.parent) == before
    assert ended.code == WRONG_USAGE
    assert f"'{link}' is a link in the project" in ended.err


def test_the_file_that_is_written_first_cannot_be_prepared(
    semver: Semver, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is renamed from a file of a new name: one of a process number could be a link already."""
    (shop / f".report.json.{os.getpid()}.part").symlink_to("../profile")
    assert semver(*CHECK, "--format", "json=shop/report.json").code == PASSED
    assert (shop.parent / "profile").read_text() == MINE
    monkeypatch.setattr(os, "urandom", bytes)  # and if it were guessed:
    (shop / f".semverdiff-{bytes(8).hex()}.part").symlink_to("../profile")
    assert semver(*CHECK, "--format", "json=shop/report.json").code == COULD_NOT_COMPLETE
    assert (shop.parent / "profile").read_text() == MINE


def test_links_of_the_user_are_followed(semver: Semver, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "link").symlink_to("reports")
    (tmp_path / "reports" / "newest.json").symlink_to("../of-today.json")
    assert semver(*CHECK, "--format", "json=shop/../link/newest.json").code == PASSED
    assert (tmp_path / "of-today.json").read_text().startswith("{")
    assert (tmp_path / "reports" / "newest.json").is_symlink()
    assert shop.is_dir()


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no such device")  # noqa: PTH110 (a link there)
def test_a_device_of_the_user_is_written_to(process: Semver, shop: Path) -> None:
    ended = process(*CHECK, "--format", "json=/dev/stdout")
    assert (ended.code, ended.out[:1]) == (PASSED, "{")
    assert shop.is_dir()
