"""One declaration in both versions: added, removed, hidden, of another kind, or changed inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from msgspec.structs import replace

from semverdiff.api import type_text
from semverdiff.changes import Step
from semverdiff.compare import declarations
from semverdiff.compare.details import KindChanged, Moved, Renamed
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.kinds import kind_of, subject_of
from semverdiff.compare.metadata import metadata_differences
from semverdiff.compare.place import Form, Place, declared_form
from semverdiff.syntax import nodes, same_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff import api
    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.mentions import Match

__all__ = ["declaration_differences", "declaration_place", "moved", "renamed"]

_Name = tuple[str, str]

_INIT: Final = "init"


def declaration_place(context: Context, match: Match, new_name: _Name | None = None) -> Place | None:
    """Return the place of a declaration; `None` if neither version has it, but for what cannot be read.

    `new_name` is where the new version has it, by module and key, if not under the same name.
    """
    new_module, new_key = new_name or (match.module, match.key)
    located = match.new if new_name is None else context.new.locate(new_module, new_key)
    old = _form(context.old, match.module, match.key, match.old)
    new = _form(context.new, new_module, new_key, located)
    form = old if old.node is not None else new
    declaration = _declaration(form)
    if declaration is None:
        return None
    symbol = match.key.removeprefix("@")
    return Place(
        context=context,
        module=match.module,
        subject=subject_of(declaration),
        symbol=symbol,
        trail=(Step(kind_of(declaration, match.module, form.surface), symbol),),
        old=old,
        new=new,
        declared=old.node if type(old.node) is nodes.Function else None,
    )


def _form(surface: api.Surface, module: str, key: str, located: api.Located | None) -> Form:
    return (
        Form(None, module, surface, "") if located is None else declared_form(surface, (module, key), located)
    )


def renamed(place: Place, new_name: str) -> Difference:
    """Return the difference of a declaration that has another name now."""
    return place.replaced(Fact.RENAMED, Renamed(place.symbol, new_name.removeprefix("@")))


def moved(place: Place, new_module: str) -> Difference:
    """Return the difference of a declaration that stands in another module now."""
    return place.about(Subject.SYMBOL).replaced(Fact.MOVED_TO_OTHER_MODULE, Moved(place.module, new_module))


def declaration_differences(place: Place) -> Iterator[Difference]:
    """Compare two declarations, as far as clients, deployers or the network can tell them apart."""
    exported = place.context.exported(place.module)
    old, new = _declaration(place.old), _declaration(place.new)
    if type(old) is nodes.TypeDefinition or (type(old) is nodes.Function and old.name != _INIT):
        # As most are: to find that a node is of another form takes a pattern long.
        if exported:
            yield from _public_differences(place, old, new)
        return
    match old, new:
        case (nodes.Service() | None, nodes.Service() | None):
            # What only tests use, or nobody, is no network API.
            running = place.context.runs
            before = old if running(place.context.old, place.old.module) else None
            after = new if running(place.context.new, place.new.module) else None
            if before is not None or after is not None:
                yield from declarations.service_differences(place, before, after)
        case (nodes.Constant() | nodes.Variable() | None, nodes.Constant() | nodes.Variable() | None):
            if exported or any(map(declarations.is_configurable, (old, new))):
                yield from _named_value_differences(place, old, new)
        case (nodes.Function(name="init") | None, nodes.Function(name="init") | None):
            # It may be compared for a name in it that means something else: then it is no other function.
            if exported and not _same_init(old, new):
                yield place.about(Subject.MODULE).differs(Fact.INIT_CHANGED)
        case _ if exported:
            yield from _public_differences(place, old, new)


def _named_value_differences(
    place: Place, old: nodes.Constant | nodes.Variable | None, new: nodes.Constant | nodes.Variable | None
) -> Iterator[Difference]:
    """Compare what a name of a value is in each version, also where a member of an enum has that name."""
    if old is None and declarations.was_enum_member(place, new):
        return
    if new is None:
        member = declarations.enum_member_instead(place, old)
        if member is not None:
            new, form = member
            place = replace(place, new=form)
    yield from declarations.value_differences(place, old, new)
    yield from _metadata(place, old, new)


def _same_init(old: nodes.Function | None, new: nodes.Function | None) -> bool:
    """Return whether a module's `init` does the same as before: layout, comments and metadata do nothing."""
    if old is None or new is None:
        return False
    return (
        old.qualifiers == new.qualifiers
        and type_text(old.signature.result) == type_text(new.signature.result)
        and same_body(old.body or b"", new.body or b"")
    )


def _declaration(form: Form) -> nodes.Declaration | None:
    """Return the declaration of a form, which here has nothing else."""
    return cast("nodes.Declaration | None", form.node)


def _metadata(
    place: Place, old: nodes.Declaration | None, new: nodes.Declaration | None
) -> Iterator[Difference]:
    if old is not None and new is not None:
        yield from metadata_differences(place, old.metadata, new.metadata)


def _public_differences(
    place: Place, old: nodes.Declaration | None, new: nodes.Declaration | None
) -> Iterator[Difference]:
    """Compare what clients see of a name."""
    before = old if old is not None and old.public else None
    after = new if new is not None and new.public else None
    if before is None:
        if after is not None:
            yield place.about(subject_of(after)).only_new().differs(Fact.ADDED)
    elif after is None:
        yield place.differs(Fact.REMOVED if new is None else Fact.VISIBILITY_REDUCED)
    else:
        yield from _both(place, before, after)
        yield from metadata_differences(place, before.metadata, after.metadata)


def _both(place: Place, old: nodes.Declaration, new: nodes.Declaration) -> Iterator[Difference]:
    """Compare two public declarations, without their own metadata."""
    match old, new:
        case nodes.Function(), nodes.Function():
            yield from declarations.function_differences(place, old, new)
        case (
            (nodes.TypeDefinition() | nodes.Class() | nodes.Enum()),
            (nodes.TypeDefinition() | nodes.Class() | nodes.Enum()),
        ):
            yield from declarations.definition_differences(place)
        case nodes.Listener(), nodes.Listener():
            yield from declarations.listener_differences(place, old, new)
        case nodes.AnnotationDeclaration(), nodes.AnnotationDeclaration():
            yield from declarations.annotation_differences(place, old, new)
        case _:
            kinds = (
                kind_of(old, place.module, place.old.surface),
                kind_of(new, place.module, place.new.surface),
            )
            yield place.about(Subject.SYMBOL).differs(Fact.KIND_CHANGED, KindChanged(*kinds))
