"""Builds the one part that is not Python, and writes the readme that leaves the repository.

The rest of the distribution stands in pyproject.toml. Links of README.md are paths in the repository. Outside
of it they are addresses at the tag of the version, if the variable SEMVERDIFF_REPOSITORY names the repository
(as the workflow of a release does), and else no links.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from setuptools import Extension, setup

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)\s]+)\)")
_REPOSITORY = os.environ.get("SEMVERDIFF_REPOSITORY", "").rstrip("/")
_VERSION = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["version"]


def _distributed(link: re.Match[str]) -> str:
    """Return a link of the readme as it is read outside of the repository."""
    is_image, text, path = link.groups()
    if not _REPOSITORY:
        return text
    return f"{is_image}[{text}]({_REPOSITORY}/{'raw' if is_image else 'blob'}/v{_VERSION}/{path})"


_GRAMMAR = Path("grammars/ballerina")
_SOURCES = [
    _GRAMMAR / "src" / "parser.c",
    *sorted(_GRAMMAR.glob("src/scanner.c")),  # only grammars with an external scanner have one
    *sorted(_GRAMMAR.glob("bindings/c/*.c")),
]
_HEADERS = sorted(_GRAMMAR.glob("**/*.h"))

_PAGES = f"{_REPOSITORY}/blob/v{_VERSION}"

setup(
    long_description=_LINK.sub(_distributed, Path("README.md").read_text("utf-8")),
    long_description_content_type="text/markdown",
    project_urls={
        "Source": _REPOSITORY,
        "Documentation": f"{_PAGES}/docs/index.md",
        "Changelog": f"{_PAGES}/CHANGELOG.md",
        "Security": f"{_PAGES}/SECURITY.md",
    }
    if _REPOSITORY
    else {},
    ext_modules=[
        Extension(
            name="semverdiff.syntax._ballerina",
            sources=[path.as_posix() for path in _SOURCES],
            depends=[path.as_posix() for path in _HEADERS],
            include_dirs=[(_GRAMMAR / "src").as_posix()],
            # The stable interface of Python 3.11: one wheel a platform serves every later version.
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            py_limited_api=True,
            extra_compile_args=["-O2"],
        ),
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
