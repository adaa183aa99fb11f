"""What stands before a declaration, member or parameter: documentation, deprecation, annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import type_text
from semverdiff.compare.deprecation import DEPRECATED, is_deprecated, opens_deprecation
from semverdiff.compare.details import AnnotationChanged
from semverdiff.compare.facts import Fact, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import Annotation, Function, Metadata, Method, Reference

__all__ = ["is_same_metadata", "metadata_differences", "signature_metadata_differences"]

# Modules whose annotations describe, observe or implement what they are attached to. Whatever another
# package's annotation means beside these (`http`, `graphql`, `constraint`, `data.jsondata`, `sql`, ...)
# is known to its compiler plugin or library only, and may be a contract with clients.
_DESCRIPTIVE_MODULES = frozenset(
    {
        "ballerina/jballerina.java",
        "ballerina/lang.annotations",
        "ballerina/observe",
        "ballerina/openapi",
        "ballerina/test",
    }
)


def is_same_metadata(old: Metadata, new: Metadata) -> bool:
    """Return whether the same words stand before a symbol in both versions."""
    return old.documentation == new.documentation and old.annotations == new.annotations


def metadata_differences(place: Place, old: Metadata, new: Metadata) -> Iterator[Difference]:
    """Compare what stands before one symbol: at most one finding for documentation and for deprecation."""
    if is_same_metadata(old, new):
        return
    was, now_is = is_deprecated(old), is_deprecated(new)
    if was != now_is:
        fact = Fact.DEPRECATION_ADDED if now_is else Fact.DEPRECATION_REMOVED
        yield place.about(Subject.SYMBOL).quoting(place.symbol, place.symbol).differs(fact)
        # The section that says so is no second finding.
        before, after = _without_deprecation(old.documentation), _without_deprecation(new.documentation)
    else:
        before, after = old.documentation.split(), new.documentation.split()
    if before != after:
        left, right = _without_layout(old), _without_layout(new)
        at = _quoting(
            place, _own_lines(left, right) if before else "", _own_lines(right, left) if after else ""
        )
        yield at.about(Subject.DOCUMENTATION).differs(Fact.CHANGED)
    yield from _annotation_differences(place, old.annotations, new.annotations)


def signature_metadata_differences(
    place: Place, old: Function | Method, new: Function | Method
) -> Iterator[Difference]:
    """Compare what stands before the parameters that both signatures have, and before the results."""
    after = {parameter.name: parameter for parameter in new.signature.parameters}
    for parameter in old.signature.parameters:
        other = after.get(parameter.name)
        if other is not None and not is_same_metadata(parameter.metadata, other.metadata):
            at = place.parameter(parameter.name, parameter, other)
            yield from metadata_differences(at, parameter.metadata, other.metadata)
    annotations = (old.signature.result_annotations, new.signature.result_annotations)
    yield from _annotation_differences(place, *annotations)


def _quoting(place: Place, old: str, new: str) -> Place:
    """Return the place with these texts; a version whose text is empty has nothing to say."""
    place = place.quoting(old, new)
    place = place if old else place.only_new()
    return place if new else place.only_old()


def _annotation_differences(
    place: Place, old: Sequence[Annotation], new: Sequence[Annotation]
) -> Iterator[Difference]:
    """Compare annotations tag by tag; the order of different tags does not count."""
    if not old and not new:
        return
    before, after = _by_tag(old), _by_tag(new)
    for tag in sorted(before.keys() | after.keys(), key=lambda one: (type_text(one), one.module or "")):
        left, right = before.get(tag, []), after.get(tag, [])
        if [_tokens(one) for one in left] == [_tokens(one) for one in right]:
            continue
        name = f"@{type_text(tag)}"
        at = _quoting(place, _shown(name, left), _shown(name, right))
        if _carries_contract(tag, place.module):
            undecided = f"what {name} means is known to a compiler plugin or library only"
            at = at.about(Subject.CONTRACT)
            yield at.differs(Fact.ANNOTATION_CHANGED, AnnotationChanged(tag), undecided=undecided)
        else:
            yield at.about(Subject.ANNOTATION).differs(Fact.METADATA_CHANGED, AnnotationChanged(tag))


def _by_tag(annotations: Sequence[Annotation]) -> dict[Reference, list[Annotation]]:
    found: dict[Reference, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.tag not in DEPRECATED:
            found.setdefault(annotation.tag, []).append(annotation)
    return found


def _tokens(annotation: Annotation) -> tuple[str, ...]:
    return annotation.value.tokens if annotation.value is not None else ()


def _shown(name: str, annotations: list[Annotation]) -> str:
    values = (one.value.text if one.value is not None else "" for one in annotations)
    return " ".join(f"{name} {value}".rstrip() for value in values)


def _carries_contract(tag: Reference, module: str) -> bool:
    """Return whether an annotation may mean something to clients that the language does not know.

    Unqualified names are the module's own or the language library's (`@display`, `@tainted`); those
    of this package are documentation for people, because nobody but the package reads them.
    """
    if tag.module is None or tag.module in _DESCRIPTIVE_MODULES:
        return False
    organization, _, name = tag.module.rpartition("/")
    own = not organization or name == module or module.startswith(f"{name}.") or name.startswith(f"{module}.")
    return not own


def _without_layout(metadata: Metadata) -> list[str]:
    """Return the lines of a documentation, each as its words."""
    return [" ".join(line.split()) for line in _lines(metadata.documentation)]


def _own_lines(lines: list[str], others: list[str]) -> str:
    """Return what one documentation says and the other does not, on one line; else how it begins."""
    theirs = set(others)
    own = " ".join([line for line in lines if line not in theirs])
    return own or f"{lines[0]} ..."


def _lines(documentation: str) -> list[str]:
    """Return the lines of a documentation; other characters that Unicode breaks lines at are text."""
    return documentation.split("\n") if documentation else []


def _without_deprecation(documentation: str) -> list[str]:
    """Return the words outside of the deprecation section, which ends at a heading or parameter."""
    words: list[str] = []
    within = False
    for line in _lines(documentation):
        within = opens_deprecation(line) or (within and not line.startswith(("#", "+")))
        if not within:
            words += line.split()
    return words
