"""How to make a change without breaking clients: advice by the verb of a rule, the first that fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.rules.entries import Rule

__all__ = ["advice"]

_ADVICE = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (
            r"package-dependency-",
            "Keep types of the dependency out of the public API, or release together with its new version.",
        ),
        (
            r"package-(identity|visibility|platform|graalvm)|package-distribution",
            "Clients meet this when they update; if it must be, say so in the release notes.",
        ),
        (
            r"configurable-(required-added|default-removed)",
            "Give the variable a default that keeps the old behaviour.",
        ),
        (
            r"callback-",
            (
                "Add a second function that takes the new callback, and keep the old one until the next "
                "major version, marked `@deprecated`."
            ),
        ),
        (
            r"(parameter-required-added|parameters-collapsed|parameters-expanded|parameters-reordered)$",
            (
                "Add what is new as a defaultable parameter at the end, or as a field of an included record "
                "parameter; or add a second function and keep the old one, marked `@deprecated`."
            ),
        ),
        (r"parameter-defaultable-inserted$", "Put the new parameter behind all others."),
        (
            r"(method|resource)-(parameter-(defaultable|included|rest)-added|path-segment-)",
            "Callers notice nothing; for those who implement the member, add a second one instead.",
        ),
        (
            r"-(method|remote-method|resource|field)-added$",
            (
                "Put the new member into a new type that includes the old one; or seal the type in a major "
                "version, so that later members break nobody."
            ),
        ),
        (
            r"field-required-added$|made-required$|against-rest-type-added$",
            "Add the field with a default, or as an optional one.",
        ),
        (
            r"-(defaultable|optional)-added$",
            (
                "Nothing is needed for ordinary clients; a record that clients repeat or view as a map is "
                "better extended by a new type that includes it."
            ),
        ),
        (
            r"enum-member-added$",
            (
                "Say in the documentation that members may be added, so that clients write a clause for the "
                "rest; then set the policy `enum-member-added` to `minor`."
            ),
        ),
        (
            r"return-(type-narrowed|mutable-member-narrowed|readonly-added|error-removed)$",
            "Keep declaring the old type: less than what was promised may be returned at any time.",
        ),
        (
            r"(isolated|transactional|distinct|qualifier|type-id|readonly|dependent|inclusion)-removed$",
            "Keep it until the next major version: what it promises, clients rely on.",
        ),
        (r"-renamed$", "Keep the old name beside the new one until the next major version, `@deprecated`."),
        (r"-moved-to-other-module$", "Leave a public alias or a forwarding function in the old module."),
        (
            r"-removed$|-reduced$|-to-alias|-to-type-alias$|-to-object-type$|-kind-changed$",
            "Mark it `@deprecated` in a minor version first, and take it away in the next major one.",
        ),
        (
            r"-lost$",
            "Keep the type of the member that caused this, or put the new member into a type of its own.",
        ),
        (
            r"widened|made-optional$|defaultable-to-optional$|error-added$|opened$",
            (
                "Clients that receive the value are not prepared for more: add a second function, field or "
                "type for the wider one, and keep the old one, marked `@deprecated`."
            ),
        ),
        (
            r"narrowed|closed$|readonly-added$|final-added$|default-removed$",
            (
                "Go on accepting what was accepted: check values at run time, or add a second function, "
                "field or type for the narrower one, and keep the old one, marked `@deprecated`."
            ),
        ),
        (
            r"changed|-to-|never$|dependent-added$|return-type-added$",
            (
                "Add the new form under a new name, and keep the old one until the next major version, "
                "marked `@deprecated`."
            ),
        ),
        (
            r"(isolated|transactional|distinct|qualifier|type-id|const|source)-added$|sealed$|not-isolated",
            "Add a second declaration that has it, and keep the old one until the next major version.",
        ),
    )
)


def advice(rule: Rule) -> str | None:
    """Return the advice on a rule; `None` where nobody breaks, and for what has no way around it."""
    if all(case.effect.level < Level.MAJOR and case.effect.strict < Level.MAJOR for case in rule.cases):
        return None
    return next((text for pattern, text in _ADVICE if pattern.search(rule.id)), None)
