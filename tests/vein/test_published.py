from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import msgspec
import pytest
from msgspec.structs import replace
from support.archives import zip_of
from support.central import Reply, json_value, page, refused_address, with_body
from support.gallery import PublishedShard, published_shard, serve_gallery, shard_of
from support.registries import Pauses

from semverdiff import limits
from semverdiff.artifact import Identity, Provenance
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, UsageError
from semverdiff.registry import Environment, Timeouts
from semverdiff.vein import (
    InGallery,
    Shard,
    earlier_gallery_pre_release,
    gallery_baseline,
    parse_gallery_spec,
    parse_nuget_version,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from semverdiff.baselines import Baseline

NAME = "demo"
AUTO = InGallery()


class ShardPackage(msgspec.Struct, frozen=True):
    """A shard as the composer sees it."""

    name: str
    version: str
    provenance: Provenance
    organization: None = None
    platform: None = None
    notes: tuple[str, ...] = ()
    semver_toml: None = None
    module_names: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        return Identity(None, self.name, self.version)


def make(shard: Shard) -> ShardPackage:
    return ShardPackage(shard.manifest.name, shard.manifest.version, shard.provenance)


class Find(Protocol):
    """Finds the baseline of a candidate at a gallery; keywords replace fields of the environment."""

    def __call__(
        self, address: str, own: str = ..., spec: InGallery = ..., *, name: str = ..., **changes: object
    ) -> Baseline: ...


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def find(tmp_path: Path, pauses: Pauses) -> Find:
    def find(
        address: str,
        own: str = "1.4.0",
        spec: InGallery = AUTO,
        *,
        name: str = NAME,
        **changes: object,
    ) -> Baseline:
        plain = Environment(
            tmp_path,
            gallery=address,
            shards=tmp_path / ".vein" / "shards",
            downloads=tmp_path / "downloads",
            timeouts=Timeouts(connect=5, read=5, write=5, retries=2),
            clock=pauses.clock(),
            agent="semverdiff/1.2.3",
        )
        return gallery_baseline(spec, Identity(None, name, own), replace(plain, **changes), make)

    return find


def asked(version: str) -> InGallery:
    return InGallery(parse_nuget_version(version))


def versions(*texts: str) -> tuple[PublishedShard, ...]:
    return tuple(map(published_shard, texts))


def version_of(baseline: Baseline) -> str:
    assert baseline.package is not None
    return baseline.package.version


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("auto", AUTO),
        ("gallery", AUTO),
        ("0.30.9.3", asked("0.30.9.3")),
        ("1.0-Beta", asked("1.0-beta")),
        ("gallery:1.2", asked("1.2.0")),
        ("none", None),
        ("file:x", None),
        ("galleries", None),
    ],
)
def test_a_baseline_is_named_by_a_word_or_a_version(text: str, spec: InGallery | None) -> None:
    assert parse_gallery_spec(text) == spec


