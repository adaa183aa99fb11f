"""Clients that use types, enums, constants, variables, listeners, annotations and modules by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.clients import calls, losses, object_uses, objects, values, writes
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.program import NOT_SHOWN, Block, Line
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.api import Type
    from semverdiff.clients.draft import Draft
    from semverdiff.clients.program import Part

__all__ = [
    "annotate",
    "annotate_not_constant",
    "assign_to_data",
    "assign_to_old",
    "compare_value",
    "exhaust",
    "import_module",
    "listen",
    "listen_by_method",
    "make_old",
    "name_as_type",
    "name_value",
    "read",
    "read_annotation",
    "read_isolated",
    "use_by_kind",
    "use_type",
    "write",
    "write_into",
]

_DATA = {Fact.JSON_LOST: "json", Fact.ANYDATA_LOST: "anydata", Fact.READONLY_LOST: "readonly"}
_POINTS = (
    ("/path ", nodes.ArrayType(nodes.BuiltinType("string"), None)),
    ('"path" ', nodes.BuiltinType("string")),
    ("", nodes.NIL),
)
# What stands below an annotation on such a point: its name, and how it is declared. The simplest first.
_ATTACHED: Mapping[str, tuple[str, Callable[[str], Part]]] = {
    "type": ("Mine", lambda name: Line(f"type {name} record {{}};")),
    "class": ("Mine", lambda name: Block(Line(f"class {name} {{"), ())),
    "function": ("work", lambda name: Block(Line(f"function {name}() {{"), ())),
    "const": ("LIMIT", lambda name: Line(f"const {name} = 1;")),
    "annotation": ("Other", lambda name: Line(f"annotation {name} on function;")),
    "var": ("count", lambda name: Line(f"int {name} = 1;")),
}
_LITERAL_KINDS = frozenset({"int", "string", "boolean", "float", "decimal"})


def use_type(draft: Draft) -> None:
    """Declare a variable of the type, with a value of it."""
    target = draft.declared()
    name = draft.names.of(target.module, target.key)
    value = draft.value(draft.named, "value")
    draft.say(f"{name} {draft.names.fresh('instance')} = {value};", breaks=True)


def make_old(draft: Draft) -> None:
    """Use a value of what the type stood for as one of the type."""
    target = draft.declared()
    name = draft.names.of(target.module, target.key)
    old = _stood_for(draft)
    value = draft.typed(old, "given")
    draft.say(f"{name} {draft.names.fresh('instance')} = {value};", breaks=True)


def assign_to_old(draft: Draft) -> None:
    """Read a value of the type as what the type stood for."""
    old = _stood_for(draft)
    text = draft.names.text(old)
    value = draft.typed(draft.named, "given")
    draft.say(f"{text} {draft.names.fresh('instance')} = {value};", breaks=True)


def _stood_for(draft: Draft) -> Type:
    """Return the old type as it is written, so that the new meaning of the name does not count."""
    target = draft.declared()
    if isinstance(target.declaration, nodes.Enum):
        _first_member(target.declaration)
    match draft.difference.detail:
        case TypeChanged(old=api.Type() as old):
            return _outside(draft, old)
    match target.declaration:
        case nodes.TypeDefinition(type=descriptor):
            return target.type_of(descriptor)
    raise NotWritableError("the old type has no other spelling")


def _outside(draft: Draft, old: Type) -> Type:
    """Return the definition of the declared type where the detail has no more than its name."""
    match old.descriptor, draft.difference.subject:
        case nodes.Reference(), Subject.TYPE:
            target = old.target()
            if target is not None and target.key == draft.declaring:
                match target.declaration:
                    case nodes.TypeDefinition(type=descriptor):
                        return target.type_of(descriptor)
    return old


def compare_value(draft: Draft) -> None:
    """Compare a value of the type, or of the variable, with one that it can no longer be."""
    example = losses.example_of(draft)
    target = draft.declared()
    if isinstance(target.declaration, nodes.Variable):
        place = draft.names.of(target.module, target.key)
    else:
        place = draft.typed(draft.named, "value")
    draft.say(
        f"boolean {draft.names.fresh('lost')} = {losses.lost_test(draft, place, example)};", breaks=True
    )


def assign_to_data(draft: Draft) -> None:
    """Use a value as json, anydata or readonly."""
    kind = _DATA.get(draft.difference.fact, "anydata")
    value = draft.typed(draft.named, "value")
    draft.say(f"{kind} {draft.names.fresh('data')} = {value};", breaks=True)


def exhaust(draft: Draft) -> None:
    """Handle every member of the old enum in a function that returns from each clause."""
    target = draft.declared()
    if not isinstance(target.declaration, nodes.Enum):
        raise NotWritableError("the old version declares no enum of the name")
    members = target.declaration.members
    draft.spend(len(members))
    name = draft.names.of(target.module, target.key)
    function = draft.names.fresh("describe")
    clauses = tuple(
        Block(
            Line(f"{draft.names.of(target.module, one.name)} => {{"),
            (Line(f"return {quoted(one.name.lower())};"),),
        )
        for one in members
    )
    match = Block(Line("match value {", breaks=True), clauses)
    draft.declare(Block(Line(f"function {function}({name} value) returns string {{"), (match,)))


def name_value(draft: Draft) -> None:
    """Assign the old value to what carries the name, or to a member of an enum its old string."""
    target = draft.declared()
    match target.declaration:
        case nodes.Enum():
            found = target.surface.enum_member(target.module, draft.name)
            if found is None:
                raise NotWritableError("the old enum has no such member")
            member = found[1]
            value = api.enum_member_value(member, target.module, target.surface)
            place = draft.names.of(target.module, member.name)
            draft.say(f"{_literal(value)} {draft.names.fresh('member')} = {place};", breaks=True)
        case nodes.Constant() as constant:
            value = api.constant_value(constant, target.module, target.surface)
            name = draft.names.of(target.module, target.key)
            draft.say(f"{name} {draft.names.fresh('number')} = {_literal(value)};", breaks=True)
        case _:
            raise NotWritableError("the old version declares no constant of the name")


def _literal(value: tuple[str, object]) -> str:
    kind, content = value
    if kind not in _LITERAL_KINDS:
        raise NotWritableError("the old value is more than a literal")
    match content:
        case bool():
            return str(content).lower()
        case str():
            return quoted(content)
        case _:
            return f"{content}d" if kind == "decimal" else str(content)


def name_as_type(draft: Draft) -> None:
    """Use a constant as a type."""
    target = draft.declared()
    name = draft.names.of(target.module, target.key)
    match target.declaration:
        case nodes.Constant() as constant:
            if api.constant_value(constant, target.module, target.surface)[0] == "int":
                draft.parameter(f"int[{name}]", "numbers", breaks=True)
                return
    draft.say(f"{name} {draft.names.fresh('copy')} = {name};", breaks=True)


def read(draft: Draft) -> None:
    """Read a variable, constant or member of an enum as the old type."""
    target = draft.declared()
    place = draft.names.of(target.module, target.key)
    match target.declaration:
        case nodes.Enum():
            member = draft.names.of(target.module, draft.name)
            if draft.name == draft.declaring:
                member = draft.names.of(target.module, _first_member(target.declaration))
            draft.say(f"{place} {draft.names.fresh('member')} = {member};", breaks=True)
            return
        case nodes.Constant() as constant:
            kind = api.constant_value(constant, target.module, target.surface)[0]
            text = kind if kind in _LITERAL_KINDS else "anydata"
        case nodes.Variable(type=descriptor) | nodes.Listener(type=descriptor):
            text = "any|error" if descriptor is None else draft.names.text(target.type_of(descriptor))
        case _:
            raise NotWritableError("the old version declares no value of the name")
    draft.say(f"{text} {draft.names.fresh('value')} = {place};", breaks=True)


def _first_member(enum: nodes.Enum) -> str:
    """Return the name of a member; raise `NotWritableError` for an enum that has none."""
    if not enum.members:
        raise NotWritableError("the old enum has no members")
    return enum.members[0].name


def read_isolated(draft: Draft) -> None:
    """Read a variable, in an isolated function if the old version allows that."""
    match draft.declared().declaration:
        case nodes.Variable(qualifiers=qualifiers):
            # SPEC, Isolated functions: they read what no other function changes.
            draft.isolated = "final" in qualifiers
    read(draft)


def write(draft: Draft) -> None:
    """Write a variable."""
    target = draft.declared()
    match target.declaration:
        case nodes.Variable(type=descriptor) if descriptor is not None:
            value = draft.typed(target.type_of(descriptor), "value")
            draft.say(f"{draft.names.of(target.module, target.key)} = {value};", breaks=True)
        case _:
            raise NotWritableError("the type of the old variable is not written")


def write_into(draft: Draft) -> None:
    """Change what a variable holds, or a value of a type."""
    target = draft.declared()
    old, new = draft.changed_types()
    place = draft.names.of(target.module, target.key)
    name = draft.names.fresh("value")
    draft.say(f"{draft.names.text(old)} {name} = {place};")
    draft.add(writes.write_into(draft, name, old, new))


def import_module(draft: Draft) -> None:
    """Import a module of the package; nothing else has to be done with it to break."""
    modules = draft.old.modules
    name = draft.module if draft.module in modules else next(iter(modules), draft.module)
    draft.names.imported(name)


def use_by_kind(draft: Draft) -> None:
    """Use a name as what it was: call a function, write a type, read a value."""
    target = draft.declared()
    match target.declaration:
        case nodes.Function():
            function = calls.called(draft)
            arguments = calls.arguments_of(draft, function.signature, function.home)
            calls.use_result(draft, function, arguments)
        case nodes.Class():
            try:
                draft.attempt(lambda: object_uses.construct_checked(draft))
            except NotWritableError:
                draft.received(draft.named, "instance", breaks=True)
        case nodes.TypeDefinition():
            use_type(draft)
        case _:
            read(draft)


def listen(draft: Draft) -> None:
    """Attach a service to the listener, or to a new one of the listener class."""
    target = draft.declared()
    match target.declaration:
        case nodes.Listener(type=descriptor):
            point = _attach_point(draft, None if descriptor is None else target.type_of(descriptor))
            name = draft.names.of(target.module, target.key)
        case _:
            point = _attach_point(draft, draft.named)
            name = _listener(draft)
    draft.declare(Block(Line(f"service {point}on {name} {{", breaks=True), ()))


def _attach_point(draft: Draft, listener: Type | None) -> str:
    """Return an attach point, with a blank, that the old listener took and the new one does not."""
    target = None if listener is None else api.object_type_of(listener)
    written = None if target is None else api.declared_object_type(target.declaration)
    if target is None or written is None:
        return "/path "
    attach = draft.members.object(target.type_of(written)).methods.get("attach")
    parameters = () if attach is None else attach.declared.signature.parameters
    if attach is None or len(parameters) < 2:  # noqa: PLR2004 (the service, and where it is attached)
        return ""
    old = attach.type_of(parameters[1].type)
    detail = draft.difference.detail
    new = detail.new if isinstance(detail, TypeChanged) else None
    fitting = [(text, form) for text, form in _POINTS if draft.members.within(old.with_descriptor(form), old)]
    lost = [
        text
        for text, form in fitting
        if new is not None and not draft.members.within(old.with_descriptor(form), new)
    ]
    return next(iter([*lost, *(text for text, _ in fitting)]), "/path ")


def _listener(draft: Draft) -> str:
    target = draft.declared()
    if not isinstance(target.declaration, nodes.Class):
        raise NotWritableError("the listener is no class")
    with draft.outside():
        made = values.new_object(draft, target)
    name = draft.names.fresh("entry")
    draft.declare(Line(f"listener {draft.names.of(target.module, target.key)} {name} = {made};"))
    return name


def listen_by_method(draft: Draft) -> None:
    """Attach an object of the old service type."""
    methods = draft.members.object(objects.written(draft.named)).methods
    attach = methods.get("attach")
    if attach is None:
        raise NotWritableError("the old listener has no attach")
    function = calls.method(draft, attach)
    parameter = function.signature.parameters[0]
    value = draft.typed(function.type_of(parameter.type), "offered")
    arguments = calls.arguments_of(draft, function.signature, function.home, given={parameter.name: value})
    calls.use_result(draft, function, arguments)


def annotate(draft: Draft) -> None:
    """Attach the annotation, with a value if it takes one."""
    declaration, name = _annotation(draft)
    _attach(draft, declaration, f"@{name}{_annotation_value(draft, declaration)}")


def annotate_not_constant(draft: Draft) -> None:
    """Attach the annotation with a value that is known at run time only."""
    declaration, name = _annotation(draft)
    if declaration.type is None:
        raise NotWritableError("the old annotation takes no value")
    type_ = _member_type(draft, declaration.type)
    create = draft.names.fresh("create")
    shown = api.record_shape(type_)
    match type_.descriptor:
        case nodes.ParameterizedType(name="map", parameter=parameter):
            part = type_.with_descriptor(parameter)
            value = f'{{"key": {create}()}}'
        case _ if shown is not None and (fields := draft.members.record(shown.type).fields):
            field = next(iter(fields.values()))
            part = api.field_type(field)
            value = values.record(draft, shown.type, {spelled(field.declared.name): f"{create}()"})
        case _:
            raise NotWritableError("the value of the annotation has no part that could vary")
    head = Line(f"function {create}() returns {draft.names.text(part)} {{")
    draft.declare(Block(head, (NOT_SHOWN,)))
    _attach(draft, declaration, f"@{name} {value}")


def read_annotation(draft: Draft) -> None:
    """Read the annotation of a type at run time."""
    declaration, name = _annotation(draft)
    own = _attach(draft, declaration, f"@{name}{_annotation_value(draft, declaration)}", breaks=False)
    type_ = "true" if declaration.type is None else draft.names.text(draft.type_of(declaration.type))
    described = draft.names.fresh("described")
    draft.say(f"typedesc<any> {described} = {own};")
    optional = f"({type_})?" if "|" in type_ or "&" in type_ else f"{type_}?"
    draft.say(f"{optional} {draft.names.fresh('value')} = {described}.@{name};", breaks=True)


def _annotation(draft: Draft) -> tuple[nodes.AnnotationDeclaration, str]:
    declaration = draft.old.declaration(draft.module, f"@{draft.declaring}")
    if not isinstance(declaration, nodes.AnnotationDeclaration) or not declaration.public:
        raise NotWritableError(f"the old version declares no public annotation '{draft.declaring}'")
    return declaration, draft.names.of(draft.module, draft.declaring)


def _member_type(draft: Draft, descriptor: nodes.TypeDescriptor) -> Type:
    """Return the type of one value of an annotation, which may be attached several times."""
    match descriptor:
        case nodes.ArrayType(member=member):
            return draft.type_of(member)
    return draft.type_of(descriptor)


def _annotation_value(draft: Draft, declaration: nodes.AnnotationDeclaration) -> str:
    if declaration.type is None or declaration.type == nodes.BuiltinType("true"):
        return ""
    match declaration.type:
        case nodes.SingletonType(text="true"):
            return ""
    value = draft.constructed_inline(_member_type(draft, declaration.type), "value")
    if not value.startswith("{"):
        raise NotWritableError("the value of the annotation is no mapping")
    return f" {value}"


def _attach(
    draft: Draft, declaration: nodes.AnnotationDeclaration, written: str, *, breaks: bool = True
) -> str:
    """Declare something that the annotation may be attached to, and return its name."""
    usual, declared = _ATTACHED[_attach_point_of(draft, declaration)]
    draft.declare(Line(written, breaks))
    name = draft.names.fresh(usual)
    draft.declare(declared(name))
    return name


def _attach_point_of(draft: Draft, declaration: nodes.AnnotationDeclaration) -> str:
    """Return what the old annotation may be attached to, and the new one no longer if possible."""
    new = draft.new.declaration(draft.module, f"@{draft.declaring}")
    old_points = _points(declaration)
    new_points = _points(new) if isinstance(new, nodes.AnnotationDeclaration) else frozenset[str]()
    known = [one for one in _ATTACHED if one in old_points]
    if not known:
        raise NotWritableError(f"the annotation is for {min(old_points)} only")
    return next((one for one in known if one not in new_points), known[0])


def _points(declaration: nodes.AnnotationDeclaration) -> frozenset[str]:
    """Return the attach points of an annotation; SPEC: without any it is attached to everything."""
    points = declaration.attach_points or _ATTACHED.keys()
    return frozenset(point.removeprefix("source ") for point in points)
