"""Two surfaces to differences: modules first, then each declaration that may differ, by its kind."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from semverdiff.api import exposed_modules
from semverdiff.changes import Change, Step
from semverdiff.compare.constructors import Constructors, types_of_other_constructors
from semverdiff.compare.context import Context
from semverdiff.compare.data_loss import data_losses
from semverdiff.compare.declarations import declaration_differences, declaration_place, moved, renamed
from semverdiff.compare.details import Renamed
from semverdiff.compare.difference import Difference
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.compare.matching import admit_repeated, changing_names, matches, only_rename
from semverdiff.compare.mentions import Mentions
from semverdiff.compare.package import package_differences
from semverdiff.compare.raises import Raises, raised_types, raises
from semverdiff.compare.renames import declaration_renames
from semverdiff.errors import Mistake, SourceError
from semverdiff.syntax import native_bindings, nodes
from semverdiff.syntax.words import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from semverdiff.api import Origin, Surface
    from semverdiff.compare.mentions import Match
    from semverdiff.compare.renames import Renames
    from semverdiff.packages import Dependency, Module
    from semverdiff.syntax import Damage
    from semverdiff.syntax.nodes import Declaration

__all__ = ["compare"]

_EXTERNAL = b"external"


def compare(old: Surface, new: Surface) -> list[Difference]:
    """Return every difference between two surfaces that the contract knows, in a stable order.

    Names of other packages are followed as far as the worlds of the surfaces have these.

    Declarations that a syntax problem hides are left out in both versions: `Surface.damages` lists them.
    """
    context = Context(old, new)
    found: list[Difference] = []
    bindings: list[str] = []
    raised = Raises()
    if old.package.name == new.package.name:
        # Under another name every import breaks; what else changed is no news to anybody's code.
        mentions = Mentions(context)
        changed = _changed_declarations(context, mentions)
        bindings = [match.key for match in changed.values() if _is_bound_otherwise(context, match)]
        elsewhere = raised_types(context)  # first: the positions that declarations ask for are found with it
        declared = list(_declarations(context, changed))
        raised = raises(context, elsewhere)
        found += [
            *_modules(context),
            *declared,
            *data_losses(context, mentions, declared),
            *Constructors(context, mentions.of_each).ambiguous(
                {**types_of_other_constructors(declared), **raised.constructors}, changed
            ),
            *raised.differences,
        ]
    # Last: what is in the API is asked of a surface as a whole, files that did not change included.
    exposed = cache(exposed_modules)
    found += package_differences(
        old.package,
        new.package,
        lambda one: _is_exposed(one, map(exposed, (old, new))),
        raised.doubts,
        bindings,
    )
    return sorted(found, key=lambda one: (one.module, one.symbol, one.rule))


def _is_bound_otherwise(context: Context, match: Match) -> bool:
    """Return whether a declaration is bound to native code in another way."""
    if match.old is None or match.new is None or match.old.item.content == match.new.item.content:
        return False
    texts = match.old.item.content, match.new.item.content
    if not holds(texts[0], _EXTERNAL) and not holds(texts[1], _EXTERNAL):
        return False
    declared = context.old.declaration(*match.name), context.new.declaration(*match.name)
    old, new = map(_external_bodies, declared, texts)
    if old is None or new is None:
        before, after = map(native_bindings, texts)
    else:
        before, after = map(_bindings, _without_shared_ends(old, new))
    return before != after


def _bindings(bodies: Iterable[bytes]) -> list[list[str]]:
    return [binding for body in bodies for binding in native_bindings(b"function f() " + body)]


def _without_shared_ends(old: list[bytes], new: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return two lists without the beginning and the end that both have: most have nothing else."""
    shortest = min(len(old), len(new))
    start = next((index for index in range(shortest) if old[index] != new[index]), shortest)
    old, new = old[start:], new[start:]
    shortest -= start
    end = next((index for index in range(shortest) if old[-1 - index] != new[-1 - index]), shortest)
    return old[: len(old) - end], new[: len(new) - end]


def _external_bodies(declaration: Declaration | None, text: bytes) -> list[bytes] | None:
    """Return the bodies in which an external function may be; `None` if one may stand elsewhere."""
    match declaration:
        case nodes.Function(body=body):
            bodies, documented = [body], [declaration.metadata]
        case nodes.Class(type=type_):
            bodies = [method.body for method in type_.methods]
            documented = [declaration.metadata, *(one.metadata for one in type_.fields)]
            documented += [one.metadata for one in type_.methods]
        case _:
            return None
    found = [body for body in bodies if body is not None and _EXTERNAL in body]
    in_documentation = sum(one.documentation.count(_EXTERNAL.decode()) for one in documented)
    in_bodies = sum(body.count(_EXTERNAL) for body in found)
    return found if in_bodies + in_documentation == text.count(_EXTERNAL) else None


