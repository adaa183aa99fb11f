"""Do the tables about the forms of nodes agree with what their fields are declared to hold?"""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import pytest

from semverdiff.syntax import nodes

FORMS = [one for one in nodes.Node.__subclasses__() if one not in nodes.LEAVES]
# What is said about a declaration, and is no part of it.
_ASIDE = frozenset({nodes.Annotation, nodes.Location, nodes.Metadata})


def _held(hint: Any) -> set[type]:  # noqa: ANN401 (a hint is whatever a type may be written as)
    found: set[type] = set()
    waiting = [hint]
    while waiting:
        one = waiting.pop()
        waiting += get_args(one)
        if isinstance(one, type) and issubclass(one, nodes.Node):
            found.add(one)
    return found


def test_there_are_forms_to_ask_about() -> None:
    assert {nodes.Class, nodes.UnionType, nodes.Expression} <= {*FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_the_parts_of_a_form_are_its_fields_that_hold_nodes(form: type[nodes.Node]) -> None:
    hints = get_type_hints(form, vars(nodes))
    holding = {name for name in form.__struct_fields__ if _held(hints[name]) - _ASIDE}
    if form in _ASIDE:
        assert form not in nodes.PARTS
    else:
        assert {*nodes.PARTS.get(form, ())} == holding
