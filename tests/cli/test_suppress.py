"""`semver suppress`: what was found is accepted with a reason, in a file that keeps every other byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from cli.examples import NEW, OLD, report_of
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

BASE = ("--baseline", "old", "--package", "new")
REMOVED = ("record-field-removed", "Order.note")
ENTRY = '[[suppress]]\nrule = "record-field-removed"\nsymbol = "Order.note"\nreason = "agreed"\n'


def _check(semver: Semver, *more: str) -> Mapping[str, object]:
    return report_of(semver("check", "new", "--baseline", "old", "--format", "json", *more))


def _findings(report: Mapping[str, object]) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", report["findings"])


def _fingerprint(semver: Semver, symbol: str = "Order.note") -> str:
    found = [one["fingerprint"] for one in _findings(_check(semver)) if one["symbol"] == symbol]
    return str(found[0])


def _suppress(semver: Semver, *words: str, reason: str = "agreed") -> Ended:
    return semver("suppress", *words, "--reason", reason, *BASE)


@pytest.mark.usefixtures("old")
def test_a_finding_is_named_by_rule_and_symbol(semver: Semver, new: Path) -> None:
    ended = _suppress(semver, *REMOVED)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "Semver.toml: 1 entry added\n  major: Order.note: field 'note' is removed\n"
    assert (new / "Semver.toml").read_text("utf-8") == ENTRY
    assert _check(semver, "--strict")["outcome"] == "passed"


@pytest.mark.usefixtures("old")
def test_a_finding_is_named_by_its_fingerprint(semver: Semver, new: Path) -> None:
    fingerprint = _fingerprint(semver)
    assert _suppress(semver, fingerprint).code == 0
    assert f'fingerprint = "{fingerprint}"\n' in (new / "Semver.toml").read_text("utf-8")
    assert _check(semver, "--strict")["outcome"] == "passed"


@pytest.mark.usefixtures("old")
def test_every_other_byte_stays(semver: Semver, new: Path) -> None:
    before = "\ufeff# Ours.\r\n[check]\r\nstrict   = false # for now\r\n".encode()
    (new / "Semver.toml").write_bytes(before)
    assert _suppress(semver, *REMOVED).code == 0
    written = ENTRY.replace("\n", "\r\n").encode()
    assert (new / "Semver.toml").read_bytes() == before + b"\r\n" + written


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("by", ["names", "fingerprint"])
def test_an_entry_that_is_there_is_not_written_twice(semver: Semver, new: Path, by: str) -> None:
    target = REMOVED if by == "names" else (_fingerprint(semver),)
    _suppress(semver, *target)
    before = (new / "Semver.toml").read_bytes()
    for again in (REMOVED, (_fingerprint(semver),)):
        ended = _suppress(semver, *again, reason="another")
        assert ended.code == 0
        assert ended.out == (
            "1 finding suppressed already:\n  Order.note: field 'note' is removed (agreed)\n"
        )
    assert (new / "Semver.toml").read_bytes() == before


@pytest.mark.usefixtures("old", "new")
@pytest.mark.parametrize("until", ["2999-12-31", "2.0.0"])
def test_an_end_is_written(semver: Semver, new: Path, until: str) -> None:
    assert _suppress(semver, *REMOVED, "--until", until).code == 0
    written = until if until.startswith("29") else f'"{until}"'
    assert (new / "Semver.toml").read_text("utf-8") == f"{ENTRY}until = {written}\n"
    assert cast("Mapping[str, object]", _findings(_check(semver))[0]["suppressed"])["until"] == until


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("cause", ["title", "fingerprint"])
def test_all_findings_of_a_cause_are_named_one_by_one(semver: Semver, new: Path, cause: str) -> None:
    source = NEW.replace("int id;", "string id;").replace("int one, int other", "string one, string other")
    (new / "orders.bal").write_text(source.replace("one + other", "0"))
    causes = cast("list[Mapping[str, object]]", _check(semver)["causes"])
    several = next(one for one in causes if one["count"] == 2)
    word = str(several["title"]) if cause == "title" else cast("list[str]", several["findings"])[1]
    ended = _suppress(semver, "--all-of", word)
    assert ended.out.startswith("Semver.toml: 2 entries added\n")
    suppressed = {str(one["fingerprint"]) for one in _findings(_check(semver)) if one["suppressed"]}
    assert suppressed == set(cast("list[str]", several["findings"]))


@pytest.mark.usefixtures("old")
def test_a_name_in_two_modules_is_told_apart_by_fingerprints(tmp_path: Path, semver: Semver) -> None:
    more = 'export = ["shop", "shop.tax"]\n'
    for name, version, source in (("old", "1.3.0", OLD), ("new", "1.4.0", NEW)):
        files = {"Ballerina.toml": manifest(version, more=more), "orders.bal": source}
        write_package(tmp_path / name, {**files, "modules/tax/tax.bal": source})
    ended = _suppress(semver, *REMOVED)
    assert ended.out.startswith("Semver.toml: 2 entries added\n")
    written = (tmp_path / "new/Semver.toml").read_text("utf-8")
    assert len(set(re.findall(r'^fingerprint = "(\w{16})"$', written, re.MULTILINE))) == 2
    assert _check(semver)["outcome"] == "passed"


@pytest.mark.usefixtures("old")
def test_a_pattern_is_written_as_it_was_typed(semver: Semver, new: Path) -> None:
    ended = _suppress(semver, "record-field-*", "Order.*")
    assert ended.out == "Semver.toml: 1 entry added\n  major: Order.note: field 'note' is removed\n"
    assert "in a pull request it does not count" in ended.err
    written = ENTRY.replace("record-field-removed", "record-field-*").replace("Order.note", "Order.*")
    assert (new / "Semver.toml").read_text("utf-8") == written
    assert _check(semver, "--strict-suppressions")["outcome"] == "passed"
    assert _suppress(semver, "record-field-*", "Order.*").out.startswith("1 finding suppressed already:\n")


@pytest.mark.usefixtures("old")
def test_what_the_file_says_counts_here_also_where_its_base_decides_a_check(
    semver: Semver, new: Path
) -> None:
    commit(repository_at(new), {})
    assert _suppress(semver, "record-field-*", "Order.*").code == 0
    ended = semver(
        "suppress", "record-field-*", "Order.*", "--reason", "agreed", *BASE, SEMVERDIFF_MERGE_BASE="HEAD"
    )
    assert ended.out.startswith("1 finding suppressed already:\n"), ended


class Refused(NamedTuple):
    """What was typed, and what is said."""

    words: tuple[str, ...]
    said: str
    file: str = ""


_OTHER = '[[suppress]]\nrule = "enum-member-added"\nsymbol = "Color.TEAL" # more\nreason = "x"\n'


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((), ENTRY.replace("agreed", "once more")),
        (("--until", "2999-01-31"), f"{ENTRY.replace('agreed', 'once more')}until = 2999-01-31\n"),
        (("--until", "9.0.0"), f'{ENTRY.replace("agreed", "once more")}until = "9.0.0"\n'),
    ],
)
@pytest.mark.parametrize("around", ["", f"# first\n{_OTHER}\n# of the next\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_entry_whose_time_is_over_is_renewed(  # noqa: PLR0913 (three things that are combined)
    *, semver: Semver, new: Path, more: tuple[str, ...], expected: str, around: str, newline: str
) -> None:
    file = new / "Semver.toml"
    before = f"{around}{ENTRY}until = 2020-01-31\n"
    file.write_bytes(before.replace("\n", newline).encode())
    ended = _suppress(semver, *REMOVED, *more, reason="once more")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Semver.toml: 1 entry renewed\n  major: Order.note:")
    assert file.read_bytes() == f"{around}{expected}".replace("\n", newline).encode()
    assert _check(semver)["outcome"] == "passed"


@pytest.mark.usefixtures("old")
def test_comments_of_a_renewed_entry_and_what_follows_stay(semver: Semver, new: Path) -> None:
    file = new / "Semver.toml"
    entry = ENTRY.replace('"agreed"', '"agreed" # by all')
    file.write_text(f"{entry}until = 2020-01-31 # then\n\n# below\n{_OTHER}")
    assert _suppress(semver, *REMOVED, "--until", "2999-01-31", reason="agreed").code == 0
    assert file.read_text() == f"{entry}until = 2999-01-31 # then\n\n# below\n{_OTHER}"


@pytest.mark.usefixtures("old")
def test_an_entry_within_brackets_is_renewed(semver: Semver, new: Path) -> None:
    file = new / "Semver.toml"
    other = '{rule = "enum-member-added", symbol = "Color.TEAL", reason = "x"}'
    line = 'suppress = [{}, {{rule = "record-field-removed", symbol = "Order.note", reason = "{}"{}}}]\n'
    file.write_text(line.format(other, "agreed", ", until = 2020-01-31"))
    assert _suppress(semver, *REMOVED, reason="once more").code == 0
    assert file.read_text() == line.format(other, "once more", " ")


REFUSED = {
    "an unknown rule": Refused(
        ("record-field-removd", "Order.note"),
        "there is no rule 'record-field-removd' (did you mean 'record-f",
    ),
    "a symbol without a finding": Refused(
        ("record-field-removed", "Order.nte"),
        "the rule 'record-field-removed' found nothing about 'Order.nte' (did you mean record-field-removed "
        "Order.note?); `semver check -v` lists all",
    ),
    "a pattern that no rule is like": Refused(("recrd-*", "Order.note"), "there is no rule 'recrd-*'"),
    "a pattern that no finding is like": Refused(
        ("record-*", "Item.*"),
        "the rule 'record-*' found nothing about 'Item.*'; `semver check -v` lists all",
    ),
    "another rule": Refused(("function-removed", "Order.note"), "found nothing about 'Order.note'"),
    "an unknown fingerprint": Refused(
        ("0123456789abcdef",), "no finding has the fingerprint '0123456789abcdef'"
    ),
    "an unknown cause": Refused(("--all-of", "weather"), "no finding that counts has the cause 'weather'"),
    "an empty reason": Refused((*REMOVED, "--reason", " "), "needs a reason"),
    "an end that has passed": Refused((*REMOVED, "--until", "2020-01-31"), "2020-01-31 has passed"),
    "an end before the version": Refused(
        (*REMOVED, "--until", "1.4.0"), "until 1.4.0 it would not act for 1.4.0"
    ),
    "an end that is none": Refused(
        (*REMOVED, "--until", "soon"), "expected a date as in 2027-01-31 or a version"
    ),
    "half of a name": Refused(
        ("record-field-removed",), "expected a fingerprint of 16 hex digits, or a rule and"
    ),
    "too many words": Refused((*REMOVED, "more"), "expected a fingerprint of 16 hex digits, or a rule and"),
    "two ways at once": Refused((*REMOVED, "--all-of", "x"), "--all-of and another finding"),
    "a file with a mistake": Refused(REMOVED, "unknown section or key 'chek'", "[chek]\n"),
}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    semver: Semver, new: Path, case: Refused
) -> None:
    if case.file:
        (new / "Semver.toml").write_text(case.file)
    ended = semver("suppress", "--reason", "agreed", *case.words, *BASE)
    assert (ended.code, ended.out) == (2, "")
    assert case.said in ended.err
    found = (new / "Semver.toml").read_text() if (new / "Semver.toml").exists() else ""
    assert found == case.file


@pytest.mark.usefixtures("old", "new")
def test_a_reason_is_asked_for(semver: Semver) -> None:
    ended = semver("suppress", *REMOVED, *BASE)
    assert (ended.code, "missing option '--reason'" in ended.err) == (2, True)


@pytest.mark.usefixtures("old")
def test_without_a_finding_there_is_nothing_to_suppress(tmp_path: Path, semver: Semver) -> None:
    write_package(tmp_path / "new", {"orders.bal": OLD})
    ended = _suppress(semver, *REMOVED)
    assert (ended.code, "there is nothing to suppress: 1.4.0 is higher than needed" in ended.err) == (2, True)


@pytest.mark.usefixtures("new")
def test_what_cannot_be_compared_has_nothing_to_suppress(semver: Semver) -> None:
    ended = semver("suppress", *REMOVED, "--reason", "agreed", "--package", "new", "--baseline", "gone.bala")
    assert ended.code != 0
    assert "gone.bala" in ended.err


def test_an_archive_has_no_file(semver: Semver, repository: Path) -> None:
    archive = str(repository / "fixtures/acme-shop-any-1.3.0.bala")
    ended = semver("suppress", *REMOVED, "--reason", "agreed", "--package", archive)
    assert (ended.code, "an archive has no Semver.toml" in ended.err) == (2, True)


@pytest.mark.usefixtures("old")
def test_a_package_without_a_file_obeys_that_of_its_workspace_and_so_it_is_written_there(
    tmp_path: Path, semver: Semver, new: Path
) -> None:
    (tmp_path / "Ballerina.toml").write_text('[workspace]\npackages = ["new"]\n')
    (tmp_path / "Semver.toml").write_text("[check]\n")
    assert _suppress(semver, *REMOVED).code == 0
    written = ENTRY.replace("reason", 'module = "shop"\nreason')
    assert (tmp_path / "Semver.toml").read_text() == f"[check]\n\n{written}"
    assert not (new / "Semver.toml").exists()


@pytest.mark.usefixtures("old", "new")
def test_an_entry_of_a_workspace_is_not_unused_for_its_other_packages(tmp_path: Path, semver: Semver) -> None:
    (tmp_path / "Ballerina.toml").write_text('[workspace]\npackages = ["new", "tax"]\n')
    (tmp_path / "Semver.toml").write_text("")
    for name, version, more in (("oldtax", "0.1.0", ""), ("tax", "0.2.0", "public const MORE = 1;\n")):
        files = {"Ballerina.toml": manifest(version, "tax"), "tax.bal": f"public const RATE = 1;\n{more}"}
        write_package(tmp_path / name, files)
    assert _suppress(semver, *REMOVED).code == 0
    check = ("check", "tax", "--baseline", "oldtax", "--strict-suppressions", "--format", "json")
    assert report_of(semver(*check))["unused_suppressions"] == []
    # Of a package's own file every entry is about it: a module that it does not have is misspelt.
    (tmp_path / "tax/Semver.toml").write_text((tmp_path / "Semver.toml").read_text())
    report = report_of(semver(*check))
    assert (report["outcome"], len(cast("list[object]", report["unused_suppressions"]))) == ("gate-failed", 1)


@pytest.mark.usefixtures("old")
def test_a_link_out_of_the_project_is_not_written_through(tmp_path: Path, semver: Semver, new: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/Semver.toml").write_text("# theirs\n")
    (new / "Semver.toml").symlink_to("../elsewhere/Semver.toml")
    ended = _suppress(semver, *REMOVED)
    assert (ended.code, "link out of 'new'" in ended.err) == (2, True)
    assert (tmp_path / "elsewhere/Semver.toml").read_text() == "# theirs\n"


@pytest.mark.usefixtures("old")
def test_what_a_package_says_does_not_reach_the_terminal(semver: Semver, new: Path) -> None:
    (new / "Semver.toml").write_text(ENTRY.replace("agreed", "\\u001b[2J"))
    assert "\x1b" not in _suppress(semver, *REMOVED).out
