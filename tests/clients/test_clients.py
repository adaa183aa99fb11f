"""A client is a whole program of the old version: imports, values, calls, and the line that breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from msgspec import structs
from support.client_check import problems
from support.packages import package

from semverdiff.api import Outlines, Surface
from semverdiff.clients import Use, Writer, names, values
from semverdiff.compare import compare
from semverdiff.config import Policies, PolicyValue
from semverdiff.rules import Finding, evaluate, finding_of
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.api import Target, Type
    from semverdiff.clients.draft import Draft
    from semverdiff.compare import Difference

BODY = '{ panic error(""); }'
_OF_MODULES = (
    '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.a.x", "shop.b.x"]\n'
)
MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.%s"]\n'


def finding(
    rule: str,
    old: str | dict[str, str],
    new: str | dict[str, str],
    manifest: str = "",
    policies: Policies | None = None,
) -> Finding:
    """Return the only finding of a rule between two versions of acme/shop, with its client."""
    outlines = Outlines()
    before, after = (Surface(package(one, manifest or None), outlines) for one in (old, new))
    writer = Writer(before, after)
    found = evaluate(compare(before, after), policies or Policies(), strict=True, writer=writer)
    (only,) = [one for one in found if one.rule == rule]
    return only


def program(rule: str, old: str | dict[str, str], new: str | dict[str, str], manifest: str = "") -> str:
    """Return the client of a finding without the comment that marks its line."""
    return (finding(rule, old, new, manifest).client_program or "").replace("  // breaks", "")


def main(*statements: str, imports: str = "import acme/shop;", result: str = "") -> str:
    """Return a client whose function has these statements and no parameters."""
    lines = "\n".join(f"    {one}" for one in statements)
    return f"{imports}\n\npublic function main(){result} {{\n{lines}\n}}"


def changed(*, old: str, new: str, types: str = "") -> tuple[str, str]:
    """Return two versions of a function `f`, by its parameters and result."""
    before, after = (f"{types} public function f{one} {BODY}" for one in (old, new))
    return before, after


def test_the_line_that_breaks_is_marked_in_the_program() -> None:
    found = finding("function-removed", f"public function f(int id) returns int {BODY}", "")
    assert found.client == "int result = shop:f(1);"
    assert found.client_program == main("int result = shop:f(1);  // breaks")


RESULTS = {
    "nothing": ("", ["shop:f();"], ""),
    "a value": (" returns int[]", ["int[] result = shop:f();"], ""),
    "an error": (" returns error?", ["check shop:f();"], " returns error?"),
    "a value or an error": (" returns int|error", ["int result = check shop:f();"], " returns error?"),
    "a value, nil or an error": (
        " returns Order?|error",
        ["shop:Order|() result = check shop:f();"],
        " returns error?",
    ),
    "nothing ever": (" returns never", ["shop:f();"], ""),
}


@pytest.mark.parametrize(("result", "statements", "returns"), RESULTS.values(), ids=RESULTS)
def test_the_result_of_a_call_is_used(result: str, statements: list[str], returns: str) -> None:
    types = "public type Order record {| int id; |};"
    old = f"{types} public function f(){result} {BODY}"
    assert program("function-removed", old, types) == main(*statements, result=returns)


VALUES = {
    "basic types": ("int a, string b, boolean c, float d", '1, "text", true, 1.5'),
    "nothing that has a default": ("int a, int b = 1", "1"),
    "no typedesc that is inferred": ("int a, typedesc<anydata> t = <>", "1"),
    "an included record by the names of its fields": ("int a, *Page page", "1, number = 1"),
    "a record with its required fields": ("Page page", "{number: 1}"),
    "a member of an enum": ("Color color", "shop:RED"),
    "lists and maps": ("int[] a, map<int> b, [int, string] c", '[], {}, [1, "text"]'),
    "a literal": ('"kg"|"g" unit', '"kg"'),
    "nil where nothing else can be made": ("handle? h", "()"),
    "an error of a type": ("Failure failure", 'error shop:Failure("message", code = 1)'),
}
DECLARED = """\
    public type Page record {| int number; int size = 10; string note?; |};
    public enum Color { RED, BLUE }
    public type Failure distinct error<record {| int code; string text?; |}>;
"""


@pytest.mark.parametrize(("parameters", "arguments"), VALUES.values(), ids=VALUES)
def test_a_call_passes_what_the_old_version_demands(parameters: str, arguments: str) -> None:
    old = f"{DECLARED} public function f({parameters}) {BODY}"
    assert program("function-removed", old, DECLARED) == main(f"shop:f({arguments});")


def test_a_member_of_a_union_that_a_constructor_would_not_choose_has_a_variable() -> None:
    types = "public type A record {| int a; |}; public type B record {| int b; |};"
    old = f"{types} public function f(A|B both) {BODY}"
    assert program("function-removed", old, types) == main("shop:A both = {a: 1};", "shop:f(both);")


def test_an_object_is_one_of_a_class_of_the_client_with_every_member() -> None:
    types = """\
        public type Point record {};
        public type Shape object {
            public int size;
            public function area(Point p, int factor = 1) returns Point|error;
            public isolated function clear();
        };
    """
    old = f"{types} public function f(Shape shape) {BODY}"
    assert program("function-removed", old, types) == (
        """\
import acme/shop;

class Mine {
    *shop:Shape;
    public int size = 1;
    public function area(shop:Point p, int factor = 1) returns shop:Point|error {
        panic error("not shown");
    }
    public isolated function clear() {
    }
}

