"""The one comment of the Action: found, updated, kept apart from others, and given up where that is right."""

from __future__ import annotations

import httpx  # noqa: TID253 (the client under test is made here)
import pytest
from github_action.comment import Hosting as Client
from github_action.comment import NotAllowedError, body_of, publish
from support.hosting import BOT, Hosting, Refusal, comment, serve_hosting

MARKER = "<!-- semverdiff -->"
BODY = f"{MARKER}\n## too low\n"


def published(hosting: Hosting, body: str = BODY, when: str = "changes", *, is_notable: bool = True) -> str:
    waited: list[float] = []
    with serve_hosting(hosting), httpx.Client(base_url=hosting.address) as client:
        done = publish(Client(client, "acme/shop", 7, waited.append), body, when, is_notable=is_notable)
    return f"{done}; waited {waited}" if waited else done


def test_a_comment_is_found_on_a_later_page() -> None:
    others = [comment(number, "hello") for number in range(250)]
    hosting = Hosting(comments=[*others, comment(999, f"{MARKER}\nold")])
    assert published(hosting) == "comment updated"
    assert hosting.bodies()[-1] == BODY
    assert len(hosting.comments) == 251


def test_a_token_of_a_user_finds_the_comments_of_that_user() -> None:
    theirs = comment(1, f"{MARKER}\nof a bot", BOT)
    ours = comment(2, f"{MARKER}\nof the user", {"login": "releaser", "type": "User"})
    hosting = Hosting(comments=[theirs, ours], user="releaser")
    assert published(hosting) == "comment updated"
    assert hosting.bodies() == [f"{MARKER}\nof a bot", BODY]


def test_a_comment_without_a_text_or_an_author_is_passed_over() -> None:
    hosting = Hosting(comments=[{"id": 1, "body": None, "user": None}])
    assert published(hosting) == "comment written"


def test_a_comment_that_somebody_removed_meanwhile_is_written_again() -> None:
    hosting = Hosting(comments=[comment(1, f"{MARKER}\nold")], refusals=[Refusal("PATCH", 404)])
    assert published(hosting) == "comment updated"
    assert hosting.bodies()[-1] == BODY


@pytest.mark.parametrize(
    ("refusal", "waited"),
    [
        (Refusal("POST", 403, {"Retry-After": "2"}, times=1), [2.0]),
        (Refusal("POST", 429, {"Retry-After": "7"}, times=2), [7.0, 7.0]),
        (Refusal("POST", 429, times=1), [1.0]),
        (Refusal("POST", 403, {"X-RateLimit-Remaining": "0"}, times=1), [1.0]),
        (Refusal("POST", 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, times=1), [1.0]),
        (Refusal("POST", 502, times=1), [1.0]),
    ],
)
def test_a_service_that_is_busy_is_asked_again(refusal: Refusal, waited: list[float]) -> None:
    hosting = Hosting(refusals=[refusal])
    assert published(hosting) == f"comment written; waited {waited}"
    assert hosting.bodies() == [BODY]


@pytest.mark.parametrize(
    ("refusal", "requests"),
    [
        (Refusal("POST", 403), 1),
        (Refusal("POST", 401), 1),
        (Refusal("POST", 422), 1),
        (Refusal("POST", 404), 1),
        (Refusal("POST", 302, {"Location": "http://127.0.0.1:9/"}), 1),
        (Refusal("POST", 429, {"Retry-After": "3600"}), 1),
        (Refusal("POST", 503), 3),
    ],
)
def test_what_is_refused_for_good_is_asked_no_longer(refusal: Refusal, requests: int) -> None:
    hosting = Hosting(refusals=[refusal])
    with pytest.raises(NotAllowedError, match=f"POST was answered with {refusal.status}"):
        published(hosting)
    assert len([one for one in hosting.requests if one.startswith("POST")]) == requests


def test_a_service_that_is_not_there_is_no_fault() -> None:
    with httpx.Client(base_url="http://127.0.0.1:9", trust_env=False) as client:
        hosting = Client(client, "acme/shop", 7, lambda _: None)
        with pytest.raises(NotAllowedError, match="ConnectError"):
            publish(hosting, BODY, "always", is_notable=True)


@pytest.mark.parametrize(
    ("path", "marker"),
    [
        (".", "<!-- semverdiff -->"),
        ("", "<!-- semverdiff -->"),
        ("packages/shop", "<!-- semverdiff packages/shop -->"),
        ("a --> b", "<!-- semverdiff a____b -->"),
        ("größe", "<!-- semverdiff gr__e -->"),
    ],
)
def test_each_package_has_a_comment_of_its_own(path: str, marker: str) -> None:
    assert body_of(f"{MARKER}\n## fine\n", path) == f"{marker}\n## fine\n"


def test_the_comment_of_the_root_is_not_that_of_a_package() -> None:
    hosting = Hosting(comments=[comment(1, body_of("", "shop"))])
    assert published(hosting) == "comment written"


def test_a_report_that_is_missing_is_told() -> None:
    assert "could not write its report" in body_of("", ".")


def test_a_comment_is_no_longer_than_the_service_takes() -> None:
    assert published(Hosting(), body_of("x" * 70_000, "a" * 90)) == "comment written"
