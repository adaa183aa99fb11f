"""Sources of any size, one shape each: what a package can make deep, long or many.

A shape returns the text of a file, or files by path, for a size and a leaf. Two packages of the same shape
and size with the leaves `int` and `string` differ in one place; with the same leaf they differ in nothing.
"""

# ruff: noqa: E501 (a shape reads best on one line)

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["PARAMETER", "SHAPES", "value"]

_VALUES = {"int": "1", "string": '"a"'}


def value(leaf: str) -> str:
    """Return a value of the type that the leaf names."""
    return _VALUES[leaf]


def _repeated(piece: Callable[[int], str], separator: str = "\n") -> Callable[[int], str]:
    return lambda n: separator.join(map(piece, range(n)))


def _nested(opening: str, closing: str, around: str) -> Callable[[int, str], str]:
    """Return a shape with a type or value inside n pairs of brackets; `around` holds it at `$`."""
    return lambda n, leaf: around.replace("$", f"{opening * n}{leaf}{closing * n}")


def _nested_value(opening: str, closing: str, around: str) -> Callable[[int, str], str]:
    return lambda n, leaf: around.replace("$", f"{opening * n}{value(leaf)}{closing * n}")


def _chain(first: str, other: str) -> Callable[[int, str], str]:
    """Return a shape of n declarations, each made of the one before; `other` names them `$this`, `$before`."""

    def shape(n: int, leaf: str) -> str:
        others = (other.replace("$this", f"T{at}").replace("$before", f"T{at - 1}") for at in range(1, n))
        lines = [first.replace("$leaf", leaf).replace("$value", value(leaf)), *others]
        return "\n".join([*lines, f"public function f(T{n - 1} x) {{ }}"])

    return shape


def _many(piece: str, around: str = "$", separator: str = "\n") -> Callable[[int, str], str]:
    """Return a shape with a piece n times, `#` in it numbered; the last holds the leaf, others `int`."""

    def shape(n: int, leaf: str) -> str:
        pieces = (piece.replace("#", str(at)) for at in range(n))
        filled = [one.replace("@", "int").replace("?value", "1") for one in pieces]
        last = piece.replace("#", str(n - 1)).replace("@", leaf).replace("?value", value(leaf))
        filled[-1] = last
        return around.replace("$", separator.join(filled))

    return shape


_CONSTANT = "public const C = $;"
_DEFAULT = "public function f(int a = 1, any b = $) { }"
_TYPE = "public type T $;"
PARAMETER = "public function f($ x) { }"
_BODY = "public function f() returns any { return $; }"
_STATEMENTS = "public function f(@ x) { $ }"


def _in_body(opening: str, closing: str) -> Callable[[int, str], str]:
    return lambda n, leaf: _STATEMENTS.replace("@", leaf).replace("$", opening * n + closing * n)


