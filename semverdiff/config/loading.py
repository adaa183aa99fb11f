"""The settings of a run out of its sources: flags over environment over Semver.toml over defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import asdict, replace

from semverdiff import config
from semverdiff.config.model import ACCEPT_SETTINGS, DEPENDENCIES, FAIL_ON, Decisions, Options, Settings
from semverdiff.errors import Mistake, UsageError
from semverdiff.text import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from semverdiff.config.model import SemverToml, Vocabulary

__all__ = ["combine", "format_mistake"]

_T = TypeVar("_T")

_YES = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO = frozenset({"0", "off", "f", "false", "n", "no"})


def combine(
    path: Path,
    flags: Options,
    environment: Mapping[str, str],
    file: SemverToml | None,
    vocabulary: Vocabulary,
) -> Settings:
    """Return the settings of a run on the package at `path`.

    `environment` becomes part of them, for the rooms that reach registries.

    Raises:
        UsageError: every mistake in flags, environment and file at once.

    """
    mistakes: list[Mistake] = []
    if flags.contradicts_itself:
        mistakes.append(Mistake("--offline and --refresh exclude each other: fetching needs the network"))
    variables = _options_in(environment, vocabulary.formats, mistakes)
    decisions, directory = Decisions(), None
    if file is not None:
        directory = file.directory
        decisions = config.read_semver_toml(file, vocabulary, mistakes)
    if mistakes:
        raise UsageError(mistakes=tuple(mistakes))
    typed = _over(flags, variables)
    options = _over(typed, decisions.options)
    is_chosen_by_file = typed.formats is None and decisions.options.formats is not None
    return replace(
        Settings(
            path=path,
            output_directory=directory if is_chosen_by_file else None,
            required_version=decisions.required_version,
            policies=decisions.policies,
            rules=decisions.rules,
            publish_rules=decisions.publish_rules,
            suppressions=decisions.suppressions,
            typed=typed,
            is_shared=file is not None and file.is_shared,
            environment=environment,
        ),
        **_given(options),
    )


def format_mistake(destination: str, formats: Collection[str]) -> str:
    """Return what is wrong with `NAME` or `NAME=FILE`; an empty text if it is right."""
    name, equals, file = destination.partition("=")
    if name not in formats:
        return f"there is no format '{name}': expected {', '.join(formats)}{suggest(name, formats)}"
    if equals and not file:
        return f"'{destination}' names no file: expected {name}=FILE, or {name} alone"
    return ""


def _over(strong: Options, weak: Options) -> Options:
    """Return the options of two sources together; where both give a value, that of the stronger one."""
    # Who asks for the network overrules a weaker source that forbids it, and the other way round.
    if strong.refresh:
        weak = replace(weak, offline=False)
    if strong.offline:
        weak = replace(weak, refresh=False)
    return replace(weak, **_given(strong))


def _given(options: Options) -> dict[str, object]:
    return {name: value for name, value in asdict(options).items() if value is not None}


def _options_in(environment: Mapping[str, str], formats: Collection[str], mistakes: list[Mistake]) -> Options:
    """Return the options in `SEMVERDIFF_BASELINE` and so on; a variable that is empty says nothing."""
    reader = _Variables(environment, mistakes)
    destinations = reader.text("format")
    wanted = tuple(destinations.split()) if destinations is not None else None
    for one in wanted or ():
        reader.complain_about("format", format_mistake(one, formats))
    found = Options(
        baseline=reader.text("baseline"),
        formats=wanted,
        offline=reader.flag("offline"),
        refresh=reader.flag("refresh"),
        strict=reader.flag("strict"),
        show_diff=reader.flag("show-diff"),
        fail_on=reader.choice("fail-on", FAIL_ON),
        merge_base=reader.text("merge-base"),
        accept_settings=reader.choice("accept-settings", ACCEPT_SETTINGS),
        require_baseline=reader.flag("require-baseline"),
        dependencies=reader.choice("dependencies", DEPENDENCIES),
        strict_suppressions=reader.flag("strict-suppressions"),
        publish=reader.flag("publish"),
    )
    if found.contradicts_itself:
        reader.complain_about("refresh", "excludes SEMVERDIFF_OFFLINE: fetching needs the network")
    return found


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

    def choice(self, option: str, known: tuple[_T, ...]) -> _T | None:
        """Return the word of a variable, which has to be one of those that are known."""
        value = self.text(option)
        found = next((one for one in known if one == value), None)
        if value is not None and found is None:
            words = tuple(map(str, known))
            self.complain_about(
                option, f"expected {', '.join(words)}; found '{value}'{suggest(value, words)}"
            )
        return found

    def complain_about(self, option: str, what: str) -> None:
        if what:
            self._mistakes.append(Mistake(f"environment variable {_variable(option)}: {what}"))


def _variable(option: str) -> str:
    return f"SEMVERDIFF_{option.upper().replace('-', '_')}"
