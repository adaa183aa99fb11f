"""Ways to the archive: addresses, redirects, digests, sizes and the identity inside."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.central import (
    SIGNATURE,
    Delivery,
    Fault,
    Published,
    Reply,
    delivered,
    json_value,
    json_with,
    redirected,
    serve_central,
    status,
    with_body,
    with_header,
    without_header,
)
from support.registries import bala, table

from semverdiff.errors import ArchiveError, NetworkError
from semverdiff.registry import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.registries import Find

TABLE = table()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("faults", "endpoints"),
    [
        ([Fault("metadata", json_with(balaURL=None))], ("pull", "file")),
        ([Fault("metadata", json_with(balaURL=""))], ("pull", "file")),
        ([Fault("file", status(403), times=1)], ("file", "pull", "file")),
        (
            [
                Fault("metadata", json_with(balaURL=None)),
                Fault("pull", redirected(f"/files/acme/shop/1.3.0?{SIGNATURE}")),
            ],
            ("pull", "file"),
        ),
        (
            [Fault("metadata", json_with(balaURL=None)), Fault("pull", lambda _: Reply(200, bala("1.3.0")))],
            ("pull",),
        ),
        ([Fault("file", delivered("chunked"))], ("file",)),
        ([Fault("file", redirected(f"?{SIGNATURE}"), times=5)], ("file",) * 6),
    ],
)
def test_every_way_to_the_archive_works(find: Find, faults: list[Fault], endpoints: tuple[str, ...]) -> None:
    with serve_central(TABLE, faults) as central:
        baseline = find(central.address)
    assert baseline.package is not None
    assert baseline.package.provenance.digest_verified
    assert central.endpoints[2:] == endpoints


def test_a_digest_in_upper_case_is_as_good(find: Find) -> None:
    digest = TABLE[1].digest.upper()
    with serve_central(TABLE, [Fault("metadata", json_with(digest=digest))]) as central:
        baseline = find(central.address)
    assert baseline.package is not None
    assert baseline.package.provenance.digest_verified


@pytest.mark.parametrize("digest", [None, "", "md5=abc", "nonsense"])
def test_without_a_digest_the_archive_is_not_verified_and_the_report_says_so(
    find: Find, digest: str | None
) -> None:
    with serve_central(TABLE, [Fault("metadata", json_with(digest=digest))]) as central:
        baseline = find(central.address)
    assert baseline.package is not None
    assert not baseline.package.provenance.digest_verified
    assert baseline.package.provenance.digest == hashlib.sha256(bala("1.3.0")).hexdigest()
    assert baseline.notes == ("the registry gives no SHA-256 digest of acme-shop-any-1.3.0.bala",)


def test_the_redirect_of_a_pull_gives_the_digest_too(find: Find) -> None:
    faults = [
        Fault("metadata", json_with(balaURL=None, digest=None)),
        Fault("pull", with_header("digest", "sha-256=" + "0" * 64)),
    ]
    with serve_central(TABLE, faults) as central, pytest.raises(NetworkError, match="should be '0000"):
        find(central.address)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("file", with_body(bala("1.3.0") + b"tail")),
        Fault("metadata", json_with(digest="sha-256=" + "0" * 64)),
        Fault("metadata", json_with(digest="sha-256=")),
        Fault("metadata", json_with(digest="sha-256=abc")),
    ],
)
def test_bytes_that_do_not_match_the_digest_are_refused(find: Find, fault: Fault) -> None:
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError) as caught:
        find(central.address)
    assert "is not what the registry announced: its SHA-256 should be" in str(caught.value)
    assert caught.value.exit_code == 3


def other(content: bytes) -> Published:
    return replace(TABLE[1], content=content)


@pytest.mark.parametrize("content", [bala("1.3.1"), bala("1.3.0", name="shoe")])
def test_an_archive_that_answers_for_another_package_is_refused(find: Find, content: bytes) -> None:
    with (
        serve_central([other(content)]) as central,
        pytest.raises(ArchiveError, match="holds another package"),
    ):
        find(central.address)


def test_an_archive_that_is_no_zip_is_refused(find: Find) -> None:
    with serve_central([other(b"nothing of the kind")]) as central, pytest.raises(ArchiveError):
        find(central.address)


def test_an_empty_archive_is_refused(find: Find) -> None:
    with serve_central([other(b"")]) as central, pytest.raises(NetworkError, match="without content"):
        find(central.address)


@pytest.mark.parametrize("how", ["whole", "chunked"])
def test_too_large_an_archive_is_refused_while_reading(find: Find, how: Delivery) -> None:
    fault = Fault("file", delivered(how))
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError, match="larger than 100 bytes"):
        find(central.address, limits=Limits(archive=100))


def test_too_large_an_archive_is_refused_before_reading_where_its_length_is_announced(find: Find) -> None:
    def huge(reply: Reply) -> Reply:
        return replace(reply, headers={"Content-Length": "9" * 15}, delivery="stalled")

    with (
        serve_central(TABLE, [Fault("file", huge)]) as central,
        pytest.raises(NetworkError, match="larger than"),
    ):
        find(central.address)


@pytest.mark.parametrize("code", [200, 404, 503])
def test_too_large_an_answer_is_refused(find: Find, code: int) -> None:
    faults = [Fault("versions", json_value("x" * 1000, code))]
    with serve_central(TABLE, faults) as central, pytest.raises(NetworkError, match="larger than 100 bytes"):
        find(central.address, limits=Limits(answer=100))


# Redirects.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (redirected(f"/files/acme/shop/1.3.0?{SIGNATURE}"), "redirects in a circle"),
        (without_header("Location"), "redirects without saying where to"),
        (
            redirected("http://files.example.com/x?Signature=secret-signature"),
            "files.example.com by an address",
        ),
        (redirected("ftp://127.0.0.1/x"), "expected https"),
        (redirected("file:///etc/passwd"), "an address without host"),
        (redirected("http://[::1/x"), "is not proper HTTP"),
        (redirected("http://127.0.0.1:port/x"), "is not proper HTTP"),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(
    find: Find, change: Callable[[Reply], Reply], said: str
) -> None:
    faults = [
        Fault("metadata", json_with(balaURL=None)),
        Fault("pull", change),
        Fault("file", redirected(f"/files/acme/shop/1.3.0?{SIGNATURE}")),
    ]
    with serve_central(TABLE, faults) as central, pytest.raises(NetworkError, match=said) as caught:
        find(central.address)
    assert "secret-signature" not in str(caught.value)
    assert "passwd" not in str(caught.value)


def test_a_file_address_without_https_is_refused(find: Find) -> None:
    faults = [Fault("metadata", json_with(balaURL="http://files.example.com/x"))]
    with serve_central(TABLE, faults) as central, pytest.raises(NetworkError, match="expected https"):
        find(central.address)