SHAPES: Mapping[str, Callable[[int, str], str | Mapping[str, str]]] = {
    # Values
    "parentheses in a constant": _nested_value("(", ")", _CONSTANT),
    "parentheses in a default": _nested_value("(", ")", _DEFAULT),
    "parentheses in a body": _nested_value("(", ")", _BODY),
    "additions in a constant": lambda n, leaf: f"public const C = {'1 + ' * n}{value(leaf)};",
    "strings added in a constant": lambda n, leaf: "public const C = " + '"a" + ' * n + f"{value(leaf)};",
    "operators in a default": lambda n, leaf: _DEFAULT.replace("$", "1 + 2 * " * n + value(leaf)),
    "minus signs": _nested_value("- ", "", _CONSTANT),
    "exclamation marks": _nested_value("!", "", "public const boolean C = $;"),
    "conditions": _nested_value("true ? 1 : ", "", _DEFAULT),
    "lists": _nested_value("[", "]", _DEFAULT),
    "lists in a constant": _nested_value("[", "]", _CONSTANT),
    "mappings": _nested_value("{a: ", "}", _DEFAULT),
    "mappings in a constant": _nested_value("{a: ", "}", _CONSTANT),
    "calls": _nested_value("g(", ")", _DEFAULT),
    "chained calls": lambda n, leaf: _DEFAULT.replace("$", f"g({value(leaf)})" + ".m()" * n),
    "casts": _nested_value("<int>", "", _DEFAULT),
    "checks": _nested_value("check ", "", _BODY),
    "let expressions": _nested_value("let int x = 1 in ", "", _DEFAULT),
    "anonymous functions": _nested_value("function () returns any => ", "", _DEFAULT),
    "arrow functions": _nested_value("x => ", "", _DEFAULT),
    "string templates": _nested_value("string `${", "}`", _DEFAULT),
    "xml templates": _nested_value("xml `<a>${", "}</a>`", _DEFAULT),
    "xml elements": _nested("<a>", "</a>", "public function f(any b = xml `$`) { }"),
    "regular expression groups": _nested("(", ")", "public function f(any b = re `$`) { }"),
    "queries in a query": _nested_value("from var x in (", ") select x", _DEFAULT),
    "clauses of a query": lambda n, leaf: _DEFAULT.replace(
        "$", f"from var x in a {'let int y = 1 where true ' * n} select {value(leaf)}"
    ),
    "object constructors": _nested_value("object { any a = ", "; }", _DEFAULT),
    "values of a list": _many("?value", _DEFAULT, ", "),
    "values of a constant": _many("a#: ?value", "public const C = {$};", ", "),
    # Bodies
    "blocks": _in_body("{", "}"),
    "loops": _in_body("while true {", "}"),
    "else if": lambda n, leaf: _STATEMENTS.replace("@", leaf).replace(
        "$", "if true { } " + "else if true { } " * n
    ),
    "statements": lambda n, leaf: _STATEMENTS.replace("@", leaf).replace("$", "int a = 1;\n" * n),
    "changed statements": lambda n, leaf: _STATEMENTS.replace("@", "int").replace("$", f"{leaf} a;\n" * n),
    # Types
    "parentheses in a type": _nested("(", ")", _TYPE),
    "arrays": _nested("", "[]", _TYPE),
    "arrays of a parameter": _nested("", "[]", PARAMETER),
    "optional types": _nested("", "?", _TYPE),
    "maps": _nested("map<", ">", _TYPE),
    "maps of a parameter": _nested("map<", ">", PARAMETER),
    "maps of a result": _nested("map<", ">", "public function f() returns $ { }"),
    "maps of a field": _nested("map<", ">", "public type R record { $ x; };"),
    "tuples": _nested("[", "]", PARAMETER),
    "tuples of two": _nested("[int, ", "]", PARAMETER),
    "streams": _nested("stream<", ">", PARAMETER),
    "errors": lambda n, leaf: PARAMETER.replace(
        "$", "error<record {| " * n + f"error<record {{| {leaf} a; |}}>" + " a; |}>" * n
    ),
    "typedescs": _nested("typedesc<", ">", PARAMETER),
    "tables": lambda n, leaf: PARAMETER.replace(
        "$", "table<record {| " * n + f"{leaf} a;" + " |}>" * 1 + " a; |}>" * (n - 1)
    ),
    "records": lambda n, leaf: PARAMETER.replace(
        "$", "record {| " * n + f"{leaf} a;" + " |} a;" * (n - 1) + " |}"
    ),
    "open records": lambda n, leaf: PARAMETER.replace(
        "$", "record { " * n + f"{leaf} a;" + " } a;" * (n - 1) + " }"
    ),
    "records of a type": lambda n, leaf: _TYPE.replace(
        "$", "record {| " * n + f"{leaf} a;" + " |} a;" * (n - 1) + " |}"
    ),
    "objects": lambda n, leaf: PARAMETER.replace(
        "$", "object { " * n + f"{leaf} a;" + " } a;" * (n - 1) + " }"
    ),
    "functions": _nested("function (", ")", PARAMETER),
    "functions of results": _nested("function () returns ", "", PARAMETER),
    "functions of a type": _nested("function (", ")", _TYPE),
    "intersections": lambda n, leaf: PARAMETER.replace("$", "readonly & " * n + leaf),
    "unions in maps": _nested("map<int|", ">", PARAMETER),
    "unions of maps": _nested("()|map<", ">", PARAMETER),
    "members of a union": lambda n, leaf: PARAMETER.replace("$", "()|" * n + leaf),
    "literals of a union": _many('"a#@"', PARAMETER, "|"),
    "numbers of a union": lambda n, leaf: f"public function f({leaf}|{'|'.join(map(str, range(n)))} x) {{ }}",
    "tuples of a union": _many("[int, @, #]", PARAMETER, "|"),
    "records of a union": _many("record {| @ a#; |}", PARAMETER, "|"),
    "functions of a union": _many("(function (int, @, #))", PARAMETER, "|"),
    "objects of a union": _many("object { @ a#; }", PARAMETER, "|"),
    "maps of a union": _many("map<record {| @ a#; |}>", PARAMETER, "|"),
    "members of a tuple": _many("@", "public function f([$] x) { }", ", "),
    "members of a record type": _many("@ a#;", "public function f(record {| $ |} x) { }", " "),
    "named records of a union": lambda n, leaf: "\n".join(
        [
            *(f"public type R{at} record {{| int a{at}; |}};" for at in range(n)),
            f"public function f({'|'.join(f'R{at}' for at in range(n))}|{leaf} x) {{ }}",
        ]
    ),
    "tagged records of a union": lambda n, leaf: "\n".join(
        [
            *(
                f'type R{at} record {{| "t{at}" tag; {leaf if at == 0 else "int"} value; |}};'
                for at in range(n)
            ),
            f"public type U {'|'.join(f'R{at}' for at in range(n))};",
        ]
    ),
    # Declarations that lead to others
    "aliases": _chain("public type T0 $leaf;", "public type $this $before;"),
    "hidden aliases": _chain("type T0 $leaf;", "type $this $before;"),
    "aliases with arrays": _chain("type T0 $leaf;", "type $this $before[];"),
    "aliases with maps": _chain("type T0 $leaf;", "type $this map<$before>;"),
    "doubled aliases": _chain("type T0 $leaf;", "type $this [$before, $before];"),
    "doubled unions": _chain("type T0 $leaf;", "type $this $before[]|map<$before>;"),
    "doubled functions": _chain("type T0 $leaf;", "type $this function ($before) returns $before;"),
    "ring of aliases": lambda n, leaf: "\n".join(
        [f"type T{at} T{(at + 1) % n}[];" for at in range(n)] + [f"public function f(T0 x, {leaf} y) {{ }}"]
    ),
    "ring of records": lambda n, leaf: "\n".join(
        [f"type T{at} record {{| T{(at + 1) % n}? next; |}};" for at in range(1, n)]
        + [f"type T0 record {{| T1? next; {leaf} a; |}};", "public function f(T0 x) { }"]
    ),
    "record chain": _chain("type T0 record {| $leaf a; |};", "type $this record {| $before a; |};"),
    "public record chain": _chain(
        "public type T0 record {| $leaf a; |};", "public type $this record {| $before a; |};"
    ),
    "inclusions": _chain("public type T0 record { $leaf a; };", "public type $this record { *$before; };"),
    "hidden inclusions": _chain("type T0 record { $leaf a; };", "type $this record { *$before; };"),
    "inclusions with fields": _chain(
        "public type T0 record { $leaf a; };", "public type $this record { *$before; int b$this; };"
    ),
    "doubled inclusions": lambda n, leaf: "\n".join(
        [f"type A0 record {{ {leaf} a; }};", "type B0 record { int b; };"]
        + [
            f"type A{at} record {{ *A{at - 1}; *B{at - 1}; }};\ntype B{at} record {{ *A{at - 1}; *B{at - 1}; }};"
            for at in range(1, n)
        ]
        + [f"public type R record {{ *A{n - 1}; *B{n - 1}; }};"]
    ),
    "ring of inclusions": lambda n, leaf: "\n".join(
        [f"public type T{at} record {{ *T{(at + 1) % n}; }};" for at in range(n)]
        + [f"public function f(T0 x, {leaf} y) {{ }}"]
    ),
    "object inclusions": _chain(
        "public type T0 object { $leaf a; };", "public type $this object { *$before; };"
    ),
    "object inclusions with methods": _chain(
        "public type T0 object { public function a($leaf x); };",
        "public type $this object { *$before; public function b$this(); };",
    ),
    "doubled object inclusions": lambda n, leaf: "\n".join(
        [f"type A0 object {{ public function a({leaf} x); }};", "type B0 object { };"]
        + [
            f"type A{at} object {{ *A{at - 1}; *B{at - 1}; }};\ntype B{at} object {{ *A{at - 1}; *B{at - 1}; }};"
            for at in range(1, n)
        ]
        + [f"public type R object {{ *A{n - 1}; *B{n - 1}; }};"]
    ),
    "included records of one": lambda n, leaf: "\n".join(
        [f"type R{at} record {{| {leaf if at == 0 else 'int'} a{at}; |}};" for at in range(n)]
        + [f"public type R record {{| {' '.join(f'*R{at};' for at in range(n))} |}};"]
    ),
    "constants of constants": _chain("const T0 = $value;", "const $this = $before;"),
    "doubled constants": lambda n, leaf: "\n".join(
        [f"const T0 = {value(leaf)};"]
        + [f"const T{at} = T{at - 1} + T{at - 1};" for at in range(1, n)]
        + [f"public const C = T{n - 1};"]
    ),
    "structures of constants": lambda n, leaf: "\n".join(
        [f"const T0 = {value(leaf)};"]
        + [f"const T{at} = [T{at - 1}, T{at - 1}];" for at in range(1, n)]
        + [f"public const C = T{n - 1};"]
    ),
    "ring of constants": lambda n, leaf: "\n".join(
        [f"const T{at} = T{(at + 1) % n};" for at in range(n)]
        + ["public const C = T0;", f"public function f({leaf} y) {{ }}"]
    ),
    "distinct chain": _chain("public type T0 distinct error;", "public type $this distinct $before;"),
    # Many of one kind
    "constants": _many("public const C# = ?value;"),
    "enums": _many("public enum E# { A#@ }"),
    "constants beside enums": _many("public const C# = ?value;\npublic enum E# { A# }"),
    "enum members": _many("M#@", "public enum E { $ }", ", "),
    "enum members with values": _many('M# = "m#@"', "public enum E { $ }", ", "),
    "records declared": _many("public type R# record { @ a; };"),
    "functions declared": _many("public function f#(@ a) { }"),
    "classes declared": _many("public class C# { public function m(@ a) { } }"),
    "clients declared": _many("public client class C# { remote function m(@ a) returns error? { } }"),
    "objects declared": _many("public type O# object { public function m(@ a); };"),
    "errors declared": _many("public type E# distinct error<record { @ a; }>;"),
    "variables": _many("public @ v# = ?value;"),
    "configurables": _many("configurable @ v# = ?value;"),
    "annotations declared": _many("public annotation record { @ a; } A#;"),
    "annotations used": lambda n, leaf: "\n".join(
        f'@display {{label: "{leaf if at == n - 1 else at}"}}\npublic function f{at}() {{ }}'
        for at in range(n)
    ),
    "annotations of one": lambda n, leaf: "@A\n" * n + f"public function f({leaf} a) {{ }}",
    "annotations of a field": lambda n, leaf: f"public type R record {{ {'@A ' * n} {leaf} a; }};",
    "comments in a declaration": lambda n, leaf: "public\n" + "// c\n" * n + f"function f({leaf} a) {{ }}",
    "services": _many("service /s# on l { resource function get a(@ a) { } }"),
    "listeners": _many("listener L l# = new (?value);"),
    "imports": _many("import o/m#;", "$\npublic function f(m0:T x) { }"),
    "fields": _many("@ a#;", "public type R record { $ };", " "),
    "fields with defaults": _many("@ a# = ?value;", "public type R record { $ };", " "),
    "parameters": _many("@ a#", "public function f($) { }", ", "),
    "parameters with defaults": _many("@ a# = ?value", "public function f($) { }", ", "),
    "methods": _many("public function m#(@ a) { }", "public class C { $ }", "\n"),
    "remote methods": _many("remote function m#(@ a) { }", "public client class C { $ }", "\n"),
    "resources": _many("resource function get r#(@ a) { }", "public client class C { $ }", "\n"),
    "resources with parameters": _many(
        "resource function get [int p#]/r#(@ a) { }", "public client class C { $ }", "\n"
    ),
    "path segments": lambda n, leaf: (
        f"public client class C {{ resource function get {'/'.join(['a'] * n)}({leaf} x) {{ }} }}"
    ),
    "documentation lines": lambda n, leaf: "# Words of a line\n" * n + f"public function f({leaf} a) {{ }}",
    "documented parameters": lambda n, leaf: (
        "# Text\n#\n"
        + "\n".join(f"# + a{at} - word" for at in range(n))
        + f"\npublic function f({', '.join(f'{leaf} a{at}' for at in range(n))}) {{ }}"
    ),
    "comments": lambda n, leaf: "// words\n" * n + f"public function f({leaf} a) {{ }}",
    "blank lines": lambda n, leaf: "\n" * n + f"public function f({leaf} a) {{ }}",
    "a long line": lambda n, leaf: " ".join(f"public function f{at}({leaf} a) {{ }}" for at in range(n)),
    "a long name": lambda n, leaf: f"public function {'f' * n}({leaf} a) {{ }}",
    "a long string": lambda n, leaf: f'public const C = "{leaf * n}";',
    "a long number": lambda n, leaf: (
        f"public const C = {value(leaf).strip(chr(34)) if leaf == 'int' else 2}{'0' * n};"
    ),
    "escapes in a name": lambda n, leaf: (
        f"public function {chr(92) + 'u{61}'}{(chr(92) + 'u{61}') * n}({leaf} a) {{ }}"
    ),
    "files": lambda n, leaf: {
        f"f{at}.bal": f"public function f{at}({leaf if at == 0 else 'int'} a) {{ }}" for at in range(n)
    },
    "modules": lambda n, leaf: (
        {"main.bal": f"public function f({leaf} a) {{ }}"}
        | {f"modules/m{at}/a.bal": f"public function f({leaf} a) {{ }}" for at in range(n)}
    ),
    "folders in folders": lambda n, leaf: {
        "main.bal": f"public function f({leaf} a) {{ }}",
        f"resources/{'/'.join(['d'] * min(n, 400))}/x.txt": "",
    },
    "files of no package": lambda n, leaf: (
        {"main.bal": f"public function f({leaf} a) {{ }}"} | {f"resources/x{at}.txt": "" for at in range(n)}
    ),
    # Variants that nest what the others repeat
    "maps of unions of a parameter": _nested("map<(string|", ")[]>", PARAMETER),
    "readonly maps": _nested("readonly & map<", ">", PARAMETER),
    "functions of functions": _nested("function (function () returns ", ")", PARAMETER),
    "rests of functions": _nested("function (", "...)", PARAMETER),
    "rests of tuples": _nested("[int, ", "...]", PARAMETER),
    "rests of records": lambda n, leaf: PARAMETER.replace(
        "$", "record {| int a; " * n + leaf + "...; |}" * n
    ),
    "futures": _nested("future<", ">", PARAMETER),
    "type descriptors of parameters": _many(
        "typedesc<@> t# = <>", "public function f($) returns t0 = external;", ", "
    ),
    "object members of a union": _many("object { public function m#(@ a); }", PARAMETER, "|"),
    "members of an intersection": _many("object { public @ a#; }", PARAMETER, " & "),
    "keys of a table": lambda n, leaf: (
        f"public type R record {{| {' '.join(f'readonly int k{at};' for at in range(n))} {leaf} a; |}};\n"
        f"public function f(table<R> key({', '.join(f'k{at}' for at in range(n))}) x) {{ }}"
    ),
    "readonly chain": _chain("type T0 map<$leaf>;", "type $this readonly & $before;"),
    "distinct objects": _chain(
        "type T0 distinct object { public $leaf a; };", "type $this distinct $before;"
    ),
    "error details": _chain(
        "type T0 error<record { $leaf a; }>;", "type $this error<record { $before cause; }>;"
    ),
    "ring of error details": lambda n, leaf: "\n".join(
        [
            f"type T{at} error<record {{ T{(at + 1) % n}? next; {leaf if at == 0 else 'int'} a; }}>;"
            for at in range(n)
        ]
        + ["public function f(T0 x) { }"]
    ),
    "ring of objects": lambda n, leaf: "\n".join(
        [
            f"type T{at} object {{ public T{(at + 1) % n}? next; public {leaf if at == 0 else 'int'} a; }};"
            for at in range(n)
        ]
        + ["public function f(T0 x) { }"]
    ),
    "ring of functions": lambda n, leaf: "\n".join(
        [f"type T{at} function (T{(at + 1) % n}?) returns {leaf if at == 0 else 'int'};" for at in range(n)]
        + ["public function f(T0 x) { }"]
    ),
    "ring of public records": lambda n, leaf: "\n".join(
        f"public type T{at} record {{| T{(at + 1) % n}? next; {leaf if at == 0 else 'int'} a; |}};"
        for at in range(n)
    ),
    "public unions": _chain(
        "public type T0 $leaf|boolean;", "public type $this $before|record {| int b$this; |};"
    ),
    "private unions": _chain("type T0 $leaf|boolean;", "type $this $before|record {| int b$this; |};"),
    "public doubled unions": _chain(
        "public type T0 $leaf|boolean;", "public type $this $before|[$before, $before];"
    ),
    "distinct errors of a chain": _chain(
        "type T0 distinct error<record { $leaf a; }>;", "type $this distinct $before;"
    ),
    "mesh of records": lambda n, leaf: "\n".join(
        [
            f"type T{at} record {{| T{at * 7 % n}? a; T{(at * 5 + 1) % n}[] b; T{(at + 1) % n}? c; {leaf if at == n - 1 else 'int'} d; |}};"
            for at in range(n)
        ]
        + ["public function f(T0 x) { }"]
    ),
    "mesh of public records": lambda n, leaf: "\n".join(
        f"public type T{at} record {{| T{at * 7 % n}|T{(at * 5 + 1) % n}|() a; T{(at + 1) % n}? c; {leaf if at == n - 1 else 'int'} d; |}};"
        for at in range(n)
    ),
    "mesh of unions": lambda n, leaf: "\n".join(
        [
            f"type T{at} T{at * 7 % n}[]|map<T{(at * 5 + 1) % n}>|{leaf if at == n - 1 else 'int'};"
            for at in range(n)
        ]
        + ["public function f(T0 x) { }"]
    ),
    "mesh of public objects": lambda n, leaf: "\n".join(
        f"public type T{at} object {{ public T{at * 7 % n}? a; public function m(T{(at + 1) % n}? b) returns {leaf if at == n - 1 else 'int'}; }};"
        for at in range(n)
    ),
    "hard questions": lambda n, leaf: "\n".join(
        [
            *(
                f"type T{at} record {{| T{at * 7 % 24}|T{(at * 5 + 1) % 24}|() a; T{(at + 1) % 24}? c; {'int' if at else leaf} d; |}};"
                for at in range(24)
            ),
            *(f"public function f{at}(T{at % 24} x) {{ }}" for at in range(n)),
        ]
    ),
    "constants doubled as strings": lambda n, leaf: "\n".join(
        [
            f'const T0 = "{leaf}";',
            *(f"const T{at} = T{at - 1} + T{at - 1};" for at in range(1, n)),
            f"public const C = T{n - 1};",
        ]
    ),
    "constants multiplied": lambda n, leaf: "\n".join(
        [
            "const int T0 = 3;",
            *(f"const int T{at} = T{at - 1} * T{at - 1};" for at in range(1, n)),
            f"public const int C = T{n - 1};",
            f"public function f({leaf} y) {{ }}",
        ]
    ),
    "enum members of enum members": lambda n, leaf: (
        f'public enum E {{ M0 = "{leaf}", ' + ", ".join(f"M{at} = M{at - 1}" for at in range(1, n)) + " }"
    ),
    "enums that share a member": _many('public enum E# { A = "@", B# }'),
    "queries in defaults": _many(
        "any a# = from var x in [?value] let int y = 1 select x", "public function f($) { }", ", "
    ),
    "values of an annotation": _many("?value", "@A {v: [$]}\npublic function f() { }", ", "),
    "paths of parameters": lambda n, leaf: (
        f"public client class C {{ resource function get {'/'.join(f'[{leaf} a{at}]' for at in range(n))}() {{ }} }}"
    ),
    "templates in templates of a constant": _nested_value("string `a${", "}b`", _CONSTANT),
    "a line of records": _many("public type R# record { @ a; };", separator=" "),
    "words of documentation": lambda n, leaf: f"# {'word ' * n}\npublic function f({leaf} a) {{ }}",
    "links of documentation": lambda n, leaf: f"# {'`f` [' * n}\npublic function f({leaf} a) {{ }}",
    "attach points of an annotation": lambda n, leaf: (
        f"public annotation {leaf} A on {', '.join(['type', 'function', 'class'] * n)};"
    ),
    "included records with a rest": _many("*R#", "public type R record {| $; @...; |};", "; "),
    "inclusions of parameters": lambda n, leaf: "\n".join(
        [f"public type R{at} record {{| {leaf if at == 0 else 'int'} a{at}; |}};" for at in range(n)]
        + [f"public function f({', '.join(f'*R{at} r{at}' for at in range(n))}) {{ }}"]
    ),
    "clients with resources": _many("public client class C# { resource function get a/[@ p](@ q) { } }"),
    # Mistakes
    "mistakes": lambda n, leaf: "public function ( { }\n" * n + f"public function f({leaf} a) {{ }}",
    "mistakes in bodies": lambda n, leaf: "\n".join(
        f"public function f{at}({leaf} a) {{ int = ; }}" for at in range(n)
    ),
    "mistakes on a line": lambda n, leaf: f"public function f({leaf} a) {{ {'= ; ' * n} }}",
    "words on a line": lambda n, leaf: f"public function f({leaf} a) {{ }}\n{'a ' * n}",
    "190 words that are mistakes": lambda n, leaf: f"public function f({leaf} a) {{ }}\n{'a ' * 190 * n}",
    "74 words that are mistakes": lambda n, leaf: (
        f"public function f({leaf} a) {{ }}\n" + "".join(f"a{at} b{at}\n" for at in range(37 * n))
    ),
    "70 words of fields without names": lambda n, leaf: (
        f"public type R record {{| {leaf} a; |}};\npublic type S record {{| {'int ' * 70 * n} |}};"
    ),
    "names declared again": lambda n, leaf: "\n".join(
        f"public type R{at % max(1, n // 2)} record {{ {leaf} a; }};" for at in range(n)
    ),
    "opened brackets": lambda n, leaf: f"public type T {'[' * n}{leaf};",
    "opened braces": lambda n, leaf: f"public function f({leaf} a) " + "{" * n,
    "closed brackets": lambda n, leaf: f"public type T {leaf}{']' * n};",
    "opened templates": lambda n, leaf: f"public function f({leaf} a) {{ {'string `${' * n} }}",
    "bytes that are nothing": lambda n, leaf: "$%" * n + f"\npublic function f({leaf} a) {{ }}",
}
