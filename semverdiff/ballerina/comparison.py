"""The comparison of two Ballerina packages: surfaces, differences, and what they mean by the catalogue."""

from __future__ import annotations

from collections.abc import Collection  # noqa: TC003 (a field's type)
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import api, clients, compare, pipeline, rules
from semverdiff.config import PolicyValue
from semverdiff.packages import as_package
from semverdiff.pipeline import Comparison
from semverdiff.reports import Skipped
from semverdiff.text import quote_all
from semverdiff.versions import SEMANTIC, Level, any_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from semverdiff.api import DeclaredSide, ModelStore, Surface
    from semverdiff.changes import Excerpt
    from semverdiff.compare import Difference
    from semverdiff.config import Settings
    from semverdiff.packages import FindPackage, Package
    from semverdiff.pipeline import Assessment

__all__ = ["Context", "assess", "compare_packages"]

_ONLY_DECLARED = "An API file holds no bodies and no documentation: a change of those is not listed here."


class Context(msgspec.Struct, frozen=True):
    """What an assessment rests on beside the two packages and the settings.

    `find` gives the packages that the two were built with, as far as they can be had; `find_old` those of
    the old one, where it has others. `members` are packages of the same workspace, by organization and name,
    which change without another version. `clients` asks for the code that breaks, which not every report
    shows. `open_store` returns what keeps the models of published packages.
    """

    find: FindPackage | None = None
    find_old: FindPackage | None = None
    members: Collection[tuple[str | None, str]] = ()
    clients: bool = True
    open_store: Callable[[], ModelStore] | None = None


def assess(
    old: Package | None,
    new: Package,
    settings: Settings,
    context: Context | None = None,
    today: date | None = None,
) -> Assessment:
    """Return the assessment of two packages that a program has, without registries or the settings of a base.

    `context` says what they were built with. Raises as `pipeline.assess` does.
    """
    known = Context() if context is None else context
    return pipeline.assess(
        old,
        new,
        settings,
        lambda before, after, chosen: compare_packages(as_package(before), as_package(after), chosen, known),
        scheme=any_scheme(SEMANTIC),
        today=today,
    )


def compare_packages(old: Package, new: Package, settings: Settings, context: Context) -> Comparison:
    """Return what differs between two packages, and what that means for their clients.

    Raises:
        SourceError: a declaration of the new package does not parse.

    """
    compared = _compare(old, new, settings, context)
    follows = settings.policies.breaking_bump is PolicyValue.MINOR_WITH_DISTRIBUTION
    if follows and compare.raises_distribution(old, new):
        return replace(compared, breaking_step=Level.MINOR)
    return compared


def _compare(old: Package, new: Package, settings: Settings, context: Context) -> Comparison:
    if old.is_api_file or new.is_api_file:
        return _compare_declared(old, new, settings, context)
    return _compare_whole(old, new, settings, context)


def _compare_whole(
    old: Package, new: Package, settings: Settings, context: Context, known: api.Outlines | None = None
) -> Comparison:
    """Compare two packages; `known` are the outlines of those that were read already."""
    same_sources = _sources(old) == _sources(new)
    if same_sources and not context.members and _public_facts(old) == _public_facts(new):
        return Comparison(same_sources=True)
    # Only now: equal packages are answered without a parser.
    outlines = api.Outlines(context.open_store, may_scan=True) if known is None else known
    try:
        compared = _compare_outlined(old, new, settings, context, outlines)
    except api.ScanError:
        # What was taken for a declaration without a look at it is none: a tree may show others around it.
        compared = _compare_outlined(old, new, settings, context, api.Outlines(context.open_store))
    return replace(compared, same_sources=same_sources)


def _compare_outlined(
    old: Package, new: Package, settings: Settings, context: Context, outlines: api.Outlines
) -> Comparison:
    """Compare two packages by the outlines of their files.

    Raises `ScanError` if these may scan files, and that will not do.
    """
    before, after = api.Surface(old, outlines), api.Surface(new, outlines)
    if context.find is not None:
        api.connect(before, after, context.find_old or context.find, context.find, context.members)
    differences = compare.compare(before, after)
    # Half an API has no verdict. The comparison goes first: it reads only what it needs.
    api.require_whole(after)
    writer = clients.Writer(before, after) if context.clients and differences else None
    findings = rules.evaluate(differences, settings.policies, strict=settings.strict, writer=writer)
    outlines.store()
    return Comparison(
        findings=findings,
        skipped=tuple(_skipped(before)),
        notes=(*_broken_bodies(after), *_native_code(differences), *_guessed_versions(before, after)),
    )


def _compare_declared(old: Package, new: Package, settings: Settings, context: Context) -> Comparison:
    """Compare what two packages declare, where an API file holds one of them."""
    outlines = api.Outlines(context.open_store)
    before, after = api.declared_sides(old, new, outlines)
    compared = _compare_whole(before.package, after.package, settings, context, outlines)
    return replace(
        compared,
        findings=tuple(
            replace(one, old=_placed(one.old, before), new=_placed(one.new, after))
            for one in compared.findings
        ),
        notes=(*compared.notes, _ONLY_DECLARED),
        same_sources=False,
    )


def _placed(excerpt: Excerpt | None, side: DeclaredSide) -> Excerpt | None:
    """Return an excerpt of an API file with the place in the sources that its line comes from."""
    if excerpt is None or excerpt.line is None:
        return excerpt
    place = side.source_of(excerpt.file, excerpt.line)
    if place is None:
        return excerpt
    return replace(excerpt, file=place.file, line=place.line, column=place.column)


def _sources(package: Package) -> list[tuple[str, bool, list[bytes]]]:
    """Return what decides the API: file names do not, and differ between a directory and an archive."""
    return sorted(
        (module.name, module.exported, sorted(file.content for file in module.files))
        for module in package.modules
    )


def _public_facts(package: Package) -> tuple[object, ...]:
    return package.organization, package.name, package.platform, package.manifest


def _native_code(differences: Iterable[Difference]) -> Iterator[str]:
    if any(one.fact is compare.Fact.NATIVE_BINDING_CHANGED for one in differences):
        yield "Native code is not compared: what its change does to clients is not known."


def _guessed_versions(old: Surface, new: Surface) -> Iterator[str]:
    """Yield a sentence for what is taken from the other side, and for each package that was read so."""
    for side, word in ((old, "old"), (new, "new")):
        borrowed = () if side.world is None else side.world.borrowed()
        if borrowed:
            names = quote_all(tuple("/".join(names) for names in borrowed))
            yield (
                f"No lock says with which versions of {names} the {word} version was built: those of the "
                "other side count, so that no change of them is seen."
            )
        for (organization, name), version in () if side.world is None else side.world.guesses():
            yield (
                f"No lock says which version of {organization}/{name} the {word} version was built with: "
                f"{version} was read."
            )


def _broken_bodies(surface: Surface) -> Iterator[str]:
    broken = [(file, damage) for _, file, damage in surface.damages() if damage.in_body]
    for file, damage in broken:
        place = f"{file}:{damage.line}:{damage.column}"
        yield f"{place}: the body of {damage.key} does not parse: {damage.message}"


def _skipped(surface: Surface) -> Iterator[Skipped]:
    for module, file, damage in surface.damages():
        if not damage.in_body:
            yield Skipped(
                what=damage.key or f"{module}, {file} near line {damage.line}",
                why=f"{file}:{damage.line}:{damage.column}: published, but {damage.problem}",
            )
