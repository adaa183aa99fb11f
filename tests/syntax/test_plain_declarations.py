"""Plain declarations without a tree: what is read so is what the tree says, and the rest is left to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from semverdiff.syntax import nodes, outline
from semverdiff.syntax.declarations import read_declaration, read_scanned, read_tree
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.outlines import Item
from semverdiff.syntax.plain_declarations import plain_declaration, read_plain
from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IMPORTS = {"m": "acme/money"}
PLAIN = [
    # Records: open, closed, with rests, inclusions and documented fields.
    "type R record { };",
    "type R record {};",
    "type R record {||};",
    "public type R record {| int a; |} ;",
    "# One.\n# + a - of it\n#\n#   Two.  \n\n# Three. \npublic type R record {\n    # É.\n    int a;\n};",
    "type R record { int a?; readonly string b; readonly A c ? ; int d; };",
    "type R record { *A; * B ; *m:C; int a; };",
    "type R record {| int a; anydata...; |};",
    "type R record {|m:A|error[]... ;|};",
    "type\tR\nrecord\f{ int\n\ta\n;}\n;",
    "type R record{int 'order; int 'int; int '4; int a_1; }  ;",
    # Values.
    'type R record { int a = 0; int b=10; boolean c = true; boolean d = false; string e = ""; };',
    'type R record { string a = "é  x // # {|"; int b; };',
    'type R record { string a = "é"; int b; string c = "éé"; int d;\n int e; };',
    # Types.
    "type T int|string|A|m:A|()|byte|decimal|float|boolean|json|handle|any|anydata|never|error;",
    "type T int[]|string[][]|A?|A[]?|()[]|()?|m:A[];",
    'type T "a"|"b-c"|"d/e.f_1"?|"";',
    "type T map<int>;",
    "type T map<map< A|m:B[]>?>[]|map<()>|map<error?>?;",
    "type T int |\n string\n| () ;",
    "type T mapper|typed|xmlns_|records|recordA;",
    "type T record_;",
    "type T n:A|int_:B;",
    # Constants.
    "const A = 1;",
    "# A.\npublic const A = true;",
    'const string A = "a b";',
    "const m:T|int A = 12 ;",
    "const A B=0;",
    "const 'order = 1;",
    # Functions.
    "function f() { }",
    "public isolated function f ( ) returns string|error { return; }",
    "# F.\nisolated function f(int a, A[]? b = 5, *m:C c, string... d) { foreach var a in b { } }",
    'function f(int a = 1, string b = "x", boolean c=true,* A d) returns map<json>? { }',
    "function f(int a,\n    string b)\nreturns error?{}",
    "function f(m:A... a) { }",
    "function f(@A int a, @m:A { b: 1 } @C int d) returns @A @m:B int|error { }",
    "function f(int, string... ) returns (int) { }",
    "function f(int...) { }",
    "function f(*record { } a, *A) { }",
    'function f(typedesc<int> t = <>, A...a) returns t|error = @java:Method { name: "g" } external;',
    "isolated transactional function f() => 1 + 2;",
    "function f() { };",
    "function f() { string a = `}`; } ;",
    # Comments.
    "type R // A\n record { // a\n int a; // # b\n # C.\n // c\n int c; // d\n};",
    "# A.\n// B.\npublic type R int // a\n | string;",
    "function f(int a, // # a\n int b) // c\n { }",
    "class C { // a\n int a; // b\n function f() { } // c\n // d\n }",
    # Names with quotes and escapes.
    r"type R record { int a\-b; int \-1?; int \2a\_; string 'a\.b = 1; };",
    "type R record { 'int a; int b; 'int c; };",
    r"type R record { 'A a; 'int b; 'type\-a? c; *'A; int d; 'order[] e; m:a\-b f; };",
    r"client class C { resource function get a\-b/\$c/[int d\-e]() { } }",
    # Annotations and what is in them.
    "@A type R record { @A int a; @m:B {} string b; };",
    '# A.\n@A {a: 1, "b" : [ ], c} // c\n@m:C\npublic type R int;',
    '@A {a: {b: -1, c:d, e : m:f, "g":m:h},\n\t"é"  :  "a  é",  i: [1, 2.50 , true, (), null]} type R int;',
    '@A {a: "\u00a0 \u2003é", b: "// \' \\\\ \\"  c"} type R int;',
    "# A.\t\x1f\n#  é\u2003\n#\u00a0a\n#\n type R record {\n#\u2003a\n#  b \n int a;\n# é.\n#a\n int b; };",
    # Values.
    "type R record { int a = -1; float b = 1.50; decimal c = 1d; float d = 2.5f; };",
    "type R record { int c = 1 + 2+3; A d = B; A e = m:B; A f = {}; };",
    r'type R record { string a = "b" + "\n\\\"" ; string b = "é   é"; };',
    "const A = [1, {a: b}, [], [[]]];",
    "const record { } A = {a: {}};",
    '@A {a: "éé"} const B C = f();',
    'type R "é"|function ("éé", int, "é"... a);',
    "const A = m:f(1, a.b, g(h = 1, i = [2])).j.k(l).m;",
    "const A = check new m:A (a, b = c);",
    "const A = [new, new (), new A, new m:A(1)] + check a.b() + -1;",
    "final table<A> key(a) b = table [];",
    "final A b = table [{c: 1}, {c: 2}];",
    # Compound types.
    "type R record { }|record {| |}[]|record { int a; }?;",
    "type R record { record {| record { int a; } b; int...; |} a; record { } b = {}; };",
    "type R record { int[2] a; int[2][][*][B][m:C] b; A?[] c; A[]?[3]? d; };",
    "type R record { int[]a; map<A>b; A?c; (A)d; record { }e; };",
    "type R record {| A?...; |};",
    "type R record {| A ...; |};",
    "type R A & B|C & (D & E)|(F|(G|H))|((I & J)) & readonly;",
    "type R (A|B)[]|(A & B)?|(A)|(())|((A|B)) & C;",
    "type R record { readonly & A a; readonly|A b; readonly readonly & A c; readonly readonly d; };",
    'type R 1|-2|+3.5|true|false|"a|b"|"a b"|"[]"|"é"|"\\n";',
    "type R map|xml|typedesc|future|map <int>|xml<A>;",
    "type R typedesc<A|B>|future< A >|error<A>|error<*>|error < A >;",
    "type R int:Signed32|error:Detail|xml:Element|map:A|object:RawTemplate|n:A;",
    "type R distinct error|distinct error<A> & distinct B|distinct (A|B)|distinct C[]|distinct 'D?;",
    "type R stream<A>|stream<A, error?>|stream< A , () > ;",
    "type R table<A>|table<A> key<int>|table<map<A>> key(a, b)|table<A> key ( ) ;",
    "type R [A, B|C]|[int, string...]|[A...]|[[A], B[]]|[ A , B ... ];",
    "type R function ();",
    "type R A|function (int, @A string a, A... b) returns function () returns C|D;",
    "type R (function () returns A)?|(isolated function ())[];",
    "type R record { function () a; isolated transactional function (A) returns B b; };",
    # Objects.
    "type R object { };",
    "type R isolated client service object {\n # A.\n @B public int a; *C; *m:D; };",
    "type R object { private final A? b; int c = 1; };",
    "type R object { function f(); public isolated function g(int a = 1) returns A; };",
    "type R object { remote function h(); };",
    "type R object { resource function get a/[A b]/'c/[int]/[B... d]/[C...]() returns D; };",
    "type R object { isolated resource transactional function get a(); };",
    "type R distinct service object { resource function get .() returns A; };",
    "type R object { resource function post [A b](@C int d); };",
    # Classes.
    "class C { }",
    "class C { };",
    "transactional class C { }",
    "# A.\n@B { c: 1 }\npublic distinct isolated readonly client service class C { }",
    "class C { *D; int a; final B b = new (1); }",
    "class C { function init() { self.a = 1; } public function f() => 1; isolated function g() = external; }",
    "service class C {\n # A.\n @m:A remote isolated function f(int a) returns @A B { } }",
    "class C {\n transactional function g() { } ;\n private function 'h() returns A { } int i; }",
    "client class C { resource function get .(int a = 1) { } }",
    "client class C { resource isolated function post a/b/[A... c] () { } }",
    # Enums.
    "enum E { }",
    "public enum E { A };",
    '# A.\n@B enum E {\n # C.\n @D A = "a", // b\n # E.\n B, \'int = m:F + "c" }',
    # Variables.
    "int a = 1;",
    "A b;",
    "public final A & readonly a = {};",
    "@A public configurable int b = ?;",
    "final configurable A a = 1;",
    "final var a = b();",
    "var a;",
    "configurable var a = b;",
    "readonly & A a = b;",
    "isolated object { } a = b;",
    "function () a = b;",
]
# Sound, but for the parser: each is plain but for one thing.
OTHERS = [
    "type R record { int a = 0x1; };",
    "type R record { float a = 1e3; };",
    "type R record { float a = .5; };",
    "type R record { int é; };",
    "type R record { int aé; };",
    "type R record { é a; };",
    "type R record { aé a; };",
    "type R record { m:é c; };",
    "type R record { m:aé c; };",
    r"type R record { int a\u{41}; };",
    r"type R record { int a\é; };",
    r"type R record { int a\ b; };",
    r'type R record { string a = "\u{41}"; };',
    "type R record { int? [] a; };",
    "type R record { int ? a; };",
    "type R record { int [] a; };",
    "type R record { readonly a; };",
    "type R record { readonly ? a; };",
    "type R record { int[0x1] a; };",
    "type R record { map<map<int>> a = 0x1; };",
    "type R record { m:map a; };",
    "type R record { - 1 a; };",
    "type R service;",
    "type R null;",
    "type R [];",
    "type R [@A int];",
    "type R ( );",
    "type R error<A, B>;",
    "type R error< * >;",
    "type R A & function ();",
    "type R distinct function ();",
    "type R isolated function;",
    "type R abstract object { };",
    "type R object { function f() { } };",
    "type R object { function a; };",
    "type R object { resource function get a/[@A int b](); };",
    "# A.\n// B.\n# C.\ntype R int;",
    "type R record {\n# A.\n// B.\n# C.\nint a; };",
    "type R " + "(" * 48 + "int" + ")" * 48 + ";",
    "type R " + "map<" * 48 + "int" + ">" * 48 + ";",
    "type R int" + "[]" * 48 + ";",
    "type R int" + "[]?" * 24 + ";",
    "type R " + "record { " * 24 + "int a; " + "} a; " * 23 + "};",
    "const annotation A;",
    "const A = " + "[" * 49 + "]" * 49 + ";",
    "const A = {'a: 1};",
    "const A = {a:b:c};",
    "const A = {[a]: 1};",
    "const A = {...a};",
    "const A = {readonly a: 1};",
    "const A = { // a\n };",
    "const A = [1, // a\n 2];",
    "const A = 1 - 2;",
    "const A = - 1;",
    "const A = + + 1;",
    "const A = table;",
    "const A = (1);",
    "const A = a[1];",
    "const A = a.b[1];",
    "const A = a . b;",
    "const A = a?.b;",
    "const A = a:b.c:d;",
    "const A = a.map(b);",
    "const A = f(...a);",
    "const A = int:MAX_VALUE;",
    "const A = 'a;",
    "const A = a ? b : c;",
    "const A = a == b;",
    "const A = <A>b;",
    "const A = check trap f();",
    "const A = string `a`;",
    "const A = re `a`;",
    "const A = `a`;",
    'const A = error("a");',
    "const A = let int a = 1 in a;",
    "const A = a => b;",
    "const A = function () { };",
    "const A = object { };",
    "const A = new stream<int>();",
    "const A = table key(a) [];",
    "const A = natural { };",
    "const A = transactional;",
    "const A = int;",
    "isolated int a = 1;",
    "function a = b;",
    "listener A a = new;",
    "service / on a { }",
    "public annotation A;",
    "client function f() { }",
    "isolated isolated function f() { }",
    "class C { function a; }",
    "class C { public isolated isolated function f() { } }",
    "class C { object { } a = object { }; }",
    "enum E { A = 1 - 2 }",
]
# What does not parse, and is one sign from being plain.
BROKEN = [
    "type R record { int a };",
    "type R record { int a; }",
    "type R record { int a; |};",
    "type R record {| int a; };",
    "type R record { anydata...; };",
    "type R record {| anydata...; int a; |};",
    "type R record {| readonly int...; |};",
    "type R record {|\n# A.\nint...; |};",
    "type R record {\n# A.\n*A; };",
    "type R record { *int; };",
    "type R record { *A b; };",
    "type R record { *A[]; };",
    "type R record { int a? = 1; };",
    "type R record { int a = 1?; };",
    "type R record { int a = ; };",
    "type R record { int a = 01; };",
    "type R record { int a = 1a; };",
    "type R record { int a = truex y; };",
    'type R record { string a = "b; };',
    'type R record { string a = "b\n"; };',
    "type R record { int int; };",
    "type R record { int record; };",
    "type R record { int 1; };",
    "type R record { int '; };",
    "type R record { a; };",
    "type R record { int| a; };",
    "type R record { |int a; };",
    "type R record { int||string a; };",
    "type R record { map<int a; };",
    "type R record { int> a; };",
    "type R record { map<> a; };",
    "type R record { m: A a; };",
    "type R record { m :A a; };",
    "type R record { m:n:A a; };",
    "type R record { m:1 a; };",
    "type R record { m:int a; };",
    "type R record { where a; };",
    "type R record { readonly readonly int a; };",
    "type record int;",
    "type R int",
    "type R int; ;",
    "type R int; type S int;",
    "typeR int;",
    "public public type R int;",
    "isolated type R int;",
    "isolated const A = 1;",
    "type R",
    "type",
    "",
    "# A.",
    "# A.\n# B.\n",
    "type R int; # B.",
    "type R int;\n\n# B.\n",
    "const A;",
    "const A = 1",
    "const A = 1;;",
    "const A == 1;",
    "const int = 1;",
    "const A B C = 1;",
    "function f(int a,) { }",
    "function f(int a int b) { }",
    "function f(int... a, int b) { }",
    "function f(int... a = 1) { }",
    "function f(*A... a) { }",
    "function f(, int a) { }",
    "function f(int a = ) { }",
    "function f(int a = <) { }",
    "function f(*A a = 1) { }",
    "function f(A... = 1) { }",
    "function f(@ int a) { }",
    "function f(int a @A) { }",
    "function f() returns @A { }",
    "function f() = { }",
    "function f() => { }",
    "function f(int a { }",
    "function f) { }",
    "function int() { }",
    "function f() int { }",
    "function f() return int { }",
    "function f() returns { }",
    "function f() returns int;",
    "function f()",
    "isolated public function f() { }",
    # Names and references.
    r"type R record { int a\; };",
    "type R record { *1:A; };",
    "type R record { *1a; };",
    "type R record { *int; };",
    "type R record { m:'A:B a; };",
    "type R record { 'm: A a; };",
    # Annotations and values.
    "@ type R int;",
    "@A # B.\ntype R int;",
    "@A; type R int;",
    "@int type R int;",
    "@A {a: } type R int;",
    "@A {a: 1,} type R int;",
    "@A {,} type R int;",
    '@A {"a"} type R int;',
    "@A {a b} type R int;",
    "@A {a: 1 2} type R int;",
    "@A {a: [1,]} type R int;",
    "@A {a: [1} type R int;",
    "@A {int: 1} type R int;",
    "@A {1: 1} type R int;",
    "@A [] type R int;",
    "const A = --;",
    "const A = 1 +;",
    "const A = 1.;",
    "const A = 1.5.6;",
    "const A = 00;",
    "const A = 1a;",
    'const A = "\\a";',
    'const A = "a" "b";',
    "const A = a b;",
    "const A = a:;",
    "const A = a: b;",
    "const A = a:b:c;",
    "const A = a.;",
    "const A = a.1;",
    "const A = a.int;",
    "const A = f(;",
    "const A = f(a,);",
    "const A = f(a = 1, 2);",
    "const A = f(a = );",
    "const A = f(int = 1);",
    "const A = new int;",
    "const A = check;",
    "const A = int:;",
    "const A = (,);",
    "const A = table {};",
    # Compound types.
    "type R record { int[ a; };",
    "type R record { int[-1] a; };",
    "type R record { int[1.5] a; };",
    "type R record { int[1d] a; };",
    "type R record { int[a.b] a; };",
    "type R record { table<A> key; };",
    "type R record { A & a; };",
    "type R record { A && B a; };",
    "type R record { & A a; };",
    "type R record { - a; };",
    "type R (A;",
    "type R A);",
    "type R (A, B);",
    "type R [A,];",
    "type R [A..., B];",
    "type R [A B];",
    "type R map<A, B>;",
    "type R stream<A, B, C>;",
    "type R stream<>;",
    "type R error<>;",
    "type R table<A> key;",
    "type R table<A> key(a,);",
    "type R table<A> key(int);",
    "type R table<A> key(1);",
    "type R distinct;",
    "type R function (int a;",
    "type R function (int a,);",
    "type R client int;",
    "type R isolated;",
    "type R A|;",
    "type R |A;",
    "type R A||B;",
    "type R A|}B;",
    "type R record { int a; } record { };",
    "type R record {| int a; |} int;",
    # Objects, classes and enums.
    "type R object { int a }",
    "type R object { function f() }",
    "type R object { function f(); ",
    "type R object { function (); };",
    "type R object { remote resource function f(); };",
    "type R object { public resource function get a(); };",
    "type R object { resource function get(); };",
    "type R object { resource function get a/(); };",
    "type R object { resource function get a//b(); };",
    "type R object { resource function get [A(); };",
    "type R object { function get a(); };",
    "type R object { public private int a; };",
    "type R object { final function f(); };",
    "type R object { readonly int a; };",
    "type R object {| int a; |};",
    "type R object { int a?; };",
    "type R object { # A.\n*B; };",
    "class C { function f(); }",
    "class C { int a = 1 }",
    "class C { int a, b; }",
    "class C { function f() { } ",
    "class C { function f() { } } }",
    "class C { } class D { }",
    "class { }",
    "class int { }",
    "remote class C { }",
    "public client C { }",
    "enum E { A, }",
    "enum E { , A }",
    "enum E { A B }",
    "enum E { A = }",
    "enum E { A; }",
    "enum E { int }",
    "enum E A",
    "isolated enum E { }",
    # Variables.
    "int a = ;",
    "int a = 1",
    "int a b;",
    "int = 1;",
    "final final int a = 1;",
    "configurable final int a = 1;",
    "var a = ?;",
    "final a;",
    "final type R int;",
]
# Bodies of functions that are known to parse,
PLAIN_BODIES = [
    "{ }",
    "{ };",
    "{ // a\n } // b\n ;",
    "= external;",
    '= @A @m:B { \'class: "a", b: [1, {c: d}] } external;',
    "=> a + 1;",
    "{ return; }",
    "{ return a; { } { int a; } }",
    "{ int a; final A[]? b = 1; var c = d; m:A|error e = f; }",
    "{ [int, string] g = h; map<A>i = {}; A[]j = []; _ = k; }",
    "{ var _ = a; string _ = b; error? c = d; A? e; A[1] f = g; }",
    "{ a = b; a.b = c; a[0] = d; a.b[c].d = e; m:a = f; a += 1; a -= 1; a *= 1; }",
    "{ a /= 1; a &= 1; a |= 1; a ^= 1; }",
    "{ a(); a.b(); a->b(); a.b.c(1, d = 2, ...e); m:a(f)\n .g() -> h(); }",
    "{ check a(); checkpanic a->b(); a[b].c(); a()[b].c(); }",
    "{ a.map(b); a.'start(); self.a.error(); a.join(); a(key); }",
    "{ if a { } if (a) { } else { } if a { } else if b { } else { } }",
    "{ while a { break; } while true { continue; } }",
    "{ foreach var a in b { } foreach A|B a in c.d() { } lock { } }",
    "{ do { check a(); } on fail var e { } do { } on fail { } while a { } on fail A b { } }",
    '{ panic error("a"); fail error m:A("a", b, c = d); }',
    "{ return a == b && c != d || e === f && g !== h; }",
    "{ return a < b || a <= b || a > b || a >= b; }",
    "{ return a + b - c * d / e % f | g & h ^ i; }",
    "{ return !a && -b == ~c && !(a is b); }",
    "{ return a ?: b ?: c; }",
    "{ return a ? b : c ? d : e; }",
    "{ return a is A|B && b is A & B || c is () ? d : e is A[] ? f : g !is A?; }",
    "{ return <A>a + <m:B[]> b.c() + check <A>d + trap e() + checkpanic f; }",
    '{ return string `a${b}c$ {${d.e("`")}` + xml `<a>${b}</a>`; }',
    "{ return `a ${b + string `${c}`} d`; }",
    '{ return {a: b, "c": d, e, ...f, g : {h:1}, i:{}}; }',
    "{ return [a, ...b, [], {}]; }",
    "{ return a?.b?.c.d; }",
    "{ return new; }",
    "{ A a = new (1); B b = check new m:B(c); return new C; }",
    "{ return ((a)); }",
    '{ return int:fromString(a) + m:B + 1.5 + 2d + 3.25f + "\\n"; }',
    "{ return true || false == null && () == a; }",
]
# those that take the parser, although they parse,
OTHER_BODIES = [
    "{ match a { 1 => { } } }",
    "{ return from var a in b select a; }",
    "{ return a => b; }",
    "{ return function () { }; }",
    "{ return object { }; }",
    "{ return re `a`; }",
    "{ return a - 1 -b; }",
    "{ return a<b; }",
    "{ [a, b] = c; }",
    "{ var [a, b] = c; }",
    "{ future<int> a = start b(); }",
    "{ worker a { } }",
    "{ transaction { check commit; } }",
    "{ return int; }",
    "{ return 0x1; }",
    "{ return 'int:a(); }",
    "{ return a/<b>; }",
    "{ return a->/b; }",
    "{ return {a:b}; }",
    "{ return let int a = 1 in a; }",
    "{ return typeof a; }",
    "{ foreach var {a} in b { } }",
    "{ fork { worker a { } } }",
    "{ a -> b; }",
    "{ return <@A int>b; }",
    "{ " + "{ " * 48 + "} " * 48 + "}",
    "{ return " + "(" * 48 + "a" + ")" * 48 + "; }",
]
# and those that do not parse.
BROKEN_BODIES = [
    "{ a; }",
    "{ a.b; }",
    "{ a[0]; }",
    "{ a + b(); }",
    "{ check 1 + a; }",
    "{ a() = b; }",
    "{ a?.b = c; }",
    "{ 1 = a; }",
    "{ check a() = b; }",
    "{ a += ; }",
    "{ a =+= b; }",
    "{ int a = ; }",
    "{ int a b; }",
    "{ int; }",
    "{ int _; }",
    "{ int int = 1; }",
    "{ return }",
    "{ return a b; }",
    "{ return a + ; }",
    "{ return a ? b; }",
    "{ return a ? : b; }",
    "{ return a is ; }",
    "{ return a == == b; }",
    "{ return !; }",
    "{ return a.; }",
    "{ return a->; }",
    "{ return a->b.c; }",
    "{ return a(b,); }",
    "{ return a(b = 1, c); }",
    "{ return a(...b, c); }",
    "{ return [a,]; }",
    "{ return {a: }; }",
    '{ return {"a"}; }',
    "{ return {a: b c: d}; }",
    "{ return <A>; }",
    "{ return (a; }",
    "{ return error(); }",
    "{ return error(a = 1); }",
    "{ return `${}`; }",
    "{ return natural; }",
    "{ return new group; }",
    "{ natural a = 1; }",
    "{ if { } }",
    "{ if a b(); }",
    "{ else { } }",
    "{ while { } }",
    "{ foreach a in b { } }",
    "{ foreach var a b { } }",
    "{ do { } on { } }",
    "{ lock a { } }",
    "{ break }",
    "{ break a; }",
    "{ panic; }",
    "{ final a = b; }",
    "{ } }",
    "=> ;",
    "=> a b;",
    "= @A;",
    "= a external;",
]
_SIGN = re.compile(r'"[^"\n]*"|(?:#|//)[^\n]*\n|[\w\']+|\{\||\|\}|\.\.\.|\s+|.', re.DOTALL)
_SIGNS = sorted(
    {
        token
        for text in (*PLAIN, *OTHERS, *BROKEN, *PLAIN_BODIES, *OTHER_BODIES, *BROKEN_BODIES)
        for token in _SIGN.findall(text)
    }
)


KINDS = {
    nodes.Class: "class_definition",
    nodes.Constant: "constant_declaration",
    nodes.Enum: "enum_declaration",
    nodes.Function: "function_definition",
    nodes.TypeDefinition: "type_definition",
    nodes.Variable: "module_variable_declaration",
}


def item_of(text: str) -> Item | None:
    """Return a text as the plain declaration that it is."""
    read = plain_declaration(text.encode(), 3, 4, IMPORTS)
    if read is None:
        return None
    found = read[0]
    return Item(found.name, KINDS[type(found)], found.public, 3, text.encode(), 4)


def read(item: Item, imports: Mapping[str, str] = IMPORTS) -> nodes.Declaration | None:
    """Return what an item is read as without a tree, whether or not the bodies in it parse."""
    plain = read_plain(item, imports)
    return None if plain is None else plain[0]


def doubtful(body: str) -> list[bytes]:
    """Return the body of a function if only the parser tells whether it parses."""
    item = item_of(f"function f() {body}")
    assert item is not None
    plain = read_plain(item, IMPORTS)
    assert plain is not None
    assert isinstance(plain[0], nodes.Function)
    assert plain[1] in ([], [plain[0].body])
    return plain[1]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain_is_read_as_the_tree_has_it(text: str) -> None:
    outlined = outline(text.encode())
    assert not outlined.damages
    (item,) = outlined.items
    for one in (item, replace(item, line=7, column=11)):
        plain = read(one)
        assert plain is not None
        assert (
            plain == read_tree(one, IMPORTS) == read_scanned(one, IMPORTS) == read_declaration(one, IMPORTS)
        )


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    outlined = outline(text.encode())
    assert not outlined.damages
    (item,) = outlined.items
    assert read_plain(item, IMPORTS) is None
    assert read_scanned(item, IMPORTS) == read_tree(item, IMPORTS)


@pytest.mark.parametrize("text", BROKEN)
def test_what_does_not_parse_is_not_plain(text: str) -> None:
    outlined = outline(text.encode())
    assert outlined.damages or len(outlined.items) != 1 or outlined.items[0].content != text.encode()
    assert item_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        " type R int;",
        "\n# A.\ntype R int;",
        "type R int;\0",
        'const A = "\0";',
        "type R int\r;",
        "# A.\r\ntype R int;",
    ],
)
def test_what_no_outline_has_is_not_plain(text: str) -> None:
    assert item_of(text) is None


OTHERWISE = {"key": "S", "kind": "function_definition", "public": True}


@pytest.mark.parametrize("field", OTHERWISE)
def test_a_plain_declaration_is_not_read_as_another_one(field: str) -> None:
    item = item_of("type R record { };")
    assert item is not None
    assert read_plain(item, IMPORTS) is not None
    assert read_plain(replace(item, **{field: OTHERWISE[field]}), IMPORTS) is None


def test_the_body_of_a_plain_function_is_parsed() -> None:
    item = item_of("function f() { return; }")
    assert item is not None
    assert read_scanned(item, IMPORTS) == read_tree(item, IMPORTS)
    with pytest.raises(BrokenSyntaxError, match="does not parse"):
        read_scanned(replace(item, content=b"function f() { return return; }"), IMPORTS)


def test_a_broken_body_in_a_plain_class_is_found() -> None:
    text = "class C { function f() { return; } function g() returns int => BODY; }"
    for body, is_sound in (("1", True), ("1 2", False), ("", False)):
        item = item_of(text.replace("BODY", body))
        assert item is not None
        if is_sound:
            assert read_scanned(item, IMPORTS) == read_declaration(item, IMPORTS) == read_tree(item, IMPORTS)
            continue
        with pytest.raises(BrokenSyntaxError, match="does not parse"):
            read_scanned(item, IMPORTS)


@pytest.mark.parametrize("body", PLAIN_BODIES)
def test_a_plain_body_is_known_to_parse(body: str) -> None:
    assert not outline(f"function f() {body}".encode()).damages
    assert not doubtful(body)


@pytest.mark.parametrize("body", OTHER_BODIES)
def test_a_body_that_is_not_plain_is_left_to_the_parser(body: str) -> None:
    assert not outline(f"function f() {body}".encode()).damages
    assert doubtful(body)


@pytest.mark.parametrize("body", BROKEN_BODIES)
def test_a_body_that_does_not_parse_is_not_plain(body: str) -> None:
    assert outline(f"function f() {body}".encode()).damages
    assert item_of(f"function f() {body}") is None or doubtful(body)


@given(st.sampled_from([*PLAIN_BODIES, *OTHER_BODIES, *BROKEN_BODIES]), st.data())
def test_no_body_is_plain_that_does_not_parse(body: str, data: st.DataObject) -> None:
    signs = _SIGN.findall(body)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(signs)))
        end = data.draw(st.integers(start, min(start + 2, len(signs))))
        signs[start:end] = data.draw(st.lists(st.sampled_from(_SIGNS), max_size=2))
    text = f"function f() {''.join(signs)}".encode()
    read = plain_declaration(text, 1, 0, IMPORTS)
    assert read is None or read[1] or not parse(text).has_error


def test_a_type_that_is_only_a_name_is_one_object() -> None:
    text = "type R record { B a; B b; m:B c; m:B d; };"
    (item,) = outline(text.encode()).items
    plain = read(item)
    assert isinstance(plain, nodes.TypeDefinition)
    assert isinstance(plain.type, nodes.RecordType)
    first, second, third, fourth = (field.type for field in plain.type.fields)
    assert first is second
    assert third == fourth  # as another file may import it otherwise
    assert third is not fourth


def test_more_names_than_are_kept_are_read() -> None:
    fields = " ".join(f"A{number} a{number};" for number in range(5000))
    item = item_of(f"type R record {{ {fields} }};")
    assert item is not None
    assert read(item) == read_tree(item, IMPORTS)


def test_types_of_other_modules_mean_what_the_file_imports() -> None:
    item = item_of("type R m:A|n:B|int;")
    assert item is not None
    for imports in (IMPORTS, {"n": "acme/numbers"}, {}):
        assert read(item, imports) == read_tree(item, imports)


@given(st.sampled_from([*PLAIN, *OTHERS, *BROKEN]), st.data())
def test_no_text_is_plain_that_the_tree_has_otherwise(text: str, data: st.DataObject) -> None:
    signs = _SIGN.findall(text)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(signs)))
        end = data.draw(st.integers(start, min(start + 2, len(signs))))
        signs[start:end] = data.draw(st.lists(st.sampled_from(_SIGNS), max_size=2))
    item = item_of("".join(signs))
    if item is None:
        return
    plain = read_plain(item, IMPORTS)
    assert plain is not None
    try:
        expected = read_tree(item, IMPORTS)
    except BrokenSyntaxError:
        assert plain[1]  # one of them does not parse
        with pytest.raises(BrokenSyntaxError):
            read_scanned(item, IMPORTS)
    else:
        assert plain[0] == read_scanned(item, IMPORTS) == expected


def test_the_declarations_of_a_folder_are_read_as_their_trees_have_them(repository: Path) -> None:
    items = [
        item
        for file in sorted(repository.glob("fixtures/**/*.bal"))
        for item in outline(file.read_bytes()).items
    ]
    plain = [(read(item), item) for item in items]
    assert sum(one is not None for one, _ in plain) > len(items) * 9 / 10
    assert all(one == read_tree(item, IMPORTS) for one, item in plain if one is not None)


@pytest.mark.parametrize(
    "content",
    [b'const X = "\xed\xa0\x80";', b'type X "\xff";', b"# \xff\ntype X int;", b"function x() { // \xc3\n}"],
    ids=["a default", "a type", "documentation", "a body"],
)
def test_what_is_no_utf_8_takes_a_tree(content: bytes) -> None:
    assert plain_declaration(content, 1, 0, IMPORTS) is None
