"""The packages of a workspace: which directories they are, and to which workspace a package belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest

from semverdiff.errors import ManifestError, UsageError
from semverdiff.packages import (
    find_workspace,
    listed_members,
    repository_folder,
    workspace_members,
    workspace_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def workspace(root: Path, packages: str) -> Path:
    """Write a workspace with the packages `a` and `b/c`, whose manifest lists these."""
    for directory in ("a", "b/c"):
        (root / directory).mkdir(parents=True)
        (root / directory / "Ballerina.toml").write_text(manifest(name="p"))
    (root / "Ballerina.toml").write_text(f"[workspace]\npackages = {packages}\n")
    return root


def mistakes_of(root: Path) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        workspace_members(root)
    return [mistake.message for mistake in caught.value.mistakes]


def test_members_are_listed_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    assert workspace_members(workspace(tmp_path, '["b/c", "a"]')) == ("b/c", "a")


def test_the_manifest_of_a_package_has_no_members(tmp_path: Path) -> None:
    (tmp_path / "Ballerina.toml").write_text(manifest())

    assert workspace_members(tmp_path) == ()


NONE = "no packages found in the workspace Ballerina.toml file"
OUTSIDE = "invalid package path '{}'. Expected a directory inside the workspace"
WRONG = {
    "no package": ("[]", [NONE]),
    "no list": (
        '"a"',
        [("incompatible type for key 'packages' under [workspace]: expected an array of strings, "
         "found a string")],
    ),
    "a directory that is absent": ('["a", "gone"]', ["could not locate the package path 'gone'"]),
    "a file": ('["Ballerina.toml"]', ["invalid package path 'Ballerina.toml'. Expected a directory"]),
    "several": (
        '["gone", "Ballerina.toml"]',
        ["could not locate the package path 'gone'",
         "invalid package path 'Ballerina.toml'. Expected a directory"],
    ),
    "nothing": ('[""]', [OUTSIDE.format("")]),
    "a parent": ('["a/../.."]', [OUTSIDE.format("a/../..")]),
    "a parent of Windows": (r"['a\..\..']", [OUTSIDE.format(r"a\..\..")]),
    "the root": ('["/a"]', [OUTSIDE.format("/a")]),
    "the root of Windows": (r"['\a']", [OUTSIDE.format(r"\a")]),
    "a drive": ('["C:a"]', [OUTSIDE.format("C:a")]),
}  # fmt: skip


@pytest.mark.parametrize(("packages", "expected"), WRONG.values(), ids=WRONG)
def test_a_workspace_is_refused_that_lists(tmp_path: Path, packages: str, expected: list[str]) -> None:
    assert mistakes_of(workspace(tmp_path, packages)) == expected


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ('[workspace]\npackages = ["a", "gone"]', ("a", "gone")),
        ('[workspace]\npackages = ["../a"]', ()),
        ('[workspace]\npackages = ["a"]\n[', ()),
        (manifest(), ()),
    ],
)
def test_a_manifest_of_another_time_lists_its_members_or_none(text: str, members: tuple[str, ...]) -> None:
    assert listed_members(text.encode()) == members


def test_a_name_with_two_periods_in_it_is_inside(tmp_path: Path) -> None:
    root = workspace(tmp_path, '["a..b"]')
    (root / "a..b").mkdir()

    assert workspace_members(root) == ("a..b",)


def test_a_manifest_that_is_no_toml_is_a_mistake_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "Ballerina.toml").write_text("[workspace\n")

    (mistake,) = mistakes_of(tmp_path)
    assert mistake.startswith("invalid TOML")


@pytest.mark.parametrize("start", [".", "a", "b/c", "b"])
def test_the_workspace_is_looked_for_from_a_directory_upward(tmp_path: Path, start: str) -> None:
    root = workspace(tmp_path.resolve(), '["a", "b/c"]')

    assert find_workspace(root / start) == root


def test_without_a_workspace_above_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "Ballerina.toml").write_text(manifest())

    with pytest.raises(UsageError, match=r"is in no workspace: expected a Ballerina\.toml"):
        find_workspace(tmp_path)


def test_a_package_belongs_to_the_workspace_that_lists_it(tmp_path: Path) -> None:
    root = workspace(tmp_path.resolve(), '["a"]')

    assert workspace_of(root / "a") == root
    assert workspace_of(root / "b/c") is None
    assert workspace_of(root) is None


def test_the_nearest_manifest_above_decides(tmp_path: Path) -> None:
    root = workspace(tmp_path.resolve(), '["b/c"]')
    (root / "b/Ballerina.toml").write_text(manifest())

    assert workspace_of(root / "b/c") is None


def test_a_broken_workspace_has_no_packages(tmp_path: Path) -> None:
    root = workspace(tmp_path.resolve(), '["a", "gone"]')

    assert workspace_of(root / "a") is None


def test_a_package_lies_where_its_workspace_has_it(tmp_path: Path) -> None:
    root = workspace(tmp_path, '["b/c", "a"]')
    assert [repository_folder(root / one) for one in ("", "a", "b/c")] == ["", "a", "b/c"]


@pytest.mark.parametrize("name", ["nothing", "x" * 5_000, "nul\0"])
def test_what_is_not_there_lies_nowhere(tmp_path: Path, name: str) -> None:
    assert repository_folder(tmp_path / name) is None