@pytest.mark.parametrize(
    "text", ["gallery:", "gallery:latest", "gallery:next", "1.2.3.4.5", "v1.0", "gallery:../1"]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names no version: expected a version as in"):
        parse_gallery_spec(text)


@pytest.mark.parametrize(
    ("own", "published", "chosen", "reason"),
    [
        ("1.4.0", ["1.0.0", "1.3.0", "2.0.0"], "1.3.0", "highest published version not above 1.4.0"),
        ("1.4.0", ["1.3.0", "1.4.0-rc.1"], "1.3.0", "highest published version not above 1.4.0"),
        ("1.4.0-rc.2", ["1.3.0", "1.4.0-rc.1"], "1.3.0", "highest published version not above 1.4.0-rc.2"),
        (
            "0.30.9.3",
            ["0.30.9.2", "0.30.9", "0.30.10"],
            "0.30.9.2",
            "highest published version not above 0.30.9.3",
        ),
        ("1.10", ["1.9.0", "1.2.0"], "1.9.0", "highest published version not above 1.10.0"),
        ("1.4.0", ["1.4", "1.3.0"], "1.4", "version 1.4.0 itself is already published"),
        (
            "1.4.0-RC.1",
            ["1.4.0-RC.1", "1.3.0"],
            "1.4.0-RC.1",
            "version 1.4.0-RC.1 itself is already published",
        ),
        (
            "1.4.0",
            ["1.4.0-beta.2", "1.4.0-beta.10"],
            "1.4.0-beta.10",
            "highest published pre-release not above 1.4.0, as no release is",
        ),
        (
            "1.0.0-rc.1",
            ["1.0.0-beta.1", "2.0.0"],
            "1.0.0-beta.1",
            "highest published pre-release not above 1.0.0-rc.1, as no release is",
        ),
        ("1.0.0", ["2.0.0", "3.0.0", "4.0.0-a"], "3.0.0", "newest published version, as all are above 1.0.0"),
        ("1.0.0", ["2.0.0-a", "2.0.0-b"], "2.0.0-b", "newest published pre-release, as all are above 1.0.0"),
    ],
)
def test_the_closest_version_is_the_baseline(
    find: Find, own: str, published: list[str], chosen: str, reason: str
) -> None:
    with serve_gallery(versions(*published)) as gallery:
        baseline = find(gallery.address, own)
    assert (version_of(baseline), baseline.reason) == (chosen, reason)
    assert baseline.candidate_is_published == reason.endswith("itself is already published")
    assert {parse_nuget_version(one) for one in baseline.published} == {
        parse_nuget_version(one) for one in published
    }


def test_a_baseline_says_where_it_came_from_and_that_nothing_verified_it(find: Find) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        baseline = find(gallery.address)
        host = gallery.address.removeprefix("http://")
    assert baseline.package is not None
    provenance = baseline.package.provenance
    assert (provenance.source, provenance.repository, provenance.digest_verified) == ("gallery", host, False)
    assert provenance.digest is not None
    assert baseline.notes == ("the gallery gives no SHA-256 digest of demo-1.3.0.shard",)


def test_a_name_that_a_search_does_not_find_is_a_first_release(find: Find) -> None:
    with serve_gallery((published_shard("1.0.0", "demo2"),)) as gallery:
        baseline = find(gallery.address)
        assert gallery.endpoints == ("search",)
    assert (baseline.package, baseline.is_wanted, baseline.doubt) == (None, True, None)
    assert baseline.reason == "no published version is visible"


def test_the_name_as_it_is_stored_is_used_for_what_needs_it(find: Find) -> None:
    with serve_gallery((published_shard("1.3.0", "Demo"),)) as gallery:
        assert version_of(find(gallery.address)) == "1.3.0"
        assert [target for target in gallery.targets if "search" not in target] == [
            "/@/packages/Demo/version.json",
            "/@/package/Demo/1.3.0?includeUnlisted=true",
            "/@/packages/Demo/1.3.0",
        ]


@pytest.mark.parametrize("broken", ["search", "versions", "metadata", "shard"])
@pytest.mark.parametrize("change", [page(500), page(502), page(200), json_value([7]), with_body(b"")])
def test_what_cannot_be_told_is_no_first_release(
    find: Find, broken: str, change: Callable[[Reply], Reply]
) -> None:
    with serve_gallery(versions("1.3.0", "1.2.0"), {broken: change}) as gallery:
        if broken == "shard" and change(Reply(200)).status == 200:
            with pytest.raises((ArchiveError, BaselineError)) as caught:
                find(gallery.address)
        else:
            with pytest.raises(NetworkError) as caught:
                find(gallery.address)
    assert caught.value.exit_code == 3


def test_nobody_at_the_address_is_no_first_release(find: Find) -> None:
    with refused_address() as address, pytest.raises(NetworkError):
        find(address.removesuffix("/2.0/registry"))


@pytest.mark.parametrize("listed", [[], [7], ["x.y", None]])
def test_a_found_name_without_a_version_that_can_be_read_is_no_first_release(
    find: Find, listed: list[object]
) -> None:
    faults = {"versions": json_value({"versions": listed})}
    with (
        serve_gallery(versions("1.3.0"), faults) as gallery,
        pytest.raises(BaselineError, match="has the shard demo, but lists no"),
    ):
        find(gallery.address)


def test_a_version_that_cannot_be_read_is_skipped_with_a_note(find: Find) -> None:
    faults = {"versions": json_value({"versions": ["1.3.0", "1.3.x", 7, "../1.2"]})}
    with serve_gallery(versions("1.3.0"), faults) as gallery:
        baseline = find(gallery.address)
    assert version_of(baseline) == "1.3.0"
    skipped = "published versions that cannot be read were skipped: '../1.2', '1.3.x', 'a number'"
    assert baseline.notes[0] == skipped


def test_unlisted_versions_are_passed_over(find: Find) -> None:
    table = (*versions("1.2.0"), published_shard("1.3.0", listed=False))
    with serve_gallery(table) as gallery:
        baseline = find(gallery.address)
    assert version_of(baseline) == "1.2.0"
    assert baseline.notes[0] == "1.3.0 is unlisted; it was passed over"


def test_the_own_version_is_published_even_if_it_is_unlisted(find: Find) -> None:
    table = (*versions("1.2.0"), published_shard("1.4.0", listed=False))
    with serve_gallery(table) as gallery:
        baseline = find(gallery.address)
    assert (version_of(baseline), baseline.candidate_is_published) == ("1.4.0", True)
    assert baseline.notes[0] == "1.4.0 is unlisted; it is used nevertheless"


def test_a_version_without_content_is_passed_over(find: Find) -> None:
    table = (*versions("1.2.0"), PublishedShard(NAME, "1.3.0", None))
    with serve_gallery(table) as gallery:
        baseline = find(gallery.address)
    assert version_of(baseline) == "1.2.0"
    assert baseline.notes[0] == "1.3.0 is listed without content; it was passed over"


def test_where_no_release_has_content_a_pre_release_is_the_baseline_of_one(find: Find) -> None:
    empty = (PublishedShard(NAME, one, None) for one in ("1.3.0", "1.4.0-rc.1"))
    with serve_gallery((*versions("1.2.0-rc.1"), *empty)) as gallery:
        baseline = find(gallery.address, "1.4.0-rc.2")
    assert version_of(baseline) == "1.2.0-rc.1"
    assert baseline.reason.endswith("not above 1.4.0-rc.2, as no usable release is")
    assert [one for one in baseline.notes if "1.3.0" in one] == [
        "1.3.0 is listed without content; it was passed over"
    ]


def test_the_own_version_without_content_is_published_and_not_compared_with(find: Find) -> None:
    table = (*versions("1.2.0"), PublishedShard(NAME, "1.4.0", None))
    with serve_gallery(table) as gallery:
        baseline = find(gallery.address)
    assert (version_of(baseline), baseline.candidate_is_published) == ("1.2.0", True)


def test_a_label_with_capitals_is_listed_but_not_found(find: Find) -> None:
    with serve_gallery(versions("1.0.0-Beta", "1.0.0-alpha")) as gallery:
        baseline = find(gallery.address, "1.0.0-rc")
    assert version_of(baseline) == "1.0.0-alpha"
    assert baseline.notes[0] == (
        "1.0.0-beta is listed, but the gallery does not find it (a label with capitals is listed in lower "
        "case); it was passed over"
    )


def test_a_label_with_capitals_is_found_as_the_user_writes_it(find: Find) -> None:
    with serve_gallery(versions("1.0.0-Beta")) as gallery:
        assert version_of(find(gallery.address, "2.0.0", asked("1.0.0-Beta"))) == "1.0.0-Beta"
        with pytest.raises(BaselineError, match=r"1\.0\.0-beta is listed, but the gallery does not find it"):
            find(gallery.address, "2.0.0", asked("1.0.0-beta"))


@pytest.mark.parametrize(
    ("table", "own"),
    [
        ([published_shard("1.0.0", listed=False)], "1.1.0"),
        ([PublishedShard(NAME, "1.0.0", None), published_shard("2.0.0")], "1.1.0"),
        ([PublishedShard(NAME, "1.1.0", None), published_shard("2.0.0")], "1.1.0"),
        ([published_shard("1.0.0", listed=False), published_shard("1.0.1-beta")], "1.1.0"),
        ([PublishedShard(NAME, "1.0.0-beta", None)], "1.0.0"),
    ],
)
def test_where_no_version_serves_there_is_neither_a_baseline_nor_a_first_release(
    find: Find, table: list[PublishedShard], own: str
) -> None:
    with serve_gallery(table) as gallery, pytest.raises(BaselineError) as caught:
        find(gallery.address, own)
    assert "no published version can be the baseline of demo (" in str(caught.value)
    assert caught.value.exit_code == 3


def test_only_so_many_versions_are_looked_at(find: Find) -> None:
    table = [PublishedShard(NAME, f"1.0.{number}", None) for number in range(limits.PASSED_VERSIONS + 5)]
    with serve_gallery(table) as gallery:
        with pytest.raises(BaselineError, match=r"1\.0\.54 is listed without content; .*; and 45 more\)"):
            find(gallery.address)
        assert gallery.endpoints.count("shard") == limits.PASSED_VERSIONS


def test_a_version_that_was_asked_for_is_the_baseline_and_no_other(find: Find) -> None:
    table = (
        *versions("1.0.0", "1.3.0"),
        published_shard("1.1.0", listed=False),
        PublishedShard(NAME, "1.2.0", None),
    )
    with serve_gallery(table) as gallery:
        baseline = find(gallery.address, spec=asked("1.0"))
        assert (version_of(baseline), baseline.reason) == ("1.0.0", "version 1.0.0 was asked for")
        unlisted = find(gallery.address, spec=asked("1.1.0"))
        assert unlisted.notes[0] == "1.1.0 is unlisted; it is used nevertheless"
        with pytest.raises(BaselineError, match=r"of demo 1\.2\.0 \(1\.2\.0 is listed without content\)"):
            find(gallery.address, spec=asked("1.2.0"))
        with pytest.raises(BaselineError, match=r"demo 9\.0\.0 is not published: listed are '1\.3\.0', '1"):
            find(gallery.address, spec=asked("9.0"))
        with pytest.raises(BaselineError, match=r"is not published: .* has no shard of that name"):
            find(gallery.address, spec=asked("9.0"), name="other")


def test_a_full_list_may_hide_the_closest_version(find: Find) -> None:
    everything = {"versions": json_value({"versions": [f"2.0.{number}" for number in range(500)]})}
    with serve_gallery(versions("2.0.7"), everything) as gallery:
        with pytest.raises(BaselineError, match="so a closer one may be missing; name the version"):
            find(gallery.address, "2.1.0")
        assert version_of(find(gallery.address, "2.1.0", asked("2.0.7"))) == "2.0.7"
        assert version_of(find(gallery.address, "2.0.7")) == "2.0.7"


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (shard_of(NAME, "1.2.0"), ArchiveError, "holds another shard: its manifest says 'demo 1.2.0'"),
        (shard_of("other", "1.3.0"), ArchiveError, "holds another shard: its manifest says 'other 1.3.0'"),
        (b"no zip", ArchiveError, "'demo-1.3.0.shard' is"),
        (zip_of({"../manifest.json": "{}"}), ArchiveError, "'demo-1.3.0.shard'"),
        (
            zip_of({"workload.manifest.json": "{}"}),
            BaselineError,
            "demo 1.3.0 is a workload, which has no API",
        ),
    ],
)
def test_a_shard_that_is_not_what_it_should_be_is_no_baseline(
    find: Find, content: bytes, error: type[Exception], said: str
) -> None:
    table = (PublishedShard(NAME, "1.3.0", content), *versions("1.2.0"))
    with serve_gallery(table) as gallery, pytest.raises(error) as caught:
        find(gallery.address)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["", "..", "../demo", "a/b", "1demo", "demo?x", "d" * 300])