public function main() {
    shop:f(new Mine());
}"""
    )


def test_an_object_of_a_class_is_created_with_what_its_init_demands() -> None:
    types = "public class Client { public function init(string url, int retries = 1) returns error? {} }"
    old = f"{types} public function f(Client c) {BODY}"
    client = program("function-removed", old, types)
    assert client == main('shop:f(check new shop:Client("text"));', result=" returns error?")


def test_a_value_that_nobody_outside_can_make_is_given_to_the_client() -> None:
    types = "public class Token { function init() {} }"
    old = f"{types} public function f(Token token) {BODY}"
    assert program("function-removed", old, types) == (
        "import acme/shop;\n\nfunction run(shop:Token token) {\n    shop:f(token);\n}"
    )


def test_a_private_record_is_spelled_out() -> None:
    old, new = changed(
        old="() returns Inner", new="() returns int", types="type Inner record {| int a; string b?; |};"
    )
    found = finding("function-return-type-changed", old, new)
    assert found.client == "record {| int a; string b?; |} result = shop:f();"


def test_of_a_private_type_that_cannot_be_written_it_is_found_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built: list[object] = []
    construct = values.constructed

    def counted(draft: Draft, type_: Type, wanted: str, *, full: bool = False, level: int = 0) -> str:
        built.append(type_)
        return construct(draft, type_, wanted, full=full, level=level)

    monkeypatch.setattr(values, "constructed", counted)
    chain = "".join(f"type T{at} record {{| T{at + 1} a; |}};" for at in range(8))
    calls = "".join(f"public function f{at}(T0 a) {{ }}" for at in range(20))
    outlines = Outlines()
    before, after = (
        Surface(package(f"{chain} type T8 {leaf}; {calls}"), outlines) for leaf in ("int", "string")
    )
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))

    assert len(found) == 20
    assert len({one.explanation for one in found}) == 1
    assert "No client is shown: the private 'T7' is nested too deeply" in (found[-1].explanation or "")
    # The first client tried to build a value before it found out.
    assert len(built) < 20


@pytest.mark.parametrize(
    "leaf", ["record {| nope:X a; |}", f"record {{| {' '.join(f'int f{at};' for at in range(70))} |}}"]
)
def test_of_a_type_of_which_no_value_is_built_it_is_found_out_once(
    leaf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    construct = values.constructed

    def counted(draft: Draft, type_: Type, wanted: str, *, full: bool = False, level: int = 0) -> str:
        built.append(type_)
        return construct(draft, type_, wanted, full=full, level=level)

    monkeypatch.setattr(values, "constructed", counted)
    old = f"public type T {leaf}; {''.join(f'public function f{at}(T t) {{ }}' for at in range(20))}"
    before, after = (Surface(package(one), Outlines()) for one in (old, old.replace("(T t)", "()")))
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))

    assert len(found) == 20
    assert all("(shop:T t) {" in (one.client_program or "") for one in found)
    assert len(built) < 70


def test_an_object_that_takes_what_nobody_makes_is_created_once(monkeypatch: pytest.MonkeyPatch) -> None:
    created: list[object] = []
    create = values.new_object

    def counted(draft: Draft, target: Target) -> str:
        created.append(target)
        return create(draft, target)

    monkeypatch.setattr(values, "new_object", counted)
    methods = "".join(f"public function m{at}(int a) {{ }}" for at in range(20))
    old = f"public class C {{ public function init(handle config) {{ }} {methods} }}"
    before, after = (Surface(package(one), Outlines()) for one in (old, old.replace("(int a)", "()")))
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))

    assert len(found) == 20
    assert all("function run(handle config) {" in (one.client_program or "") for one in found)
    assert len(created) == 1


def test_a_private_class_has_no_client_and_the_finding_says_why() -> None:
    old, new = changed(old="() returns Inner", new="() returns int", types="class Inner { }")
    found = finding("function-return-type-changed", old, new)
    assert (found.client, found.client_program) == (None, None)
    assert "No client is shown: clients cannot name the private 'Inner'." in (found.explanation or "")


def test_names_of_the_client_do_not_collide() -> None:
    old = f"public function f(int shop, int main, int result, int f) returns int {BODY}"
    client = program("function-parameter-type-changed", old, old.replace("int shop", "xml shop"))
    assert client == main("int shop2 = 1;", "int result = shop:f(shop2, 1, 1, 1);")


def test_a_module_whose_name_is_a_keyword_is_quoted() -> None:
    files = {"lib.bal": "", "modules/order/lib.bal": f"public function f() {BODY}"}
    empty = {**files, "modules/order/lib.bal": ""}
    client = program("function-removed", files, empty, MANIFEST % "order")
    assert client == main("'order:f();", imports="import acme/shop.'order;")


def test_a_module_of_several_parts_is_named_by_its_last() -> None:
    files = {"lib.bal": "", "modules/admin.v2/lib.bal": f"public function f() {BODY}"}
    empty = {**files, "modules/admin.v2/lib.bal": ""}
    client = program("function-removed", files, empty, MANIFEST % "admin.v2")
    assert client == main("v2:f();", imports="import acme/shop.admin.v2;")


def test_methods_are_called_on_an_object_in_their_own_way() -> None:
    old = f"""\
        public client class Client {{
            public function a(int n) {BODY}
            remote function b(int n) {BODY}
            resource function get users/[int id]/'order/[string... rest](string q) returns int {BODY}
        }}
    """
    created = "shop:Client instance = new shop:Client();"
    ended = {
        "class-method-removed": ("public function a(int n)", "instance.a(1);"),
        "class-remote-method-removed": ("remote function b(int n)", "instance->b(1);"),
    }
    for rule, (method, call) in ended.items():
        new = old.replace(f"{method} {BODY}", "")
        assert program(rule, old, new) == main(created, call), rule
    new = "\n".join(line for line in old.splitlines() if "resource" not in line)
    assert program("class-resource-removed", old, new) == main(
        created, 'int result = instance->/users/[1]/\'order/["text"]/["text"].get("text");'
    )


def test_what_panics_is_written() -> None:
    old, new = changed(old="() returns map<int|string>", new="() returns map<int>")
    found = finding("function-return-mutable-member-narrowed", old, new)
    assert found.client == 'result["key"] = "text";'


def test_an_exhaustive_match_has_a_clause_for_each_old_member() -> None:
    old = f"public enum Color {{ RED, BLUE }} public function f() returns Color {BODY}"
    client = program("enum-member-added", old, old.replace("BLUE", "BLUE, GREEN"))
    assert client.count("=> {") == 2
    assert "shop:RED => {" in client


def test_a_client_that_nobody_would_read_to_its_end_is_not_written() -> None:
    fields = " ".join(f"int f{number};" for number in range(400))
    old = f"public type R record {{| {fields} |}}; public function f() returns R {BODY}"
    found = finding("record-field-required-added", old, old.replace("f0;", "f0; int more;"))
    assert found.client is None
    assert "No client is shown: the client would be too long to be read." in (found.explanation or "")


@pytest.mark.parametrize(("count", "is_written"), [(159, True), (161, False)])
def test_a_path_has_as_many_values_as_anybody_reads(count: int, is_written: bool) -> None:  # noqa: FBT001 (a case)
    path = "/".join(f"[int a{number}]" for number in range(count))
    old = f"public client class C {{ resource function get {path}() {{ }} }}"
    found = finding("resource-path-parameter-type-changed", old, old.replace("[int a0]", "[string a0]"))
    assert (found.client is not None) is is_written
    assert ("too long to be read" in (found.explanation or "")) is not is_written


def test_a_type_that_contains_itself_ends() -> None:
    types = "public type Node record {| Node next; |};"
    old = f"{types} public function f(Node node) {BODY}"
    assert "function run(shop:Node node) {" in program("function-removed", old, types)


def test_a_large_value_is_given_to_the_client() -> None:
    fields = " ".join(f"int f{number};" for number in range(200))
    old = f"public type R record {{| {fields} |}}; public function f(R r) {BODY}"
    assert "function run(shop:R r) {" in program(
        "function-removed", old, old.partition("; public f")[0] + ";"
    )


def test_a_class_of_the_client_includes_a_distinct_type() -> None:
    old = f"public type Shape distinct object {{ }}; public function f(Shape s) {BODY}"
    client = program("object-method-added", old, old.replace("{ }", "{ public function m(); }"))
    assert "    *shop:Shape;" in client


def test_what_is_demanded_behind_a_lost_default_is_named() -> None:
    old, new = changed(old='(int a, int b = 1, string c = "")', new='(int a, int b, string c = "")')
    assert program("function-parameter-default-removed", old, new) == main("shop:f(1);")
    old, new = changed(old="(int a = 1, int b = 1, string c)", new="(int a = 1, int b, string c)")
    assert program("function-parameter-default-removed", old, new) == main('shop:f(c = "text");')


def test_an_argument_by_name_leaves_out_the_defaults_before_it() -> None:
    old, new = changed(old="(int a, int b = 1, int c = 2)", new="(int a, int b = 1, int d = 2)")
    assert program("function-parameter-renamed", old, new) == main("shop:f(1, c = 1);")
    old, new = changed(old="(int a = 1, string b, int c)", new="(int a = 1, string b, int d)")
    assert program("function-parameter-renamed", old, new) == main('shop:f(b = "text", c = 1);')


DISTINCT = {
    "an object type": ("public type A distinct object { public int a; };", "new Mine()"),
    "a class": ("public distinct class A { public int a = 1; }", "new Mine()"),
    "an error": ("public type A distinct error<record {| int a; |}>;", 'error("message", a = 1)'),
    "an error of another": (
        "public type A distinct B; public type B distinct error;",
        'error shop:B("message")',
    ),
}


@pytest.mark.parametrize(("old", "value"), DISTINCT.values(), ids=DISTINCT)
def test_a_type_test_is_of_a_value_that_had_the_shape_alone(old: str, value: str) -> None:
    rule = "error-distinct-removed" if "error" in old else "object-distinct-removed"
    rule = "class-distinct-removed" if "class" in old else rule
    client = program(rule, old, old.replace("distinct ", "", 1))
    assert f" value = {value};\n    if value is shop:A {{" in client


def test_a_value_that_lacks_another_type_id_is_not_tested() -> None:
    old = "public type A distinct object { *B; }; public type B distinct object { };"
    client = program("object-distinct-removed", old, old.replace("distinct ", "", 1))
    assert "function run(any value) {" in client


STRINGS = {"a quote": r'"\""', "a backslash": r'"a\\b"', "a line end": r'"\n"', "a control": r'"\u{7}"'}


@pytest.mark.parametrize("written", STRINGS.values(), ids=STRINGS)
def test_a_string_of_an_enum_is_written_with_its_escapes(written: str) -> None:
    types = f"enum Mark {{ M = {written} }}"
    old = f"{types} public function f(Mark mark) returns Mark {BODY}"
    assert program("function-removed", old, types) == main(f"{written} result = shop:f({written});")
    public = f"public enum Mark {{ M = {written} }}"
    client = program("enum-member-value-changed", public, public.replace(written, '"other"'))
    assert client == main(f"{written} member = shop:M;")


def test_an_enum_member_that_is_no_string_is_not_guessed() -> None:
    types = "enum Mark { M = N }"
    found = finding("function-removed", f"{types} public function f(Mark mark) {BODY}", types)
    assert "No client is shown: the string of 'M' is not known." in (found.explanation or "")


def test_a_value_that_is_given_up_leaves_nothing_behind() -> None:
    types = """\
        public type Listed record {| Holder holder; handle text; |};
        public class Holder { public function init(Token token) {} }
        public class Token { function init() {} }
    """
    old = f"{types} public function f(Listed listed) {BODY}"
    assert program("function-removed", old, types) == (
        "import acme/shop;\n\nfunction run(shop:Listed listed) {\n    shop:f(listed);\n}"
    )


def test_a_module_that_only_a_given_up_value_named_is_not_imported() -> None:
    files = {
        "lib.bal": f"""\
            import acme/shop.tools;
            type Listed record {{| tools:Tool tool; handle text; |}};
            public type Given record {{| int size; |}};
            public function f(Listed|Given listed) {BODY}
        """,
        "modules/tools/lib.bal": "public class Tool { }",
    }
    client = program("function-removed", files, {**files, "lib.bal": ""}, MANIFEST % "tools")
    assert client == main("shop:Given listed = {size: 1};", "shop:f(listed);")


def test_a_member_of_a_union_that_is_given_up_leaves_nothing_behind() -> None:
    types = """\
        public type Listed record {| Shape shape; handle text; |};
        public type Shape object { public int size; };
        public type Plain record {| int size; |};
    """
    old = f"{types} public function f(Listed|Plain both) {BODY}"
    assert program("function-removed", old, types) == main("shop:Plain both = {size: 1};", "shop:f(both);")


def test_a_second_constructor_breaks_who_gives_one_whether_or_not_there_are_more_values() -> None:
    types = "public type Order record {| int[] code; |}; public function f() returns Order "
    found = finding(
        "record-field-type-widened-ambiguous", types + BODY, types.replace("[]", "[]|byte[]") + BODY
    )
    assert found.client == "shop:Order instance = {code: [1]};"
    assert (found.explanation or "").startswith("Clients that give a list, mapping or `new` constructor")


def test_a_further_key_is_one_that_no_field_declares() -> None:
    old = "public type Order record {| int key; int...; |}; public function f(Order o) returns Order " + BODY
    new = old.replace("int...", "string...")
    client = program("record-rest-type-changed", old, new)
    assert client == main("shop:Order instance = {key: 1};", 'int? extra = instance["key2"];')


POINTS = {
    "of those that are lost": ("type, class, function", "type, function", "class Mine {"),
    "where the old annotation stood anywhere": ("", "type, class", "function work() {"),
    "of the old ones if none is lost": ("class, parameter", "class", "class Mine {"),
}


@pytest.mark.parametrize(("old", "new", "declared"), POINTS.values(), ids=POINTS)
def test_an_annotation_is_attached_where_it_no_longer_may_be(old: str, new: str, declared: str) -> None:
    before, after = (f"public annotation A{f' on {points}' if points else ''};" for points in (old, new))
    assert f"@shop:A\n{declared}" in program("annotation-attach-point-removed", before, after)


def test_an_annotation_of_methods_is_not_attached_to_a_function() -> None:
    old = "public annotation A on object function, type;"
    found = finding("annotation-removed", "public annotation A on object function;", "")
    assert "No client is shown: the annotation is for object function only." in (found.explanation or "")
    assert "@shop:A\ntype Mine record {};" in program("annotation-removed", old, "")


def test_a_record_that_includes_too_many_fields_is_not_spelled_out() -> None:
    fields = " ".join(f"int f{number};" for number in range(400))
    types = f"type Many record {{| {fields} |}}; type Few record {{| *Many; |}};"
    found = finding("function-removed", f"{types} public function f() returns Few {BODY}", types)
    assert "No client is shown: the type is too large to be written out." in (found.explanation or "")


WHOLE = {
    "a record": ("(int a = 1, *R r)", "(int a = 1, int x = 1, int y = 1)", "shop:f(1, r);"),
    "a record behind a typedesc": (
        "(typedesc<anydata> t = <>, *R r)",
        "(typedesc<anydata> t = <>, int x = 1, int y = 1)",
        "shop:f(string, r);",
    ),
}


@pytest.mark.parametrize(("before", "after", "call"), WHOLE.values(), ids=WHOLE)
def test_what_is_passed_whole_stands_behind_all_positional_arguments(
    before: str, after: str, call: str
) -> None:
    old, new = changed(old=before, new=after, types="public type R record {| int x = 1; int y = 1; |};")
    client = program("function-parameters-expanded", old, new)
    assert client == main("shop:R r = {};", call)


def test_a_rest_argument_stands_behind_all_positional_arguments() -> None:
    old, new = changed(old="(typedesc<anydata> t = <>, int... more)", new="(typedesc<anydata> t = <>)")
    assert program("function-parameter-rest-removed", old, new) == main("shop:f(string, 1);")


def test_an_error_type_that_is_an_alias_of_itself_has_no_details() -> None:
    types = "public type Failure error<Detail> & Failure; public type Detail record {| int code; |};"
    old = f"{types} public function f(Failure failure) {BODY}"
    assert "shop:f(" in program("function-removed", old, types)


def test_an_action_stands_in_a_statement_of_its_own() -> None:
    old = f"public client class C {{ private int n = 0; remote function m() returns int|string {BODY} }}"
    client = program("remote-method-return-type-narrowed", old, old.replace("int|string", "int"))
    assert client == main(
        "shop:C c = new shop:C();",
        "var result = c->m();",
        'boolean lost = result == "a";',
    )
    old = f"public function f(future<int> job) {BODY}"
    assert program("function-removed", old, "").endswith(
        main("future<int> job = start compute();", "shop:f(job);").partition("\n\n")[2]
    )


def test_no_statement_begins_with_a_union_in_parentheses() -> None:
    types = "public type Order record {| int id; |};"
    old = f"{types} public function f() returns (Order[]|int)? {BODY}"
    assert program("function-removed", old, types) == main("shop:Order[]|int|() result = shop:f();")


_BIG = f"public type Big record {{| {' '.join(f'int f{at};' for at in range(54))} |}};"
_OPTIONAL = f"{_BIG} public type T record {{| Big? big; |}};"
_TABLE = "public type Row record {| int id; |}; public type T record {| table<Row> rows; |};"
_FAILING = "public class C { public function init() returns error? {} } public type T record {| C c; |};"
_OF_CLASS = "public class C { public function init(Big big) {} } public type T record {| C c;"
_TAKING = "public class C { public function init(a:Token"
_OTHER_MODULES = "import acme/shop.a.x as a; import acme/shop.b.x as b;"
# Types whose values take more than an expression, or other ones elsewhere, and the parameters of functions.
SHARED = {
    "prefixes that depend on what was named before": (
        _OTHER_MODULES,
        ["a:T one, b:T two", "b:T two, a:T one", "b:T two"],
    ),
    "a function": ("public type T record {| function () f; |};", ["T t", "T t"]),
    "a variable": ("public type T record {| int[]|map<int> v; |};", ["T t", "T t"]),
    "an error": (_FAILING, ["T t", "T t"]),
    "an error after another one": (_FAILING, ["T one, T two", "T t"]),
    "an object that may be an error": (_FAILING, ["C c", "C c"]),
    "an object that takes a value": (
        'public class C { public function init(int? a, string b = "") {} }',
        ["C c", "C[] several, C c", "C c = new (1)", "C c"],
    ),
    "an object that takes what nobody makes": (
        f"{_OTHER_MODULES} {_TAKING} t) {{}} }}",
        ["C c", "C c"],
    ),
    "a name of what nobody makes that is taken": (
        f"{_OTHER_MODULES} {_TAKING} t) {{}} }}",
        ["C c", "a:Token t, C c", "C c, a:Token t", "C c"],
    ),
    "a name of what nobody makes that is a prefix elsewhere": (
        f"{_OTHER_MODULES} public class C {{ public function init(a:Token x) {{}} }}",
        ["C c", "b:T one, C c", "C c, b:T one", "C c"],
    ),
    "two names of what nobody makes": (
        f"{_OTHER_MODULES} {_TAKING} t, b:Token t2) {{}} }}",
        ["C c", "C c, C another", "C c, a:Token t", "C c"],
    ),
    "what is too large for some": (
        f"{_BIG} public class C {{ public function init(Big big) {{}} }}",
        ["Big one, Big two, C c", "C c", "Big one, Big two, C c"],
    ),
    "what nobody makes beside what is tried in vain": (
        f"{_OTHER_MODULES} type R record {{| int x; |}}; {_TAKING}|R v) {{}} }}",
        ["C c", "a:Token v, C c", "C c"],
    ),
    "a prefix that gives way to a name of what nobody makes": (
        f"{_OTHER_MODULES} public class C {{ public function init(handle x, a:T t) {{}} }}",
        ["C c", "C c", "a:T t, C c"],
    ),
    "a member that is tried in vain": (
        f"{_OTHER_MODULES} public type R record {{| int x; |}}; public type T record {{| a:Token|R v; |}};",
        ["T t", "T t"],
    ),
    "more parts than are left": (_OPTIONAL, ["T t", "Big one, Big two, T t", "T t"]),
    "fewer parts than were left": (_OPTIONAL, ["Big one, Big two, T t", "T t"]),
    "too few parts, for want of a parameter": (
        f"{_BIG} {_OF_CLASS} {' '.join(f'int g{at};' for at in range(30))} |}};",
        ["T t", "Big one, Big two, T t"],
    ),
    "too few parts, and fewer than that": (f"{_BIG} public type T Big[2];", ["T t", "Big one, Big two, T t"]),
    "what nobody makes, with fewer parts than are left": (
        f"{_OTHER_MODULES} {_BIG} public type T record {{| Big big; a:Token t; |}};",
        ["T t", "Big one, Big two, T t", "T t, Big one"],
    ),
    "no statement in a default": (_TABLE, ["T t = {rows: table []}", "T t"]),
}


@pytest.mark.parametrize(("types", "parameters"), SHARED.values(), ids=SHARED)
def test_a_client_is_the_same_whatever_others_were_written_before_it(
    types: str, parameters: list[str]
) -> None:
    module = (
        "public enum E { RED } public type T record {| E e; |}; public class Token { function init() {} }"
    )
    modules = {f"modules/{name}/lib.bal": module for name in ("a.x", "b.x")}
    functions = [f" public function f{at}({one}) {{ }}" for at, one in enumerate(parameters)]
    # Who has a default is used as a value, others are called.
    changed = [one.replace(") {", ", int m = 1) {") if "=" in one else "" for one in functions]
    before, after = (
        Surface(package({"lib.bal": types + "".join(one), **modules}, _OF_MODULES), Outlines())
        for one in (functions, changed)
    )
    differences, writer = [*compare(before, after)], Writer(before, after)
    together = [_program(one, writer) for one in differences]
    assert together == [_program(one, Writer(before, after)) for one in differences]
    assert None not in together


def test_the_constant_that_is_the_length_of_an_array_has_a_prefix() -> None:
    types = "public const N = 2; public type R record {| int a; |};"
    old = f"{types} public function f() returns int[N] {BODY}"
    client = program("function-return-type-changed", old, old.replace("int[N]", "R"))
    assert client == main("int[shop:N] result = shop:f();")


def test_a_record_of_the_client_repeats_fields_without_defaults() -> None:
    old, new = (f"public type R record {{| int a = 1; {more} |}};" for more in ("", "string b?;"))
    assert "type Mine record {| int a; |};" in program("record-field-optional-added", old, new)


def test_the_parts_of_a_value_that_is_repeated_add_up() -> None:
    old = f"{_BIG} public function f(Big one, Big two, Big three) {{ }}"
    assert "function run(shop:Big three) {" in program("function-removed", old, _BIG)


def _program(difference: Difference, writer: Writer) -> str | None:
    return finding_of(difference, Policies(), strict=True, writer=writer).client_program


MADE = {
    "nil": ("", "() a", "()"),
    "xml by its kind": ("", "xml<xml:Comment> a, xml<xml:Text> b", "xml `<!--text-->`, xml `text`"),
    "a type": ("", "typedesc<int> a, typedesc<R> b", "int, shop:R"),
    "a function of any kind": ("", "function a", "callback"),
    "an isolated function of any kind": ("", "isolated function a", "callback"),
    "types of the language": ("", "xml:Element a, int:Signed32 b, string:Char c", 'xml `<item/>`, 1, "a"'),
    "a function that takes a type": ("", "function (typedesc t, int) a", "callback"),
    "an array of a constant length": ("", "int[N] a", "[1, 1]"),
    "an array as long as its value": ("", "int[*] a", "[1]"),
    "an error where nothing else can be made": ("", "handle|error a", 'error("message")'),
    "a readonly error": ("", "(error & readonly) a", 'error("message")'),
    "a constant": ("", "N a", "shop:N"),
    "a constant that is private": ("const M = 7;", "M a", "7"),
    "an error whose detail is no record": ("public type E error & C;", "E a", 'error shop:E("message")'),
    "an object that is readonly": (
        "public type O readonly & object { public int a; };",
        "O a",
        "new Mine()",
    ),
    "an object that includes a class": (
        "public type O object { *I; }; public class I { public int a = 1; public function init() {} }",
        "O a",
        "new Mine()",
    ),
    "an object with a table": ("", "object { public table<map<int>> a; } b", "new Mine()"),
}
_MADE_OF = "public type R int|string; public const N = 2; public class C { }"


@pytest.mark.parametrize(("types", "parameters", "arguments"), MADE.values(), ids=MADE)
def test_a_value_is_made_of_every_kind_of_type(types: str, parameters: str, arguments: str) -> None:
    types = f"{_MADE_OF} {types}"
    old = f"{types} public function f({parameters}) {BODY}"
    client = program("function-removed", old, types)
    assert client.endswith(main(f"shop:f({arguments});", imports="").lstrip())
    assert problems({"lib.bal": old}, None, client) == []


DECLARED_FOR = {
    "a function of any kind": ("function a", "isolated function callback() {\n}"),
    "a function that takes a type": (
        "function (typedesc t, int) a",
        "function callback(typedesc t, int value2) {\n}",
    ),
    "a readonly object": ("O a", "readonly class Mine {\n    *shop:O;\n    public int a = 1;\n}"),
    "an object with a table": (
        "object { public table<R> key(id) a; } b",
        "class Mine {\n    public table<shop:R> key(id) a = table key(id) [{id: 1}];\n}",
    ),
    "an object that includes a class": ("P a", "class Mine {\n    *shop:P;\n    public int a = 1;\n}"),
}
_DECLARED_OF = """\
    public type O readonly & object { public int a; };
    public type R record {| readonly int id; |};
    public class I { public int a = 1; public function init() {} }
    public type P object { *I; };
