"""Shows the report of the Action: in the job summary always, and in one comment at the pull request.

The comment is found by its first line, which nobody sees, and updated; it is made only where there is
something to say, and says so once that is mended. Where the token may not write, as for a pull request from a
fork, the job summary is what remains: that is no failure of the check, whose outcome another step hands on.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx  # noqa: TID253 (a program of its own, which asks the network)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MARKER", "Hosting", "NotAllowedError", "body_of", "main", "publish"]

MARKER = "<!-- semverdiff -->"
_LONGEST = 65_536
_PAGE = 100
_MOST_PAGES = 50
_ATTEMPTS = 3
_LONGEST_WAIT = 60.0  # seconds; a job is paid by the minute
_SECONDS = 20.0
_FORBIDDEN = 403
_RATE_LIMITED = frozenset({_FORBIDDEN, 429})
_MISSING = 404


class NotAllowedError(Exception):
    """The hosting service does not let this token do that, or does not answer."""


class Comment(NamedTuple):
    """A comment of ours."""

    id: int
    body: str


class Hosting:
    """The comments of one pull request, asked through the API of the hosting service.

    Nothing is asked of another host: redirects are not followed, and no address of an answer is used.
    """

    def __init__(
        self, client: httpx.Client, repository: str, number: int, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._comments = f"/repos/{repository}/issues/{number}/comments"
        self._comment = f"/repos/{repository}/issues/comments"
        self._sleep = sleep

    def find(self, marker: str) -> Comment | None:
        """Return our comment: others may write the marker as well, and theirs is not ours to change."""
        login = self._login()
        for page in range(1, _MOST_PAGES + 1):
            found = self._ask("GET", f"{self._comments}?per_page={_PAGE}&page={page}")
            comments = found if isinstance(found, list) else []
            for one in comments:
                user = one.get("user") or {}
                is_ours = user.get("login") == login if login else user.get("type") == "Bot"
                if is_ours and str(one.get("body") or "").startswith(marker):
                    return Comment(int(one["id"]), str(one["body"]))
            if len(comments) < _PAGE:
                return None
        return None

    def create(self, body: str) -> None:
        """Write a comment."""
        self._ask("POST", self._comments, {"body": body})

    def update(self, comment: Comment, body: str) -> None:
        """Write another text into a comment, or a new one if somebody has removed it since."""
        try:
            self._ask("PATCH", f"{self._comment}/{comment.id}", {"body": body})
        except _MissingError:
            self.create(body)

    def _login(self) -> str:
        """Return whose token this is; nothing for a token of the workflow, which has no user but a bot."""
        try:
            user = self._ask("GET", "/user")
        except NotAllowedError:
            return ""
        return str(user.get("login", "")) if isinstance(user, dict) else ""

    def _ask(self, method: str, path: str, content: Mapping[str, str] | None = None) -> object:
        """Return what the service answers; what is busy is asked again, for a while."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                answer = self._client.request(method, path, json=content)
            except httpx.HTTPError as error:
                reason, wait = type(error).__name__, float(attempt)
            else:
                if answer.is_success:
                    return _parsed(answer)
                if answer.status_code == _MISSING:
                    raise _MissingError(f"{method} was answered with 404")
                reason, busy = f"{method} was answered with {answer.status_code}", _wait(answer, attempt)
                if busy is None:
                    break
                wait = busy
            if attempt == _ATTEMPTS or wait > _LONGEST_WAIT:
                break
            self._sleep(wait)
        raise NotAllowedError(reason)


class _MissingError(NotAllowedError):
    """What is asked for is not there, or not for this token."""


def _parsed(answer: httpx.Response) -> object:
    try:
        value: object = answer.json()
    except ValueError as error:
        raise NotAllowedError("the answer is no JSON") from error
    return value


def _wait(answer: httpx.Response, attempt: int) -> float | None:
    """Return after how many seconds to ask again; None where the answer is final."""
    headers = answer.headers
    if answer.status_code in _RATE_LIMITED:
        if headers.get("retry-after", "").isdigit():
            return float(headers["retry-after"])
        if headers.get("x-ratelimit-remaining") == "0":
            reset = headers.get("x-ratelimit-reset", "")
            return max(1.0, float(reset) - time.time()) if reset.isdigit() else float(attempt)
        return float(attempt) if answer.status_code != _FORBIDDEN else None
    return float(attempt) if answer.is_server_error else None


def body_of(report: str, path: str) -> str:
    """Return the text of the comment about the package at `path`, its marker first: one comment a package."""
    name = re.sub(r"[^\w./-]|--+", "_", path, flags=re.ASCII)
    marker = MARKER if name in {"", "."} else f"<!-- semverdiff {name} -->"
    text = report.removeprefix(MARKER).lstrip("\n") or "The check could not write its report: see the log.\n"
    return f"{marker}\n{text}"[:_LONGEST]


def publish(hosting: Hosting, body: str, when: str, *, is_notable: bool) -> str:
    """Write the comment, and return what became of it.

    `when` is `changes` (made where there is something to say, and updated from then on), or `always`.
    """
    own = hosting.find(body.partition("\n")[0])
    if own is not None:
        if own.body.split() == body.split():
            return "the comment says so already"
        hosting.update(own, body)
        return "comment updated"
    if when != "always" and not is_notable:
        return "no comment: no client has to notice anything"
    hosting.create(body)
    return "comment written"


def main() -> None:
    """Append to the job summary, and comment where that is wanted and possible."""
    environment = os.environ
    directory = environment.get("REPORTS", "")
    file = Path(directory) / "report.md"
    report = file.read_text("utf-8") if directory and file.is_file() else ""
    body = body_of(report, environment["INPUT_PATH"])
    with Path(environment["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as summary:
        summary.write(f"{body}\n")
    event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    number = event.get("pull_request", {}).get("number")
    if environment["INPUT_COMMENT"] == "never" or not isinstance(number, int):
        return
    is_notable = environment.get("NOTABLE") != "false"
    headers = {
        "Authorization": f"Bearer {environment['INPUT_TOKEN']}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    address = environment.get("GITHUB_API_URL", "https://api.github.com")
    try:
        with httpx.Client(base_url=address, headers=headers, timeout=_SECONDS) as client:
            hosting = Hosting(client, environment["GITHUB_REPOSITORY"], number)
            done = publish(hosting, body, environment["INPUT_COMMENT"], is_notable=is_notable)
    except NotAllowedError as error:
        done = f"no comment ({error}): the report is in the job summary"
    sys.stdout.write(f"{done}\n")


if __name__ == "__main__":
    main()
