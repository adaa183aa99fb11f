"""The catalogue as data, by the sections of the compatibility contract; modules are loaded when asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from semverdiff.rules.entries import Rule
from semverdiff.rules.wording import sentence, subject_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.rules.entries import Case, Fact

__all__ = ["all_rules", "modules_of", "rule"]

_MODULES: Mapping[str, tuple[str, ...]] = {
    "annotation": ("annotations",),
    "callback": ("callbacks",),
    "class": ("classes_and_objects", "object_members"),
    "configurable": ("variables",),
    "constant": ("enums_and_constants",),
    "contract": ("annotations",),
    "documentation": ("package",),
    "enum": ("enums_and_constants",),
    "enum-member": ("enums_and_constants",),
    "error": ("errors",),
    "function": ("parameters", "signatures"),
    "init": ("parameters", "signatures"),
    "listener": ("listeners_and_services",),
    "map": ("records",),
    "method": ("parameters", "signatures"),
    "module": ("package",),
    "object": ("classes_and_objects", "object_members"),
    "package": ("package",),
    "record": ("records",),
    "record-field": ("record_fields",),
    "remote-method": ("parameters", "signatures"),
    "resource": ("parameters", "signatures", "resources"),
    "service": ("listeners_and_services",),
    "symbol": ("package",),
    "type": ("types",),
    "variable": ("variables",),
}


@cache
def rule(rule_id: str) -> Rule | None:
    """Return the rule of that id, or `None` if the catalogue has none."""
    # The longest subject first: `record-field-added` is no fact of `record`.
    for subject in sorted(_MODULES, key=len, reverse=True):
        name = rule_id.removeprefix(f"{subject}-")
        if name != rule_id:
            found = _facts(subject).get(name)
            return _rule(subject, *found) if found is not None else None
    return None


def all_rules() -> Iterator[Rule]:
    """Yield every rule, sorted by id."""
    ids = sorted(f"{subject}-{name}" for subject in _MODULES for name in _facts(subject))
    for rule_id in ids:
        found = rule(rule_id)
        if found is not None:
            yield found


def modules_of(subject: str) -> tuple[str, ...]:
    """Return the modules of this package that hold the entries of a subject."""
    return _MODULES[subject]


@cache
def _facts(subject: str) -> Mapping[str, tuple[Fact, tuple[Case, ...]]]:
    """Return the entries that apply to a subject, with its level table, by the name of the fact."""
    found: dict[str, tuple[Fact, tuple[Case, ...]]] = {}
    for module in _MODULES[subject]:
        facts: tuple[Fact, ...] = import_module(f"{__name__}.{module}").FACTS
        for fact in facts:
            for table in fact.tables:
                if subject in table.subjects:
                    found[fact.name] = (fact, table.cases)
    return found


def _rule(subject: str, fact: Fact, cases: tuple[Case, ...]) -> Rule:
    title = sentence(fact.title, subject_words(subject))
    return Rule(
        id=f"{subject}-{fact.name}",
        subject=subject,
        title=title[0].upper() + title[1:],
        message=fact.message,
        cases=cases,
        certainty=fact.certainty,
        undecidable=fact.undecidable,
        since=fact.since,
    )
