"""Messages and explanations say what changed, in the names of the two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.sources import differences

from semverdiff.changes import Change, Step
from semverdiff.compare import Difference, Fact, Kind, Subject, details
from semverdiff.config import Policies
from semverdiff.rules import evaluate

if TYPE_CHECKING:
    from semverdiff.rules import Finding

BODY = '{ panic error(""); }'


def finding(rule_id: str, old: str, new: str) -> Finding:
    """Return the only finding of a rule between two versions of the module `shop`."""
    (found,) = [
        one for one in evaluate(differences(old, new), Policies(), strict=True) if one.rule == rule_id
    ]
    return found


MESSAGES = {
    "a name": (
        "function-parameter-required-added",
        "f()",
        "f(int quantity)",
        "required parameter 'quantity' is added",
    ),
    "both types": (
        "function-parameter-type-changed",
        "f(int page)",
        "f(string page)",
        "type of parameter 'page' is changed from 'int' to 'string'",
    ),
    "the kind of a parameter": (
        "function-parameter-removed",
        "f(int x = 1)",
        "f()",
        "defaultable parameter 'x' is removed",
    ),
    "a value with signs of templates": (
        "function-parameter-default-value-changed",
        'f(string s = "$name [x]")',
        'f(string s = "")',
        "default value of parameter 's' is changed from '\"$name [x]\"' to '\"\"'",
    ),
    "reordered parameters": (
        "function-parameters-reordered",
        "f(int a, string b)",
        "f(string b, int a)",
        "parameters are reordered",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "message"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_says_what_changed(rule_id: str, old: str, new: str, message: str) -> None:
    versions = (f"public function {one} {BODY}" for one in (old, new))
    assert finding(rule_id, *versions).message == message


CALLBACKS = {
    "an added parameter": ("int a", "int a, int b", "parameter 'b' of the callback is added"),
    "a removed parameter": ("int a, int b", "int a", "parameter 'b' of the callback is removed"),
    "an added rest": ("int a", "int a, int... b", "rest parameter of the callback is added"),
    "a removed rest": ("int a, int... b", "int a", "rest parameter of the callback is removed"),
}


@pytest.mark.parametrize(("old", "new", "message"), CALLBACKS.values(), ids=CALLBACKS)
def test_parameters_of_callbacks_have_their_names(old: str, new: str, message: str) -> None:
    versions = (f"public function each(function ({one}) action) {BODY}" for one in (old, new))
    assert [one.message for one in evaluate(differences(*versions), Policies(), strict=False)] == [message]


INCLUSIONS = {
    "an added one": ("class-type-id-added", "", "*Tagged;", "distinct type 'Tagged' is included"),
    "a removed one": (
        "class-type-id-removed",
        "*Tagged;",
        "",
        "distinct type 'Tagged' is no longer included",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "message"), INCLUSIONS.values(), ids=INCLUSIONS)
def test_included_types_are_named(rule_id: str, old: str, new: str, message: str) -> None:
    tagged = "public type Tagged distinct object {};"
    versions = (f"{tagged} public class C {{ {one} }}" for one in (old, new))
    assert finding(rule_id, *versions).message == message


STATED = {
    "a module": (Subject.MODULE, Fact.REMOVED, None, "module 'shop.orders' is removed"),
    "a module's init": (
        Subject.MODULE,
        Fact.INIT_CHANGED,
        None,
        "'init' function of module 'shop.orders' is modified",
    ),
    "a renamed module": (
        Subject.MODULE,
        Fact.RENAMED,
        details.Renamed("shop.orders", "shop.sales"),
        "module 'shop.orders' is renamed to 'shop.sales'",
    ),
    "a dependency": (
        Subject.PACKAGE,
        Fact.DEPENDENCY_MINIMUM_RAISED,
        details.PackageChanged("1.0.0", "1.1.0", "acme/money"),
        "minimum version of dependency 'acme/money' is raised from '1.0.0' to '1.1.0'",
    ),
    "a dependency without a name": (Subject.PACKAGE, Fact.DEPENDENCY_ADDED, None, "dependency is added"),
    "the kind of a symbol": (
        Subject.SYMBOL,
        Fact.DEPRECATION_ADDED,
        None,
        "function 'createOrder' is deprecated",
    ),
    "no kind of another subject's symbol": (
        Subject.FUNCTION,
        Fact.PARAMETER_REMOVED,
        None,
        "parameter 'createOrder' is removed",
    ),
    "a function": (Subject.FUNCTION, Fact.REMOVED, None, "function 'createOrder' is removed"),
    "two kinds": (
        Subject.SYMBOL,
        Fact.KIND_CHANGED,
        details.KindChanged(Kind.FUNCTION, Kind.VARIABLE),
        "kind of 'createOrder' is changed from 'function' to 'variable'",
    ),
    "no form": (Subject.SYMBOL, Fact.KIND_CHANGED, None, "kind of 'createOrder' is changed"),
    "the other attach points": (
        Subject.ANNOTATION,
        Fact.ATTACH_POINT_ADDED,
        details.AttachPointsChanged(added=None),
        "attach point 'every other' of annotation 'createOrder' is added",
    ),
    "some attach points": (
        Subject.ANNOTATION,
        Fact.ATTACH_POINT_REMOVED,
        details.AttachPointsChanged(removed=("class", "type")),
        "attach point 'class, type' of annotation 'createOrder' is removed",
    ),
}


@pytest.mark.parametrize(("subject", "fact", "detail", "message"), STATED.values(), ids=STATED)
def test_a_message_follows_the_detail(
    subject: Subject, fact: Fact, detail: details.Detail | None, message: str
) -> None:
    trail = (Step(Kind.FUNCTION, "createOrder"),)
    given = Difference(subject, fact, "createOrder", "shop.orders", trail, Change.MODIFIED, detail=detail)
    assert [one.message for one in evaluate([given], Policies(), strict=False)] == [message]


def test_a_long_form_is_shortened_in_a_message() -> None:
    old = f'public const string TEXT = "{"a" * 200}";'
    message = finding("constant-value-changed", old, 'public const string TEXT = "b";').message
    assert f"from '\"{'a' * 46} ... {'a' * 46}\"' to '\"b\"'" in message


def test_a_form_of_a_hundred_characters_is_shown_whole() -> None:
    old = f'public const string TEXT = "{"a" * 98}";'
    message = finding("constant-value-changed", old, 'public const string TEXT = "b";').message
    assert f"from '\"{'a' * 98}\"' to" in message


DECISIVE = {
    "a widened type": ("int", "int|string", "The new type also admits"),
    "a narrowed type": ("1|2", "1", "The new type no longer admits 2."),
    "an unrelated type": ("int", "string", "The new type does not admit 0, as the old one does."),
    "a part of a type": ("map<1|2>", "map<1>", "What decides: "),
    "a value that a public name beside it has not": ("A|anydata", "A|map<anydata>", "no longer admits true."),
}


@pytest.mark.parametrize(("old", "new", "words"), DECISIVE.values(), ids=DECISIVE)
def test_an_explanation_says_what_decides(old: str, new: str, words: str) -> None:
    versions = (
        f"public type A int?; public type T {one}; public function f() returns T {BODY}" for one in (old, new)
    )
    (found,) = [one for one in evaluate(differences(*versions), Policies(), strict=True) if one.symbol == "T"]
    explanation = found.explanation or ""
    assert words in explanation
    assert "What decides: ." not in explanation
    assert "  " not in explanation
    assert "written as before" not in explanation


def test_types_that_are_written_alike_are_not_shown_as_two_forms() -> None:
    old = f"type P int; public function f(P[] p) {BODY}"
    found = finding("function-parameter-type-changed", old, old.replace("int", "string"))
    assert found.message == "type of parameter 'p' is changed"
    assert "It is written as before, but something that it names changed." in (found.explanation or "")
    assert found.client is None


INITS = {
    "a hidden init that clients can call now": (
        "class-init-added",
        "function init() {}",
        "public isolated function init() {}",
        "An init was there before, but clients could not call it.",
    ),
    "a hidden init where there was none": (
        "init-visibility-reduced",
        "",
        "function init() {}",
        "There was none before, so that clients could create objects.",
    ),
}


@pytest.mark.parametrize(("rule_id", "old", "new", "words"), INITS.values(), ids=INITS)
def test_an_init_is_explained(rule_id: str, old: str, new: str, words: str) -> None:
    found = finding(rule_id, *(f"public class C {{ {one} }}" for one in (old, new)))
    assert words in (found.explanation or "")


def test_an_init_that_was_public_is_not_explained() -> None:
    found = finding(
        "init-visibility-reduced",
        "public class C { public function init() {} }",
        "public class C { function init() {} }",
    )
    assert "There was none before" not in (found.explanation or "")
    assert "An init was there before" not in (found.explanation or "")


def test_an_init_where_there_was_none_is_not_explained() -> None:
    found = finding(
        "class-init-added", "public class C {}", "public class C { public isolated function init() {} }"
    )
    assert "An init was there before" not in (found.explanation or "")
    assert "There was none before" not in (found.explanation or "")


def test_the_type_of_a_new_field_is_named() -> None:
    old = "public type R record {| int id; |};"
    assert finding("record-field-required-added", old, old.replace("id;", "id; string name;")).message == (
        "required field 'name' of type 'string' is added"
    )


def test_without_a_trail_only_the_subject_is_named() -> None:
    (given,) = differences("public function f() {}", "")
    (found,) = evaluate([replace(given, trail=())], Policies(), strict=False)
    assert found.message == "function '?' is removed"


@pytest.mark.parametrize("character", ["\x1b", "\0", "\x9b", "\u202e"])
def test_what_a_sentence_quotes_obeys_nobody(character: str) -> None:
    """Templates may hold anything, and who reads findings from a program may print them as they are."""
    old, new = (f"public final string V = string `{text}`;" for text in ("a", f"a{character}b"))
    (found,) = evaluate(differences(old, new), Policies(), strict=False)
    assert found.message.endswith(f"'string `a\\u{{{ord(character):X}}}b`'")
    assert character not in f"{found.explanation}"
