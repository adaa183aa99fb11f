"""What a result belongs to: where one of these differs it is another one, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import semverdiff
from semverdiff.audit.keys import key_of
from semverdiff.audit.model import Limits, Task
from semverdiff.audit.tool import fingerprint
from semverdiff.history import Transition
from semverdiff.releases import Archive, Directory, Release

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = Release("1.0.0", "one", Archive("/old.bala"), "a", 1)
NEW = Release("1.0.1", "two", Archive("/new.bala"), "b", 2)
TASK = Task("0.1.0-1", Transition("acme", "shop", NEW, OLD), "none", offline=True, limits=Limits())


def with_transition(**changes: object) -> Task:
    """Return the task with another transition."""
    return replace(TASK, transition=replace(TASK.transition, **changes))


OTHERS: dict[str, Callable[[], Task]] = {
    "another program": lambda: replace(TASK, tool="0.1.0-2"),
    "dependencies that are looked for": lambda: replace(TASK, dependencies="local"),
    "a network": lambda: replace(TASK, offline=False),
    "another organization": lambda: with_transition(organization="other"),
    "another name": lambda: with_transition(name="till"),
    "another content": lambda: with_transition(release=replace(NEW, digest="c")),
    "another version": lambda: with_transition(release=replace(NEW, version="1.1.0")),
    "another kind of place": lambda: with_transition(release=replace(NEW, source=Directory("/new"))),
    "another content before": lambda: with_transition(before=replace(OLD, digest="c")),
    "another version before": lambda: with_transition(before=replace(OLD, version="0.9.0")),
    "nothing before": lambda: with_transition(before=None),
}
SAME: dict[str, Callable[[], Task]] = {
    "other limits": lambda: replace(TASK, limits=Limits(1, 2, 3)),
    "another path": lambda: with_transition(release=replace(NEW, source=Archive("/there.bala"))),
    "another place and time": lambda: with_transition(release=replace(NEW, place="there", released=9)),
    "a message of its publisher": lambda: with_transition(release=replace(NEW, deprecation="no more")),
    "a maintenance branch": lambda: with_transition(is_maintenance=True),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_task_has_another_key(what: str) -> None:
    assert key_of(OTHERS[what]()) != key_of(TASK)


def test_no_two_of_them_have_the_same_key() -> None:
    assert len({key_of(one()) for one in OTHERS.values()}) == len(OTHERS)


@pytest.mark.parametrize("what", SAME)
def test_what_changes_no_judgement_changes_no_key(what: str) -> None:
    assert key_of(SAME[what]()) == key_of(TASK)


def test_the_program_has_one_fingerprint() -> None:
    assert fingerprint() == fingerprint()
    assert fingerprint().startswith(f"{semverdiff.__version__}-")
