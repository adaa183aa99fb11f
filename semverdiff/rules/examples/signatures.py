"""What changes in a parameter list, a result or a path, whatever kind of function has it.

The parameter that changes is called `quantity`, an included record `options`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CALLBACK_SIGNATURES", "INIT_SIGNATURES", "PATHS", "QUALIFIERS", "SIGNATURES"]

SIGNATURES: Mapping[str, tuple[str, str]] = {
    "parameter-required-added": ("(int id)", "(int id, int quantity)"),
    "parameter-defaultable-added": ("(int id)", "(int id, int quantity = 1)"),
    "parameter-defaultable-inserted": (
        '(int id, string note = "")',
        '(int id, int quantity = 1, string note = "")',
    ),
    "parameter-included-added": ("(int id)", "(int id, *Options options)"),
    "parameter-removed": ("(int id, int quantity)", "(int id)"),
    "parameter-renamed": ("(int quantity)", "(int amount)"),
    "parameter-default-added": ("(int quantity)", "(int quantity = 1)"),
    "parameter-default-removed": ("(int quantity = 1)", "(int quantity)"),
    "parameter-default-value-changed": ("(int quantity = 1)", "(int quantity = 2)"),
    "parameter-type-widened": ("(int quantity)", "(int|string quantity)"),
    "parameter-type-widened-ambiguous": ("(int[] quantity)", "(int[]|float[] quantity)"),
    "parameter-type-narrowed": ("(int|string quantity)", "(int quantity)"),
    "parameter-type-changed": ("(int quantity)", "(string quantity)"),
    "parameter-type-respelled": ("(int|string quantity)", "(string|int quantity)"),
    "parameter-declared-field-set-changed": (
        "(map<int> quantity)",
        "(record {| int least?; int...; |} quantity)",
    ),
    "parameter-inclusion-added": ("(Options options)", "(*Options options)"),
    "parameter-inclusion-removed": ("(*Options options)", "(Options options)"),
    "parameter-included-record-changed": ("(*Options options)", "(*OtherOptions options)"),
    "parameters-reordered": ("(int id, string name)", "(string name, int id)"),
    "parameters-collapsed": ("(int page, int size)", "(*Options options)"),
    "parameters-expanded": ("(*Options options)", "(int page, int size)"),
    "parameter-rest-added": ("(int id)", "(int id, int... quantity)"),
    "parameter-rest-removed": ("(int id, int... quantity)", "(int id)"),
    "parameter-rest-renamed": ("(int... quantity)", "(int... amounts)"),
    "parameter-rest-type-widened": ("(int... quantity)", "(int|string... quantity)"),
    "parameter-rest-type-narrowed": ("(int|string... quantity)", "(int... quantity)"),
    "parameter-rest-type-changed": ("(int... quantity)", "(string... quantity)"),
    "parameter-rest-type-respelled": ("(int|string... quantity)", "(string|int... quantity)"),
    "return-dependent-added": (
        "() returns anydata",
        "(typedesc<anydata> t = <>) returns t",
    ),
    "return-dependent-removed": (
        "(typedesc<anydata> t = int) returns t",
        "(typedesc<anydata> t = int) returns anydata",
    ),
    "return-never": ("() returns int", "() returns never"),
    "return-type-added": ("()", "() returns int"),
    "return-type-removed": ("() returns int", "()"),
    "return-error-added": ("() returns int", "() returns int|error"),
    "return-error-removed": ("() returns int|error", "() returns int"),
    "return-type-respelled": ("() returns int|string", "() returns string|int"),
    "return-readonly-added": ("() returns int[]", "() returns readonly & int[]"),
    "return-readonly-removed": ("() returns readonly & int[]", "() returns int[]"),
    "return-mutable-member-narrowed": ("() returns (int|string)[]", "() returns int[]"),
    "return-type-narrowed": ("() returns int|string", "() returns int"),
    "return-type-widened": ("() returns int", "() returns int|string"),
    "return-type-changed": ("() returns int", "() returns string"),
}

INIT_SIGNATURES: Mapping[str, tuple[str, str]] = {
    "error-added": ("()", "() returns error?"),
    "error-removed": ("() returns error?", "()"),
    "return-type-widened": ("() returns TimeoutError?", "() returns error?"),
    "return-type-narrowed": ("() returns error?", "() returns TimeoutError?"),
    "return-type-changed": ("() returns TimeoutError?", "() returns LoginError?"),
    "return-type-respelled": (
        "() returns TimeoutError|LoginError?",
        "() returns LoginError|TimeoutError?",
    ),
}

CALLBACK_SIGNATURES: Mapping[str, tuple[str, str]] = {
    "parameter-added": ("(int)", "(int, int)"),
    "parameter-removed": ("(int, int)", "(int)"),
    "parameter-mutable-member-narrowed": ("((int|string)[])", "(int[])"),
}

PATHS: Mapping[str, tuple[str, str]] = {
    "path-parameter-renamed": ("orders/[int id]", "orders/[int number]"),
    "path-parameter-to-rest": ("orders/[int id]", "orders/[int... id]"),
    "path-parameter-type-changed": ("orders/[int id]", "orders/[string id]"),
    "path-parameter-type-narrowed": ("orders/[int|string id]", "orders/[int id]"),
    "path-parameter-type-respelled": ("orders/[int|string id]", "orders/[string|int id]"),
    "path-parameter-type-widened": ("orders/[int id]", "orders/[int|string id]"),
    "path-rest-to-parameter": ("orders/[int... id]", "orders/[int id]"),
    "path-rest-type-changed": ("orders/[int... id]", "orders/[string... id]"),
    "path-rest-type-narrowed": ("orders/[int|string... id]", "orders/[int... id]"),
    "path-rest-type-widened": ("orders/[int... id]", "orders/[int|string... id]"),
    "path-segment-generalised": ("orders/latest", "orders/[string id]"),
    "path-segment-specialised": ("orders/[string id]", "orders/latest"),
}

QUALIFIERS: Mapping[str, tuple[str, str]] = {
    "isolated-added": ("", "isolated "),
    "isolated-removed": ("isolated ", ""),
    "transactional-added": ("", "transactional "),
    "transactional-removed": ("transactional ", ""),
}
