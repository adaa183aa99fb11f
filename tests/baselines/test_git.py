"""Baselines from git: which revision and which tag, and of which directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.git_repositories import commit, git, repository_at
from support.packages import manifest
from support.registries import candidate, version_of

from semverdiff.baselines import LATEST_TAG, AtRevision, parse_spec
from semverdiff.errors import BaselineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

NOWHERE = "http://127.0.0.1:1/2.0/registry"
LATEST = AtRevision(LATEST_TAG)


def released(repository: Path, *tags: str, folder: str = "") -> None:
    """Commit one version for each tag; the version is what follows the last `v`, `-` or `/` of the tag."""
    for tag in tags:
        version = tag[next(at for at, letter in enumerate(tag) if letter.isdigit()) :]
        commit(repository, {f"{folder}Ballerina.toml": manifest(version), f"{folder}main.bal": ""}, tag=tag)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = repository_at(tmp_path / "shop")
    released(root, "v1.2.0", "v1.3.0", "v2.0.0")
    return root


def test_a_revision_is_the_baseline(find: Find, repository: Path) -> None:
    baseline = find(NOWHERE, parse_spec("git:v1.2.0"), place=repository)
    assert version_of(baseline) == "1.2.0"
    short = git(repository, "rev-parse", "v1.2.0")[:10]
    assert baseline.reason == f"the git revision v1.2.0 (commit {short})"
    assert (baseline.published, baseline.candidate_is_published, baseline.notes) == ((), False, ())


def test_the_directory_is_that_of_the_candidate_unless_named(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "module-shop")
    files = {
        f"{folder}/{name}": text
        for folder, version in (("ballerina", "1.0.0"), ("other", "2.0.0"))
        for name, text in (("Ballerina.toml", manifest(version)), ("modules/a/a.bal", ""))
    }
    commit(root, files)
    for place in (root / "ballerina", root / "ballerina/modules/a", root / "ballerina/Ballerina.toml"):
        assert version_of(find(NOWHERE, parse_spec("git:HEAD"), place=place)) == "1.0.0"
    assert version_of(find(NOWHERE, parse_spec("git:HEAD:other"), place=root / "ballerina")) == "2.0.0"


def test_the_directory_of_an_archive_lies_in_a_repository_too(find: Find, repository: Path) -> None:
    (repository / "target").mkdir()
    archive = repository / "target" / "shop.bala"
    archive.write_bytes(b"")
    assert version_of(find(NOWHERE, parse_spec("git:v1.3.0"), place=archive)) == "1.3.0"


def test_a_place_outside_of_any_package_is_still_in_the_repository(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "module-shop")
    released(root, "v1.0.0", folder="ballerina/")
    assert version_of(find(NOWHERE, parse_spec("git:HEAD:ballerina"), place=root)) == "1.0.0"


def test_another_package_in_the_revision_is_mentioned(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shoe")
    commit(root, {"Ballerina.toml": manifest("1.0.0", name="shoe"), "main.bal": ""})
    assert find(NOWHERE, parse_spec("git:HEAD"), place=root).notes == (
        "the baseline is another package: acme/shoe instead of acme/shop",
    )


def test_a_package_that_moved_since_is_found_by_its_name(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    released(root, "v1.0.0", folder="old/place/")
    commit(root, {"other/Ballerina.toml": manifest("2.0.0", name="other"), "other/main.bal": ""})
    git(root, "mv", "old/place", "new")

    baseline = find(NOWHERE, parse_spec("git:HEAD"), place=root / "new")

    assert version_of(baseline) == "1.0.0"
    assert baseline.notes == (f"The package lay in 'old/place' at {baseline.reason}.",)


def test_a_package_that_a_revision_lacks_is_new_since(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    commit(
        root, {"other/Ballerina.toml": manifest("2.0.0", name="other"), "other/main.bal": ""}, tag="v2.0.0"
    )
    (root / "shop").mkdir()
    (root / "shop" / "Ballerina.toml").write_text(manifest("0.1.0"))

    baseline = find(NOWHERE, parse_spec("git:v2.0.0"), place=root / "shop")

    short = git(root, "rev-parse", "v2.0.0")[:10]
    assert baseline.package is None
    assert baseline.is_wanted
    assert baseline.reason == f"the git revision v2.0.0 (commit {short}) has no acme/shop"


def test_which_of_two_packages_moved_cannot_be_told(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    for folder in ("one/", "two/"):
        released(root, "v1.0.0" if folder == "one/" else "v1.0.1", folder=folder)
    (root / "new").mkdir()
    (root / "new" / "Ballerina.toml").write_text(manifest("1.1.0"))

    with pytest.raises(BaselineError, match=r"2 have a package of that name: name it as git:HEAD:DIRECTORY"):
        find(NOWHERE, parse_spec("git:HEAD"), place=root / "new")


def test_a_directory_that_was_named_has_to_be_there(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    released(root, "v1.0.0", folder="old/")

    with pytest.raises(BaselineError, match="has no directory 'new'"):
        find(NOWHERE, parse_spec("git:HEAD:new"), place=root / "old")


# The latest tag.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tags", "own", "expected"),
    [
        (("v1.9.0", "v1.10.0", "v1.2.0"), "1.11.0", "v1.10.0"),
        (("1.9.0", "1.10.0"), "1.11.0", "1.10.0"),
        (("v1.3.0", "v2.0.0"), "1.3.1", "v1.3.0"),
        (("v1.3.0", "v1.4.0-rc.1"), "1.4.0", "v1.3.0"),
        (("v1.3.0", "v1.4.0-rc.1"), "1.4.0-rc.2", "v1.3.0"),
        (("v1.3.0", "v1.4.0"), "1.4.0", "v1.4.0"),
        (("v9.0.0", "shop-v1.3.0", "shop-v1.2.0"), "1.4.0", "shop-v1.3.0"),
        (("v9.0.0", "shop/1.3.0"), "1.4.0", "shop/1.3.0"),
        (("v1.3.0", "workshop-v1.4.0", "shoe-v1.3.5"), "1.4.0", "v1.3.0"),
        (("v1.3.0", "release-1.3.9", "v1.4", "nightly1"), "1.4.0", "v1.3.0"),
    ],
)
def test_the_latest_tag_is_the_closest_by_version(
    find: Find, tmp_path: Path, tags: tuple[str, ...], own: str, expected: str
) -> None:
    root = repository_at(tmp_path / "shop")
    released(root, *tags)
    git(root, "branch", expected, "HEAD")  # of the same name, and not meant
    baseline = find(NOWHERE, LATEST, of=candidate(own), place=root)
    assert f"the tag {expected} (commit {git(root, 'rev-parse', f'tags/{expected}')[:10]})" in baseline.reason
    assert baseline.package is not None
    assert baseline.package.provenance.repository == git(root, "rev-parse", f"tags/{expected}")


@pytest.mark.parametrize("tag", ["shop-v1", "shop-1.x", "shop/2"])
def test_a_tag_with_the_name_of_the_package_that_is_no_version_hides_no_other(
    find: Find, repository: Path, tag: str
) -> None:
    git(repository, "tag", tag, "v1.2.0")
    assert version_of(find(NOWHERE, LATEST, place=repository)) == "1.3.0"


def test_the_reason_says_how_the_tag_was_chosen(find: Find, repository: Path) -> None:
    baseline = find(NOWHERE, LATEST, place=repository)
    assert baseline.reason.startswith("highest tagged version not above 1.4.0, the tag v1.3.0 (commit ")


def test_without_a_tag_of_a_version_the_message_holds_a_remedy(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    commit(root, {"Ballerina.toml": manifest("1.0.0"), "main.bal": ""}, tag="latest")
    with pytest.raises(BaselineError, match="'git fetch --tags origin'") as caught:
        find(NOWHERE, LATEST, place=root)
    assert "such as 'v1.2.3' or 'shop-v1.2.3'" in str(caught.value)


def test_without_a_tag_in_a_shallow_clone_the_fetch_is_shallow_too(
    find: Find, repository: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-tags", f"file://{repository}", "shallow")
    with pytest.raises(BaselineError, match="'git fetch --depth=1 --tags origin'"):
        find(NOWHERE, LATEST, place=tmp_path / "shallow")
    git(tmp_path / "shallow", "fetch", "--depth=1", "--tags", "origin")
    assert version_of(find(NOWHERE, LATEST, place=tmp_path / "shallow")) == "1.3.0"


def test_a_candidate_without_a_proper_version_has_no_closest_tag(find: Find, repository: Path) -> None:
    with pytest.raises(UsageError, match="own version cannot be compared"):
        find(NOWHERE, LATEST, of=candidate("1.4"), place=repository)


def _packages(**names: str) -> dict[str, str]:
    """Return packages by their directories, each with a name."""
    return {
        f"{folder}/{file}": text
        for folder, name in names.items()
        for file, text in (("Ballerina.toml", manifest("1.0.0", name=name)), ("main.bal", ""))
    }


def test_a_package_is_not_new_where_another_is_gone(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "modules")
    commit(root, _packages(old="shoe", tax="tax"), tag="v1")
    git(root, "rm", "-rq", "old")
    commit(root, _packages(shop="shop"))
    with pytest.raises(
        BaselineError, match=r"acme/shoe, which it has in 'old', is there no longer.*git:v1:old"
    ):
        find(NOWHERE, parse_spec("git:v1"), place=root / "shop")


def test_a_package_that_is_gone_from_the_top_is_named_there(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "modules")
    commit(root, {"Ballerina.toml": manifest("1.0.0", name="shoe"), "main.bal": ""}, tag="v1")
    git(root, "rm", "-rq", ".")
    commit(root, _packages(shop="shop"))
    with pytest.raises(BaselineError, match=r"acme/shoe, which it has in '\.', is there no longer"):
        find(NOWHERE, parse_spec("git:v1"), place=root / "shop")


def test_where_a_package_lay_cannot_be_told_without_the_manifests(
    find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository_at(tmp_path / "modules")
    commit(root, _packages(shop="shop"), tag="v1")
    git(root, "mv", "shop", "store")
    commit(root, {"more.txt": "x"})
    monkeypatch.setattr("semverdiff.limits.TEXTS_BYTES", 20)
    with pytest.raises(
        BaselineError, match="cannot be told: their manifests cannot be read: name it as git:v1:DIRECTORY"
    ):
        find(NOWHERE, parse_spec("git:v1"), place=root / "store")


def test_a_package_is_not_new_where_another_got_its_directory(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "modules")
    commit(root, _packages(old="shop", tax="tax"), tag="v1")
    commit(root, _packages(old="shoe", new="store"))
    with pytest.raises(BaselineError, match="acme/shop, which it has in 'old', is there no longer"):
        find(NOWHERE, parse_spec("git:v1"), of=replace(candidate("1.0.0"), name="store"), place=root / "new")


def test_a_new_package_is_told_from_manifests_that_have_no_name(find: Find, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "modules")
    workspace = {"Ballerina.toml": '[workspace]\npackages = ["tax"]\n', "broken/Ballerina.toml": "[package\n"}
    commit(root, _packages(tax="tax") | workspace, tag="v1")
    commit(root, _packages(shop="shop"))
    assert find(NOWHERE, parse_spec("git:v1"), place=root / "shop").package is None
    git(root, "rm", "-rq", "broken")
    commit(root, {"more.txt": "x"})
    with pytest.raises(BaselineError, match="and a manifest, which it has in 'broken', is there no longer"):
        find(NOWHERE, parse_spec("git:v1"), place=root / "shop")


def test_a_package_is_not_new_where_others_cannot_be_read(
    find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change set could add so many manifests that nobody sees which is gone."""
    root = repository_at(tmp_path / "modules")
    commit(root, _packages(tax="tax"), tag="v1")
    commit(root, _packages(shop="shop", more="more"))
    monkeypatch.setattr("semverdiff.limits.TEXTS_BYTES", 250)
    with pytest.raises(BaselineError, match="cannot be told, so that one may be gone"):
        find(NOWHERE, parse_spec("git:v1"), place=root / "shop")


def test_only_the_latest_tag_needs_a_list_of_tags(find: Find, repository: Path) -> None:
    assert find(NOWHERE, parse_spec("git:v1.2.0"), place=repository).tagged == ()
    assert find(NOWHERE, LATEST, place=repository).tagged == ("1.2.0", "1.3.0", "2.0.0")
