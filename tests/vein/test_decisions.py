"""The Semver.toml of a project: where it lies, and that one which cannot be read counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from semverdiff.errors import UsageError
from semverdiff.vein.decisions import semver_toml, settings_directory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="project")
def project_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    project = tmp_path / "p"
    (project / "src").mkdir(parents=True)
    (project / "shapes.vproj").write_text("name: shapes\n", encoding="utf-8")
    return project


@pytest.mark.parametrize("place", ["", "src"])
def test_decisions_lie_beside_the_project_file_and_are_shown_from_here(project: Path, place: str) -> None:
    assert semver_toml(project / place) is None
    (project / "Semver.toml").write_bytes(b"# ours")
    found = semver_toml(project / place)
    assert found is not None
    assert (found.content, found.directory.as_posix()) == (b"# ours", "p")


def test_what_is_no_directory_of_a_project_has_no_place_for_decisions(project: Path) -> None:
    (project / "Semver.toml").write_bytes(b"# ours")
    archive = project / "shapes.shard"
    archive.touch()
    for path in (archive, project.parent, project / "gone"):
        assert (settings_directory(path), semver_toml(path)) == (None, None)


@pytest.mark.parametrize("target", [None, "nowhere", "../secret/Semver.toml"])
def test_decisions_that_cannot_be_read_are_an_error_and_not_none(project: Path, target: str | None) -> None:
    (project.parent / "secret").mkdir()
    (project.parent / "secret" / "Semver.toml").write_bytes(b"# theirs")
    if target is None:
        (project / "Semver.toml").mkdir()
    else:
        (project / "Semver.toml").symlink_to(target)
    with pytest.raises(UsageError, match=r"'Semver\.toml' cannot be read: "):
        semver_toml(project)


def test_decisions_may_be_shared_in_a_repository(project: Path) -> None:
    (project.parent / ".git").mkdir()
    (project.parent / "shared").mkdir()
    (project.parent / "shared" / "Semver.toml").write_bytes(b"# ours")
    (project / "Semver.toml").symlink_to("../shared/Semver.toml")
    found = semver_toml(project)
    assert found is not None
    assert found.content == b"# ours"
