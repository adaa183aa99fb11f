"""What an earlier run has learned: when it is used, when not, and what is said about it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.central import Fault, json_with, serve_central, status
from support.registries import OTHER, RIGHT, bala, candidate, published, table, version_of

from semverdiff.baselines import Central
from semverdiff.errors import BaselineError, NetworkError
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find, Pauses

TABLE = table()


def archives(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.bala"))


def test_the_second_run_asks_nobody_and_answers_the_same(find: Find) -> None:
    with serve_central(TABLE) as central:
        first = find(central.address)
        second = find(central.address)
    assert central.endpoints == ("versions", "metadata", "file")
    assert second == first


@pytest.mark.parametrize(("seconds", "asked"), [(300, ["versions"]), (86_400, ["versions", "metadata"])])
def test_after_some_minutes_the_versions_are_asked_for_again_and_after_a_day_what_is_said_about_one(
    find: Find, pauses: Pauses, seconds: int, asked: list[str]
) -> None:
    with serve_central(TABLE) as central:
        first = find(central.address)
        pauses.date += seconds
        second = find(central.address)
    assert central.endpoints == ("versions", "metadata", "file", *asked)
    assert (second.package, second.notes) == (first.package, ())


def test_a_clock_that_was_set_back_makes_everything_old(find: Find, pauses: Pauses) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
        pauses.date -= 1
        find(central.address)
    assert central.endpoints == ("versions", "metadata", "file", "versions", "metadata")


def test_refresh_asks_for_everything_again(find: Find) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
        refreshed = find(central.address, refresh=True)
    assert central.endpoints == ("versions", "metadata", "file") * 2
    assert refreshed.notes == ()


def test_a_version_that_was_just_published_is_found_when_asked_for(find: Find) -> None:
    with serve_central(TABLE, [Fault("versions", lambda reply: reply)]) as central:
        find(central.address)
        found = find(central.address, Central(parse_version("1.0.0")))
        assert (version_of(found), found.notes) == ("1.0.0", ())
        with pytest.raises(BaselineError, match=r"acme/shop 1\.3\.1 is not published"):
            find(central.address, Central(parse_version("1.3.1")))
    assert central.endpoints.count("versions") == 2


def test_that_nothing_is_published_is_never_remembered(find: Find) -> None:
    with serve_central([]) as central:
        find(central.address)
        find(central.address)
    assert central.endpoints == ("versions", "versions")


def test_a_list_that_was_seen_without_a_token_is_none_for_somebody_with_one(find: Find) -> None:
    with serve_central(TABLE, token=RIGHT) as central:
        find(central.address)
        find(central.address, token=RIGHT)
    assert central.endpoints.count("versions") == 2


def test_a_list_that_was_seen_after_a_refused_token_is_not_remembered(find: Find) -> None:
    with serve_central(TABLE, token=OTHER) as central:
        find(central.address, token=RIGHT)
        find(central.address, token=RIGHT)
    assert [request.authorized for request in central.requests if request.endpoint == "versions"] == [
        True,
        False,
        True,
        False,
    ]


def test_another_registry_is_not_answered_for(find: Find) -> None:
    with serve_central(TABLE) as one, serve_central([published("1.2.0")]) as other:
        assert version_of(find(one.address)) == "1.3.0"
        assert version_of(find(other.address)) == "1.2.0"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        "[" * 100_000,
        '{"package": "acme/Shop", "asked": 1790000000, "with_token": false, "versions": ["9.9.9"]}',
        '{"package": "acme/shop", "asked": "today", "with_token": false, "versions": ["9.9.9"]}',
        '{"package": "acme/shop", "asked": 1790000000, "with_token": false, "versions": [9]}',
    ],
)
def test_a_list_that_is_damaged_or_of_another_package_is_asked_for_again(
    find: Find, tmp_path: Path, text: str
) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
        (path,) = (tmp_path / "downloads").rglob("versions.json")
        path.write_text(text)
        assert version_of(find(central.address)) == "1.3.0"
    assert central.endpoints.count("versions") == 2


def test_what_is_kept_holds_no_signed_address_and_no_token(find: Find, tmp_path: Path) -> None:
    with serve_central(TABLE, token=RIGHT) as central:
        find(central.address, token=RIGHT)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "downloads").rglob("*.json"))
    assert b"1.3.0" in kept
    assert b"secret-signature" not in kept
    assert RIGHT.encode() not in kept


# Archives.


def test_a_damaged_archive_is_downloaded_again(find: Find, tmp_path: Path) -> None:
    with serve_central(TABLE) as central:
        first = find(central.address)
        (path,) = archives(tmp_path)
        path.write_bytes(b"something else")
        assert find(central.address).package == first.package
    # The signed address was not kept, so the registry leads to the archive anew.
    assert central.endpoints == ("versions", "metadata", "file", "pull", "file")
    assert path.read_bytes() == bala("1.3.0")


def test_an_archive_without_a_digest_is_not_kept(find: Find, tmp_path: Path) -> None:
    faults = [Fault("metadata", json_with(digest=None))]
    with serve_central(TABLE, faults) as central:
        find(central.address)
    assert archives(tmp_path) == []


def test_a_digest_that_only_the_redirect_tells_is_remembered(find: Find, tmp_path: Path) -> None:
    faults = [Fault("metadata", json_with(digest=None, balaURL=None))]
    with serve_central(TABLE, faults) as central:
        find(central.address)
        assert len(archives(tmp_path)) == 1
        find(central.address)
    assert central.endpoints == ("versions", "metadata", "pull", "file")


def test_an_archive_that_was_refused_is_not_kept(find: Find, tmp_path: Path) -> None:
    faults = [Fault("metadata", json_with(digest="sha-256=" + "0" * 64))]
    with serve_central(TABLE, faults) as central, pytest.raises(NetworkError):
        find(central.address)
    assert archives(tmp_path) == []


# Offline.


def test_offline_takes_what_an_earlier_run_has_downloaded(find: Find, pauses: Pauses) -> None:
    with serve_central(TABLE) as central:
        first = find(central.address)
    pauses.date += 10_000_000
    offline = find(central.address, offline=True)
    assert offline.package == first.package
    assert offline.reason == (
        "highest cached version not above 1.4.0 (offline: Ballerina Central was not asked)"
    )
    assert offline.published == ("1.0.0", "1.3.0", "2.0.0")
    assert offline.notes == ()


def test_offline_names_closer_versions_that_were_never_downloaded(find: Find) -> None:
    with serve_central([published("1.3.5"), published("1.3.0"), published("1.2.0")]) as central:
        find(central.address, of=candidate("1.3.2"))
    offline = find(central.address, of=candidate("1.4.0"), offline=True)
    assert version_of(offline) == "1.3.0"
    assert offline.notes == ("published and closer, but not on this machine: '1.3.5'",)


def test_offline_knows_from_the_list_that_the_candidate_is_published(find: Find) -> None:
    with serve_central([published("1.4.0"), published("1.3.0")]) as central:
        find(central.address, of=candidate("1.3.2"))
    offline = find(central.address, of=candidate("1.4.0"), offline=True)
    assert (version_of(offline), offline.candidate_is_published) == ("1.3.0", True)


def test_offline_passes_over_what_was_deprecated_when_it_was_downloaded(find: Find) -> None:
    with serve_central([published("1.3.0", deprecated="old"), published("1.2.0")]) as central:
        find(central.address, Central(parse_version("1.3.0")))
        find(central.address)
    offline = find(central.address, offline=True)
    assert version_of(offline) == "1.2.0"
    assert offline.notes == ("1.3.0 is deprecated ('old') and was passed over",)


def test_offline_a_damaged_archive_is_not_there(find: Find, tmp_path: Path) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
    archives(tmp_path)[0].write_bytes(b"something else")
    with pytest.raises(BaselineError, match="no usable version of acme/shop"):
        find(central.address, offline=True)


@pytest.mark.parametrize("name", ["latest", "9.9.9"])
def test_offline_a_stray_file_among_the_answers_is_no_version(find: Find, tmp_path: Path, name: str) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
    (path,) = (tmp_path / "downloads").rglob("releases/1.3.0.json")
    path.with_name(f"{name}.json").write_bytes(path.read_bytes())
    assert version_of(find(central.address, offline=True, of=candidate("9.9.9"))) == "1.3.0"


# When the network fails, nobody falls back silently.


@pytest.mark.parametrize("code", [404, 503])
def test_a_registry_that_fails_later_is_an_error_that_names_the_command_for_the_cache(
    find: Find, pauses: Pauses, code: int
) -> None:
    start = pauses.date
    fault = Fault("versions", lambda reply: reply if pauses.date == start else status(code)(reply))
    with serve_central(TABLE, [fault]) as central:
        first = find(central.address)
        pauses.date += 300
        with pytest.raises(NetworkError, match="run 'semver check --offline'") as caught:
            find(central.address)
    assert caught.value.exit_code == 3
    assert find(central.address, offline=True).package == first.package


def test_a_registry_that_is_gone_is_an_error_although_the_cache_has_an_answer(
    find: Find, pauses: Pauses
) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
    pauses.date += 300
    with pytest.raises(NetworkError, match="run 'semver check --offline'"):
        find(central.address)
    assert version_of(find(central.address, offline=True)) == "1.3.0"


# Many at once.

_RUN = """
import json, sys
from pathlib import Path
from semverdiff.baselines import Auto, resolve
from semverdiff.registry import environment_from
from msgspec.structs import replace
from semverdiff.artifact import Provenance
from semverdiff.packages import Package
environment = json.loads(sys.argv[1])
candidate = Package("acme", "shop", "1.4.0", (), Provenance("directory"))
environment = replace(environment_from(environment, Path(sys.argv[2])), agent="semverdiff/1.2.3")
found = resolve(Auto(), candidate.identity, environment)
print(found.package.version, found.package.provenance.digest, found.published)
"""


@pytest.mark.slow
def test_sixteen_processes_on_one_empty_cache_answer_the_same(tmp_path: Path, repository: Path) -> None:
    with serve_central(TABLE) as central:
        environment = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "downloads"),
        }
        running = [
            subprocess.Popen(
                [sys.executable, "-c", _RUN, json.dumps(environment), str(tmp_path)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=tmp_path,
                env={"PYTHONPATH": str(repository)},
            )
            for _ in range(16)
        ]
        outputs = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * 16
    assert len(set(outputs)) == 1
    assert outputs[0].startswith("1.3.0 ")
    assert [path.read_bytes() for path in archives(tmp_path)] == [bala("1.3.0")]
    assert list((tmp_path / "downloads").rglob("*.part")) == []
