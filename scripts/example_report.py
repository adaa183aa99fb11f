"""Draws the report of `make example` into docs/example, with the pictures of it in README.md.

python scripts/example_report.py          write the page and, with Chromium (`make browser`), its pictures
python scripts/example_report.py --check  fail unless the page is what would be written
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = _ROOT / "docs" / "example"
_PAGE = _FOLDER / "report.html"
_PROGRAMS = ("chromium", "google-chrome", "chromium-browser")
# Where the page is opened, by the file and the theme of the picture.
_PICTURES = (("verdict.png", "light", ""), ("findings.png", "dark", "#s-breaking"))
_WIDTH, _HEIGHT = 860, 540
# A page of documentation is loaded with its pictures.
_MOST_BYTES = 80_000


def main(arguments: list[str]) -> str | None:
    """Write the page and its pictures, or return what is wrong with the page."""
    page = _drawn()
    if arguments == ["--check"]:
        current = _PAGE.read_text("utf-8") if _PAGE.is_file() else ""
        return None if current == page else f"{_PAGE.name} is not current: run scripts/example_report.py"
    if arguments:
        return __doc__
    _FOLDER.mkdir(parents=True, exist_ok=True)
    _PAGE.write_text(page, "utf-8", newline="\n")
    return _photograph()


def _drawn() -> str:
    """Return the page of the example, as the command line draws it."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        command = [sys.executable, "-m", "semverdiff", "check", "fixtures/shop-1.4.0", "--offline"]
        command += ["--baseline", "fixtures/acme-shop-any-1.3.0.bala", "--format", f"html={page}"]
        found = subprocess.run(command, cwd=_ROOT, check=False, capture_output=True, text=True)  # noqa: S603 (above)
        if found.returncode != 1:
            raise SystemExit(
                f"expected the exit code 1 (under-bumped), found {found.returncode}: {found.stderr}"
            )
        return page.read_text("utf-8")


def _photograph() -> str | None:
    """Take the pictures; return what is wrong with them."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (by `make browser`; --check needs none)

    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for name, theme, address in _PICTURES:
            page = browser.new_page(
                viewport={"width": _WIDTH, "height": _HEIGHT},
                color_scheme="dark" if theme == "dark" else "light",
            )
            page.goto(f"{_PAGE.as_uri()}{address}")
            page.wait_for_timeout(300)
            (_FOLDER / name).write_bytes(_smaller(page.screenshot()))
        browser.close()
    large = [name for name, *_ in _PICTURES if (_FOLDER / name).stat().st_size > _MOST_BYTES]
    return f"more than {_MOST_BYTES:,} bytes: {', '.join(large)}" if large else None


def _smaller(picture: bytes) -> bytes:
    """Return a PNG packed as well as it can be; browsers pack for speed."""
    parts, at = [], 8
    packed = b""
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IDAT":
            packed += content
        elif kind == b"IEND":
            parts += [(b"IDAT", zlib.compress(zlib.decompress(packed), 9)), (kind, content)]
        else:
            parts.append((kind, content))
    return picture[:8] + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
