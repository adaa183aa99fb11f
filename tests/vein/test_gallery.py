from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from msgspec.structs import replace
from support.central import Reply, delivered, json_value, page, redirected, refused_address, status, with_body
from support.gallery import PublishedShard, published_shard, serve_gallery
from support.registries import RIGHT, Pauses

from semverdiff import limits
from semverdiff.errors import NetworkError
from semverdiff.registry import Environment, Limits, Timeouts
from semverdiff.vein.gallery import Gallery, open_gallery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NAME = "demo"
FIRST = published_shard("1.0.0")


class Asked(NamedTuple):
    """What a call came to, what was requested for it, and how long it paused."""

    answer: object
    targets: tuple[str, ...]
    headers: tuple[dict[str, str], ...]
    slept: list[float]


def environment(tmp_path: Path, address: str, pauses: Pauses) -> Environment:
    return Environment(
        tmp_path,
        gallery=address,
        downloads=tmp_path / "downloads",
        timeouts=Timeouts(connect=5, read=5, write=5, retries=3),
        clock=pauses.clock(),
        agent="semverdiff/1.2.3",
        token=RIGHT,
    )


def ask(
    tmp_path: Path,
    call: Callable[[Gallery], object],
    table: tuple[PublishedShard, ...] = (FIRST,),
    faults: Mapping[str, Callable[[Reply], Reply]] | None = None,
    **changes: object,
) -> Asked:
    pauses = Pauses()
    with serve_gallery(table, faults) as served:
        surroundings = replace(environment(tmp_path, served.address, pauses), **changes)
        with open_gallery(surroundings) as gallery:
            answer = call(gallery)
        return Asked(answer, served.targets, tuple(one[2] for one in served.requests), pauses.slept)


def refusal(
    tmp_path: Path,
    call: Callable[[Gallery], object],
    table: tuple[PublishedShard, ...] = (FIRST,),
    faults: Mapping[str, Callable[[Reply], Reply]] | None = None,
    **changes: object,
) -> str:
    with pytest.raises(NetworkError) as caught:
        ask(tmp_path, call, table, faults, **changes)
    assert caught.value.exit_code == 3
    return str(caught.value)


def search(gallery: Gallery) -> str | None:
    return gallery.stored_name(NAME)


def versions(gallery: Gallery) -> tuple[str, ...]:
    return gallery.versions(NAME)


def metadata(gallery: Gallery) -> bool | None:
    return gallery.is_listed(NAME, "1.0.0")


def download(gallery: Gallery) -> bytes | None:
    packed = gallery.download(NAME, "1.0.0")
    if packed is None:
        return None
    with packed.content as content:
        assert packed.digest_verified is False
        content.seek(0)
        return content.read()


CALLS = {"search": search, "versions": versions, "metadata": metadata, "shard": download}


def test_a_search_finds_a_name_in_any_case_and_returns_it_as_it_is_stored(tmp_path: Path) -> None:
    assert ask(tmp_path, search, (published_shard("1.0.0", "Demo"),)).answer == "Demo"


def test_the_name_as_it_was_asked_for_is_the_first_choice(tmp_path: Path) -> None:
    table = tuple(published_shard("1.0.0", name) for name in ("Demo", "demo"))
    assert ask(tmp_path, search, table).answer == "demo"


def test_a_name_that_only_holds_the_wanted_one_is_another(tmp_path: Path) -> None:
    table = tuple(published_shard("1.0.0", name) for name in ("demo2", "mydemo", "de"))
    assert ask(tmp_path, search, table).answer is None


def test_a_search_that_finds_nothing_is_an_answer(tmp_path: Path) -> None:
    assert ask(tmp_path, search, ()).answer is None


