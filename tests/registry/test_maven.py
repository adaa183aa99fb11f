"""Custom repositories of Settings.toml, in the layout of Maven."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.maven import index_of, serve_maven
from support.registries import RIGHT, bala, version_of

from semverdiff.baselines import InRepository
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, UsageError
from semverdiff.registry import Limits
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

NOWHERE = "http://127.0.0.1:1/2.0/registry"
NEXUS = InRepository("nexus")


def files_of(*versions: str, checksums: bool = True) -> dict[str, bytes]:
    """Return the files of a repository that has these versions."""
    files = {"acme/shop/maven-metadata.xml": index_of(*versions)}
    for version in versions:
        path = f"acme/shop/{version}/shop-{version}.bala"
        files[path] = bala(version)
        if checksums:
            files[f"{path}.sha256"] = hashlib.sha256(bala(version)).hexdigest().encode()
    return files


def settings(home: Path, url: str, **more: str) -> None:
    lines = [f'{key} = "{value}"' for key, value in {"id": "nexus", "url": url, **more}.items()]
    (home / "Settings.toml").write_text(
        "[[repository.maven]]\nid = 'other'\n\n[[repository.maven]]\n" + "\n".join(lines)
    )


def test_the_closest_version_is_found_and_verified(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.0.0", "1.3.0", "2.0.0")) as maven:
        settings(tmp_path, maven.address + "/")
        baseline = find(NOWHERE, NEXUS)
    assert version_of(baseline) == "1.3.0"
    assert baseline.reason == "highest published version not above 1.4.0"
    assert baseline.published == ("1.0.0", "1.3.0", "2.0.0")
    assert baseline.notes == ()
    assert baseline.package is not None
    provenance = baseline.package.provenance
    assert (provenance.source, provenance.repository) == ("repository", "nexus")
    assert provenance.digest_verified
    assert [path for path, _ in maven.requests] == [
        "acme/shop/maven-metadata.xml",
        "acme/shop/1.3.0/shop-1.3.0.bala.sha256",
        "acme/shop/1.3.0/shop-1.3.0.bala",
    ]


def test_the_version_that_was_asked_for_is_found(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.0.0", "1.3.0+b.7")) as maven:
        settings(tmp_path, maven.address)
        assert version_of(find(NOWHERE, InRepository("nexus", parse_version("1.0.0")))) == "1.0.0"
        with pytest.raises(BaselineError, match=r"acme/shop 1\.2\.0 is not published"):
            find(NOWHERE, InRepository("nexus", parse_version("1.2.0")))


def test_a_published_candidate_is_known(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.4.0")) as maven:
        settings(tmp_path, maven.address)
        assert find(NOWHERE, NEXUS).candidate_is_published


def test_without_a_checksum_the_report_says_so(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0", checksums=False)) as maven:
        settings(tmp_path, maven.address)
        baseline = find(NOWHERE, NEXUS)
    assert baseline.notes == ("the registry gives no SHA-256 digest of acme-shop-any-1.3.0.bala",)


def test_a_wrong_checksum_is_refused(find: Find, tmp_path: Path) -> None:
    wrong = {"acme/shop/1.3.0/shop-1.3.0.bala.sha256": b"0" * 64 + b"  shop-1.3.0.bala\n"}
    with serve_maven({**files_of("1.3.0"), **wrong}) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(NetworkError, match="its SHA-256 should be '0000"):
            find(NOWHERE, NEXUS)


def test_another_package_in_the_archive_is_refused(find: Find, tmp_path: Path) -> None:
    other = {"acme/shop/1.3.0/shop-1.3.0.bala": bala("1.3.0", name="shoe")}
    with serve_maven({**files_of("1.3.0", checksums=False), **other}) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(ArchiveError, match="holds another package"):
            find(NOWHERE, NEXUS)


def test_nothing_of_it_is_kept_since_it_may_be_published_again(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0")) as maven:
        settings(tmp_path, maven.address)
        find(NOWHERE, NEXUS)
        find(NOWHERE, NEXUS)
    assert len(maven.requests) == 6
    assert not (tmp_path / "downloads").exists()


# Who we are there.


def test_the_repositorys_credentials_are_sent_and_centrals_token_is_not(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0"), credentials=("user", "pa55")) as maven:
        settings(tmp_path, maven.address, username="user", accesstoken="pa55")
        assert version_of(find(NOWHERE, NEXUS, token=RIGHT)) == "1.3.0"
    sent = {given for _, given in maven.requests}
    assert sent == {f"Basic {base64.b64encode(b'user:pa55').decode()}"}


def test_without_credentials_nothing_is_sent(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0")) as maven:
        settings(tmp_path, maven.address)
        find(NOWHERE, NEXUS, token=RIGHT)
    assert {given for _, given in maven.requests} == {None}


def test_refused_credentials_are_an_error_that_does_not_show_them(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0"), credentials=("user", "pa55")) as maven:
        settings(tmp_path, maven.address, username="user", accesstoken="wr0ng")
        with pytest.raises(
            NetworkError, match=r"answered 401 .* credentials are refused.*'accesstoken'"
        ) as caught:
            find(NOWHERE, NEXUS)
    assert "wr0ng" not in str(caught.value)


def test_credentials_stay_behind_when_a_redirect_leads_to_another_host(find: Find, tmp_path: Path) -> None:
    archive = "acme/shop/1.3.0/shop-1.3.0.bala"
    with serve_maven({archive: bala("1.3.0")}) as store:
        elsewhere = store.address.replace("127.0.0.1", "localhost")
        redirects = {archive: f"{elsewhere}/{archive}"}
        with serve_maven(files_of("1.3.0"), credentials=("user", "pa55"), redirects=redirects) as maven:
            settings(tmp_path, maven.address, username="user", accesstoken="pa55")
            assert version_of(find(NOWHERE, NEXUS)) == "1.3.0"
    assert store.requests == [(archive, None)]


# Bad days.


@pytest.mark.slow
@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"<html><body>Sign in</body>",
        b"{}",
        b"\xff\xfe",
        b'<!DOCTYPE metadata [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><metadata>&b;</metadata>',
        b'<!DOCTYPE metadata SYSTEM "file:///etc/passwd"><metadata/>',
    ],
)
def test_an_index_that_is_none_is_an_error(find: Find, tmp_path: Path, index: bytes) -> None:
    with serve_maven({"acme/shop/maven-metadata.xml": index}) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(NetworkError, match=r"(sent something else|sent nothing).*'url'"):
            find(NOWHERE, NEXUS)


@pytest.mark.parametrize("files", [{}, {"acme/shop/maven-metadata.xml": index_of()}])
def test_no_version_is_an_error_and_no_first_release(
    find: Find, tmp_path: Path, files: dict[str, bytes]
) -> None:
    with serve_maven(files) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(
            BaselineError, match=r"'nexus' has no version of acme/shop.*--baseline none"
        ) as caught:
            find(NOWHERE, NEXUS)
    assert caught.value.exit_code == 3


def test_a_version_of_the_index_without_an_archive_is_an_error(find: Find, tmp_path: Path) -> None:
    with serve_maven({"acme/shop/maven-metadata.xml": index_of("1.3.0")}) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(
            NetworkError, match=r"'nexus' answered 404 when asked for the archive of acme/shop 1\.3"
        ):
            find(NOWHERE, NEXUS)


def test_too_large_an_index_or_archive_is_refused(find: Find, tmp_path: Path) -> None:
    with serve_maven(files_of("1.3.0")) as maven:
        settings(tmp_path, maven.address)
        with pytest.raises(NetworkError, match="larger than 100 bytes"):
            find(NOWHERE, NEXUS, limits=Limits(answer=100))
        with pytest.raises(NetworkError, match="larger than 200 bytes"):
            find(NOWHERE, NEXUS, limits=Limits(archive=200))


# What Settings.toml has to say.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "describes no repository 'nexus': expected a .* found none"),
        ("[[repository.maven]]\nid = 'b'\n[[repository.maven]]\nid = 'a'", "found 'a', 'b'"),
        ("repository = 1", "found none"),
        ("[repository]\nmaven = [1, {id = 2}]", "found none"),
        ("[repository", "cannot be looked up: Settings.toml is not valid TOML"),
        ("[[repository.maven]]\nid = 'nexus'", "the 'url' of the repository 'nexus'"),
        ("[[repository.maven]]\nid = 'nexus'\nurl = 1", "expected texts for url"),
        ("[[repository.maven]]\nid = 'nexus'\nurl = 'http://nexus.example.com'", "plain http is accepted"),
        ("[[repository.maven]]\nid = 'nexus'\nurl = 'https://u:p@nexus.example.com'", "without user name"),
        ("[[repository.maven]]\nid = 'nexus'\nurl = 'https://[::1'", "should be an address such as"),
    ],
)
def test_a_repository_that_is_not_described_is_a_usage_error(
    find: Find, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "Settings.toml").write_text(text)
    with pytest.raises(UsageError, match=said):
        find(NOWHERE, NEXUS)


# Offline.


def test_offline_takes_what_bal_has_pulled_from_there(find: Find, tmp_path: Path) -> None:
    with pytest.raises(
        BaselineError, match="offline, and this machine has no usable version of acme/shop from"
    ):
        find(NOWHERE, NEXUS, offline=True)
    folder = tmp_path / "repositories/nexus/bala/acme/shop/1.3.0/any"
    with zipfile.ZipFile(io.BytesIO(bala("1.3.0"))) as archive:
        archive.extractall(folder)
    baseline = find(NOWHERE, NEXUS, offline=True)
    assert version_of(baseline) == "1.3.0"
    assert baseline.reason.endswith("(offline: the repository 'nexus' was not asked)")