def test_a_name_that_is_none_is_never_asked_for(find: Find, name: str) -> None:
    with serve_gallery(()) as gallery:
        with pytest.raises(UsageError, match="is no shard's name"):
            find(gallery.address, name=name)
        with pytest.raises(UsageError, match="is no shard's name"):
            find(gallery.address, name=name, offline=True)
        assert gallery.requests == []


def test_a_candidate_without_a_version_is_refused(find: Find) -> None:
    with (
        serve_gallery(()) as gallery,
        pytest.raises(UsageError, match="correct 'version' in the project file"),
    ):
        find(gallery.address, "latest")


def test_the_pre_release_before_is_that_of_the_same_version(find: Find, tmp_path: Path) -> None:
    with serve_gallery(versions("1.3.0", "1.4.0-rc.1", "1.4.0-rc.2", "1.3.9-rc.9")) as gallery:
        environment = Environment(tmp_path, gallery=gallery.address, downloads=tmp_path / "downloads")

        def before(own: str, spec: InGallery = AUTO) -> Baseline | None:
            baseline = find(gallery.address, own, spec)
            candidate = Identity(None, NAME, own)
            return earlier_gallery_pre_release(spec, baseline, candidate, environment, make)

        found = before("1.4.0-rc.3")
        assert found is not None
        assert (version_of(found), found.reason) == ("1.4.0-rc.2", "the pre-release before")
        assert before("1.4.0") is None
        assert before("1.4.0-rc.1") is None
        assert before("1.4.0-rc.3", asked("1.3.0")) is None
    with serve_gallery(versions("1.4.0-rc.1")) as gallery:
        assert before("1.4.0-rc.2") is None


