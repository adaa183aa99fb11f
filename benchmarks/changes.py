"""Sources of any size that differ in every place: n findings, or n renames.

As in `shapes`, a function returns the text of a file, or files by path, for a size and a leaf, which is `int` in
the old version and `string` in the new one.
"""

# ruff: noqa: E501 (a shape reads best on one line)

from __future__ import annotations

from typing import TYPE_CHECKING

from shapes import PARAMETER, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CHANGES"]


def _renamed(piece: str, around: str = "$", separator: str = "\n") -> Callable[[int, str], str]:
    """Return a shape in which the leaf is part of each of n names."""
    return lambda n, leaf: around.replace(
        "$", separator.join(piece.replace("#", f"{leaf}{at}") for at in range(n))
    )


CHANGES: Mapping[str, Callable[[int, str], str | Mapping[str, str]]] = {
    "changed parameters of functions": lambda n, leaf: "\n".join(
        f"public function f{at}({leaf} a) {{ }}" for at in range(n)
    ),
    "changed fields of a record": lambda n, leaf: (
        f"public type R record {{ {' '.join(f'{leaf} a{at};' for at in range(n))} }};"
    ),
    "changed parameters of members of enums": lambda n, leaf: "\n".join(
        f"public enum E{at} {{ A{at} }}\npublic function f{at}(A{at}|{leaf} a) {{ }}" for at in range(n)
    ),
    "changed fields of records": lambda n, leaf: "\n".join(
        f"public type R{at} record {{ {leaf} a; }};" for at in range(n)
    ),
    "changed constants": lambda n, leaf: "\n".join(f"public const C{at} = {value(leaf)};" for at in range(n)),
    "records that lose json": lambda n, leaf: "\n".join(
        f"public type R{at} record {{ {leaf if leaf == 'int' else 'xml'} a; }};\n"
        f"public function f{at}(R{at} a) returns R{at} {{ }}"
        for at in range(n)
    ),
    "fields that lose json": lambda n, leaf: (
        "public type R record { "
        + " ".join(f"{leaf if leaf == 'int' else 'object {}'} a{at};" for at in range(n))
        + " };"
    ),
    "renamed records": _renamed("public type R# record { int a; };"),
    "renamed functions": _renamed("public function f#(int a) { }"),
    "renamed classes": _renamed("public class C# { public function m(int a) { } }"),
    "renamed constants": _renamed("public const C# = 1;"),
    "renamed enums": _renamed("public enum E# { A }"),
    "renamed enum members": _renamed("M#", "public enum E { $ }", ", "),
    "renamed fields": _renamed("int a#;", "public type R record { $ };", " "),
    "renamed parameters": _renamed("int a#", "public function f($) { }", ", "),
    "renamed methods": _renamed("public function m#(int a) { }", "public class C { $ }"),
    "renamed remote methods": _renamed("remote function m#(int a) { }", "public client class C { $ }"),
    "renamed resources": _renamed("resource function get r#(int a) { }", "public client class C { $ }"),
    "renamed listeners": _renamed("public listener L l# = new (1);"),
    "renamed services": _renamed("service /s# on l { resource function get a() { } }"),
    "renamed annotations": _renamed("public annotation A#;"),
    "renamed modules": lambda n, leaf: (
        {"main.bal": "public function f() { }"}
        | {f"modules/{leaf}{at}/a.bal": "public function f(int a) { }" for at in range(n)}
    ),
    "records that are used by many": lambda n, leaf: "\n".join(
        [f"public type {leaf}R record {{ int a; }};"]
        + [f"public function f{at}({leaf}R a) returns {leaf}R {{ }}" for at in range(n)]
    ),
    "path parameters of other types": lambda n, leaf: (
        "public client class C { "
        + "\n".join(f"resource function get r/[{leaf} p]/s{at}(int a) {{ }}" for at in range(n))
        + " }"
    ),
    "accessors exchanged": lambda n, leaf: (
        "public client class C { "
        + "\n".join(
            f"resource function {'get' if leaf == 'int' else 'post'} r{at}(int a) {{ }}" for at in range(n)
        )
        + " }"
    ),
    "members moved between modules": lambda n, leaf: {
        "main.bal": "public function f() { }",
        "modules/a/a.bal": "\n".join(f"public type R{at} record {{ int a; }};" for at in range(n))
        if leaf == "int"
        else "public function g() { }",
        "modules/b/b.bal": "\n".join(f"public type R{at} record {{ int a; }};" for at in range(n))
        if leaf == "string"
        else "public function g() { }",
    },
    "changed documentation": lambda n, leaf: "\n".join(
        f"# About {leaf}\npublic function f{at}() {{ }}" for at in range(n)
    ),
    "changed literals of a union": _renamed('"#"', PARAMETER, "|"),
    "changed records of a union": _renamed("record {| int #; |}", PARAMETER, "|"),
    "changed tuples of a union": lambda n, leaf: PARAMETER.replace(
        "$", "|".join(f"[{leaf}, {at}]" for at in range(n))
    ),
    "changed functions of a union": lambda n, leaf: PARAMETER.replace(
        "$", "|".join(f"(function ({leaf}, {at}))" for at in range(n))
    ),
    "renamed types of a union": lambda n, leaf: "\n".join(
        [f"type {leaf}{at} record {{| int a{at}; |}};" for at in range(n)]
        + [PARAMETER.replace("$", "|".join(f"{leaf}{at}" for at in range(n)))]
    ),
    "mutable records returned": lambda n, leaf: "\n".join(
        f"public function f{at}() returns map<{leaf if leaf == 'int' else 'int|string'}> {{ }}"
        for at in range(n)
    ),
    "names that are alike": lambda n, leaf: "\n".join(
        f"public function {'a' * 40}{leaf}{at}(int a) {{ }}" for at in range(n)
    ),
    "renamed and moved": lambda n, leaf: {
        "main.bal": "public function f() { }",
        "modules/a/a.bal": "\n".join(f"public type R{at} record {{ int a; }};" for at in range(n))
        if leaf == "int"
        else "public function g() { }",
        "modules/b/b.bal": "\n".join(f"public type S{at} record {{ int a; }};" for at in range(n))
        if leaf == "string"
        else "public function g() { }",
    },
    "added and removed": lambda n, leaf: "\n".join(
        f"public function {leaf}{at}({'int a' if leaf == 'int' else 'string a, int b'}) {{ }}"
        for at in range(n)
    ),
    "conventions of names": lambda n, leaf: (
        "public type R record { "
        + " ".join(f"int {'some_field_' if leaf == 'int' else 'someField'}{at};" for at in range(n))
        + " };"
    ),
    "reordered parameters": lambda n, leaf: (
        f"public function f({', '.join(f'int a{at}' for at in (range(n) if leaf == 'int' else range(n, 0, -1)))}) {{ }}"
    ),
    "parameters that became an included record": lambda n, leaf: (
        f"public function f({', '.join(f'int a{at}' for at in range(n))}) {{ }}"
        if leaf == "int"
        else f"public type R record {{| {' '.join(f'int a{at};' for at in range(n))} |}};\npublic function f(*R r) {{ }}"
    ),
    "enums that became constants": lambda n, leaf: (
        f"public enum E {{ {', '.join(f'A{at}' for at in range(n))} }}"
        if leaf == "int"
        else "\n".join(f'public const A{at} = "A{at}";' for at in range(n)) + "\npublic type E string;"
    ),
    "defaults that are gone": lambda n, leaf: "\n".join(
        f"public function f{at}(record {{| int a{' = 1' if leaf == 'int' else ''}; |}} x) {{ }}"
        for at in range(n)
    ),
    "aliases of records that were named": lambda n, leaf: "\n".join(
        f"public type R{at} record {{ int a; }};"
        if leaf == "int"
        else f"public type S{at} record {{ int a; }};\npublic type R{at} S{at};"
        for at in range(n)
    ),
    "inclusions exchanged": lambda n, leaf: "\n".join(
        [f"public type A{at} record {{ int a{at}; }};" for at in range(n)]
        + [f"public type R{at} record {{ *A{(at + (leaf == 'int')) % n}; }};" for at in range(n)]
    ),
}
