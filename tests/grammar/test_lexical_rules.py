"""What the compiler's lexer takes is taken, with the same extent; what it refuses is an error of the tree."""

from __future__ import annotations

import pytest

from semverdiff.syntax import outline
from semverdiff.syntax.tree import parse

TAKEN = {
    "a form feed is white space": "int\fa = 1;",
    "a line ends at CR": "# A.\r# B.\rint a = 1; // one\rint b = 2;\r",
    "a line ends at CR and LF": "# A.\r\n# B.\r\nint a = 1; // one\r\nint b = 2;\r\n",
    "a byte order mark begins a file": "\ufeffint a = 1;",
    "a byte order mark within a file is a letter": "int \ufeffa = 1;",
    "a blank of no width is a letter": "int a\u200bb = 1;",
    "letters of any alphabet": "int größe = 1; int αβγ = 2; int 値段 = 3; int e\u0301 = 4;",
    "digits of any alphabet": "int a\u0661 = 1;",
    "a middle dot within a name": "int a\u00b7b = 1;",
    "an escaped blank": r"int a\ b = 1;",
    "an escaped sign": r"int \$a\-b\\c = 1;",
    "the largest code points": r"int a\u{D7FF}\u{E000}\u{10FFFF} = 1;",
    "a code point with zeros before it": r"int \u{000041} = 1;",
    "an escape without braces": r"int a\u0041 = 1;",
    "a keyword with an escape is a name": r"int\-a b = 1;",
    "a quoted digit": "int '1 = 1;",
    "a tab in a string": 'string a = "\t";',
    "other blanks in strings and comments": 'string a = "\v\u00a0\u2028"; // \v\u00a0\u2028',
    "every escape of a string": r'string a = "\t\n\r\\\"\u{10ffff}";',
    "lines in a template": "string a = string `a\rb\nc\r\n//d`;",
    "a line before a template": "var a = re\n`a`; var b = re // one\r `b`;",
    "a method of a number": "string a = 0.toString() + 0xA.toHexString();",
    "floating point": "var a = [0e1, .5, .5d, 1e5F, 1.5E-3f, 0x.8p1, 0xA.8, 0x1p-3];",
    "a number before a name": "type R record { 1x; };",
    "a negation of a name that begins with is": "boolean a = !isB;",
}
REFUSED = {
    "a vertical tab": "int\va = 1;",
    "a no-break space": "int a\u00a0= 1;",
    "an ideographic space": "int a\u3000= 1;",
    "an ogham space": "int a\u1680= 1;",
    "a line separator": "int a\u2028= 1;",
    "a separator of fields": "int\x1ca = 1;",
    "a NUL": "int\0a = 1;",
    "a NUL in a comment": "// \0\nint a = 1;",
    "a sign within a name": "int a\u00d7b = 1;",
    "an exponent within a name": "int a² = 1;",
    "a letter beyond the basic plane": "int \U0001d4b3 = 1;",
    "an escaped letter beyond the basic plane": "int \\\U0001d4b3 = 1;",
    "private use": "int \ue000 = 1;",
    "a mark of direction": "int a\u200e = 1;",
    "an escaped tab": "int a\\\tb = 1;",
    "an escaped end of line": "int a\\\rb = 1;",
    "an escaped mark of direction": "int a\\\u200eb = 1;",
    "an escaped letter": r"int a\b = 1;",
    "no code point": r"int a\u{} = 1;",
    "a surrogate": r"int a\u{D800} = 1;",
    "a surrogate with a zero before it": r"int a\u{0dfff} = 1;",
    "a code point too large": r"int a\u{110000} = 1;",
    "a quote and no name": "int ' = 1;",
    "an unknown escape in a string": r'string a = "\b";',
    "a string with an escape without braces": r'string a = "\u0041";',
    "a surrogate in a string": r'string a = "\u{DFFF}";',
    "a code point too large in a string": r'string a = "\u{110000}";',
    "CR in a string": 'string a = "\r";',
    "LF in a string": 'string a = "\n";',
    "no hex digit": "type R record { 0x; };",
    "no digit of an exponent": "type R record { 1e; };",
    "no digit of a signed exponent": "float a = 1e+;",
    "no digit of a hex exponent": "float a = 0x1p;",
    "no digit before a hex exponent": "float a = 0xp1;",
    "no digit after a dot": "float a = 1.;",
    "no hex digit after a dot": "float a = 0x1.;",
    "a zero before an integer": "int a = 01;",
    "a zero before a floating point number": "float a = 00.5;",
    "a type test of a name with is in it": "boolean a = b !isC;",
    "an unknown escape in a prompt": r"any a = natural { \x };",
    "an unknown escape in a prompt with a comment": "any a = natural { // \\x }\n};",
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_is_taken(text: str) -> None:
    assert not parse(text.encode()).has_error


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_is_refused(text: str) -> None:
    assert parse(text.encode()).has_error
    assert outline(text.encode()).damages


# A reader could take the declaration `a` to go on behind `hidden`, to the end of the line.
HIDING = {
    "a comment ends at CR": "int a = 1; // \rint hidden = 2;",
    "documentation ends at CR": "int a = 1; # \rint hidden = 2;",
    "a template has no escapes": r"string a = string `\`; int hidden = 2; //`;",
    "a regular expression has no escaped interpolation": r'any a = re `\${"` + "}`; int hidden = 2; //";',
    "an escaped backslash does not keep a class from being escaped": (
        r'any a = re `\\[${"` + "}`; int hidden = 2; //";'
    ),
    "an escaped backslash does not end a class": r'any a = re `[\\]${"]`; int hidden = 2; //" + "}`;',
    "a class ends at the first bracket": r'any a = re `[[]${"` + "}`; int hidden = 2; //";',
    "a prompt begins with no escape": r"any a = natural {\}; int hidden = 2; //};",
    "a prompt goes on with none behind an interpolation": r"any a = natural {${1}\}; int hidden = 2; //};",
    "a prompt ends behind an escaped backslash": r"any a = natural { \\}; int hidden = 2; //};",
}


@pytest.mark.parametrize("text", HIDING.values(), ids=HIDING)
def test_nothing_is_hidden(text: str) -> None:
    assert {"a", "hidden"} == {item.key for item in outline(text.encode()).items}


SHOWING = {
    "a comment goes on behind other blanks": "int a = 1; // \v\f\u0085\u2028\u2029 int hidden = 2;",
    "documentation goes on behind other blanks": "# \v\f\u0085\u2028\u2029 int hidden = 2;\nint a = 1;",
    "a class keeps an interpolation out": r'any a = re `[${"` + "}`; int hidden = 2; //";',
    "an escaped bracket keeps a class open": r'any a = re `[\]${"` + "}`; int hidden = 2; //";',
    "an escaped brace keeps a prompt open": r"any a = natural { \}; int hidden = 2; //};",
    "a comment in a template is text": "string a = string `//`; //`; int hidden = 2;",
}


@pytest.mark.parametrize("text", SHOWING.values(), ids=SHOWING)
def test_text_is_no_declaration(text: str) -> None:
    found = outline(text.encode())
    assert ([item.key for item in found.items], found.damages) == (["a"], ())


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CR LF"])
def test_places_and_texts_are_the_same_whatever_ends_a_line(end: str) -> None:
    text = f"// one{end}{end}# A.{end}int a = 1;{end}type R record {{ string ; }};{end}"
    found = outline(text.encode())
    assert [(item.key, item.line) for item in found.items] == [("a", 3), ("R", 5)]
    (damage,) = found.damages
    assert (damage.line, damage.column, damage.excerpt) == (5, 17, "type R record { string ; };")