# The cache.


def test_what_was_answered_lately_is_not_asked_for_again(find: Find, pauses: Pauses) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        first = find(gallery.address)
        assert gallery.endpoints == ("search", "versions", "metadata", "shard")
        assert find(gallery.address) == first
        assert len(gallery.requests) == 4
        pauses.date += 301
        find(gallery.address)
        assert list(gallery.endpoints)[4:] == ["search", "versions"]
        pauses.date += 24 * 60 * 60
        find(gallery.address)
        assert list(gallery.endpoints)[6:] == ["search", "versions", "metadata"]


def test_a_shard_that_was_downloaded_is_kept_for_ever(find: Find, pauses: Pauses) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        first = find(gallery.address)
        gallery.table[0] = PublishedShard(NAME, "1.3.0", b"another")
        pauses.date += 10**9
        assert find(gallery.address) == first
        with pytest.raises(ArchiveError):
            find(gallery.address, refresh=True)


def test_that_nothing_is_published_is_never_kept(find: Find) -> None:
    with serve_gallery(()) as gallery:
        assert find(gallery.address).package is None
        gallery.table.append(published_shard("1.3.0"))
        assert version_of(find(gallery.address)) == "1.3.0"


def test_a_new_version_that_is_asked_for_is_looked_for(find: Find) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        gallery.faults["versions"] = json_value({"versions": ["no version", "1.3.0"]})
        find(gallery.address)
        assert version_of(find(gallery.address, spec=asked("1.3.0"))) == "1.3.0"
        assert gallery.endpoints.count("versions") == 1
        del gallery.faults["versions"]
        gallery.table.append(published_shard("1.3.1"))
        assert version_of(find(gallery.address, spec=asked("1.3.1"))) == "1.3.1"


