"""Classes and object types: qualifiers, openness, inclusions, fields, init, methods, paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.two_versions import compared, rules

from semverdiff.compare import Condition
from semverdiff.compare.declarations.resources import Paths
from semverdiff.syntax.nodes import NIL, BuiltinType, Location, Metadata, Method, PathSegment, Signature

if TYPE_CHECKING:
    from semverdiff.compare import Difference


def differences(old: str, new: str) -> list[Difference]:
    """Compare the class or object type `C` of two snippets."""
    return compared(old, new, "C")


def body(*members: str, head: str = "public class C") -> str:
    return f"{head} {{ {' '.join(members)} }}"


PUBLIC = "public int a = 0;"
PRIVATE = "private int hidden = 0;"
INIT = "public isolated function init() { }"
GET = "resource function get "
CLIENT = "public client class C"


CLASSES = {
    "nothing changed": (body(PUBLIC), body(PUBLIC), []),
    "field added": (body(), body(PUBLIC), ["C.a: class-field-added"]),
    "field removed": (body(PUBLIC), body(), ["C.a: class-field-removed"]),
    "field renamed": (body(PUBLIC), body("public int b = 0;"), ["C.a: class-field-renamed"]),
    "another field came": (
        body(PUBLIC),
        body('public string b = "";'),
        ["C.a: class-field-removed", "C.b: class-field-added"],
    ),
    "field added beside one of its type": (
        body(PUBLIC),
        body(PUBLIC, "public int b = 0;"),
        ["C.b: class-field-added"],
    ),
    "sealed by a method": (body(PUBLIC), body(PUBLIC, "private function f() { }"), ["C: class-sealed"]),
    "method for one that nobody sees": (
        body("public function f() { }"),
        body("private function g() { }"),
        ["C.f: class-method-removed", "C: class-sealed"],
    ),
    "field hidden": (body(PUBLIC), body("int a = 0;"), ["C.a: class-field-visibility-reduced"]),
    "field shown": (
        body("int a = 0;", PRIVATE),
        body(PUBLIC, PRIVATE),
        ["C.a: class-field-added"],
    ),
    "field retyped": (body(PUBLIC), body("public json a = 0;"), ["C.a: class-field-type-widened"]),
    "field type in other words": (
        body("public int|string a = 0;"),
        body("public string|int a = 0;"),
        ["C.a: class-field-type-respelled"],
    ),
    "field final": (body(PUBLIC), body("public final int a = 0;"), ["C.a: class-field-final-added"]),
    "field final no more": (
        body("public final int a = 0;"),
        body(PUBLIC),
        ["C.a: class-field-final-removed"],
    ),
    "field hidden, and another one that nobody sees": (
        body(PUBLIC),
        body("private int b = 0;"),
        ["C.a: class-field-removed", "C: class-sealed"],
    ),
    "field behind one that nobody sees": (
        body(PRIVATE, PUBLIC),
        body(PRIVATE, "public json a = 0;"),
        ["C.a: class-field-type-widened"],
    ),
    "field documented": (body(PUBLIC), body(f"# A number.\n{PUBLIC}"), ["C.a: documentation-changed"]),
    "field starts otherwise": (
        body(PUBLIC),
        body("public int a = 1;"),
        ["C.a: class-field-initial-value-changed"],
    ),
    "field starts with another value of a constant": (
        f"const D = 1; {body('public int a = D;')}",
        f"const D = 2; {body('public int a = D;')}",
        ["C.a: class-field-initial-value-changed"],
    ),
    "private members are nobody's business": (
        body("private int x = 0; private function f() { }"),
        body('private string y = ""; private function g(int a) { }'),
        [],
    ),
    "sealed": (body(PUBLIC), body(PUBLIC, PRIVATE), ["C: class-sealed"]),
    "opened": (body(PUBLIC, PRIVATE), body(PUBLIC), ["C: class-opened"]),
    "hiding a member says that it seals": (
        body("public function f() { }"),
        body("function f() { }"),
        ["C.f: class-method-visibility-reduced"],
    ),
    "distinct": (body(), body(head="public distinct class C"), ["C: class-distinct-added"]),
    "isolated no more": (body(head="public isolated class C"), body(), ["C: class-isolated-removed"]),
    "client": (body(), body(head=CLIENT), ["C: class-client-qualifier-added"]),
    "client to service": (
        body(head=CLIENT),
        body(head="public service class C"),
        ["C: class-client-to-service"],
    ),
    "readonly says what final would": (
        body(PUBLIC),
        body("public final int a = 0;", head="public readonly class C"),
        ["C: class-readonly-added"],
    ),
    "isolated init came": (body(), body(INIT), ["C.init: class-init-added"]),
    "init came that is not isolated": (
        body(),
        body("public function init(int a = 1) { }"),
        ["C.init(a): init-parameter-defaultable-added", "C.init: class-init-not-isolated-added"],
    ),
    "init came that every `new` misses": (
        body(),
        body("public function init(int a) { }"),
        ["C.init(a): init-parameter-required-added", "C.init: class-init-added"],
    ),
    "init came that may fail": (
        body(),
        body("public isolated function init() returns error? { }"),
        ["C.init: class-init-added", "C.init: init-error-added"],
    ),
    "init went": (body(INIT), body(), ["C.init: class-init-removed"]),
    "init with parameters went": (
        body("public isolated function init(int a) { }"),
        body(),
        ["C.init(a): init-parameter-removed", "C.init: class-init-removed"],
    ),
    "init hidden": (body(INIT), body("isolated function init() { }"), ["C.init: init-visibility-reduced"]),
    "init shown": (body("isolated function init() { }"), body(INIT), ["C.init: class-init-added"]),
    "method added": (body(), body("public function f() { }"), ["C.f: class-method-added"]),
    "method renamed": (
        body("public function f(int a) { }"),
        body("public function g(int a) { }"),
        ["C.f: class-method-renamed"],
    ),
    "another method came": (
        body("public function f(int a) { }"),
        body("public function g(int b) { }"),
        ["C.f: class-method-removed", "C.g: class-method-added"],
    ),
    "two candidates for a new name": (
        body("public function f() { }"),
        body("public function g() { } public function h() { }"),
        ["C.f: class-method-removed", "C.g: class-method-added", "C.h: class-method-added"],
    ),
    "method isolated": (
        body("public function f() { }"),
        body("public isolated function f() { }"),
        ["C.f: method-isolated-added"],
    ),
    "method result": (
        body("public function f() { }"),
        body("public function f() returns error? { }"),
        ["C.f: method-return-error-added"],
    ),
    "method body": (
        body("public function f() returns int { return 1; }"),
        body("public function f() returns int { return 2; }"),
        ["C.f: method-body-changed"],
    ),
    "method layout": (
        body("public function f() returns int { return 1; }"),
        body("public function f() returns int {\n    // the answer\n    return 1;\n}"),
        [],
    ),
    "remote method": (
        body("remote function f() { }", head=CLIENT),
        body("remote function f(int a) { } remote function g() { }", head=CLIENT),
        ["C.f(a): remote-method-parameter-required-added", "C.g: class-remote-method-added"],
    ),
    "remote method renamed, and a method removed that looks like it": (
        body("remote function f() { } public function h() { }", head=CLIENT),
        body("remote function g() { }", head=CLIENT),
        ["C.f: class-remote-method-renamed", "C.h: class-method-removed"],
    ),
    "method became remote": (
        body("public function f() { }", head=CLIENT),
        body("remote function f() { }", head=CLIENT),
        ["C.f: method-kind-changed"],
    ),
    "remote method became a resource": (
        body("remote function status() { }", head=CLIENT),
        body("resource function get status() { }", head=CLIENT),
        ["C.status: method-kind-changed"],
    ),
    "remote method became private": (
        body("remote function f() { }", head=CLIENT),
        body("function f() { }", head=CLIENT),
        ["C.f: class-remote-method-removed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CLASSES.values(), ids=CLASSES)
def test_class(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(old, new)) == expected


PATHS = {
    "path parameter renamed": (
        "users/[int id]",
        "users/[int key]",
        ["C[get users/{}]: resource-path-parameter-renamed"],
    ),
    "path parameter retyped": (
        "users/[int id]",
        "users/[string id]",
        ["C[get users/{}]: resource-path-parameter-type-changed"],
    ),
    "rest retyped": (
        "users/[int... ids]",
        "users/[string... ids]",
        ["C[get users/{...}]: resource-path-rest-type-changed"],
    ),
    "parameter to rest": (
        "users/[string id]",
        "users/[string... id]",
        ["C[get users/{}]: resource-path-parameter-to-rest"],
    ),
    "rest to parameter": (
        "users/[string... id]",
        "users/[string id]",
        ["C[get users/{...}]: resource-path-rest-to-parameter"],
    ),
    "generalised": (
        "users/top",
        "users/[string id]",
        ["C[get users/top]: resource-path-segment-generalised"],
    ),
    "specialised": ("users/[string id]", "users/top", ["C[get users/{}]: resource-path-segment-specialised"]),
    "a number is no segment's name": (
        "users/top",
        "users/[int id]",
        ["C[get users/top]: class-resource-removed", "C[get users/{}]: class-resource-added"],
    ),
    "one segment renamed": ("users/[int id]", "people/[int id]", ["C[get users/{}]: class-resource-renamed"]),
    "two segments renamed": (
        "a/b",
        "c/d",
        ["C[get a/b]: class-resource-removed", "C[get c/d]: class-resource-added"],
    ),
    "root": (".", "users", ["C[get .]: class-resource-removed", "C[get users]: class-resource-added"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), PATHS.values(), ids=PATHS)
def test_resource_path(old: str, new: str, expected: list[str]) -> None:
    before, after = (body(f"{GET}{path}() {{ }}", head=CLIENT) for path in (old, new))
    assert rules(differences(before, after)) == expected


def test_parameters_of_a_resource_stand_behind_its_path() -> None:
    old = body(f"{GET}users/[int id](boolean full) {{ }}", head=CLIENT)
    new = body(f"{GET}users/[int id](boolean all) {{ }}", head=CLIENT)
    assert rules(differences(old, new)) == ["C[get users/{}](full): resource-parameter-renamed"]


def test_trail_leads_from_the_class_to_the_parameter() -> None:
    old = body(f"{GET}users/[int id](boolean full) {{ }}", head=CLIENT)
    (found,) = differences(old, old.replace("full", "all"))
    assert [(step.kind, step.name) for step in found.trail] == [
        ("client class", "C"),
        ("resource", "get users/{}"),
        ("parameter", "full"),
    ]


NAMED = "public type Named distinct object { public string name; };"
PLAIN = "public type Named object { public string name; };"
SHAPE = "public type C object {{ {} }};"

OBJECT_TYPES = {
    "method added": ("", "public function f();", ["C.f: object-method-added"]),
    "method hidden": ("public function f();", "function f();", ["C.f: object-method-visibility-reduced"]),
    "sealed": ("public int a;", "public int a; private int b;", ["C: object-sealed"]),
    "no init": ("", "", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), OBJECT_TYPES.values(), ids=OBJECT_TYPES)
def test_object_type(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(SHAPE.format(old), SHAPE.format(new))) == expected


INCLUSIONS = {
    "expanded": (
        PLAIN + SHAPE.format("*Named;"),
        PLAIN + SHAPE.format("public string name;"),
        ["C: object-inclusion-respelled"],
    ),
    "distinct one expanded": (
        NAMED + SHAPE.format("*Named;"),
        NAMED + SHAPE.format("public string name;"),
        ["C: object-type-id-removed"],
    ),
    "distinct one included": (
        NAMED + SHAPE.format("public string name;"),
        NAMED + SHAPE.format("*Named;"),
        ["C: object-type-id-added"],
    ),
    "brings a member": (
        PLAIN + SHAPE.format(""),
        PLAIN + SHAPE.format("*Named;"),
        ["C.name: object-field-added"],
    ),
    "a public type changes at its own name": (
        PLAIN + SHAPE.format("*Named;"),
        "public type Named distinct object { public int name; private int x; };" + SHAPE.format("*Named;"),
        [],
    ),
    "a public type changes at its own name, whatever else differs": (
        PLAIN + SHAPE.format("*Named;"),
        "public type Named object { public int name; public int more; };"
        + SHAPE.format("*Named; public function f();"),
        ["C.f: object-method-added"],
    ),
    "a type id is lost where it was included": (
        NAMED + "public type Both object { *Named; };" + SHAPE.format("*Both;"),
        NAMED + "public type Both object { };" + SHAPE.format("*Both; public function f();"),
        ["C.f: object-method-added"],
    ),
    "a private type changes where it is included": (
        "type Named object { public string name; };" + SHAPE.format("*Named;"),
        "type Named object { public int name; };" + SHAPE.format("*Named;"),
        ["C.name: object-field-type-changed"],
    ),
    "another package's type is not read": (
        "import acme/other; " + SHAPE.format("*other:Named;"),
        "import acme/other; " + SHAPE.format(""),
        ["C: object-type-id-removed?"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), INCLUSIONS.values(), ids=INCLUSIONS)
def test_inclusion(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(old, new)) == expected


def test_what_many_types_include_is_looked_at_once() -> None:
    """Each type includes two that both include the next two: there are more ways than can be gone."""
    types = "".join(f"type A{at} object {{ *A{at + 1}; *B{at + 1}; }};" for at in range(40))
    ends = "type A40 object { }; type B40 object { };"
    included = f"{types} {types.replace('type A', 'type B')} {ends}"
    old, new = (f"{included} {body('*A0;', more)}" for more in ("", PUBLIC))
    assert rules(differences(old, new)) == ["C.a: class-field-added"]


LISTENER = """
public class C {{
    private int port = 0;
    public function attach({}) returns error? {{ }}
    public function detach({} s) returns error? {{ }}
    public function 'start() returns error? {{ }}
    public function gracefulStop() returns error? {{ }}
    public function immediateStop() returns error? {{ }}
}}
public type Api service object {{ remote function f(); }};
"""


def test_a_listener_takes_other_services() -> None:
    old = LISTENER.format("service object { } s, string? name = ()", "service object { }")
    new = LISTENER.format("Api s, string? name = ()", "Api")
    assert rules(differences(old, new)) == ["C.attach(s): listener-service-type-narrowed"]


def test_a_listener_takes_other_attach_points() -> None:
    old, new = (LISTENER.format(f"Api s, {point} name = ()", "Api") for point in ("string?", "string[]?"))
    assert rules(differences(old, new)) == ["C.attach(name): listener-attach-point-changed"]


def test_what_else_changes_in_a_listener_is_told_of_its_methods() -> None:
    old = LISTENER.format("Api s", "Api")
    new = old.replace("gracefulStop()", "gracefulStop(int a)")
    assert rules(differences(old, new)) == ["C.gracefulStop(a): method-parameter-required-added"]


def test_a_class_that_becomes_a_listener_gets_methods() -> None:
    new = LISTENER.format("Api s", "Api")
    assert rules(differences(new.replace(" attach(", " attached("), new)) == [
        "C.attached: class-method-renamed"
    ]


def test_a_class_without_the_other_methods_is_no_listener() -> None:
    old, new = (body(f"public function attach({kind} s) {{ }}") for kind in ("int", "string"))
    assert rules(differences(old, new)) == ["C.attach(s): method-parameter-type-changed"]


CONTEXTS = {
    "open class": (body(PUBLIC), body(PUBLIC, "public int b = 0;"), Condition.OPEN_CLASS),
    "sealed class": (body(PRIVATE), body(PUBLIC, PRIVATE), Condition.SEALED),
    "class that is sealed only now": (body(), body(PUBLIC, PRIVATE), Condition.OPEN_CLASS),
    "private init does not seal": (
        body("private function init() { }"),
        body("private function init() { }", PUBLIC),
        Condition.OPEN_CLASS,
    ),
    "open object type": (SHAPE.format(""), SHAPE.format("public int b;"), Condition.OPEN_OBJECT_TYPE),
    "sealed object type": (SHAPE.format("private int a;"), SHAPE.format("public int a;"), Condition.SEALED),
}


@pytest.mark.parametrize(("old", "new", "context"), CONTEXTS.values(), ids=CONTEXTS)
def test_context_is_that_of_the_old_version(old: str, new: str, context: Condition) -> None:
    assert {one.conditions for one in differences(old, new)} == {frozenset({context})}


def test_a_signature_carries_the_context_of_its_class() -> None:
    old, new = (body(PRIVATE, f"public function f({list_}) {{ }}") for list_ in ("", "int a"))
    assert [one.conditions for one in differences(old, new)] == [frozenset({Condition.SEALED})]


WRITABLE = {
    "a final field": ("public final int a = 0;", True),
    "a private field": (PRIVATE, True),
    "a field that clients write": (PUBLIC, False),
}


@pytest.mark.parametrize(("field", "unwritable"), WRITABLE.values(), ids=WRITABLE)
def test_readonly_breaks_no_writer_of(field: str, unwritable: bool) -> None:  # noqa: FBT001 (a case's label)
    (found,) = differences(body(field), body(field, head="public readonly class C"))
    assert found.rule == "class-readonly-added"
    assert (Condition.NO_WRITABLE_PUBLIC_FIELD in found.conditions) is unwritable


def test_a_resource_beside_a_general_one_may_take_its_calls() -> None:
    old = body(PRIVATE, f"{GET}users/[string id]() {{ }}", head=CLIENT)
    new = body(PRIVATE, f"{GET}users/[string id]() {{ }} {GET}users/top() {{ }} {GET}a() {{ }}", head=CLIENT)
    assert {one.symbol: Condition.PATH_OVERLAPS in one.conditions for one in differences(old, new)} == {
        "C[get users/top]": True,
        "C[get a]": False,
    }


OVERLAPS = {
    "a name beside a rest": ("[string... all]", "a", True),
    "a rest beside a name": ("a", "[string... all]", True),
    "a rest below another name": ("a", "b/[string... all]", False),
    "a longer path below a rest": ("a/[string... all]", "a/b/c", True),
    "a longer path": ("[string id]", "a/b", False),
    "a shorter path": ("[string id]/b", "a", False),
    "a number where names are": ("a", "[int id]", False),
}


@pytest.mark.parametrize(("old", "new", "overlaps"), OVERLAPS.values(), ids=OVERLAPS)
def test_calls_may_reach_a_new_resource_that_is(old: str, new: str, *, overlaps: bool) -> None:
    before = body(PRIVATE, f"{GET}{old}() {{ }}", head=CLIENT)
    after = body(PRIVATE, f"{GET}{old}() {{ }} {GET}{new}() {{ }}", head=CLIENT)
    (found,) = differences(before, after)
    assert (Condition.PATH_OVERLAPS in found.conditions) is overlaps


def test_a_resource_of_another_name_and_another_path_parameter_is_another_one() -> None:
    old, new = (
        body(PRIVATE, f"{GET}{path}() {{ }}", head=CLIENT) for path in ("users/[int id]", "people/[error id]")
    )
    assert rules(differences(old, new)) == [
        "C[get people/{}]: class-resource-added",
        "C[get users/{}]: class-resource-removed",
    ]


def test_an_implementer_is_shown_the_old_method() -> None:
    (found,) = differences(
        body("public function f() returns int { return 1; }"),
        body("public isolated function f() returns int { return 1; }"),
    )
    assert isinstance(found.declared, Method)
    assert (found.declared.name, found.declared.qualifiers) == ("f", frozenset())


SEGMENTS = st.one_of(
    st.sampled_from(["a", "b"]).map(lambda name: PathSegment("name", name, None)),
    st.sampled_from(["int", "string"]).map(lambda type_: PathSegment("parameter", "p", BuiltinType(type_))),
)
RESTS = st.sampled_from([(), (PathSegment("rest", "r", BuiltinType("string")),)])
PATH = st.tuples(st.lists(SEGMENTS, max_size=3).map(tuple), RESTS).map(lambda parts: (*parts[0], *parts[1]))


def overlap(old: tuple[PathSegment, ...], new: tuple[PathSegment, ...]) -> bool:
    return Paths([resource(old)]).overlap(resource(new))


def resource(path: tuple[PathSegment, ...], accessor: str = "get") -> Method:
    signature, metadata = Signature((), NIL), Metadata(Location(1, 1))
    return Method(accessor, "resource", "public", frozenset(), path, signature, None, metadata)


def overlapping(old: tuple[PathSegment, ...], new: tuple[PathSegment, ...]) -> bool:
    """Compare segment by segment, as the specification says it."""
    if not old or not new:
        return all(segment.kind == "rest" for segment in (*old, *new))
    (first, *_), (second, *_) = old, new
    if "rest" in {first.kind, second.kind}:
        return True
    names = {one.name for one in (first, second) if one.kind == "name"}
    numbers = any(one.type == BuiltinType("int") for one in (first, second))
    same = len(names) < 2 and not (names and numbers)
    return same and overlapping(old[1:], new[1:])


@pytest.mark.slow
@given(PATH, PATH)
def test_paths_overlap_segment_by_segment(old: tuple[PathSegment, ...], new: tuple[PathSegment, ...]) -> None:
    assert overlap(old, new) == overlapping(old, new)
    assert overlap(old, old)


@pytest.mark.slow
@given(st.lists(PATH, max_size=4), PATH)
def test_a_path_overlaps_several_if_it_overlaps_one(
    olds: list[tuple[PathSegment, ...]], new: tuple[PathSegment, ...]
) -> None:
    assert Paths(map(resource, olds)).overlap(resource(new)) == any(overlap(old, new) for old in olds)


def test_another_accessor_takes_other_calls() -> None:
    assert not Paths([resource((), "post")]).overlap(resource(()))
