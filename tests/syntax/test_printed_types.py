"""What is printed of a type can be read again, and says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from support.sources import descriptor, placeless
from syntax.descriptor_strategies import descriptors

from semverdiff.api import type_text

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import TypeDescriptor

IMPORTS = "import acme/shop.orders;"


@pytest.mark.slow
@given(descriptors)
def test_a_printed_type_is_read_as_the_same(written: TypeDescriptor) -> None:
    assert placeless(descriptor(type_text(written), IMPORTS)) == written
