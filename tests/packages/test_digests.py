"""SHA-256 of archives and sources: whatever makes it, it is that of `hashlib`."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.packages import digest_of, digest_of_file

_SIZES = (0, 1, 2**18 - 1, 2**18, 2**18 + 1, 2**20)


@given(st.lists(st.binary(max_size=200)))
def test_the_digest_of_pieces_is_that_of_what_they_are_together(pieces: list[bytes]) -> None:
    assert digest_of(pieces) == hashlib.sha256(b"".join(pieces)).digest()


@pytest.mark.parametrize("size", _SIZES)
def test_contents_of_every_size_have_the_digest_of_sha256(size: int) -> None:
    content = b"x" * size
    assert digest_of([content[:7], memoryview(content)[7:]]) == hashlib.sha256(content).digest()
    assert digest_of_file(BytesIO(content)) == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("size", "is_loaded"), [(2**18, False), (2**18 + 1, True)])
def test_openssl_is_loaded_for_what_is_large(size: int, is_loaded: bool) -> None:  # noqa: FBT001 (a case)
    program = (
        "import sys; from io import BytesIO; from semverdiff.packages import digest_of, digest_of_file\n"
        f"digest_of([bytes({size})]); digest_of_file(BytesIO(bytes({size})))\n"
        "print('hashlib' in sys.modules)"
    )
    # What measures coverage in processes makes digests itself.
    environment = {name: text for name, text in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment
    )
    assert done.stdout == f"{is_loaded}\n"


def test_where_python_has_only_openssl_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)
    assert digest_of([b"shop"]) == hashlib.sha256(b"shop").digest()
