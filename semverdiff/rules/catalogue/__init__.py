"""The catalogue as data, by subjects of the compatibility contract; its modules are loaded when asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.schema import Rule
from semverdiff.rules.templates import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.rules.schema import Entry

__all__ = ["all_rules", "entries_of", "modules_of", "rule", "rule_of"]

_FUNCTIONS = ("parameters", "rest_parameters", "results", "functions")
_OBJECTS = ("classes_and_objects", "object_members")

_MODULES: Mapping[Subject, tuple[str, ...]] = {
    Subject.ANNOTATION: ("annotations",),
    Subject.CALLBACK: ("callbacks",),
    Subject.CLASS: _OBJECTS,
    Subject.CONFIGURABLE: ("configurables",),
    Subject.CONSTANT: ("constants",),
    Subject.CONTRACT: ("annotations",),
    Subject.DOCUMENTATION: ("symbols_and_modules",),
    Subject.ENUM: ("enums",),
    Subject.ENUM_MEMBER: ("enums",),
    Subject.ERROR: ("errors",),
    Subject.FUNCTION: _FUNCTIONS,
    Subject.INIT: _FUNCTIONS,
    Subject.LISTENER: ("listeners",),
    Subject.MAP: ("records",),
    Subject.METHOD: _FUNCTIONS,
    Subject.MODULE: ("symbols_and_modules",),
    Subject.OBJECT: _OBJECTS,
    Subject.PACKAGE: ("package",),
    Subject.RECORD: ("records",),
    Subject.RECORD_FIELD: ("record_fields",),
    Subject.REMOTE_METHOD: _FUNCTIONS,
    Subject.RESOURCE: (*_FUNCTIONS, "resource_paths"),
    Subject.SERVICE: ("services",),
    Subject.SYMBOL: ("symbols_and_modules",),
    Subject.TYPE: ("types",),
    Subject.VARIABLE: ("variables",),
}


def rule(rule_id: str) -> Rule | None:
    """Return the rule of that id, or `None` if the catalogue has none."""
    facts = ((subject, rule_id.removeprefix(f"{subject}-")) for subject in Subject)
    found = (rule_of(subject, Fact(fact)) for subject, fact in facts if fact != rule_id and fact in set(Fact))
    return next((one for one in found if one is not None), None)


@cache
def rule_of(subject: Subject, fact: Fact) -> Rule | None:
    """Return the rule about a fact of a subject, or `None` if the catalogue has none."""
    # From the last module: bodies and members of objects change most often, and stand there.
    for module in reversed(_MODULES[subject]):
        for entry in _entries(module):
            if entry.fact is fact and subject in entry.levels:
                return Rule(subject, title(entry.title, subject), entry.levels[subject], entry)
    return None


def all_rules() -> Iterator[Rule]:
    """Yield every rule, sorted by id."""
    rules = (rule_of(subject, entry.fact) for subject in Subject for entry in entries_of([subject]))
    yield from sorted((one for one in rules if one is not None), key=lambda one: one.id)


def entries_of(subjects: Iterable[Subject]) -> list[Entry]:
    """Return the entries about any of these subjects, in the order of the catalogue."""
    wanted = list(subjects)
    modules = dict.fromkeys(module for subject in wanted for module in _MODULES[subject])
    return [
        entry
        for module in modules
        for entry in _entries(module)
        if any(subject in entry.levels for subject in wanted)
    ]


def modules_of(subject: Subject) -> tuple[str, ...]:
    """Return the modules of this package that hold the entries of a subject."""
    return _MODULES[subject]


def _entries(module: str) -> tuple[Entry, ...]:
    entries: tuple[Entry, ...] = import_module(f"{__name__}.{module}").ENTRIES
    return entries
