"""What writes each use of the old version, and the client that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.clients import call_uses, data_uses, declaration_uses, object_uses, writes
from semverdiff.clients.draft import Draft
from semverdiff.clients.errors import NotWritableError, TooLongError
from semverdiff.clients.uses import Use
from semverdiff.clients.values import constructed
from semverdiff.clients.writer import Client
from semverdiff.compare.facts import Fact, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.api import Surface
    from semverdiff.clients.members import Members
    from semverdiff.compare import Difference

    Recipe = Callable[[Draft], None]

__all__ = ["client_of"]


_LONGEST = 8_000
"""Characters of a program: names may have a megabyte, and a report many clients."""


def client_of(difference: Difference, use: Use, sides: tuple[Surface, Surface], members: Members) -> Client:
    """Return the client that uses the old one of both sides in this way."""
    draft = Draft(difference, *sides, constructed, members)
    try:
        _recipe(difference, use)(draft)
        layout = draft.program().layout()
        text = "\n".join(layout.lines)
        if len(text) > _LONGEST:
            raise TooLongError
    except NotWritableError as error:
        return Client(missing=str(error))
    return Client("\n".join(layout.breaking), text)


_OBJECTS = frozenset({Subject.CLASS, Subject.OBJECT})
_DATA = frozenset({Subject.RECORD, Subject.RECORD_FIELD, Subject.ERROR, Subject.MAP})


def _recipe(difference: Difference, use: Use) -> Recipe:
    subject = difference.subject
    if subject in _OBJECTS and use in _OF_OBJECTS:
        return _OF_OBJECTS[use]
    if difference.fact in _OF_DETAIL_TYPES:
        return _RECIPES[use]
    if subject in _DATA and use in _OF_DATA:
        return _OF_DATA[use]
    return _RECIPES[use]


# The detail as a whole changed, so that no field of it has a name.
_OF_DETAIL_TYPES = frozenset({Fact.DETAIL_TYPE_CHANGED, Fact.DETAIL_TYPE_NARROWED, Fact.DETAIL_TYPE_WIDENED})
_OF_OBJECTS: Mapping[Use, Recipe] = {
    Use.CALL: object_uses.call_member,
    Use.COMPARE_VALUE: object_uses.compare_member,
    Use.CONSTRUCT: object_uses.construct_checked,
    Use.READ: object_uses.read_member,
    Use.WRITE: object_uses.write_member,
    Use.WRITE_INTO: object_uses.write_into_member,
}
_OF_DATA: Mapping[Use, Recipe] = {
    Use.CONSTRUCT: data_uses.construct,
    Use.READ: data_uses.read_field,
    Use.WRITE: data_uses.write_field,
}
_RECIPES: Mapping[Use, Recipe] = {
    Use.ANNOTATE: declaration_uses.annotate,
    Use.ANNOTATE_NOT_CONSTANT: declaration_uses.annotate_not_constant,
    Use.ASSIGN_TO_CLIENT: object_uses.assign_to_client,
    Use.ASSIGN_TO_DATA: declaration_uses.assign_to_data,
    Use.ASSIGN_TO_INCLUDED: object_uses.assign_to_included,
    Use.ASSIGN_TO_OLD: declaration_uses.assign_to_old,
    Use.ASSIGN_TO_READONLY: object_uses.assign_to_readonly,
    Use.ASSIGN_TO_SERVICE: object_uses.assign_to_service,
    Use.CALL: call_uses.call,
    Use.CALL_AMBIGUOUSLY: call_uses.call_ambiguously,
    Use.CALL_BY_NAME: call_uses.call_by_name,
    Use.CALL_IN_FULL: call_uses.call_in_full,
    Use.CALL_IN_TYPE_TEST: call_uses.call_in_type_test,
    Use.CALL_ISOLATED: call_uses.call_isolated,
    Use.CALL_WITH_CHECK: call_uses.call_with_check,
    Use.CALL_WITH_FIELD: call_uses.call_with_field,
    Use.CALL_WITH_KEY: call_uses.call_with_key,
    Use.CALL_WITH_OLD: call_uses.call_with_old,
    Use.CALL_WITH_RECORD: call_uses.call_with_record,
    Use.CALL_WITH_REST: call_uses.call_with_rest,
    Use.COMPARE_FIELD: data_uses.compare_field,
    Use.COMPARE_RESULT: call_uses.compare_result,
    Use.COMPARE_VALUE: declaration_uses.compare_value,
    Use.CONSTRUCT: declaration_uses.make_old,
    Use.CONSTRUCT_AMBIGUOUSLY: data_uses.construct_ambiguously,
    Use.CONSTRUCT_CHECKED: object_uses.construct_checked,
    Use.CONSTRUCT_FROM_OWN: data_uses.construct_from_own,
    Use.CONSTRUCT_ISOLATED: object_uses.construct_isolated,
    Use.CONSTRUCT_WITH_FIELD: data_uses.construct_with_field,
    Use.CONSTRUCT_WITH_KEY: data_uses.construct_with_key,
    Use.EXHAUST: declaration_uses.exhaust,
    Use.FUNCTION_VALUE: call_uses.function_value,
    Use.IMPLEMENT: object_uses.implement,
    Use.IMPLEMENT_FREELY: object_uses.implement_freely,
    Use.IMPORT: declaration_uses.import_module,
    Use.LISTEN: declaration_uses.listen,
    Use.LISTEN_BY_METHOD: declaration_uses.listen_by_method,
    Use.NAME_AS_TYPE: declaration_uses.name_as_type,
    Use.NAME_VALUE: declaration_uses.name_value,
    Use.OWN_ERROR: data_uses.own_error,
    Use.OWN_RECORD: data_uses.own_record,
    Use.GIVE_FUNCTION: call_uses.pass_function,
    Use.READ: declaration_uses.read,
    Use.READ_ANNOTATION: declaration_uses.read_annotation,
    Use.READ_ISOLATED: declaration_uses.read_isolated,
    Use.READ_KEY: data_uses.read_key,
    Use.RESULT: call_uses.result,
    Use.SHARE: object_uses.share,
    Use.TEST_TYPE: object_uses.test_type,
    Use.USE_BY_KIND: declaration_uses.use_by_kind,
    Use.VIEW_AS_MAP: data_uses.view_as_map,
    Use.WRITE: declaration_uses.write,
    Use.WRITE_INTO: declaration_uses.write_into,
    Use.WRITE_KEY: data_uses.write_key,
    Use.WRITE_NIL: data_uses.write_nil,
    Use.WRITE_RESULT: writes.write_result,
}
