"""Which argument of a call is for which parameter, and whether a call fits a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.impact.model import Argument
    from semverdiff.syntax.nodes import Parameter, Signature

__all__ = ["Fit", "argument_for", "fit", "is_spread", "moved"]


class Fit(msgspec.Struct, frozen=True):
    """Whether a call fits a signature by the number and names of its arguments, and why not."""

    fits: bool | None
    why: str = ""


def is_spread(arguments: Sequence[Argument]) -> bool:
    """Return whether some arguments are those of a list or record that nobody sees into."""
    return any(one.spread for one in arguments)


def argument_for(arguments: Sequence[Argument], signature: Signature, name: str) -> tuple[Argument, ...]:
    """Return what a call gives for a parameter: nothing, one argument, or all of a rest parameter.

    Fields of an included record that are given by their names are given for that.
    """
    positional = [one for one in signature.parameters if one.kind != "rest"]
    given = [one for one in arguments if not one.name and not one.spread]
    for number, one in enumerate(positional):
        if one.name != name:
            continue
        if number < len(given):
            return (given[number],)
        named = tuple(argument for argument in arguments if argument.name == name)
        if named or one.kind != "included":
            return named
        others = {other.name for other in positional}
        return tuple(argument for argument in arguments if argument.name and argument.name not in others)
    return tuple(given[len(positional) :])


def fit(arguments: Sequence[Argument], signature: Signature) -> Fit:
    """Return whether a call fits a signature, as far as names and numbers tell."""
    positional = [one for one in signature.parameters if one.kind != "rest"]
    has_rest = len(positional) < len(signature.parameters)
    given = sum(not one.name and not one.spread for one in arguments)
    spread = is_spread(arguments)
    if given > len(positional) and not has_rest:
        return Fit(fits=False, why=f"it gives {given} positional arguments, and {len(positional)} are taken")
    names = {one.name for one in positional[given:]}
    taken = {one.name for one in positional[:given]}
    includes = any(one.kind == "included" for one in positional)
    for one in arguments:
        if one.name in taken and one.name:
            return Fit(fits=False, why=f"it gives '{one.name}' twice")
        if one.name and one.name not in names and not includes:
            return Fit(fits=False, why=f"it names '{one.name}', which is no parameter any more")
    named = {one.name for one in arguments if one.name}
    missing = [one.name for one in positional[given:] if one.kind == "required" and one.name not in named]
    if missing and spread:
        return Fit(fits=None, why=f"whether what it spreads holds '{missing[0]}' is not known")
    if missing:
        return Fit(fits=False, why=f"it gives nothing for '{missing[0]}'")
    return Fit(fits=True)


def moved(
    arguments: Sequence[Argument], old: Signature, new: Signature
) -> tuple[Argument, Parameter, Parameter] | None:
    """Return the first positional argument that another parameter takes now, with both parameters."""
    given = [one for one in arguments if not one.name and not one.spread]
    before, after = ([one for one in side.parameters if one.kind != "rest"] for side in (old, new))
    for argument, left, right in zip(given, before, after, strict=False):
        if left.name != right.name:
            return argument, left, right
    return None
