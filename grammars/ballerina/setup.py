"""Builds the parser; everything else about the package stands in pyproject.toml."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            name="tree_sitter_ballerina._ballerina",
            sources=[
                "bindings/c/_ballerina.c",
                "bindings/c/declarations.c",
                "bindings/c/plain_declarations.c",
                "bindings/c/plain_expressions.c",
                "bindings/c/plain_members.c",
                "bindings/c/plain_nodes.c",
                "bindings/c/plain_statements.c",
                "bindings/c/plain_tokens.c",
                "bindings/c/plain_types.c",
                "bindings/c/words.c",
                "src/parser.c",
                "src/scanner.c",
            ],
            depends=[
                "bindings/c/declarations.h",
                "bindings/c/plain_declarations.h",
                "bindings/c/plain_nodes.h",
                "bindings/c/plain_reader.h",
            ],
            include_dirs=["src"],
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            py_limited_api=True,
        ),
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