@pytest.mark.parametrize("others", [19, 20, 21, 40])
def test_a_search_is_read_page_by_page_until_one_is_not_full(tmp_path: Path, others: int) -> None:
    table = tuple(PublishedShard(f"a{NAME}{number}", "1.0.0", None) for number in range(others))
    found = ask(tmp_path, search, (*table, FIRST))
    assert found.answer == NAME
    absent = ask(tmp_path, search, table)
    assert absent.answer is None
    assert [target.partition("skip=")[2].split("&")[0] for target in absent.targets] == [
        str(20 * page) for page in range(others // 20 + 1)
    ]


def test_a_search_that_never_ends_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GALLERY_PAGES", 5)
    table = tuple(PublishedShard(f"a{NAME}{number:04}", "1.0.0", None) for number in range(100))
    assert "without an end, so whether it has this one is not known" in refusal(tmp_path, search, table)


def test_a_search_that_gives_the_same_page_again_says_nothing(tmp_path: Path) -> None:
    full = json_value([{"name": f"{NAME}{number}"} for number in range(20)])
    with serve_gallery((FIRST,), {"search": full}) as served:
        asked = environment(tmp_path, served.address, Pauses())
        with open_gallery(asked) as gallery, pytest.raises(NetworkError, match="without an end"):
            gallery.stored_name(NAME)
        assert served.endpoints == ("search", "search")


@pytest.mark.parametrize("name", ["../demo", "demo/..", "..", "demo\x00", "de\u212ao"])
def test_names_that_are_none_are_never_the_wanted_one(tmp_path: Path, name: str) -> None:
    faults = {"search": json_value([{"name": name}])}
    assert ask(tmp_path, lambda gallery: gallery.stored_name(name), (), faults).answer is None


def test_versions_are_those_of_the_list_with_the_unlisted_ones(tmp_path: Path) -> None:
    table = (FIRST, published_shard("1.1.0-Beta"), published_shard("1.2", listed=False))
    assert ask(tmp_path, versions, table).answer == ("1.2.0", "1.1.0-beta", "1.0.0")


def test_a_version_that_is_no_text_is_said_by_its_kind(tmp_path: Path) -> None:
    faults = {"versions": json_value({"versions": ["1.0.0", 7, None]})}
    assert ask(tmp_path, versions, faults=faults).answer == ("1.0.0", "a number", "null")


@pytest.mark.parametrize("listed", [True, False])
def test_metadata_say_whether_a_version_is_listed(tmp_path: Path, *, listed: bool) -> None:
    assert ask(tmp_path, metadata, (published_shard("1.0.0", listed=listed),)).answer is listed


def test_metadata_need_not_repeat_the_version(tmp_path: Path) -> None:
    faults = {"metadata": json_value({"name": "Demo", "isListed": False})}
    assert ask(tmp_path, metadata, faults=faults).answer is False


def test_metadata_of_what_is_absent_are_none(tmp_path: Path) -> None:
    assert ask(tmp_path, metadata, ()).answer is None


def test_a_shard_is_downloaded_as_it_is_and_nothing_says_what_it_should_be(tmp_path: Path) -> None:
    assert ask(tmp_path, download).answer == FIRST.content


@pytest.mark.parametrize("content", [None, b""])
def test_a_version_without_content_has_no_archive(tmp_path: Path, content: bytes | None) -> None:
    assert ask(tmp_path, download, (PublishedShard(NAME, "1.0.0", content),)).answer is None


@pytest.mark.parametrize("call", CALLS)
def test_no_token_of_another_registry_is_sent(tmp_path: Path, call: str) -> None:
    (headers,) = ask(tmp_path, CALLS[call]).headers
    assert "authorization" not in headers
    assert RIGHT not in json.dumps(headers)
    assert headers["user-agent"] == "semverdiff/1.2.3"


@pytest.mark.parametrize("call", CALLS)
def test_an_error_of_the_server_is_no_answer_and_is_not_asked_for_again(tmp_path: Path, call: str) -> None:
    pauses = Pauses()
    with serve_gallery((FIRST,), {call: page(500)}) as served:
        with (
            open_gallery(environment(tmp_path, served.address, pauses)) as gallery,
            pytest.raises(NetworkError, match=r"127\.0\.0\.1:\d+ answered 500 when asked for"),
        ):
            CALLS[call](gallery)
        assert served.endpoints == (call,)
    assert pauses.slept == []


@pytest.mark.parametrize("call", CALLS)
def test_an_error_that_passes_is_asked_for_again(tmp_path: Path, call: str) -> None:
    pauses = Pauses()
    with serve_gallery((FIRST,), {call: page(503)}) as served:
        asked = environment(tmp_path, served.address, pauses)
        with open_gallery(asked) as gallery, pytest.raises(NetworkError, match="answered 503"):
            CALLS[call](gallery)
        assert served.endpoints == (call,) * 4
    assert len(pauses.slept) == 3


def test_what_the_gallery_says_of_an_error_is_passed_on_in_one_line(tmp_path: Path) -> None:
    told = refusal(tmp_path, versions, faults={"versions": status(500, "out of\norder\x1b[31m")})
    assert "answered 500 when asked for the versions of demo: 'out of order [31m'; to compare" in told


@pytest.mark.parametrize("call", CALLS)
def test_an_error_of_a_download_may_mean_that_there_is_no_content(tmp_path: Path, call: str) -> None:
    hint = "if this version has no content, name another by --baseline gallery:VERSION; to compare"
    assert (hint in refusal(tmp_path, CALLS[call], faults={call: page(500)})) == (call == "shard")
    assert hint not in refusal(tmp_path, CALLS[call], faults={call: page(502)})


@pytest.mark.parametrize("call", ["search", "versions"])
def test_not_found_is_an_answer_only_where_something_can_be_missing(tmp_path: Path, call: str) -> None:
    assert "answered 404" in refusal(tmp_path, CALLS[call], faults={call: page(404)})


@pytest.mark.parametrize("call", ["search", "versions", "metadata"])
@pytest.mark.parametrize(
    ("change", "found"),
    [
        (page(200), "sent 'text/html'"),
        (json_value(7), "Expected `"),
        (json_value([7]), "Expected `"),
        (json_value({"versions": 7, "name": 7}), "Expected `"),
        (json_value([{"name": None}]), "Expected `"),
        (json_value({"versions": None, "name": NAME}), "`"),
        (lambda reply: with_body(reply.body[:-1])(reply), "Input data was truncated"),
        (
            lambda reply: with_body(reply.body.replace(b"1.0.0", b"\xff").replace(b"demo", b"\xff"))(reply),
            "codec",
        ),
        (with_body(b"[" * 200_000), "nested too deeply"),
        (with_body(b'{"versions":' + b"[" * 200_000), "nested too deeply"),
    ],
)
def test_a_bad_answer_is_an_error_with_a_sentence(
    tmp_path: Path, call: str, change: Callable[[Reply], Reply], found: str
) -> None:
    told = refusal(tmp_path, CALLS[call], faults={call: change})
    assert "should have answered with" in told
    assert "SEMVERDIFF_GALLERY_URL" in told
    if "nested" not in found:
        assert found in told


@pytest.mark.parametrize(
    "said",
    [
        {"name": "other", "isListed": True},
        {"name": NAME, "isListed": True, "normalizedVersion": "2.0.0"},
        {"name": NAME, "isListed": True, "normalizedVersion": "no version"},
        {"name": NAME, "isListed": "true"},
        {"name": NAME},
    ],
)
def test_metadata_of_another_version_or_without_what_was_asked_are_refused(
    tmp_path: Path, said: object
) -> None:
    faults = {"metadata": json_value(said)}
    assert "should have answered with the metadata of demo 1.0.0" in refusal(
        tmp_path, metadata, faults=faults
    )


def test_a_list_of_far_more_versions_than_the_gallery_gives_is_refused(tmp_path: Path) -> None:
    many = json_value({"versions": [f"1.0.{number}" for number in range(limits.LISTED_VERSIONS + 1)]})
    assert "length <= 5000" in refusal(tmp_path, versions, faults={"versions": many})


@pytest.mark.parametrize("call", ["search", "versions", "metadata"])
def test_an_answer_that_is_too_large_is_refused_while_it_is_read(tmp_path: Path, call: str) -> None:
    told = refusal(tmp_path, CALLS[call], limits=Limits(answer=20))
    assert "is larger than 20 bytes" in told


@pytest.mark.parametrize("how", ["whole", "chunked"])
def test_a_shard_that_is_too_large_is_refused_while_it_is_read(tmp_path: Path, how: str) -> None:
    change = delivered("chunked" if how == "chunked" else "whole")
    told = refusal(tmp_path, download, faults={"shard": change}, limits=Limits(archive=20))
    assert "is larger than 20 bytes" in told


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("location", ["http://example.org/x", "ftp://127.0.0.1/x", "file:///etc/passwd", ""])
def test_redirects_that_are_not_safe_are_refused(tmp_path: Path, call: str, location: str) -> None:
    told = refusal(tmp_path, CALLS[call], faults={call: redirected(location)})
    assert "by an address that is not safe to follow" in told or "without saying where to" in told


def test_redirects_in_a_circle_end(tmp_path: Path) -> None:
    told = refusal(tmp_path, versions, faults={"versions": redirected("/@/packages/demo/version.json")})
    assert "redirects in a circle" in told


def test_nobody_at_the_address_is_no_answer(tmp_path: Path) -> None:
    with refused_address() as address:
        asked = environment(tmp_path, address.removesuffix("/2.0/registry"), Pauses())
        with open_gallery(asked) as gallery, pytest.raises(NetworkError, match="no connection to"):
            gallery.stored_name(NAME)


def test_an_answer_that_comes_too_slowly_ends_without_words_about_another_registry(tmp_path: Path) -> None:
    pauses = Pauses()
    pauses.slept.append(0)
    with serve_gallery((FIRST,), {"versions": page(503)}) as served:
        asked = replace(environment(tmp_path, served.address, pauses), timeouts=Timeouts(total=1, retries=9))
        with open_gallery(asked) as gallery, pytest.raises(NetworkError) as caught:
            gallery.versions(NAME)
    assert "did not deliver everything within 1 seconds; try again later; to compare" in str(caught.value)
