"""Who gets the access token, and what a refused one means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.central import (
    Fault,
    json_with,
    redirected,
    serve_central,
    status,
    with_header,
)
from support.registries import NAME, ORGANIZATION, OTHER, RIGHT, published, table, version_of

from semverdiff.errors import NetworkError

if TYPE_CHECKING:
    from pathlib import Path

    from support.registries import Find

TABLE = table()


def test_a_refused_token_is_left_out_and_mentioned(find: Find) -> None:
    with serve_central(TABLE, token=OTHER) as central:
        baseline = find(central.address, token=RIGHT)
    assert version_of(baseline) == "1.3.0"
    assert baseline.notes == ("the registry refused the access token (401) and was asked without it",)
    assert [request.authorized for request in central.requests] == [True, False, False, False]
    assert RIGHT not in repr(baseline)


def test_the_token_of_settings_is_sent(find: Find, tmp_path: Path) -> None:
    (tmp_path / "Settings.toml").write_text(f"[central]\naccesstoken = '{RIGHT}'\n")
    with serve_central([published("1.3.0", private=True)], token=RIGHT) as central:
        assert version_of(find(central.address)) == "1.3.0"


def test_the_file_server_never_gets_the_token(find: Find) -> None:
    with serve_central(TABLE, token=RIGHT, file_host="localhost") as central:
        find(central.address, token=RIGHT)
    assert [(request.endpoint, request.authorized) for request in central.requests] == [
        ("versions", True),
        ("metadata", True),
        ("file", False),
    ]
    assert central.requests[-1].headers["host"].startswith("localhost:")


def test_a_redirect_to_another_host_leaves_the_token_behind(find: Find) -> None:
    with serve_central(
        TABLE, [Fault("metadata", json_with(balaURL=None))], token=RIGHT, file_host="localhost"
    ) as central:
        find(central.address, token=RIGHT)
    assert [(request.endpoint, request.authorized) for request in central.requests[2:]] == [
        ("pull", True),
        ("file", False),
    ]


def test_the_token_does_not_come_back_with_a_redirect(find: Find) -> None:
    path = f"/2.0/registry/packages/{ORGANIZATION}/{NAME}"
    faults = [
        Fault("versions", redirected(f"http://localhost:{{port}}{path}"), times=1),
        Fault("versions", redirected(f"http://127.0.0.1:{{port}}{path}"), times=1),
    ]
    with serve_central(TABLE, faults, token=RIGHT) as central:
        assert version_of(find(central.address, token=RIGHT)) == "1.3.0"
    assert [request.authorized for request in central.requests[:3]] == [True, False, False]


def test_a_redirect_within_the_registry_keeps_the_token(find: Find) -> None:
    faults = [Fault("versions", redirected("shop"), times=1)]
    with serve_central([published("1.3.0", private=True)], faults, token=RIGHT) as central:
        assert version_of(find(central.address, token=RIGHT)) == "1.3.0"


def test_without_a_token_nobody_is_authorized(find: Find) -> None:
    with serve_central(TABLE) as central:
        find(central.address)
    assert not any(request.authorized for request in central.requests)


def test_a_401_without_a_token_is_an_error(find: Find) -> None:
    with (
        serve_central(TABLE, [Fault("versions", status(401))]) as central,
        pytest.raises(NetworkError, match=r"answered 401.*BALLERINA_CENTRAL_ACCESS_TOKEN"),
    ):
        find(central.address)


def test_an_error_message_that_repeats_the_token_is_masked(find: Find) -> None:
    with (
        serve_central(TABLE, [Fault("versions", status(403, f"no access for Bearer {RIGHT}"))]) as central,
        pytest.raises(NetworkError, match=r"no access for Bearer \*\*\*") as caught,
    ):
        find(central.address, token=RIGHT)
    assert RIGHT not in str(caught.value)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("versions", with_header("content-type", f"text/{RIGHT}")),
        Fault("metadata", json_with(platform=f"{RIGHT} {RIGHT}")),
        Fault("metadata", json_with(digest=f"sha-256={RIGHT}")),
        Fault("versions", redirected(f"http://{RIGHT}.example/")),
    ],
    ids=["a content type", "a platform", "a digest", "a host"],
)
def test_an_answer_that_repeats_the_token_where_an_error_quotes_it_does_not_spread_it(
    find: Find, fault: Fault
) -> None:
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError, match=r"\*\*\*") as caught:
        find(central.address, token=RIGHT)
    assert RIGHT not in str(caught.value)
