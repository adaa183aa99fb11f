"""Builds the one part that is not Python: the generated parser of the Ballerina grammar.

Everything else about the distribution stands in pyproject.toml.
"""

from __future__ import annotations

from pathlib import Path

from setuptools import Extension, setup

_GRAMMAR = Path("grammars/ballerina")
_SOURCES = [
    _GRAMMAR / "src" / "parser.c",
    *sorted(_GRAMMAR.glob("src/scanner.c")),  # only grammars with an external scanner have one
    *sorted(_GRAMMAR.glob("bindings/c/*.c")),
]
_HEADERS = sorted(_GRAMMAR.glob("**/*.h"))

setup(
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
