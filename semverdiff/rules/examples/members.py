"""What changes in a class or an object type: its qualifiers, or one member of it.

A method ends in a semicolon as in an object type; in a class it gets a body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MEMBERS", "QUALIFIERS"]

MEMBERS: Mapping[str, tuple[str, str]] = {
    "field-added": ("", "public int total;"),
    "field-final-added": ("public int total;", "public final int total;"),
    "field-final-removed": ("public final int total;", "public int total;"),
    "field-initial-value-changed": ("public int total = 0;", "public int total = 1;"),
    "field-removed": ("public int total;", ""),
    "field-renamed": ("public int total;", "public int sum;"),
    "field-type-changed": ("public int total;", "public string total;"),
    "field-type-narrowed": ("public int|string total;", "public int total;"),
    "field-type-respelled": ("public int|string total;", "public string|int total;"),
    "field-type-widened": ("public int total;", "public int|string total;"),
    "field-visibility-reduced": ("public int total;", "int total;"),
    "final-field-type-narrowed": ("public final int|string total;", "public final int total;"),
    "final-field-type-widened": ("public final int total;", "public final int|string total;"),
    "inclusion-respelled": ("*Priced;", "public int price;"),
    "init-added": ("", "public isolated function init();"),
    "init-not-isolated-added": ("", "public function init();"),
    "init-removed": ("public isolated function init();", ""),
    "method-added": ("", "public function clear();"),
    "method-removed": ("public function clear();", ""),
    "method-renamed": ("public function clear();", "public function empty();"),
    "method-visibility-reduced": ("public function clear();", "function clear();"),
    "opened": ("int secret;", ""),
    "sealed": ("", "int secret;"),
    "remote-method-added": ("", "remote function clear();"),
    "remote-method-removed": ("remote function clear();", ""),
    "remote-method-renamed": ("remote function clear();", "remote function empty();"),
    "resource-added": ("", "resource function get items() returns int;"),
    "resource-removed": ("resource function get items() returns int;", ""),
    "resource-renamed": (
        "resource function get items() returns int;",
        "resource function get lines() returns int;",
    ),
    "type-id-added": ("public int price;", "*Tagged;"),
    "type-id-removed": ("*Tagged;", "public int price;"),
}

QUALIFIERS: Mapping[str, tuple[str, str]] = {
    "client-qualifier-added": ("", "client "),
    "client-qualifier-removed": ("client ", ""),
    "client-to-service": ("client ", "service "),
    "distinct-added": ("", "distinct "),
    "distinct-removed": ("distinct ", ""),
    "isolated-added": ("", "isolated "),
    "isolated-removed": ("isolated ", ""),
    "readonly-added": ("", "readonly "),
    "readonly-removed": ("readonly ", ""),
    "service-qualifier-added": ("", "service "),
    "service-qualifier-removed": ("service ", ""),
    "service-to-client": ("service ", "client "),
}