@pytest.mark.parametrize("damage", [b"", b"damaged", b'{"name":"demo","version":"1.3.0","digest":"../x"}'])
def test_a_cache_that_was_damaged_is_not_believed(find: Find, tmp_path: Path, damage: bytes) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        find(gallery.address)
        for file in (tmp_path / "downloads").rglob("*.*"):
            if file.is_file() and file.name != "CACHEDIR.TAG":
                file.write_bytes(damage)
        assert version_of(find(gallery.address)) == "1.3.0"
        assert gallery.endpoints == ("search", "versions", "metadata", "shard") * 2


def test_a_shard_in_the_cache_that_is_not_what_arrived_is_fetched_again(find: Find, tmp_path: Path) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        find(gallery.address)
        (kept,) = (tmp_path / "downloads").rglob("*.shard")
        kept.write_bytes(shard_of(NAME, "1.3.0") + b" ")
        find(gallery.address)
        assert list(gallery.endpoints)[4:] == ["shard"]


def test_an_answer_from_the_future_is_of_unknown_age(find: Find, pauses: Pauses) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        find(gallery.address)
        pauses.date -= 10
        find(gallery.address)
        assert gallery.endpoints == (
            *("search", "versions", "metadata", "shard"),
            "search",
            "versions",
            "metadata",
        )


