"""Several reports in one: each as it is alone, in the given order, and nothing said twice by one name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import law
from reports.strategies import reports as any_report

from semverdiff.reports import FORMATS, Outcome, Reports, Style, render, render_all, summary_of

if TYPE_CHECKING:
    from semverdiff.reports import Report

_THREE = Reports((EXAMPLES["under-bumped"], EXAMPLES["error"], EXAMPLES["under-bumped"]))


@pytest.mark.slow
@law
@given(st.lists(any_report, min_size=1, max_size=3))
def test_the_json_document_holds_each_as_it_is_alone(several: list[Report]) -> None:
    drawn = json.loads(render_all(Reports(tuple(several)), "json", Style()))
    assert list(drawn) == ["schema_version", "tool", "outcome", "packages"]
    assert drawn["packages"] == [json.loads(render(one, "json", Style())) for one in several]
    assert drawn["outcome"] in {one.outcome.value for one in several}


@pytest.mark.slow
@law
@given(st.lists(any_report, min_size=1, max_size=3))
def test_every_format_draws_whatever_the_reports_hold(several: list[Report]) -> None:
    for name in FORMATS:
        text = render_all(Reports(tuple(several)), name, Style())
        assert text.endswith("\n")
        assert "\x1b" not in text
        text.encode()


def test_no_two_elements_of_the_page_have_one_name_and_every_link_leads_somewhere() -> None:
    page = render_all(_THREE, "html", Style())
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= set(names)
    assert page.count("<main>") == 1
    assert re.findall(r'<article id="(p-\d)">', page) == ["p-1", "p-2", "p-3"]


def test_text_names_each_and_counts_in_the_end() -> None:
    text = render_all(_THREE, "text", Style())
    heads = [line for line in text.splitlines() if re.match(r"\[\d/3\] ", line)]
    assert heads == [
        "[1/3] acme/shop 1.4.0",
        "[2/3] a package that could not be read",
        "[3/3] acme/shop 1.4.0",
    ]
    assert text.splitlines()[-4] == summary_of(_THREE) == "3 packages: 2 under-bumped, 1 error"
    assert render(EXAMPLES["under-bumped"], "text", Style()) in text


_TWINS = Reports(
    tuple(replace(EXAMPLES["under-bumped"], directory=one) for one in ("libs/first", "libs/second"))
)


@pytest.mark.parametrize("name", FORMATS)
def test_packages_of_one_name_are_told_apart_in_every_format(name: str) -> None:
    text = render_all(_TWINS, name, Style())
    assert all(re.search(f"libs/{one}\\b", text) for one in ("first", "second"))


def test_no_service_takes_one_of_several_packages_of_one_name_for_the_other() -> None:
    runs = json.loads(render_all(_TWINS, "sarif", Style()))["runs"]
    assert len({run["automationDetails"]["id"] for run in runs}) == len(runs) == 2
    document = render_all(_TWINS, "junit", Style())
    for names in (r'<testsuite name="([^"]+)"', r'<testcase classname="([^"]+)" name="([^"]+)"'):
        found = re.findall(names, document)
        assert len(set(found)) == len(found) >= 2
    prints = [one["fingerprint"] for one in json.loads(render_all(_TWINS, "gitlab", Style()))]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    ("outcomes", "worst"),
    [
        (("passed", "first-release"), "passed"),
        (("first-release", "first-release"), "first-release"),
        (("passed", "nothing-checked"), "nothing-checked"),
        (("undecided", "nothing-checked"), "undecided"),
        (("undecided", "gate-failed", "already-published", "under-bumped"), "under-bumped"),
        (("under-bumped", "error"), "error"),
        ((), "nothing-checked"),
    ],
)
def test_the_outcome_is_the_worst(outcomes: tuple[str, ...], worst: str) -> None:
    by_outcome = {one.outcome: one for one in EXAMPLES.values()}
    assert Reports(tuple(by_outcome[Outcome(one)] for one in outcomes)).outcome == worst
