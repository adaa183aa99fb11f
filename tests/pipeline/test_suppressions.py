"""Suppressions to be written: new entries, those of the file that act no longer, and until when they act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.packages import write_package

from semverdiff import Settings, check
from semverdiff.ballerina import FRONT_END
from semverdiff.config import SuppressionEntry
from semverdiff.errors import UsageError
from semverdiff.pipeline import ByFingerprint, Suppressions, suppressions_for

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.rules import Finding

_TODAY = date(2026, 1, 31)


@pytest.fixture(name="settings")
def settings_fixture(tmp_path: Path) -> Settings:
    old = write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")
    return Settings(write_package(tmp_path / "new", {"orders.bal": NEW}), baseline=str(old))


@pytest.fixture(name="finding")
def finding_fixture(settings: Settings) -> Finding:
    return check(settings).findings[0]


def _written(
    settings: Settings, finding: Finding, *entries: SuppressionEntry, until: date | None = None
) -> Suppressions:
    settings = Settings(settings.path, baseline=settings.baseline, suppressions=entries)
    return suppressions_for(
        FRONT_END, settings, ByFingerprint(finding.fingerprint), " agreed ", until, _TODAY
    )


def _entry(finding: Finding, fingerprint: str, until: date | None = None) -> SuppressionEntry:
    return SuppressionEntry(
        rule=finding.rule, symbol=finding.symbol, fingerprint=fingerprint, reason="before", until=until
    )


def test_an_entry_acts_on_its_last_day(settings: Settings, finding: Finding) -> None:
    (entry,) = _written(settings, finding, until=_TODAY).entries
    assert (entry.fingerprint, entry.reason, entry.until) == (finding.fingerprint, "agreed", _TODAY)
    with pytest.raises(UsageError, match="2026-01-30 has passed: the entry would act no longer"):
        _written(settings, finding, until=_TODAY - timedelta(days=1))


def test_an_entry_for_another_finding_of_the_same_names_is_not_renewed(
    settings: Settings, finding: Finding
) -> None:
    found = _written(settings, finding, _entry(finding, "0" * 16))
    assert [one.fingerprint for one in found.entries] == [finding.fingerprint]
    assert found.renewed == ()


def test_an_entry_for_the_finding_whose_time_is_over_is_renewed(settings: Settings, finding: Finding) -> None:
    ended = date(2020, 1, 1)
    entries = (_entry(finding, finding.fingerprint, ended), _entry(finding, "0" * 16, ended))
    found = _written(settings, finding, *entries)
    assert found.entries == ()
    ((number, entry),) = found.renewed
    assert (number, entry.fingerprint, entry.reason, entry.until) == (
        0,
        finding.fingerprint,
        "agreed",
        None,
    )