def test_an_answer_about_another_version_or_shard_is_not_believed(find: Find, tmp_path: Path) -> None:
    with serve_gallery(versions("1.2.0", "1.3.0")) as gallery:
        find(gallery.address, spec=asked("1.2.0"))
        find(gallery.address, spec=asked("1.3.0"))
        (kept,) = (one for one in (tmp_path / "downloads").rglob("1.2.0.json") if one.parent.name == "shards")
        shutil.copy(kept, kept.with_name("1.3.0.json"))
        assert version_of(find(gallery.address, spec=asked("1.3.0"))) == "1.3.0"
        shutil.copytree(kept.parent.parent, kept.parent.parent.with_name("other"))
        assert find(gallery.address, name="other").package is None


def test_offline_a_shard_that_was_removed_from_the_cache_is_not_there(find: Find, tmp_path: Path) -> None:
    with serve_gallery(versions("1.3.0")) as gallery:
        find(gallery.address)
        (kept,) = (tmp_path / "downloads").rglob("*.shard")
        kept.unlink()
        with pytest.raises(BaselineError, match="no usable version of demo: what is published"):
            find(gallery.address, offline=True)


# Without a network.


def install(tmp_path: Path, version: str, name: str = NAME, content: bytes | None = None) -> Path:
    """Put a shard where `rune` keeps it."""
    normalised = str(parse_nuget_version(version))
    file = tmp_path / ".vein" / "shards" / name / normalised / f"{name}-{version}.shard"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(shard_of(name, version) if content is None else content)
    return file


NOWHERE = "https://gallery.example.org"


def test_offline_the_closest_shard_of_this_machine_is_the_baseline(find: Find, tmp_path: Path) -> None:
    for version in ("1.0", "1.3.0", "1.3.5-rc", "2.0.0"):
        install(tmp_path, version)
    (tmp_path / ".vein" / "shards" / NAME / "no-version").mkdir()
    baseline = find(NOWHERE, offline=True)
    assert version_of(baseline) == "1.3.0"
    assert baseline.reason == ("highest cached version not above 1.4.0 (offline: the gallery was not asked)")
    assert baseline.package is not None
    provenance = baseline.package.provenance
    assert (provenance.source, provenance.repository) == ("gallery", "gallery.example.org")
    assert (provenance.digest is not None, provenance.digest_verified) == (True, False)
    assert version_of(find(NOWHERE, spec=asked("1.0.0"), offline=True)) == "1.0"


def test_offline_names_are_found_in_any_case(find: Find, tmp_path: Path) -> None:
    install(tmp_path, "1.3.0", "Demo")
    assert version_of(find(NOWHERE, offline=True)) == "1.3.0"


def test_offline_what_was_downloaded_is_used_and_what_was_not_is_said(find: Find) -> None:
    with serve_gallery(versions("1.2.0", "1.3.0")) as gallery:
        find(gallery.address, spec=asked("1.2.0"))
        asked_so_far = len(gallery.requests)
        baseline = find(gallery.address, offline=True)
        assert len(gallery.requests) == asked_so_far
    assert version_of(baseline) == "1.2.0"
    assert baseline.published == ("1.2.0", "1.3.0")
    assert baseline.notes[0] == "published and closer, but not on this machine: '1.3.0'"


