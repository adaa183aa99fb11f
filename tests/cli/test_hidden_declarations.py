"""What a source cannot hide: the compiler reads it there, so `semver` compares it, or refuses the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import report_of
from support.packages import write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

RECORD = "public type Order record {{|\n    int id;\n    string note; {}\n|}};\n"
FUNCTION = "public function total() returns int => 1;\n"

# (old, new, rule, symbol): between the two nothing changes for who takes hidden text for text.
HIDDEN = {
    "a field behind CR in a comment": (
        RECORD.format("//"),
        RECORD.format("// \rint required;"),
        "record-field-required-added",
        "Order.required",
    ),
    "a function behind CR in documentation": (
        f"# One.\n{FUNCTION}",
        f"# One.\rpublic function more() {{}}\r# Two.\n{FUNCTION}",
        "function-added",
        "more",
    ),
    "a function behind an interpolation that looks escaped": (
        r'final any a = re `\${"` + "}`; //";',
        r'final any a = re `\${"` + "}`; public function more() {} //";',
        "function-added",
        "more",
    ),
    "a function behind a bracket that looks escaped": (
        r'final any a = re `\\[${"` + "}`; //";',
        r'final any a = re `\\[${"` + "}`; public function more() {} //";',
        "function-added",
        "more",
    ),
    "a function behind a prompt that looks open": (
        r"final any a = natural {\}; //};",
        r"final any a = natural {\}; public function more() = external; //};",
        "function-added",
        "more",
    ),
}


def _findings(report: dict[str, object]) -> set[tuple[str, str]]:
    return {
        (str(one["rule"]), str(one["symbol"])) for one in cast("list[dict[str, object]]", report["findings"])
    }


@pytest.mark.parametrize("case", HIDDEN.values(), ids=HIDDEN)
def test_what_looks_like_text_is_compared(
    tmp_path: Path, semver: Semver, case: tuple[str, str, str, str]
) -> None:
    old, new, rule, symbol = case
    one = write_package(tmp_path / "old", {"orders.bal": old}, version="1.3.0")
    other = write_package(tmp_path / "new", {"orders.bal": new}, version="1.3.1")
    report = report_of(semver("diff", one, other, "--format", "json"))
    assert (rule, symbol) in _findings(report)
    assert semver("check", other, "--baseline", one).code == 1


# The name of a type, spelt in the function that takes it so that a search for its letters misses it.
SPELT = {
    "a letter by its code point": ("Status", r"\u{53}tatus"),
    "a letter by its code point with zeros": ("Status", r"Statu\u{0000000073}"),
    "a quoted name": ("Status", "'Status"),
    "an escaped digit": ("Status1", r"Status\1"),
    "an escaped letter of another alphabet": ("Größe", r"Gr\öße"),
}


@pytest.mark.parametrize(("name", "spelling"), SPELT.values(), ids=SPELT)
@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "in two files"])
def test_a_type_is_found_whatever_its_name_looks_like(
    tmp_path: Path, semver: Semver, name: str, spelling: str, *, apart: bool
) -> None:
    def write(place: str, types: str) -> Path:
        use = f"public function set({spelling} status) {{ }}\n"
        declared = f"type {name} {types};\n"
        sources = {"a.bal": declared, "b.bal": use} if apart else {"a.bal": declared + use}
        return write_package(tmp_path / place, cast("dict[str, str | bytes]", sources), version="1.3.0")

    old, new = write("old", '"open"|"closed"'), write("new", '"open"')
    report = report_of(semver("diff", old, new, "--format", "json"))
    assert any(at.startswith("set") for _, at in _findings(report))


@pytest.mark.parametrize(
    ("name", "spelling"),
    [("PLACED", r"\u{50}LACED"), ("値段", "値段"), ("A-B", r"\u{41}\-B")],
    ids=["by code point", "of another alphabet", "escaped"],
)
def test_a_member_of_an_enum_is_found_whatever_its_name_looks_like(
    tmp_path: Path, semver: Semver, name: str, spelling: str
) -> None:
    declared = name.replace("-", r"\-")

    def write(place: str, value: str) -> Path:
        text = f'enum Status {{ {declared} = "{value}" }}\npublic function set({spelling} status) {{ }}\n'
        return write_package(tmp_path / place, {"a.bal": text}, version="1.3.0")

    report = report_of(semver("diff", write("old", "a"), write("new", "b"), "--format", "json"))
    assert any(at.startswith("set") for _, at in _findings(report))


REFUSED = {
    "a vertical tab": FUNCTION.replace(" ", "\v", 1),
    "a blank of another alphabet": FUNCTION.replace("total", "total\u3000"),
    "a surrogate in a name": FUNCTION.replace("total", r"total\u{D800}"),
    "a code point that is too large": FUNCTION.replace("total", r"total\u{110000}"),
    "a surrogate in a value": 'public const NAME = "\\u{DFFF}";\n',
    "a name beyond the basic plane": FUNCTION.replace("total", "\U0001d4b3"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_the_compiler_refuses_is_refused(tmp_path: Path, semver: Semver, text: str) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": FUNCTION}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": text}, version="1.3.1")
    ended = semver("check", new, "--baseline", old)
    assert (ended.code, ended.out) == (3, "")
    assert "/orders.bal:1:" in ended.err


# What is left open here is more than the parser puts up with: the root of its tree is an error.
CUT_OFF = f"""\
{FUNCTION}public class Basket {{
    public function weigh(int one) returns int {{
        return one;
    }}
    public function sum() returns int {{
        foreach int i in [1] {{
            if i > 1 && (i"""


def test_a_candidate_that_is_cut_off_ends_the_check(tmp_path: Path, semver: Semver) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": FUNCTION}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": CUT_OFF})
    for arguments in (("check", new, "--baseline", old), ("diff", old, new), ("api", new)):
        ended = semver(*arguments)
        assert (ended.code, ended.out) == (3, "")
        assert "/orders.bal:2:1" in ended.err


def test_a_baseline_that_is_cut_off_decides_nothing(tmp_path: Path, semver: Semver) -> None:
    old = write_package(tmp_path / "old", {"orders.bal": CUT_OFF}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": f"{FUNCTION}public class Basket {{ }}\n"})
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert (ended.code, report["outcome"]) == (1, "undecided")
    assert any("orders.bal:2:1" in one["why"] for one in cast("list[dict[str, str]]", report["skipped"]))
    assert report["findings"] == []


def test_the_init_of_a_module_is_no_other_for_the_words_in_it(tmp_path: Path, semver: Semver) -> None:
    init = 'function init() { string text = "\\u{41}"; string other = WORD; }\n'
    old = write_package(tmp_path / "old", {"orders.bal": f'{init}const WORD = "a";\n'}, version="1.3.0")
    new = write_package(tmp_path / "new", {"orders.bal": f'{init}const WORD = "b";\n'}, version="1.3.1")
    assert _findings(report_of(semver("diff", old, new, "--format", "json"))) == set()
