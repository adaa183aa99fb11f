"""What one source says about the options of `semver check`, and which source prevails."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

import msgspec

from semverdiff.config.model import FailOn
from semverdiff.config.policies import Policies
from semverdiff.config.suggestions import did_you_mean
from semverdiff.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from semverdiff.config.model import SuppressionEntry
    from semverdiff.versions import Level

__all__ = [
    "FAIL_ON",
    "OPTIONS",
    "Decisions",
    "Options",
    "Vocabulary",
    "format_mistake",
    "options_of_environment",
    "prevailing",
]

_T = TypeVar("_T")

FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

OPTIONS = ("baseline", "format", "offline", "refresh", "strict", "show-diff", "fail-on", "merge-base")
"""The options as Semver.toml names them. The command line puts `--` in front of them."""

_YES = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO = frozenset({"0", "off", "f", "false", "n", "no"})


class Vocabulary(msgspec.Struct, frozen=True):
    """What the rooms above know and a file may name; the functions are called only if one does."""

    formats: Collection[str]
    rule_ids: Callable[[], Collection[str]]
    tool_version: Callable[[], str]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says: the command line, the environment or the file. `None`: nothing."""

    baseline: str | None = None
    formats: tuple[str, ...] | None = None
    offline: bool | None = None
    refresh: bool | None = None
    strict: bool | None = None
    show_diff: bool | None = None
    fail_on: FailOn | None = None
    merge_base: str | None = None

    @property
    def contradicts_itself(self) -> bool:
        """Whether this source alone wishes what excludes each other."""
        return bool(self.offline and self.refresh)


class Decisions(msgspec.Struct, frozen=True):
    """What the file says: a value for each of its sections."""

    options: Options = Options()
    policies: Policies = Policies()
    rules: Mapping[str, Level] = {}
    suppressions: tuple[SuppressionEntry, ...] = ()


def prevailing(sources: Iterable[Options]) -> Options:
    """Put the sources together, the strongest first; of two wishes that exclude each other one stays."""
    strongest, *weaker = sources
    for source in weaker:
        strongest = _over(strongest, source)
    return strongest


def _over(strong: Options, weak: Options) -> Options:
    return Options(
        baseline=_first(strong.baseline, weak.baseline),
        formats=_first(strong.formats, weak.formats),
        # Who asks for the network overrules a weaker source that forbids it, and the other way round.
        offline=_first(strong.offline, False if strong.refresh else weak.offline),
        refresh=_first(strong.refresh, False if strong.offline else weak.refresh),
        strict=_first(strong.strict, weak.strict),
        show_diff=_first(strong.show_diff, weak.show_diff),
        fail_on=_first(strong.fail_on, weak.fail_on),
        merge_base=_first(strong.merge_base, weak.merge_base),
    )


def _first(strong: _T | None, weak: _T | None) -> _T | None:
    return strong if strong is not None else weak


def options_of_environment(
    environment: Mapping[str, str], formats: Collection[str], mistakes: list[Mistake]
) -> Options:
    """Read `SEMVERDIFF_BASELINE` and so on; a variable that is empty says nothing."""
    reader = _Variables(environment, mistakes)
    wanted = reader.text("format")
    destinations = tuple(wanted.split()) if wanted is not None else None
    for one in destinations or ():
        reader.complain_about("format", format_mistake(one, formats))
    found = Options(
        baseline=reader.text("baseline"),
        formats=destinations,
        offline=reader.flag("offline"),
        refresh=reader.flag("refresh"),
        strict=reader.flag("strict"),
        show_diff=reader.flag("show-diff"),
        fail_on=reader.fail_on(),
        merge_base=reader.text("merge-base"),
    )
    if found.contradicts_itself:
        reader.complain_about("refresh", "excludes SEMVERDIFF_OFFLINE: fetching needs the network")
    return found


def format_mistake(destination: str, formats: Collection[str]) -> str:
    """Say what is wrong with `NAME` or `NAME=FILE`; nothing if it is right."""
    name, equals, file = destination.partition("=")
    if name not in formats:
        return f"there is no format '{name}': expected {', '.join(formats)}{did_you_mean(name, formats)}"
    if equals and not file:
        return f"'{destination}' names no file: expected {name}=FILE, or {name} alone"
    return ""


class _Variables:
    """The variables of the environment that stand for options."""

    def __init__(self, environment: Mapping[str, str], mistakes: list[Mistake]) -> None:
        self._environment = environment
        self._mistakes = mistakes

    def text(self, option: str) -> str | None:
        return self._environment.get(_variable(option)) or None

    def flag(self, option: str) -> bool | None:
        value = self.text(option)
        word = value.strip().lower() if value is not None else ""
        if value is not None and word not in _YES | _NO:
            self.complain_about(option, f"expected 1 or 0, true or false, yes or no; found '{value}'")
        return None if word not in _YES | _NO else word in _YES

    def fail_on(self) -> FailOn | None:
        value = self.text("fail-on")
        found = next((one for one in FAIL_ON if one == value), None)
        if value is not None and found is None:
            meant = did_you_mean(value, FAIL_ON)
            self.complain_about("fail-on", f"expected {', '.join(FAIL_ON)}; found '{value}'{meant}")
        return found

    def complain_about(self, option: str, what: str) -> None:
        if what:
            self._mistakes.append(Mistake(f"environment variable {_variable(option)}: {what}"))


def _variable(option: str) -> str:
    return f"SEMVERDIFF_{option.upper().replace('-', '_')}"
