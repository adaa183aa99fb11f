"""Behind the walls of a company: TLS by an authority of its own, a proxy that wants a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD, report_of
from support.archives import build_bala
from support.central import AUTHORITY, Published, serve_central
from support.forward_proxy import serve_proxy

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

_TABLE = [
    Published("acme", "shop", "1.3.0", build_bala("acme", "shop", "1.3.0", {"modules/shop/lib.bal": OLD}))
]
_TOKEN = "t0ken-value"  # noqa: S105 (of a test)


@pytest.mark.parametrize(
    "variable", ["BALLERINA_CA_BUNDLE", "BALLERINA_CA_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"]
)
def test_an_authority_is_trusted_if_a_variable_names_it(semver: Semver, new: Path, variable: str) -> None:
    with serve_central(_TABLE, encrypted=True) as central:
        trusted = {variable: str(AUTHORITY), "SEMVERDIFF_CENTRAL_URL": central.address}
        ended = semver("check", new, "--format", "json", **trusted)
    assert (ended.code, report_of(ended)["outcome"]) == (1, "under-bumped")
    assert central.endpoints == ("versions", "metadata", "file")


@pytest.mark.slow
def test_an_authority_that_nobody_named_is_not_trusted_and_the_remedy_is_told(
    semver: Semver, new: Path
) -> None:
    with serve_central(_TABLE, encrypted=True, token=_TOKEN) as central:
        ended = semver(
            "check", new, SEMVERDIFF_CENTRAL_URL=central.address, BALLERINA_CENTRAL_ACCESS_TOKEN=_TOKEN
        )
    assert (ended.code, central.requests) == (3, ())
    assert "the certificate of 127.0.0.1" in ended.err
    assert "BALLERINA_CA_BUNDLE or SSL_CERT_FILE" in ended.err


@pytest.mark.slow
def test_a_name_that_the_certificate_is_not_for_is_not_trusted(semver: Semver, new: Path) -> None:
    with serve_central(_TABLE, encrypted=True) as central:
        elsewhere = central.address.replace("127.0.0.1", "127.0.0.2")
        ended = semver("check", new, SEMVERDIFF_CENTRAL_URL=elsewhere, SSL_CERT_FILE=str(AUTHORITY))
    assert (ended.code, central.requests) == (3, ())


@pytest.mark.parametrize("settled", ["variable", "settings"])
def test_a_proxy_tunnels_for_those_who_know_the_password(
    tmp_path: Path, semver: Semver, new: Path, settled: str
) -> None:
    with serve_central(_TABLE, encrypted=True, token=_TOKEN) as central, serve_proxy("user", "pa55") as proxy:
        environment = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SSL_CERT_FILE": str(AUTHORITY),
            "BALLERINA_CENTRAL_ACCESS_TOKEN": _TOKEN,
        }
        if settled == "variable":
            environment["HTTPS_PROXY"] = proxy.address.replace("http://", "http://user:pa55@")
        else:
            port = proxy.address.rpartition(":")[2]
            (tmp_path / ".ballerina").mkdir()
            (tmp_path / ".ballerina/Settings.toml").write_text(
                f'[proxy]\nhost = "127.0.0.1"\nport = {port}\nusername = "user"\npassword = "pa55"\n'
            )
        ended = semver("check", new, "--format", "json", **environment)
    assert report_of(ended)["outcome"] == "under-bumped"
    host = central.address.split("/")[2]
    assert proxy.tunnels
    assert set(proxy.tunnels) == {host}
    assert _TOKEN.encode() not in proxy.bytes_seen
    assert any("authorization" in request.headers for request in central.requests)


def test_another_password_is_refused_and_shown_nowhere(semver: Semver, new: Path) -> None:
    with serve_central(_TABLE, encrypted=True) as central, serve_proxy("user", "pa55") as proxy:
        ended = semver(
            "check",
            new,
            "-vv",
            "--format",
            "json",
            SEMVERDIFF_CENTRAL_URL=central.address,
            SSL_CERT_FILE=str(AUTHORITY),
            HTTPS_PROXY=proxy.address.replace("http://", "http://user:wr0ng@"),
        )
    assert (ended.code, central.requests, proxy.tunnels) == (3, (), [])
    assert proxy.refused
    assert "407" in ended.err
    assert "wr0ng" not in ended.out + ended.err
