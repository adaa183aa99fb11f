"""Answers that cannot be trusted, networks that fail, proxies in between."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from support.central import (
    Delivery,
    Endpoint,
    Fault,
    Reply,
    delivered,
    json_value,
    json_with,
    page,
    redirected,
    refused_address,
    serve_central,
    status,
    with_body,
    with_header,
    without_header,
)
from support.registries import table, version_of

from semverdiff.errors import NetworkError, SemverdiffError, UsageError
from semverdiff.registry import Proxy, Timeouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.registries import Find, Pauses

    from semverdiff.baselines import Baseline

TABLE = table()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("versions", page(404)), "answered 404 when asked for the versions of acme/shop"),
        (Fault("versions", page(200)), "should have answered with JSON, but sent 'text/html'"),
        (Fault("versions", json_value({"code": "404", "message": "package not found"}, 404)), "answered 404"),
        (Fault("versions", status(404, "no route")), "answered 404 when asked for .*: 'no route'"),
        (Fault("versions", status(400, "bad\x1b query")), "answered 400 when .*: 'bad query'"),
        (Fault("versions", json_value({"versions": []})), "a list of versions, but sent a table"),
        (Fault("versions", with_body(b"[")), "something that cannot be read as JSON"),
        (Fault("versions", with_body(b"\xff")), "something that cannot be read as JSON"),
        (Fault("versions", with_body(b"[" * 100_000)), "something that cannot be read as JSON"),
        (Fault("versions", with_body(b"9" * 10_000)), "something that cannot be read as JSON"),
        (Fault("metadata", json_value([])), "an object that describes a package"),
        (
            Fault("metadata", json_with(version="1.2.0")),
            "a description of acme/shop 1.3.0, but sent that of another",
        ),
        (Fault("metadata", json_with(version=None)), "a description of acme/shop 1.3.0"),
        (Fault("metadata", json_with(platform=17)), "a text for 'platform'"),
        (Fault("metadata", json_with(platform="../..")), "the platform of acme/shop 1.3.0, but sent '../..'"),
        (Fault("metadata", json_with(digest=["x"])), "a text for 'digest'"),
        (Fault("metadata", json_with(balaURL=1)), "a text for 'balaURL'"),
        (Fault("metadata", json_with(isDeprecated="no")), "true or false for 'isDeprecated'"),
        (
            Fault("metadata", status(404, "package not found for: x")),
            "answered 404 when asked for acme/shop 1.3.0",
        ),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_said_in_words(find: Find, fault: Fault, said: str) -> None:
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError, match=said) as caught:
        find(central.address)
    assert "--offline" in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_an_archive_that_is_refused_everywhere_is_an_error(find: Find) -> None:
    with (
        serve_central(TABLE, [Fault("file", status(403, "expired"))]) as central,
        pytest.raises(
            NetworkError, match=r"answered 403 .* the archive of acme/shop 1.3.0: 'expired'"
        ) as caught,
    ):
        find(central.address)
    assert "secret-signature" not in str(caught.value)


def test_json_without_a_content_type_is_read(find: Find) -> None:
    with serve_central(TABLE, [Fault("versions", without_header("Content-Type"))]) as central:
        assert version_of(find(central.address)) == "1.3.0"


# Bad days of the network.


@pytest.mark.parametrize("code", [500, 502, 503, 429])
def test_a_passing_error_is_tried_again(find: Find, pauses: Pauses, code: int) -> None:
    with serve_central(TABLE, [Fault("versions", status(code), times=2)]) as central:
        assert version_of(find(central.address)) == "1.3.0"
    assert central.endpoints == ("versions", "versions", "versions", "metadata", "file")
    assert pauses.slept == [0.5, 1.0]


@pytest.mark.parametrize("code", [500, 503, 429])
def test_a_lasting_error_is_reported_after_a_few_attempts(find: Find, code: int) -> None:
    with (
        serve_central(TABLE, [Fault("versions", status(code, "come back later"))]) as central,
        pytest.raises(NetworkError, match=f"answered {code} .*: 'come back later'"),
    ):
        find(central.address)
    assert central.endpoints == ("versions",) * 3


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [("7", 7.0), ("0", 0.0), ("86400", 30.0), ("9" * 99, 30.0), ("soon", 0.5), ("-1", 0.5)],
)
def test_waits_as_long_as_the_server_wants_but_not_for_ever(
    find: Find, pauses: Pauses, retry_after: str, slept: float
) -> None:
    faults = [Fault("versions", status(429, retry_after=retry_after), times=1)]
    with serve_central(TABLE, faults) as central:
        find(central.address)
    assert pauses.slept == [slept]


def test_a_client_error_is_not_tried_again(find: Find) -> None:
    with serve_central(TABLE, [Fault("versions", status(400))]) as central, pytest.raises(NetworkError):
        find(central.address)
    assert central.endpoints == ("versions",)


@pytest.mark.parametrize("how", ["truncated", "reset"])
def test_a_broken_connection_is_tried_again(find: Find, how: Delivery) -> None:
    fault = Fault("file", delivered(how), times=1)
    with serve_central(TABLE, [fault]) as central:
        assert version_of(find(central.address)) == "1.3.0"


@pytest.mark.parametrize("how", ["truncated", "reset"])
def test_a_connection_that_always_breaks_is_an_error(find: Find, how: Delivery) -> None:
    fault = Fault("file", delivered(how))
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError, match="broke off"):
        find(central.address)


@pytest.mark.parametrize("how", ["silent", "stalled"])
@pytest.mark.parametrize("endpoint", ["versions", "file"])
def test_a_server_that_falls_silent_is_given_up(find: Find, how: Delivery, endpoint: Endpoint) -> None:
    fault = Fault(endpoint, delivered(how))
    with (
        serve_central(TABLE, [fault]) as central,
        pytest.raises(NetworkError, match=r"went silent for 0\.05 seconds"),
    ):
        find(central.address, timeouts=Timeouts(read=0.05))


def test_nobody_at_the_address_is_an_error_with_a_remedy(find: Find) -> None:
    with refused_address() as address, pytest.raises(NetworkError) as caught:
        find(address)
    assert str(caught.value).startswith("no connection to 127.0.0.1:")
    assert "--offline" in str(caught.value)
    assert "--baseline file:PATH" in str(caught.value)
    assert caught.value.exit_code == 3


def test_the_total_time_is_limited(find: Find, pauses: Pauses) -> None:
    with (
        serve_central(TABLE, [Fault("versions", status(503, retry_after="20"))]) as central,
        pytest.raises(NetworkError, match="within 30 seconds"),
    ):
        find(central.address, timeouts=Timeouts(total=30, retries=9))
    assert pauses.slept == [20.0, 10.0]


def test_plain_http_in_front_of_a_tls_client_is_an_error(find: Find) -> None:
    with serve_central(TABLE) as central, pytest.raises(NetworkError, match="no connection to"):
        find(central.address.replace("http:", "https:"))


# The proxy.


def test_asks_through_the_proxy_with_its_credentials(find: Find) -> None:
    with refused_address() as address, serve_central(TABLE, proxy_credentials=("user", "pa55")) as central:
        proxy = Proxy("HTTPS_PROXY", central.proxy_address, "user", "pa55")
        assert version_of(find(address, proxy=proxy)) == "1.3.0"
    assert all(request.path.startswith("http://") for request in central.requests)


def test_credentials_in_the_proxys_address_are_used(find: Find) -> None:
    with refused_address() as address, serve_central(TABLE, proxy_credentials=("user", "pa55")) as central:
        with_user = central.proxy_address.replace("http://", "http://user:pa55@")
        assert version_of(find(address, proxy=Proxy("HTTPS_PROXY", with_user))) == "1.3.0"


def test_a_proxy_that_wants_other_credentials_is_an_error(find: Find) -> None:
    with refused_address() as address, serve_central(TABLE, proxy_credentials=("user", "pa55")) as central:
        proxy = Proxy("[proxy] of Settings.toml", central.proxy_address, "user", "wr0ng")
        with pytest.raises(NetworkError, match=r"proxy \(\[proxy\] of Settings.toml\) .* \(407\)") as caught:
            find(address, proxy=proxy)
    assert "wr0ng" not in str(caught.value)


@pytest.mark.parametrize("exempt", [("127.0.0.1",), ("*",), ("example.com", "127.0.0.1")])
def test_exempt_hosts_are_asked_directly(find: Find, exempt: tuple[str, ...]) -> None:
    with serve_central(TABLE) as central, refused_address() as nobody:
        proxy = Proxy("HTTPS_PROXY", nobody.removesuffix("/2.0/registry"), exempt=exempt)
        assert version_of(find(central.address, proxy=proxy)) == "1.3.0"


def test_no_proxy_comes_in_from_the_environment_unseen(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_central(TABLE) as central, refused_address() as nobody:
        monkeypatch.setenv("HTTP_PROXY", nobody)
        monkeypatch.setenv("NO_PROXY", "")
        assert version_of(find(central.address)) == "1.3.0"


def test_a_proxy_that_nobody_runs_is_named_by_its_origin(find: Find) -> None:
    with serve_central(TABLE) as central, refused_address() as nobody:
        proxy = Proxy("HTTPS_PROXY", nobody.removesuffix("/2.0/registry"))
        with pytest.raises(NetworkError, match=r"through the proxy \(HTTPS_PROXY\)"):
            find(central.address, proxy=proxy)


@pytest.mark.parametrize(
    "address", ["socks5://127.0.0.1:1", "gopher://x", "http://[::1", "http://x:port", "http://"]
)
def test_a_proxy_that_cannot_be_used_is_a_usage_error(find: Find, address: str) -> None:
    with pytest.raises(UsageError, match=r"the proxy \(ALL_PROXY\) cannot be used"):
        find("http://127.0.0.1:1", proxy=Proxy("ALL_PROXY", address))


def test_certificates_that_cannot_be_loaded_are_a_usage_error(find: Find, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    with pytest.raises(UsageError, match="expected certificates in PEM format"):
        find("http://127.0.0.1:1", certificates=bundle)


def outcome_of(attempt: Callable[[], Baseline]) -> str:
    try:
        return version_of(attempt())
    except SemverdiffError as error:
        return f"exit {error.exit_code}"


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", ["versions", "metadata", "pull", "file"])
@pytest.mark.parametrize(
    "change",
    [
        status(418),
        page(502),
        json_value([[]]),
        with_body(b"\x00"),
        redirected("//"),
        redirected("https://" + "x" * 300 + ".example.com/"),
        redirected("http://127.0.0.1:99999/"),
        redirected("http://127.0.0.1/\x7f"),
        with_header("Content-Length", "99999999999999999999"),
        with_header("Content-Length", "many"),
        with_header("X-Strange", "\xf6"),
        delivered("reset"),
        lambda _: Reply(999),
        lambda _: Reply(204),
    ],
)
def test_nothing_but_our_own_errors_comes_out(
    find: Find, endpoint: Endpoint, change: Callable[[Reply], Reply]
) -> None:
    faults = [
        Fault(endpoint, change),
        *([Fault("metadata", json_with(balaURL=None))] if endpoint == "pull" else []),
    ]
    with serve_central(TABLE, faults) as central:
        outcome = outcome_of(lambda: find(central.address, timeouts=Timeouts(read=0.5, retries=0)))
    assert outcome in {"1.3.0", "exit 2", "exit 3"}


def test_a_proxy_that_passes_nothing_on_is_an_error(find: Find) -> None:
    """A proxy that refuses the tunnel to a host of TLS, as one does that lets only some hosts through."""

    class Refusing(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        proxy = Proxy("HTTPS_PROXY", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(NetworkError, match=r"the proxy \(HTTPS_PROXY\) does not pass the request on to"):
            find("https://127.0.0.1:1/2.0/registry", proxy=proxy)
        server.shutdown()


def test_a_host_that_takes_no_connection_is_given_up(find: Find) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(8):  # until nobody else is let in
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        address = f"http://127.0.0.1:{full.getsockname()[1]}"
        with pytest.raises(NetworkError, match=r"no connection to 127\.0\.0\.1:\d+ within 0\.2 seconds"):
            find(f"{address}/2.0/registry", timeouts=Timeouts(connect=0.2, read=5, retries=0))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("versions", redirected("http://[")), "points to an address without host by an address"),
        (Fault("metadata", json_with(balaURL="https://[")), "points to a malformed address by an address"),
    ],
)
def test_an_address_that_is_none_is_not_followed(find: Find, fault: Fault, said: str) -> None:
    with serve_central(TABLE, [fault]) as central, pytest.raises(NetworkError, match=said):
        find(central.address)
