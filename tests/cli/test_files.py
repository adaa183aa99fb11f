"""Which file a path of a report means: who chose it decides what it may lead over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from semverdiff.cli.files import target_of
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_link_in_no_project_leads_who_typed_the_path_and_no_settings(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "reports").symlink_to("elsewhere")
    file = tmp_path / "reports" / "api.html"

    assert target_of(file, None) == tmp_path / "elsewhere" / "api.html"
    with pytest.raises(UsageError, match="'reports' is a link in the project"):
        target_of(file, tmp_path)


def test_a_pipe_in_no_project_is_for_who_typed_the_path_and_for_no_settings(tmp_path: Path) -> None:
    pipe = tmp_path / "api.html"
    os.mkfifo(pipe)

    assert target_of(pipe, None) == pipe
    with pytest.raises(UsageError, match="is no regular file"):
        target_of(pipe, tmp_path)
