"""The page of the policies: what each decides, and who wants which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.config import Policy, choices
from semverdiff.rules.conditions import PolicyIs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.rules.schema import Rule

__all__ = ["POLICIES", "Explanation", "policies_of", "policies_page"]


class Explanation(msgspec.Struct, frozen=True):
    """What a policy decides, and for each of its values who wants it and what it means."""

    decides: str
    wanted_by: Mapping[str, str]
    beyond_rules: str = ""


POLICIES: Mapping[str, Explanation] = {
    Policy.ENUM_MEMBER_ADDED: Explanation(
        "Whether a further member of an enum breaks clients. A `match` that handles every member, and "
        "nothing else, no longer compiles; a `match` with a clause for the rest never notices.",
        {
            "by-position": (
                "Whoever promises that an enum is complete: major where clients receive it, minor where "
                "they only pass it."
            ),
            "minor": (
                "Whoever says in the documentation that members may come, such as clients of services "
                "with growing lists of states: always minor."
            ),
        },
    ),
    Policy.CONSTANT_VALUE_CHANGED: Explanation(
        "Whether the value of a public constant is part of the API, or only its name and type. A type that "
        "uses the constant has a finding of its own either way.",
        {
            "minor": "Whoever publishes constants as names for values that may change: limits, labels.",
            "major": "Whoever publishes values that clients store or repeat: error codes, protocol words.",
        },
    ),
    Policy.CONSTRUCT_OUTPUT_RECORDS: Explanation(
        "Whether clients construct records that the package only gives to them, as tests and mocks do.",
        {
            "yes": (
                "Libraries whose clients test with values of their own: a new required field, or a "
                "default taken away, is major wherever the record is met."
            ),
            "no": (
                "Connectors and generated clients whose responses grow: such a field is minor in records "
                "that clients only receive."
            ),
        },
    ),
    Policy.OPEN_CLASSES: Explanation(
        "Whether clients may implement or include a class whose members are all public, or only use it.",
        {
            "use": (
                "Whoever publishes classes to be created with `new` and called: a new member is minor, as in "
                "most libraries."
            ),
            "implement": (
                "Whoever invites clients to write a class of the same shape, for plug-ins or test doubles: "
                "a new member is major."
            ),
        },
    ),
    Policy.AMBIGUOUS_ARGUMENTS: Explanation(
        'What it means that a constructor without a type, such as `[1, 2]` or `{sku: "a"}`, fits two '
        "alternatives of a widened type and is refused.",
        {
            "major": "Whoever has clients that write values in place, as most callers of record parameters.",
            "minor": (
                "Whoever knows that clients pass variables with a type, or asks them to write the type: "
                '`<Item>{sku: "a"}`.'
            ),
        },
    ),
    Policy.MIRRORED_RECORDS: Explanation(
        "Whether clients repeat a record field by field in a type of their own, and pass values of that, as "
        "connectors do with the configuration of the library beneath them. A field with a default that is "
        "added then breaks them, because it is required of a value that is passed; an optional one does not.",
        {
            "no": "Whoever has clients that construct the record itself: such a field is minor.",
            "yes": (
                "Libraries whose records others mirror: such a field is major wherever clients pass the "
                "record."
            ),
        },
    ),
    Policy.BREAKING_BUMP: Explanation(
        "The step that a breaking change needs from 1.0.0 on.",
        {
            "major": "Everybody: a breaking change needs the next major version.",
            "minor-with-distribution": (
                "Libraries that are released with the distribution and keep its major version, as the "
                "standard library does: a breaking change fits the next minor version if that asks for a "
                "later update of the distribution than the baseline does, else the next major one."
            ),
        },
        "It changes the required version, and no level of a finding.",
    ),
    Policy.ZERO_MINOR: Explanation(
        "What versions below 1.0.0 promise.",
        {
            "breaking-minor": (
                "Packages that still look for their shape: a breaking change needs the next minor version, "
                "everything else the next patch, as clients with `0.4.x` in mind expect."
            ),
            "as-stable": (
                "Packages that are used in earnest before 1.0.0: major, minor and patch mean what they mean "
                "from 1.0.0 on."
            ),
        },
        "It changes the required version, and no level of a finding.",
    ),
    Policy.UNDECIDED: Explanation(
        "The level of a change that cannot be decided here: a type of a package that was not read, an "
        "annotation whose meaning only a compiler plugin knows. The certainty of such a finding is always "
        "`undecided`, and reports count it.",
        {
            "major": "Whoever would rather read a finding too much than break a client.",
            "minor": (
                "Whoever looks at undecided findings in review, and does not want them to ask for a new "
                "major version."
            ),
        },
        "It also decides every finding of another rule whose certainty is `undecided`.",
    ),
    Policy.REMOVAL: Explanation(
        "Whether what clients use may go without having been `@deprecated` before: a declaration, a field, a "
        "method or a member of an enum that is removed, renamed, moved into another module, or no longer "
        "public.",
        {
            "at-once": "Whoever lets the major version say that something is gone.",
            "after-deprecation": (
                "Whoever promises a warning first: what goes was `@deprecated`, itself or the declaration "
                "around it, in the published version that is compared with. A deprecation is minor, so that "
                "there was a minor version at least in which it stood."
            ),
        },
        "It fails the gate `removals`, whatever the version, and changes no level of a finding. A module as "
        "a whole cannot be deprecated: who removes one suppresses that finding, with a reason.",
    ),
}


def policies_page(rules: Iterable[Rule]) -> str:
    """Return the page: one part a policy, with the rules that obey it."""
    obeying = _obeying(rules)
    parts = [_part(name, values, obeying.get(name, [])) for name, values in choices().items()]
    return "\n".join([_INTRODUCTION, *parts])


_INTRODUCTION = """\
# Policies

Where a change breaks some clients and not others, the project decides which ones count. A policy is such a
decision, made once, in `Semver.toml`:

```toml
[policy]
enum-member-added = "minor"
open-classes = "implement"
```

The first value is the default. With `--strict` unusual uses of clients count as well, so that findings that a
policy lowers to minor are major again. A single rule gets another level under `[rules]`, and a single finding
is taken out by `[[suppress]]` ([Semver.toml](../semver-toml.md), [all rules](README.md)).
"""


def _part(name: str, values: tuple[str, ...], obeying: list[Rule]) -> str:
    policy = POLICIES[name]
    rows = "\n".join(f"| `{value}` | {policy.wanted_by[value]} |" for value in values)
    listed = ", ".join(f"[{one.id}]({one.subject}.md#{one.id})" for one in obeying)
    paragraphs = [
        f"## {name}",
        policy.decides,
        f"| value | who wants it |\n| --- | --- |\n{rows}",
        *([policy.beyond_rules] if policy.beyond_rules else []),
        *([f"Rules that obey it: {listed}."] if listed else []),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _obeying(rules: Iterable[Rule]) -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for one in rules:
        for name in policies_of(one):
            found.setdefault(name, []).append(one)
    return found


def policies_of(rule: Rule) -> list[str]:
    """Return the policies that the levels of a rule depend on, sorted."""
    requirements = (requirement for row in rule.rows for requirement in row.requirements)
    return sorted({one.policy for one in requirements if isinstance(one, PolicyIs)})