def test_offline_an_unlisted_version_is_passed_over(find: Find, tmp_path: Path) -> None:
    install(tmp_path, "1.0.0")
    with serve_gallery((published_shard("1.3.0", listed=False),)) as gallery:
        find(gallery.address, spec=asked("1.3.0"))
        assert version_of(find(gallery.address, spec=asked("1.3.0"), offline=True)) == "1.3.0"
        baseline = find(gallery.address, offline=True)
    assert version_of(baseline) == "1.0.0"
    assert "1.3.0 is unlisted; it was passed over" in baseline.notes


def test_offline_nothing_on_this_machine_is_no_first_release(find: Find) -> None:
    with pytest.raises(BaselineError, match="this machine has no usable version of demo: what is published"):
        find(NOWHERE, offline=True)


@pytest.mark.parametrize("content", [b"", b"no zip", shard_of(NAME, "1.2.0"), shard_of("other", "1.3.0")])
def test_offline_a_broken_shard_is_passed_over(find: Find, tmp_path: Path, content: bytes) -> None:
    install(tmp_path, "1.3.0", content=content)
    with pytest.raises(BaselineError, match=r"1\.3\.0 on this machine was not used: "):
        find(NOWHERE, offline=True)
    install(tmp_path, "1.0.0")
    baseline = find(NOWHERE, offline=True)
    assert version_of(baseline) == "1.0.0"
    assert baseline.notes[0].startswith("1.3.0 on this machine was not used: ")


def test_offline_a_folder_that_leads_elsewhere_is_not_used_and_said(find: Find, tmp_path: Path) -> None:
    install(tmp_path / "elsewhere", "1.3.0")
    folder = tmp_path / ".vein" / "shards"
    folder.mkdir(parents=True)
    (folder / NAME).symlink_to(tmp_path / "elsewhere" / ".vein" / "shards" / NAME)
    with serve_gallery(versions("1.2.0")) as gallery:
        find(gallery.address)
        baseline = find(gallery.address, offline=True)
    assert version_of(baseline) == "1.2.0"
    assert baseline.notes[0].startswith("the shards of 'rune' on this machine were not used: ")


def test_offline_a_shard_that_is_no_file_is_passed_over(find: Find, tmp_path: Path) -> None:
    file = install(tmp_path, "1.3.0")
    file.unlink()
    os.mkfifo(file)
    install(tmp_path, "1.0.0")
    assert version_of(find(NOWHERE, offline=True)) == "1.0.0"


WATCHED = """
import sys
from pathlib import Path
from semverdiff.artifact import Identity
from semverdiff.errors import BaselineError
from semverdiff.registry import environment_from
from semverdiff.vein import InGallery, gallery_baseline
from msgspec.structs import replace

home = Path(sys.argv[1])
environment = environment_from({"SEMVERDIFF_CACHE_DIR": str(home / "cache")}, home)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
try:
    gallery_baseline(InGallery(), Identity(None, "demo", "1.4.0"), replace(environment, offline=True), repr)
except BaselineError as error:
    print(error)
except AttributeError:
    print("read")
print(any("demo-1.3.0.shard" in one for one in opened), any("vcfg" in one for one in opened))
"""


@pytest.mark.parametrize("linked", [False, True])
def test_the_file_with_the_key_is_never_opened(tmp_path: Path, *, linked: bool) -> None:
    file = install(tmp_path, "1.3.0")
    key = tmp_path / ".vein" / "vcfg"
    os.mkfifo(key)  # whoever reads it waits for ever
    if linked:
        file.unlink()
        file.symlink_to(key)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    *_, opened = done.stdout.splitlines()
    assert opened == "True False"
    assert key.is_fifo()
