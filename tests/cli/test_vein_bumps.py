"""The version that `semver bump` writes into a project of Vein: high enough, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.gallery import published_shard, serve_gallery
from support.vein_projects import LESS, MORE, OLD, PROJECT, write_project

from semverdiff import limits
from semverdiff.config import Settings
from semverdiff.errors import UsageError
from semverdiff.pipeline import Wish
from semverdiff.vein.bumps import bumps_at
from semverdiff.versions import Level

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver


@pytest.fixture(name="before")
def before_fixture(tmp_path: Path) -> Path:
    return write_project(tmp_path / "before", "1.2.0.3", OLD)


@pytest.mark.parametrize(
    ("version", "source", "flags", "code", "shown"),
    [
        ("1.2.0.4", MORE, ("--level", "major"), 0, "1.2.0.4 -> 2.0.0"),
        ("1.2.0.4", MORE, ("--level", "minor"), 0, "1.2.0.4 -> 1.3.0"),
        ("1.2.0.4", LESS, ("--level", "minor"), 2, "--level minor gives 1.3.0, and that is too low"),
        ("3.0.0", LESS, ("--level", "minor"), 0, "3.0.0 stays"),
        ("1.3.0", MORE, ("--level", "minor"), 0, "1.3.0 stays"),
        ("2.0.0-rc", LESS, ("--final",), 0, "2.0.0-rc -> 2.0.0"),
        ("2.0.0-rc", LESS, (), 0, "2.0.0-rc stays"),
        ("2.0.0.0", LESS, (), 0, "2.0.0.0 stays"),
        ("1.3.0-rc.1", LESS, (), 0, "1.3.0-rc.1 -> 2.0.0-rc.1"),
        ("1.2.0.4", MORE, (), 0, "1.2.0.4 -> 1.3.0"),
        ("1.2.0.4", "wrong", (), 3, "after/src/circle.vein"),
    ],
)
def test_a_version_is_as_high_as_is_asked_for_and_never_too_low(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path,
    semver: Semver,
    before: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
    source: str,
    flags: tuple[str, ...],
    code: int,
    shown: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    project = write_project(tmp_path / "after", version, source) / "shapes.vproj"
    written = project.stat()
    ended = semver("bump", "after", "--baseline", str(before), *flags)
    assert (ended.code, shown in ended.out + ended.err) == (code, True), ended.out + ended.err
    left = project.stat()
    is_untouched = (left.st_ino, left.st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert is_untouched is ("->" not in shown)


def test_a_gate_that_is_left_open_lets_no_low_version_stay(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    after = write_project(tmp_path / "after", "1.3.0", LESS, '[check]\nfail-on = "never"\n')
    assert semver("check", str(after), "--baseline", str(before)).code == 0
    assert "1.3.0 -> 2.0.0" in semver("bump", str(after), "--baseline", str(before)).out


def test_no_version_is_written_for_a_change_that_was_not_decided(tmp_path: Path, semver: Semver) -> None:
    text = '#space "shapes"\npublic class A {}\n'
    before = write_project(tmp_path / "before", "1.2.0", text.replace("{}", "{ public f(): void; }"))
    after = write_project(tmp_path / "after", "1.2.1", text.replace("A {}", "A : X {}"))
    ended = semver("bump", str(after), "--baseline", str(before))
    assert (ended.code, "could not be decided" in ended.err) == (3, True), ended.out + ended.err
    assert (after / "shapes.vproj").read_text("utf-8") == PROJECT.format("1.2.1")
    ended = semver("bump", str(after), "--baseline", str(before), "--level", "major")
    assert "1.2.1 -> 2.0.0" in ended.out


def test_a_step_needs_a_baseline(tmp_path: Path, semver: Semver) -> None:
    root = write_project(tmp_path / "shapes", "1.0.0", OLD)
    ended = semver("bump", str(root), "--baseline", "none", "--level", "minor")
    assert (ended.code, "nothing to step from with --level" in ended.err) == (2, True), ended.err
    assert "1.0.0 stays" in semver("bump", str(root), "--baseline", "none").out


@pytest.mark.parametrize("flags", [(), ("--level", "minor")])
def test_a_version_that_the_gallery_has_is_stepped_over(
    tmp_path: Path, semver: Semver, flags: tuple[str, ...]
) -> None:
    root = write_project(tmp_path / "demo", "1.0.0.5", OLD)
    project = root / "shapes.vproj"
    project.write_text(project.read_text("utf-8").replace("name: shapes", "name: demo"), encoding="utf-8")
    with serve_gallery([published_shard(one) for one in ("1.0.0", "1.1.0", "1.2.0")]) as gallery:
        ended = semver(
            "bump",
            str(root),
            *flags,
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
        )
    assert (ended.code, "1.0.0.5 -> 1.3.0" in ended.out) == (0, True), ended.out + ended.err


@pytest.mark.parametrize(
    "text",
    [
        'version: "1.3\\x2e0"\nname: shapes\n',
        "version: &v 1.3.0\nname: shapes\ndescription: *v\n",
        "version: >-\n  1.3.0\nname: shapes\n",
    ],
)
def test_a_version_that_cannot_be_replaced_alone_stays(
    tmp_path: Path, semver: Semver, before: Path, text: str
) -> None:
    project = write_project(tmp_path / "after", "1.3.0", LESS) / "shapes.vproj"
    project.write_text(text, encoding="utf-8")
    ended = semver("bump", str(project.parent), "--baseline", str(before))
    assert (ended.code, project.read_text("utf-8")) == (2, text), ended.out + ended.err
    assert "cannot be changed alone" in ended.err
    text = text.replace("1.3", "2.0")
    project.write_text(text, encoding="utf-8")
    ended = semver("bump", str(project.parent), "--baseline", str(before))
    assert (ended.code, project.read_text("utf-8")) == (0, text), ended.out + ended.err


def test_an_error_says_which_project_it_is_about_and_cannot_hurt_a_terminal(tmp_path: Path) -> None:
    root = write_project(tmp_path / "shapes", "1.0.0", OLD)
    settings = Settings(root, baseline="none")
    with pytest.raises(UsageError, match="nothing to step from") as caught:
        bumps_at(root / "src", settings, Wish(level=Level.MINOR), lambda _: None)
    assert caught.value.package == root
    with pytest.raises(UsageError, match="is no directory of a project") as refused:
        bumps_at(root / "a\x1b[2J.shard", settings, Wish(), lambda _: None)
    assert "\x1b" not in str(refused.value)


def test_a_project_file_that_is_too_long_with_quotes_is_not_written(
    tmp_path: Path, semver: Semver, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path / "after", "1.2.4", LESS) / "shapes.vproj"
    content = f"name: shapes\nversion: 1.2.4\nlicense: MIT\n# {'long ' * 20}\n".encode()
    project.write_bytes(content)
    # It may be read as it is, and could not be read as it would be.
    monkeypatch.setattr(limits, "YAML_BYTES", len(content))
    refused = semver("bump", project.parent, "--baseline", before)
    assert refused.code == 2
    assert "cannot be changed alone: write 'version: \"2.0.0\"'" in refused.err
    assert project.read_bytes() == content
    monkeypatch.setattr(limits, "YAML_BYTES", len(content) + 2)
    assert semver("bump", project.parent, "--baseline", before).code == 0
