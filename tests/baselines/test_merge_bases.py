"""The package where a change set started: by its place or its name, with the settings that stood there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.git_repositories import commit, git, repository_at
from support.packages import manifest
from support.registries import candidate

from semverdiff import limits
from semverdiff.artifact import MANIFESTS
from semverdiff.baselines import AtPath, is_altered, lost_members, merge_base
from semverdiff.front_ends import front_ends
from semverdiff.registry import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from semverdiff.baselines import Base

WORKSPACE = '[workspace]\npackages = ["shop", "till"]\n'


def members(**names: str) -> dict[str, str]:
    """Return packages by their directories, each with a name."""
    return {
        f"{folder}/{file}": text
        for folder, name in names.items()
        for file, text in (("Ballerina.toml", manifest("1.0.0", name=name)), ("main.bal", ""))
    }


def branched(root: Path, target: Mapping[str, str], *moves: tuple[str, str]) -> Path:
    """Return a repository on a branch that moved some folders since it parted from `main`."""
    repository_at(root)
    commit(root, target)
    git(root, "switch", "--quiet", "--create", "change")
    for old, new in moves:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        git(root, "mv", old, new)
    commit(root, {"more.txt": "x"})
    return root


def base_of(root: Path, folder: str = "shop", name: str = "shop") -> Base:
    environment = Environment(
        root, base="http://127.0.0.1:1", downloads=root / "downloads", place=root / folder
    )
    return merge_base("main", replace(candidate("1.0.1"), name=name).identity, environment)


def test_a_package_that_stays_is_that_of_its_directory(tmp_path: Path) -> None:
    found = base_of(branched(tmp_path / "a", members(shop="shop", till="till"))).baseline
    assert found.package is not None
    assert (found.package.name, found.notes, found.former_name) == ("shop", (), None)
    assert found.reason.startswith("the merge base with main (commit ")


def test_a_package_that_moved_is_found_by_its_name(tmp_path: Path) -> None:
    target = members(shop="shop", till="till") | {"shop/Semver.toml": "[check]\nstrict = true\n"}
    base = base_of(branched(tmp_path / "a", target, ("shop", "store")), "store")
    assert base.baseline.package is not None
    assert base.baseline.package.name == "shop"
    assert base.baseline.notes == (f"The package lay in 'shop' at {base.baseline.reason}.",)
    assert base.semver_toml is not None
    assert base.semver_toml.content == b"[check]\nstrict = true\n"


def test_a_package_that_moved_from_the_top_is_found_there(tmp_path: Path) -> None:
    target = {"Ballerina.toml": manifest("1.0.0"), "main.bal": ""}
    root = branched(
        tmp_path / "a", target, ("Ballerina.toml", "store/Ballerina.toml"), ("main.bal", "store/main.bal")
    )
    base = base_of(root, "store")
    assert base.baseline.notes == (f"The package lay in '.' at {base.baseline.reason}.",)


def test_a_package_that_no_directory_had_is_new(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(till="till"))
    commit(root, members(shop="shop"))
    base = base_of(root)
    assert (base.baseline.package, base.unreadable) == (None, None)


def test_which_of_two_packages_moved_is_not_guessed(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(one="shop", two="shop"), ("one", "shop"))
    base = base_of(root)
    assert base.baseline.package is None
    assert base.unreadable is not None
    assert base.unreadable.endswith("cannot be told: 2 have a package of that name")


@pytest.mark.parametrize("most", [2, 1])
def test_a_repository_of_too_many_packages_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till"), ("shop", "store"))
    monkeypatch.setattr(limits, "GIT_MANIFESTS", most)
    base = base_of(root, "store")
    assert (base.baseline.package is None) is (most == 1)
    assert (base.unreadable or "").endswith("there are more than 1 with a manifest") is (most == 1)


def test_manifests_that_cannot_be_read_may_be_those_of_the_package(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till"), ("shop", "store"))
    lost = git(root, "rev-parse", "main:till/Ballerina.toml")
    (root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    base = base_of(root, "store")
    assert base.baseline.package is None
    assert base.unreadable is not None
    assert base.unreadable.endswith("their manifests cannot be read")


def test_a_package_has_the_settings_of_the_workspace_that_lists_it(tmp_path: Path) -> None:
    decided = {"Semver.toml": "[check]\nstrict = true\n"}
    for number, (listed, is_found) in enumerate(
        {'"shop", "till"': True, '"./shop/."': True, '"till"': False}.items()
    ):
        workspace = {"Ballerina.toml": f"[workspace]\npackages = [{listed}]\n"}
        base = base_of(
            branched(tmp_path / str(number), members(shop="shop", till="till") | decided | workspace)
        )
        assert (base.semver_toml is not None) is is_found
    deep = {"a/b/c/Ballerina.toml": manifest("1.0.0"), "a/b/c/main.bal": "", "a/Semver.toml": "[check]\n"}
    workspace = {"a/Ballerina.toml": '[workspace]\npackages = ["b/c"]\n'}
    base = base_of(branched(tmp_path / "deep", deep | workspace), "a/b/c")
    assert base.semver_toml is not None
    # The nearest manifest above decides.
    between = {"a/b/Ballerina.toml": manifest("1.0.0", name="b")}
    assert base_of(branched(tmp_path / "between", deep | workspace | between), "a/b/c").semver_toml is None


def test_settings_that_cannot_be_read_are_unreadable(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "a")
    (root / "Semver.toml").symlink_to("gone")
    commit(root, members(shop="shop", till="till") | {"Ballerina.toml": WORKSPACE})
    git(root, "switch", "--quiet", "--create", "change")
    commit(root, {"more.txt": "x"})
    base = base_of(root)
    assert base.semver_toml is None
    assert (base.unreadable or "").endswith("is a link that leads nowhere")


def test_the_settings_that_the_target_has_by_now_count_too(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till"))
    assert base_of(root).newest is None
    git(root, "switch", "--quiet", "main")
    commit(root, {"shop/Semver.toml": "[check]\nstrict = true\n"})
    git(root, "switch", "--quiet", "change")
    newest = base_of(root).newest
    assert newest is not None
    assert newest.content == b"[check]\nstrict = true\n"
    # Where the target has moved the package since, its settings lie there.
    git(root, "switch", "--quiet", "main")
    git(root, "mv", "shop", "store")
    commit(root, {"more.txt": "y"})
    git(root, "switch", "--quiet", "change")
    newest = base_of(root).newest
    assert newest is not None
    assert newest.content == b"[check]\nstrict = true\n"
    # Where it has none any more, nothing of those at the start counts for it.
    git(root, "switch", "--quiet", "main")
    git(root, "rm", "--quiet", "store/Semver.toml")
    commit(root, {"more.txt": "z"})
    git(root, "switch", "--quiet", "change")
    newest = base_of(root).newest
    assert newest is not None
    assert newest.content == b""
    # Where nothing tells which it is, that is said.
    git(root, "switch", "--quiet", "main")
    commit(root, members(again="shop"))
    git(root, "switch", "--quiet", "change")
    assert (base_of(root).unreadable or "").endswith("2 have a package of that name")


def test_members_that_a_workspace_lists_no_longer_are_lost(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till") | {"Ballerina.toml": WORKSPACE})
    assert lost_members("main", root, ["shop", "till"]) == {}
    assert lost_members("main", root, ["./shop/", "till"]) == {}
    assert lost_members("main", root, ["shop"]) == {"till": "acme/till"}
    git(root, "mv", "till", "counter")
    assert lost_members("main", root, ["shop", "counter"]) == {}
    (root / "till").symlink_to("counter")
    assert lost_members("main", root, ["shop", "till"]) == {}
    (root / "till").unlink()
    (root / "till").symlink_to("shop")
    assert lost_members("main", root, ["shop", "till"]) == {"till": "acme/till"}


def test_a_member_that_is_renamed_in_its_place_is_not_lost(tmp_path: Path) -> None:
    root = branched(
        tmp_path / "a", members(shop="shop", till="till", cafe="cafe") | {"Ballerina.toml": WORKSPACE}
    )
    commit(root, members(shop="store"))
    git(root, "mv", "till", "counter")
    assert lost_members("main", root, ["shop", "counter"]) == {}


def test_where_all_members_are_there_none_is_read(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till") | {"Ballerina.toml": WORKSPACE})
    (root / "till" / "Ballerina.toml").write_text("[package\n", encoding="utf-8")
    assert lost_members("main", root, ["shop", "till"]) == {}


def test_members_without_an_answer_about_their_names_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = '[workspace]\npackages = ["shop", "till", "cafe"]\n'
    root = branched(
        tmp_path / "a", members(shop="shop", till="till", cafe="cafe") | {"Ballerina.toml": three}
    )
    monkeypatch.setattr("semverdiff.limits.TEXTS_BYTES", 150)
    assert lost_members("main", root, ["shop"]) == {"till": "till", "cafe": "cafe"}


def test_a_member_without_a_name_is_lost_by_its_place(tmp_path: Path) -> None:
    broken = {"till/Ballerina.toml": "[package\n", "till/main.bal": ""}
    root = branched(tmp_path / "a", members(shop="shop") | broken | {"Ballerina.toml": WORKSPACE})
    assert lost_members("main", root, ["shop"]) == {"till": "till"}


def test_members_whose_manifests_cannot_be_read_are_lost(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", till="till") | {"Ballerina.toml": WORKSPACE})
    lost = git(root, "rev-parse", "main:till/Ballerina.toml")
    (root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert lost_members("main", root, ["shop"]) == {"till": "till"}


def test_where_there_was_no_workspace_nothing_is_lost(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop"))
    assert lost_members("main", root, ["shop"]) == {}


def test_a_baseline_elsewhere_is_not_altered(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(shop="shop", before="shop"))
    environment = Environment(
        root, base="http://127.0.0.1:1", downloads=root / "downloads", place=root / "shop"
    )
    base = merge_base("main", candidate("1.0.1").identity, environment)
    assert not is_altered(AtPath(tmp_path / "elsewhere"), base, environment)
    assert not is_altered(AtPath(root / "before"), base, environment)
    (tmp_path / "link").symlink_to(root / "before")
    assert not is_altered(AtPath(tmp_path / "link"), base, environment)
    commit(root, {"before/main.bal": "// x\n"})
    assert is_altered(AtPath(root / "before"), base, environment)
    assert is_altered(AtPath(tmp_path / "link"), base, environment)


def test_the_manifests_of_all_ecosystems_are_known() -> None:
    assert tuple(one.ecosystem.manifest for one in front_ends()) == tuple(MANIFESTS.values())


@pytest.mark.parametrize(
    ("before", "after", "former"),
    [
        (members(till="till"), (), None),
        (members(till="till"), ("till",), "perhaps acme/till"),
        (members(till="till", cafe="cafe"), ("till", "cafe"), "perhaps acme/cafe"),
        (members(till="till") | {"Ballerina.toml": WORKSPACE}, ("Ballerina.toml",), "perhaps a manifest"),
        ({"shop/shop.vproj": "name: shop\n"}, ("shop",), "that of 'shop.vproj'"),
        ({"shop/shop.vproj": "name: shop\n"}, (), "that of 'shop.vproj'"),
        ({"shop/shop.vproj": "name: shop\n"} | members(till="till"), ("till",), "that of 'shop.vproj'"),
        ({"shop/lib/shop.vproj": "name: shop\n", "shop.vproj": "name: shop\n"}, (), None),
    ],
)
def test_a_new_package_may_be_one_that_is_gone(
    tmp_path: Path, before: Mapping[str, str], after: tuple[str, ...], former: str | None
) -> None:
    root = branched(tmp_path / "a", {"read.me": ""} | dict(before))
    for gone in after:
        git(root, "rm", "-r", "--quiet", gone)
    commit(root, members(shop="shop"))
    found = base_of(root).baseline
    assert (found.package, found.former_name) == (None, former)


def test_a_repository_in_the_place_of_a_manifest_is_none_of_another_ecosystem(tmp_path: Path) -> None:
    root = branched(tmp_path / "a", members(till="till"))
    git(root, "switch", "--quiet", "main")
    inner = f"160000,{git(root, 'rev-parse', 'HEAD')},shop/Ballerina.toml"
    git(root, "update-index", "--add", "--cacheinfo", inner)
    git(root, "commit", "--quiet", "--message", "inner")
    git(root, "switch", "--quiet", "--discard-changes", "--create", "later")
    git(root, "rm", "--quiet", "--cached", "shop/Ballerina.toml")
    commit(root, members(shop="shop"))
    found = base_of(root).baseline
    assert (found.package, found.former_name) == (None, None)