def _is_exposed(dependency: Dependency, modules: Iterable[Iterable[str]]) -> bool:
    """Return whether types of a dependency are among those of the modules that clients meet."""
    name = f"{dependency.organization}/{dependency.name}"
    return any(module == name or module.startswith(f"{name}.") for module in chain.from_iterable(modules))


def _modules(context: Context) -> Iterator[Difference]:
    """Yield the modules that clients can no longer import, or can import now."""
    old_modules, new_modules = context.old.modules, context.new.modules
    names = old_modules.keys() | new_modules.keys()
    removed = [name for name in names if context.old.exported(name) and not context.new.exported(name)]
    added = [name for name in names if context.new.exported(name) and not context.old.exported(name)]
    new_names = only_rename(
        {name: old_modules[name] for name in removed},
        {name: new_modules[name] for name in added},
        lambda before, after: _contents(before) == _contents(after),
    )
    for name in (*added, *removed):
        if name in new_modules:
            context.new.all(name)  # Nothing is compared in it, but it has to parse.
    for name in added:
        if name not in new_names.values():
            yield _module(name, Fact.ADDED, Change.ADDED)
    for name in removed:
        if name in new_names:
            yield _module(name, Fact.RENAMED, Change.MODIFIED, Renamed(name, new_names[name]))
        else:
            yield _module(name, Fact.REMOVED, Change.REMOVED)


def _module(name: str, fact: Fact, change: Change, detail: Renamed | None = None) -> Difference:
    step = Step(Kind.MODULE, name)
    announced = None if change is Change.ADDED else False  # nothing deprecates a module
    return Difference(
        Subject.MODULE, fact, "(module)", name, (step,), change, detail=detail, announced=announced
    )


def _contents(module: Module) -> list[bytes]:
    """Return the lines of a module, whatever their order: an API file indents them by the module's name."""
    lines = (line.strip() for file in module.files for line in file.content.split(b"\n"))
    return sorted(line for line in lines if line)


def _changed_declarations(context: Context, mentions: Mentions) -> dict[Origin, Match]:
    changed = matches(context, mentions)
    admit_repeated(context, changed.values())
    # Only now, when every file that matters is outlined, is it known what is broken.
    damages = _hiding(context)
    if any(damage.names is None for damage in damages):
        return {}
    hidden = {name for damage in damages for name in (*(damage.names or ()), damage.key)}
    return {name: match for name, match in changed.items() if match.key not in hidden}


def _declarations(context: Context, changed: Mapping[Origin, Match]) -> Iterator[Difference]:
    renames = declaration_renames(context, changed.values())
    context.positions.expect(name for name, match in changed.items() if match.old is not None)
    context = context.with_changes(renames.declarations, changing_names(context, changed.values()))
    new_names = renames.new_names()
    for name, match in changed.items():
        if name not in new_names:
            try:
                yield from _compared(context, match, name, renames)
            except (RecursionError, MemoryError) as error:
                raise _too_large(match) from error


def _too_large(match: Match) -> SourceError:
    """Return the error of a declaration that no walk was prepared for: without it there is no verdict."""
    located = match.located
    message = f"{match.key} is larger or nested more deeply than can be compared: nothing was decided"
    return SourceError(mistakes=(Mistake(message, located.file, located.item.line, located.item.column + 1),))


def _compared(context: Context, match: Match, name: Origin, renames: Renames) -> Iterator[Difference]:
    """Compare a declaration with the one of its name, or with what became of it."""
    new_name = renames.new_name(name)
    place = declaration_place(context, match, new_name)
    if place is None:
        return  # broken text hides it, which was left out before
    if new_name is None or name in renames.services:
        yield from declaration_differences(place)
    elif name in renames.renamed:
        yield renamed(place, new_name[1])
    else:
        yield moved(place, new_name[0])


def _hiding(context: Context) -> list[Damage]:
    """Return the damages of either version that may hide declarations: nothing can be said of these."""
    return [
        damage
        for surface in (context.old, context.new)
        for _, _, damage in surface.damages()
        if not damage.in_body
    ]