"""


@pytest.mark.parametrize(("parameter", "declared"), DECLARED_FOR.values(), ids=DECLARED_FOR)
def test_what_a_value_is_made_of_is_declared(parameter: str, declared: str) -> None:
    old = f"{_DECLARED_OF} public function f({parameter}) {BODY}"
    client = program("function-removed", old, _DECLARED_OF)
    assert f"\n\n{declared}\n\n" in client
    assert problems({"lib.bal": old}, None, client) == []


_MANY = ", ".join(f"int a{at}" for at in range(41))
_FIELDS = " ".join(f"public int f{at};" for at in range(80))
GIVEN = {
    "too many members of an array": ("", "int[1000] a"),
    "too many parameters of a function": ("", f"function ({_MANY}) a"),
    "too many members of an object": (f"public type O object {{ {_FIELDS} }};", "O a"),
    "an object that is to be readonly": ("public type O object { public int a; };", "(O & readonly) a"),
    "members of a union that nobody makes": ("public class T { function init() {} }", "handle|T a"),
    "a field that takes a statement": ("public type O object { public int[]|map<int> a; };", "O a"),
    "a field that may fail": (
        "public class C { public function init() returns error? {} } public type O object { public C a; };",
        "O a",
    ),
    "an intersection": ("public type A record {| int a; |}; public type B record {| int a; |};", "(A & B) a"),
    "a record that includes what was not read": (
        "import acme/other; public type R record {| *other:X; int b; |};",
        "R a",
    ),
    "what another package declares": ("import ballerina/http;", "http:Client a"),
    "a type without a name": ("", "typedesc<record {| int a; |}> a"),
}


@pytest.mark.parametrize(("types", "parameter"), GIVEN.values(), ids=GIVEN)
def test_what_the_client_cannot_make_is_given_to_it(types: str, parameter: str) -> None:
    client = program("function-removed", f"{types} public function f({parameter}) {BODY}", types)
    (head,) = [line for line in client.splitlines() if line.startswith("function")]
    name = parameter.rpartition(" ")[2]
    assert head.startswith("function run(")
    assert head.endswith(f" {name}) {{")
    assert client.endswith(f"    shop:f({name});\n}}")


_LONG = f"public class {'T' * 80} {{ function init() {{}} }} public function f(" + (
    ", ".join(f"{'T' * 80} {'a' * 60}{at}" for at in range(50)) + ")"
)
NOT_WRITTEN = {
    "a private distinct error": (
        "type E distinct error; public function f(E e)",
        "clients cannot name the private distinct type 'E'.",
    ),
    "a name that leads nowhere": ("public function f(nope:X x)", "'X' is not known."),
    "an included record that was not read": (
        "import acme/other; public function f(*other:X x)",
        "the included record is not known.",
    ),
    "a type that is too long": (
        f"public function f() returns {'|'.join(chr(34) + 'x' * 50 + str(at) + chr(34) for at in range(40))}",
        "the type is too large to be written out.",
    ),
    "a type of too many parts": (
        f"public function f() returns record {{| {' '.join(f'int[] f{at};' for at in range(160))} |}}",
        "the type is too large to be written out.",
    ),
    "records that include others too deeply": (
        "type A0 record {| int a; |}; "
        + " ".join(f"type A{at} record {{| *A0; A{at - 1} b; |}};" for at in range(1, 12))
        + " public function f() returns A11",
        "records that include others are nested too deeply to be written out.",
    ),
    "a text that is too long": (
        _LONG,
        "the client would be too long to be read.",
    ),
}


@pytest.mark.parametrize(("function", "why"), NOT_WRITTEN.values(), ids=NOT_WRITTEN)
def test_a_function_that_no_short_client_calls_has_none_and_the_finding_says_why(
    function: str, why: str
) -> None:
    types = function.rpartition("public function")[0]
    found = finding("function-removed", f"{function} {BODY}", types)
    assert found.client_program is None
    assert f"No client is shown: {why}" in (found.explanation or "")


def test_a_private_type_that_is_too_large_has_no_client_however_often_it_is_named() -> None:
    types = f"type T record {{| {' '.join(f'int[] f{at};' for at in range(160))} |}};"
    old, new = changed(old="() returns T[]", new="() returns int", types=types)
    old, new = (f"{one} public function g() returns T {BODY}" for one in (old, new))
    outlines = Outlines()
    before, after = Surface(package(old), outlines), Surface(package(new.replace("T {", "int {")), outlines)
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))
    assert [
        one.explanation or "" for one in found if "too large to be written out" in (one.explanation or "")
    ]
    assert {one.client for one in found} == {None}


_PARTS = "import acme/shop.a.x as a; import acme/shop.b.x as b; type P record {| a:T t; b:T u; |};"


def test_a_private_type_is_spelled_out_with_the_prefixes_of_its_client() -> None:
    module = "public type T record {| handle a; |};"
    modules = {f"modules/{name}/lib.bal": module for name in ("a.x", "b.x")}
    functions = "".join(f" public function f{one}({one}:T t) returns P {BODY}" for one in "ba")
    outlines = Outlines()
    before, after = (
        Surface(package({"lib.bal": f"{_PARTS}{one}", **modules}, _OF_MODULES), outlines)
        for one in (functions, "")
    )
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))
    assert {one.symbol: one.client for one in found if one.client} == {
        "fa": "record {| x:T t; x2:T u; |} result = shop:fa(t);",
        "fb": "record {| x2:T t; x:T u; |} result = shop:fb(t);",
    }


@pytest.mark.parametrize(("members", "text"), [("A, B", '"A"|"B"'), ("A", '"A"')])
def test_a_private_enum_is_written_as_its_strings(members: str, text: str) -> None:
    old, new = changed(old="() returns E", new="() returns int", types=f"enum E {{ {members} }}")
    assert finding("function-return-type-changed", old, new).client == f"{text} result = shop:f();"


WRITTEN = {
    "a key, where the function may fail": ("map<int|string>|error", "map<int>|error", '["key"] = "text"'),
    "a member of a map": ("map<(int|string)[]>", "map<int[]>", '.get("key").push("text")'),
    "a key of a list's member": ("map<int|string>[]", "map<int>[]", '[0]["key"] = "text"'),
    "any member of a fixed list": ("int[2]", "int[2] & readonly", "[0] = 1"),
    "a string of anydata": ("anydata[]", "int[]", '.push("text")'),
    "an int of anydata": ("anydata[]", "string[]", ".push(1)"),
    "a field": ("record {| int|string a; |}", "record {| int a; |}", '.a = "text"'),
    "the first field of all": ("record {| int a; |}", "record {| int a; |} & readonly", ".a = 1"),
    "a field behind one that is readonly": (
        "record {| readonly int b; int|string a; |}",
        "record {| readonly int b; int a; |}",
        '.a = "text"',
    ),
    "a field behind one that did not change": (
        "record {| int b; int|string a; |}",
        "record {| int b; int a; |}",
        '.a = "text"',
    ),
    "a key of a field": (
        "record {| map<int|string> a; |}",
        "record {| map<int> a; |}",
        '.a["key"] = "text"',
    ),
    "a further key": (
        "record {| int a; (int|string)...; |}",
        "record {| int a; int...; |}",
        '["key"] = "text"',
    ),
    "a further key that no field declares": (
        "record {| int key; (int|string)...; |}",
        "record {| int key; int...; |}",
        '["key2"] = "text"',
    ),
    "a key of a map that is a record now": ("map<int|string>", "record {| int...; |}", '["key"] = "text"'),
    "a key of a map in a map": ("map<map<int|string>>", "map<map<int>>", '["key"]["key"] = "text"'),
    "a list in a map of maps": (
        "map<map<(int|string)[]>>",
        "map<map<int[]>>",
        '.get("key").get("key").push("text")',
    ),
    "a member of a fixed list that is lost": ("(int|string)[2]", "int[2]", '[0] = "text"'),
    "a member of a tuple behind one that did not change": (
        "[int, int|string]",
        "[int, int]",
        '[1] = "text"',
    ),
    "a further member of a tuple": ("[int, (int|string)...]", "[int, int...]", '.push("text")'),
    "a member of a list's further member": (
        "[int, map<int|string>...]",
        "[int, map<int>...]",
        '[1]["key"] = "text"',
    ),
    "a member that a fixed list does not take": ("int[]", "int[2]", ".push(1)"),
    "a member of a long list": ("(int|string)[1000]", "int[1000]", '[0] = "text"'),
    "a float of anydata": ("anydata[]", "(int|string|boolean)[]", ".push(1.5)"),
    "xml of anydata": ("anydata[]", "json[]", ".push(xml `<item/>`)"),
    "a function of any": ("any[]", "anydata[]", ".push(callback)"),
    "a list of json": ("json[]", "(int|string|boolean|float|decimal|map<json>|())[]", ".push(item)"),
    "an int that is none of some": ("int[]", "(1|2)[]", ".push(0)"),
    "a string that is none of some": ("string[]", '("text"|"b")[]', '.push("a")'),
    "a literal that is lost": ('("a"|"b")[]', '"a"[]', '.push("b")'),
    "a name that describes a lost type": ("typedesc[]", "typedesc<anydata>[]", ".push(any)"),
    "a member of a union that a constructor would not choose": (
        "record {| map<int>|map<string> b; |}",
        "record {| map<int> b; |}",
        ".b = item",
    ),
    "a field that may be absent": (
        "record {| map<int|string> b?; |}",
        "record {| map<int> b?; |}",
        '.b = {"key": "text"}',
    ),
    "nil where a field has to be": ("record {| int b?; |}", "record {| int b; |}", ".b = ()"),
    "a field that is readonly now": ("record {| int[] b; |}", "record {| readonly int[] b; |}", ".b = []"),
    "a record with a lost field": (
        "map<record {| int b; int|string a; |}|int>",
        "map<record {| int b; int a; |}|int>",
        '["key"] = item',
    ),
    "a tuple with a lost member": (
        "record {| [int, int|string] a?; |}",
        "record {| [int, int] a?; |}",
        '.a = [1, "text"]',
    ),
    "a list with a lost member": (
        "record {| (int|string)[] a?; |}",
        "record {| int[] a?; |}",
        '.a = ["text"]',
    ),
    "a key that is a field now": (
        "record { int a; }[]",
        "record { int a; int b?; }[]",
        '[0]["b"] = "text"',
    ),
    "a record with a key that is a field now": (
        "record {| record { int a; } c?; |}",
        "record {| record { int a; int b; } c?; |}",
        '.c = {a: 1, "b": "text"}',
    ),
    "a record with a lost key": (
        "record {| record {| int b; (int|string)...; |} a?; |}",
        "record {| record {| int b; int...; |} a?; |}",
        '.a = {b: 1, "key": "text"}',
    ),
    "a description that no builtin name is": ("typedesc<anydata>[]", "typedesc<json>[]", ".push(described)"),
    "a member that is immutable": (
        "(readonly & map<int|string>)[]",
        "(readonly & map<int>)[]",
        '.push({"key": "text"})',
    ),
    "nothing that is nested too deeply": (
        f"{'map<' * 8}int|string{'>' * 8}",
        f"{'map<' * 8}int{'>' * 8}",
        None,
    ),
}


@pytest.mark.parametrize(("old", "new", "written"), WRITTEN.values(), ids=WRITTEN)
def test_what_a_result_no_longer_takes_is_written_into_it(old: str, new: str, written: str | None) -> None:
    before, after = changed(old=f"() returns {old}", new=f"() returns {new}")
    narrowed = "readonly-added" if "readonly" in new and "readonly" not in old else "mutable-member-narrowed"
    found = finding(f"function-return-{narrowed}", before, after)
    assert found.client == (None if written is None else f"result{written};")
    if found.client_program:
        assert problems({"lib.bal": before}, None, found.client_program) == []
        assert problems({"lib.bal": after}, None, found.client_program, runs=True) != []


INSIDE = {
    "a member of a list": ("int[][]", "(readonly & int[])[]", "[0].push(1)"),
    "a member of a map": ("map<int[]>", "map<readonly & int[]>", '.get("key").push(1)'),
    "a field that may be absent": ("record {| A a?; |}", "record {| B a?; |}", ".a = item"),
}


@pytest.mark.parametrize(("old", "new", "written"), INSIDE.values(), ids=INSIDE)
def test_what_is_readonly_inside_of_a_result_now_is_written(old: str, new: str, written: str) -> None:
    types = "public type A record {| int a; |}; public type B readonly & record {| int a; |};"
    before, after = changed(old=f"() returns {old}", new=f"() returns {new}", types=types)
    found = finding("function-return-mutable-member-narrowed", before, after)
    assert found.client == f"result{written};"
    assert problems({"lib.bal": before}, None, found.client_program or "") == []
    assert problems({"lib.bal": after}, None, found.client_program or "", runs=True) != []


MIXED = {
    "what is no map": ("map<int|string>|int", "map<int>|int", "map<int|string>", '["key"] = "text"'),
    "nil": ("(int|string)[]?", "int[]?", "(int|string)[]", '.push("text")'),
}


@pytest.mark.parametrize(("old", "new", "tested", "written"), MIXED.values(), ids=MIXED)
def test_a_union_is_written_into_where_it_is_the_structure(
    old: str, new: str, tested: str, written: str
) -> None:
    before, after = changed(old=f"() returns {old}|error", new=f"() returns {new}|error")
    client = finding("function-return-mutable-member-narrowed", before, after).client_program or ""
    assert client.endswith(f"    if result is {tested} {{\n        result{written};  // breaks\n    }}\n}}")
    assert problems({"lib.bal": before}, None, client) == []
    assert problems({"lib.bal": after}, None, client, runs=True) != []


AMBIGUOUS = {
    "a list of a union": ("map<int[]>|int[]", "map<int[]>|int[]|byte[]", "[]"),
    "a mapping": ("map<int>", "map<int>|map<byte>", '{"key": 1}'),
    "a mapping of lists": ("map<int[]>", "map<int[]>|map<byte[]>", '{"key": [1]}'),
    "an object": ("C", "C|D", "new"),
}


@pytest.mark.parametrize(("old", "new", "value"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_constructor_that_is_ambiguous_now_is_passed(old: str, new: str, value: str) -> None:
    types = "public class C { } public class D { }"
    before, after = changed(old=f"({old} a)", new=f"({new} a)", types=types)
    found = finding("function-parameter-type-widened-ambiguous", before, after)
    assert found.client == f"shop:f({value});"
    assert problems({"lib.bal": before}, None, found.client_program or "") == []


KEYED = {
    "a map": ("map<int>", "record {| int a?; int...; |}", "{key: 1}"),
    "a record": ("record {| int...; |}", "record {| int a?; int...; |}", "{key: 1}"),
    "the record of a union": ("int|record {| int...; |}", "int|record {| int a?; int...; |}", "{key: 1}"),
}


@pytest.mark.parametrize(("old", "new", "mapping"), KEYED.values(), ids=KEYED)
def test_a_mapping_is_passed_with_a_key_that_no_field_declares(old: str, new: str, mapping: str) -> None:
    before, after = changed(old=f"({old} m)", new=f"({new} m)")
    found = finding("function-parameter-declared-field-set-changed", before, after)
    assert found.client == f"shop:f({mapping});"
    assert problems({"lib.bal": before}, None, found.client_program or "") == []
    assert problems({"lib.bal": after}, None, found.client_program or "") != []


RESULT_TYPES = {
    "of the language": ("int:Signed32", "int:Signed32"),
    "of one member of an enum": ("RED|int", "shop:RED|int"),
}


@pytest.mark.parametrize(("type_", "text"), RESULT_TYPES.values(), ids=RESULT_TYPES)
def test_a_result_is_read_as_its_old_type(type_: str, text: str) -> None:
    types = "public enum Color { RED, BLUE }"
    old, new = changed(old=f"() returns {type_}", new="() returns xml", types=types)
    assert finding("function-return-type-changed", old, new).client == f"{text} result = shop:f();"


def test_a_type_of_another_module_by_the_same_name_is_spelled_out() -> None:
    others = {
        "modules/a.x/lib.bal": "public type T record {| int a; |};",
        "modules/b.x/lib.bal": "",
    }
    old = {"lib.bal": "import acme/shop.a.x as a; public type T a:T;", **others}
    client = program("type-changed", old, {"lib.bal": "public type T string;", **others}, _OF_MODULES)
    assert client == main("record {| int a; |} given = {a: 1};", "shop:T instance = given;")


def test_a_type_that_names_another_is_used_by_that_name() -> None:
    old = "public type A B; public type B int;"
    client = program("type-changed", old, "public type A string; public type B int;")
    assert client == main("shop:B given = 1;", "shop:A instance = given;")


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        ("enum Inner { RED }", 'record {| "RED" a; |} result = shop:%s();'),
        ("class Inner { }", None),
    ],
)
def test_clients_of_one_private_type_write_it_alike(inner: str, line: str | None) -> None:
    types = f"{inner} type Outer record {{| Inner a; |}};"
    old = types + "".join(f" public function {name}() returns Outer {BODY}" for name in "fg")
    outlines = Outlines()
    before, after = (Surface(package(one), outlines) for one in (old, types))
    found = evaluate(compare(before, after), Policies(), strict=True, writer=Writer(before, after))
    assert {one.symbol: one.client for one in found} == {name: line and line % name for name in "fg"}
    assert len({(one.explanation or "").partition("No client")[2] for one in found}) == 1


def test_what_is_readonly_in_a_record_is_not_written() -> None:
    old, new = (
        f"public function f() returns record {{| readonly {one} a; |}} {BODY}"
        for one in ("int|string", "int")
    )
    outlines = Outlines()
    before, after = (Surface(package(one), outlines) for one in (old, new))
    (difference,) = compare(before, after)
    client = Writer(before, after).client(difference, Use.WRITE_RESULT)
    assert client.missing == "no field is found that may no longer be written"


def test_a_constant_that_is_more_than_a_literal_has_no_client() -> None:
    found = finding(
        "constant-value-changed", "public const map<int> A = {a: 1};", "public const map<int> A = {a: 2};"
    )
    assert "No client is shown: the old value is more than a literal." in (found.explanation or "")


def test_an_enum_without_members_has_no_client() -> None:
    found = finding("enum-to-type-alias", "public enum E { }", "public type E int;")
    assert "No client is shown: the old enum has no members." in (found.explanation or "")


COMPARED = {
    "a field": (
        "public type R record {| readonly int|string a; |};",
        "record-field-type-narrowed",
        'boolean lost = r.a == "a";',
    ),
    "a field that may be absent": (
        "public type R record {| readonly int|string a?; |};",
        "record-field-type-narrowed",
        'boolean lost = r?.a == "a";',
    ),
    "a further key": (
        "public type R readonly & record {| (int|string)...; |};",
        "record-rest-type-narrowed",
        'boolean lost = r["key"] == "a";',
    ),
}


@pytest.mark.parametrize(("types", "rule", "line"), COMPARED.values(), ids=COMPARED)
def test_what_is_only_read_is_compared_with_a_lost_value(types: str, rule: str, line: str) -> None:
    old, new = (
        f"{one} public function f() returns R {BODY}" for one in (types, types.replace("|string", ""))
    )
    found = finding(rule, old, new, policies=Policies(construct_output_records=PolicyValue.NO))
    assert found.client == line
    client = found.client_program or ""
    assert problems({"lib.bal": old}, None, client) == []
    assert problems({"lib.bal": new}, None, client) != []


@pytest.mark.parametrize(("optional", "dot"), [("", "."), ("?", "?.")])
def test_a_detail_is_compared_with_a_lost_value(optional: str, dot: str) -> None:
    old = f"public type E error<record {{| int|string a{optional}; |}}>; public function f() returns E {BODY}"
    found = finding("error-detail-field-type-narrowed", old, old.replace("|string", ""))
    assert found.client == f'boolean lost = failure.detail(){dot}a == "a";'


OF_INCLUDED = {
    "that is removed": ("(int a, *R r)", "(int a)", "function-parameter-removed", "shop:f(1, x = 1);"),
    "that is a parameter of its own": (
        "(*R r)",
        "(R r)",
        "function-parameter-inclusion-removed",
        "shop:f(x = 1);",
    ),
}


@pytest.mark.parametrize(("before", "after", "rule", "line"), OF_INCLUDED.values(), ids=OF_INCLUDED)
def test_a_field_of_an_included_record_is_passed_by_its_name(
    before: str, after: str, rule: str, line: str
) -> None:
    old, new = changed(old=before, new=after, types="public type R record {| int x = 1; int y = 1; |};")
    found = finding(rule, old, new)
    assert found.client == line
    assert problems({"lib.bal": old}, None, found.client_program or "") == []
    assert problems({"lib.bal": new}, None, found.client_program or "") != []


def test_an_included_record_without_fields_is_not_passed() -> None:
    old, new = changed(old="(int a, *R r)", new="(int a)", types="public type R record {| |};")
    found = finding("function-parameter-removed", old, new)
    assert "No client is shown: the included record declares no field." in (found.explanation or "")


VIEWED = {
    "fields of one type": ("any a; any b;", "map<any> fields = r;"),
    "fields of several types": ("any a; handle b;", "map<any|handle> fields = r;"),
    "fields that are all data": ("int a; string? b;", "json data = r;"),
}


@pytest.mark.parametrize(("fields", "line"), VIEWED.values(), ids=VIEWED)
def test_a_closed_record_is_viewed_as_a_map_of_what_its_fields_hold(fields: str, line: str) -> None:
    old = f"public type R record {{| {fields} |}}; public function f() returns R {BODY}"
    new = old.replace("{|", "{").replace("|}", "}")
    assert finding("record-opened", old, new).client == line


OPTIONAL = {"nil": ("int?", "int?"), "a union with nil": ("int|boolean?", "int|boolean|()")}


@pytest.mark.parametrize(("type_", "text"), OPTIONAL.values(), ids=OPTIONAL)
def test_an_optional_field_is_read_as_its_type_or_nil(type_: str, text: str) -> None:
    old = f"public type R record {{| {type_} a?; |}}; public function f() returns R {BODY}"
    found = finding("record-field-type-widened", old, old.replace("int", "int|string", 1))
    assert found.client == f"{text} a = r?.a;"
    assert problems({"lib.bal": old}, None, found.client_program or "") == []


NOT_CONSTANT = {
    "a map": ("map<int>", '@shop:A {"key": create()}'),
    "a record": ("record {| int a; string b; |}", '@shop:A {b: "text", a: create()}'),
    "a list": ("int[]", None),
    "a record without fields": ("record {| |}", None),
}


@pytest.mark.parametrize(("type_", "line"), NOT_CONSTANT.values(), ids=NOT_CONSTANT)
def test_a_value_of_an_annotation_varies_in_a_part(type_: str, line: str | None) -> None:
    old, new = f"public annotation {type_} A on type;", f"public const annotation {type_} A on source type;"
    found = finding("annotation-const-added", old, new)
    assert found.client == line
    assert (line is None) is ("has no part that could vary" in (found.explanation or ""))


ANNOTATED = {"true": ("true", "@shop:A"), "a list": ("true[]", None), "an int": ("int", None)}


@pytest.mark.parametrize(("type_", "line"), ANNOTATED.values(), ids=ANNOTATED)
def test_an_annotation_has_a_mapping_or_no_value(type_: str, line: str | None) -> None:
    found = finding("annotation-removed", f"public annotation {type_} A on type;", "")
    assert found.client == line
    assert (line is None) is ("the value of the annotation is no mapping" in (found.explanation or ""))


def test_a_constant_that_is_no_int_is_a_type_of_a_variable() -> None:
    found = finding("constant-to-variable", 'public const A = "a";', 'public final string A = "a";')
    assert found.client == "shop:A copy = shop:A;"


def test_a_class_that_nobody_outside_creates_is_a_type() -> None:
    old = "public class C { function init() {} }"
    assert (
        finding("symbol-kind-changed", old, "public type C int;").client == "function run(shop:C instance) {"
    )


def test_a_listener_that_takes_what_nobody_makes_has_no_client() -> None:
    attach = "public function attach(service object {} s, string[]|string? name) returns error? {}"
    others = "".join(
        f" public function {name} returns error? {{}}"
        for name in ("detach(service object {} s)", "'start()", "gracefulStop()", "immediateStop()")
    )
    old = f"public class L {{ public function init(handle h) {{}} {attach}{others} }}"
    found = finding("listener-attach-point-narrowed", old, old.replace("string[]|string?", "string[]?"))
    assert "No client is shown: clients cannot make a value of type 'handle'." in (found.explanation or "")


def test_what_may_hold_a_name_is_looked_at_in_every_node() -> None:
    inert = set(names.INERT)
    for node, looked_at in names.PARTS.items():
        fields = {one.name for one in structs.fields(node) if _may_hold_names(one.type, inert)}
        assert fields <= {*looked_at}, node
    reached = {part for node in names.PARTS for one in structs.fields(node) for part in _classes(one.type)}
    assert {one for one in reached if issubclass(one, nodes.Node)} <= {*names.PARTS, *inert, nodes.Reference}


def _may_hold_names(type_: object, inert: set[type]) -> bool:
    return any(issubclass(one, nodes.Node) and one not in inert for one in _classes(type_))


def _classes(type_: object) -> set[type]:
    """Return the classes in an annotation."""
    found, waiting = set(), [type_]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and not get_args(one):
            found.add(one)
        waiting += [part for part in get_args(one) if part is not Ellipsis]
    return {one for one in found if isinstance(one, type)}


def test_a_class_is_implemented_without_its_init() -> None:
    old = "public class C { public int a = 1; public function init(int b) {} }"
    found = finding("class-field-added", old, old.replace("a = 1;", "a = 1; public int c = 1;"))
    assert "\n\nclass Mine {\n    public int a = 1;\n}\n\n" in (found.client_program or "")
