"""The directory of a report: tables with types, and pages that need nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest
from audit.test_headline import BREAK, ENTRIES, UNDECIDED, entry, judgement
from lxml import html
from msgspec.structs import replace

from semverdiff.audit.model import Measured, SourceFailure, SourceOmission
from semverdiff.audit.output import write_report
from semverdiff.audit.report import report_of
from semverdiff.audit.store import Planned, open_store
from semverdiff.errors import SemverdiffError
from semverdiff.releases import Omission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from semverdiff.audit.model import Entry

pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script>&\"'=cmd|' /C calc'!A0\udcff\u202e"
FILES = {
    *(
        f"{name}.{ending}"
        for name in ("releases", "changes", "skipped", "times")
        for ending in ("csv", "parquet")
    ),
    "audit.html",
    "times.html",
}


def write(directory: Path, entries: Iterable[Entry], name: str = "out") -> Path:
    """Write the report of releases of one source; return its directory."""
    planned, results = [], []
    for number, one in enumerate(entries):
        key = None if one.measured is None else number.to_bytes(4)
        planned.append(Planned(one.transition, key, one.duplicate_of))
        if key is not None and isinstance(one.measured, Measured):
            results.append((key, one.measured))
    with open_store(directory / "store.sqlite") as store:
        store.write_source("there", planned, [SourceOmission("there", "", Omission("v1", HOSTILE))])
        store.write_results(results)
        store.write_failure(SourceFailure("nowhere", "wrong-usage", HOSTILE))
        write_report(report_of(["there", "nowhere"], store), store, directory / name)
    (directory / "store.sqlite").unlink()
    return directory / name


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the directory of a report."""
    return write(tmp_path, ENTRIES)


def test_all_files_are_there(out: Path) -> None:
    assert {one.name for one in out.iterdir()} == FILES


def test_a_release_is_a_row_with_types(out: Path) -> None:
    table = pl.read_parquet(out / "releases.parquet")
    assert table.height == len(ENTRIES)
    first = table.row(0, named=True)
    assert (first["organization"], first["name"], first["version"], first["before"]) == (
        *("acme", "shop", "1.1.0"),
        "1.0.0",
    )
    assert first["released"] == datetime(2023, 3, 28, 10, 40, tzinfo=UTC)
    assert (first["state"], first["hides_break"], first["is_generated"]) == ("judged", "too low", False)
    assert table["source_bytes"].dtype == pl.Int64
    assert table["hides_break"].null_count() == 5
    assert table.filter(pl.col("hides_proved_break") == "undecided").height == 2
    assert table.filter(pl.col("hides_break_of_declarations") == "too low").height == 3


def test_a_change_is_a_row(out: Path) -> None:
    table = pl.read_parquet(out / "changes.parquet")
    assert table.height == 7
    assert set(table["rule"]) == {"function-removed", "function-added", "package-platform-changed"}


def test_what_was_not_judged_is_a_row_with_its_reason(out: Path) -> None:
    rows = pl.read_parquet(out / "skipped.parquet").select("state", "code").rows()
    assert rows == [
        ("source", "wrong-usage"),
        ("omission", ""),
        ("failed", "network"),
        ("failed", "network"),
        ("crashed", "crashed"),
    ]


@pytest.mark.parametrize("name", ["releases", "changes", "skipped", "times"])
def test_both_forms_of_a_table_hold_the_same(name: str, out: Path) -> None:
    typed = pl.read_parquet(out / f"{name}.parquet")
    text = pl.read_csv(out / f"{name}.csv", infer_schema=False)
    assert text.columns == typed.columns
    assert text.height == typed.height
    for column in ("name", "rule", "why", "version"):
        if column in typed.columns:
            assert text[column].fill_null("").to_list() == typed[column].fill_null("").to_list()


def test_the_same_results_give_the_same_bytes_whatever_they_took(tmp_path: Path) -> None:
    slower = [
        one
        if one.measured is None
        else replace(one, measured=replace(one.measured, cost=replace(one.measured.cost, cpu=9.5)))
        for one in ENTRIES
    ]
    first, second = write(tmp_path, ENTRIES, "first"), write(tmp_path, slower, "second")
    differing = {one.name for one in first.iterdir() if one.read_bytes() != (second / one.name).read_bytes()}
    assert differing == {"times.csv", "times.parquet", "times.html"}


@pytest.mark.parametrize("name", ["audit.html", "times.html"])
def test_a_page_needs_nothing_else(name: str, out: Path) -> None:
    text = (out / name).read_text("utf-8")
    page = html.fromstring(text)
    assert page.xpath("//script") == []
    assert page.xpath("//@style") == []
    sources = page.xpath("//@src")
    assert sources
    assert all(one.startswith("data:image/svg+xml;base64,") for one in sources)
    links = {one for one in page.xpath("//a/@href") if not one.startswith("#")}
    assert links <= FILES
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'; img-src data:", text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(image.get("alt") for image in page.xpath("//img"))


def test_a_plot_has_its_texts_as_texts_and_no_date(out: Path) -> None:
    page = html.fromstring((out / "audit.html").read_text("utf-8"))
    for source in page.xpath("//img/@src"):
        plot = b64decode(source.partition(",")[2]).decode()
        ET.fromstring(plot)  # noqa: S314 (made here)
        assert "hid a breaking change" in plot
        assert "dc:date" not in plot


def test_hostile_names_are_texts(tmp_path: Path) -> None:
    hostile = entry(judgement((HOSTILE, "major", "proved")))
    change = replace(hostile.measured.result.changes[0], symbol=HOSTILE, message=HOSTILE)  # type: ignore[union-attr]  # judged
    result = replace(hostile.measured.result, changes=(change,))  # type: ignore[union-attr]  # as above
    release = replace(hostile.transition.release, place=HOSTILE)
    told = replace(
        hostile,
        transition=replace(hostile.transition, release=release),
        measured=replace(hostile.measured, result=result),  # type: ignore[type-var]  # as above
    )
    out = write(tmp_path, [told])
    text = (out / "audit.html").read_text("utf-8")
    assert "<script" not in text
    assert "alert(1)" in text
    shown = HOSTILE.replace("\udcff", "\\udcff")
    assert pl.read_parquet(out / "changes.parquet")["message"].to_list() == [shown]
    assert pl.read_csv(out / "changes.csv")["message"].to_list() == [shown]


def test_a_report_without_a_judgement_is_one(tmp_path: Path) -> None:
    out = write(tmp_path, [])
    assert {one.name for one in out.iterdir()} == FILES
    page = html.fromstring((out / "audit.html").read_text("utf-8"))
    assert page.xpath("string(//h1)") == "No release hid a breaking change"
    undecided = write(tmp_path, [entry(judgement(UNDECIDED))], "undecided")
    page = html.fromstring((undecided / "audit.html").read_text("utf-8"))
    assert page.xpath("string(//h1)").startswith("No release is known to have hidden a break, of 1 nobody")


def test_many_packages_are_no_long_page(tmp_path: Path) -> None:
    many = [entry(judgement(BREAK), package=f"org{number}/shop") for number in range(50)]
    out = write(tmp_path, many)
    page = html.fromstring((out / "audit.html").read_text("utf-8"))
    assert "and 20 more in releases.csv" in page.text_content()


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SemverdiffError, match=r"the report cannot be written to '.*taken/out'"):
        write(tmp_path, ENTRIES[:3], "taken/out")
