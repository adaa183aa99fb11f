"""Why a case is missed: its label is held to be wrong, with the evidence, or the tool has a bug that is open.

Some labels of compiled cases list what the compiler was asked about and leave out what else is new:
the bump and every labelled change are right there. Each is scored, and counts as a miss.
"""

from __future__ import annotations

__all__ = ["DISPUTES", "LEFT_OUT", "MOST_DISPUTED", "OPEN_BUGS", "RELEASE_DISPUTES"]

MOST_DISPUTED = 0.01  # of the cases

DISPUTES = {
    "alias-and-kind/listener-class-alias": (
        "The label names the class, `Listener`. For the same rule service/attach-narrowed and "
        "service/attach-widened name the parameter: `Hub.attach(s)`."
    ),
    "annotation/removed": (
        "The new version also declares `public const V = 1`, which the old one lacks: by the contract "
        "(constant-added) a minor change of its own. The label lists only the annotation that is gone."
    ),
    "record-more/nested-open-optional-out": (
        "An inline open record that gets an optional field as the type of a field that clients receive is "
        "judged like a named one since the second round of decisions (contract, section 7): minor."
    ),
    "record-more/readonly-field-narrowed-out": (
        "Clients construct records that they receive, unless the policy construct-output-records says no: "
        "narrowing a readonly field is major since the second round of decisions (contract, section 7), for "
        "which a client was compiled (compiled/rec-open-to-typed-rest-readonly-out)."
    ),
    "record-more/readonly-field-of-many-narrowed-out": (
        "As record-more/readonly-field-narrowed-out: clients construct the record."
    ),
    "return-shape/optional-error-to-error": (
        "A result of which only errors are left is major since the second round of decisions (contract, "
        "section 7): `check` leaves unreachable code, as in compiled/ret-nilable-error-to-error, where the "
        "same client has the same outcome and the label is major."
    ),
    "module/dependency-major-reexposed": (
        "The title speaks of a dependency that is part of the API, but neither version imports it or names a "
        "type of it: by the contract (package-dependency-major-changed) minor, and major only with --strict."
    ),
}

LEFT_OUT = {
    "compiled/alias-enum-fewer": (
        "The label lists the lost value; the form (the alias is an enum now) is a minor "
        "change beside it (contract, section 7: a change of form never stands alone)."
    ),
    "compiled/alias-to-enum-different": (
        "The label lists the change of the type; that `A` is an enum now, and the names that the enum "
        "adds, are minor changes beside it."
    ),
    "compiled/class-alias-of-class-init-changed": (
        "The label lists the changed `init`; the new class `E` is an addition of its own, and so is the "
        "`init`."
    ),
    "compiled/class-alias-of-class-lost-method": (
        "The label lists the lost method; the new class `E` is an addition of its own."
    ),
    "compiled/class-alias-of-existing-class": (
        "The label lists the lost field; `b`, which the class has that `C` stands for now, is an addition."
    ),
    "compiled/enum-alias-of-other-enum": (
        "The label lists the lost names; the new enum `B` and the form of `A` are minor changes beside them."
    ),
    "compiled/enum-alias-of-wider-enum-out": (
        "The label lists the wider set of values; the new enum `B` is an addition of its own."
    ),
    "compiled/enum-to-int-alias": (
        "The label lists the change of the type; the names `X` and `Y` have other values as well, which "
        "breaks who reads them."
    ),
    "compiled/obj-to-alias-of-class": (
        "The label lists the change of kind; the new class `N` is an addition of its own."
    ),
    "compiled/obj-to-class-method-narrowed-out": (
        "The label lists the changed method; the change of kind is a minor one beside it."
    ),
    "compiled/obj-to-class-private-field": (
        "The label lists that nobody can implement `O` any more; the change of kind is a minor one beside it."
    ),
    "compiled/type-string-to-enum-out": (
        "The label lists the change of kind; the names of the enum's members are additions."
    ),
}

_CALLBACK = "what implementers are given to call is judged like a callback that they pass"
_THROUGH = "writes to lists and mappings behind a stream, a future or a function's result are not followed"
OPEN_BUGS: dict[str, str] = {}

RELEASE_DISPUTES: dict[str, str] = {
    "websocket 2.7.3 -> 2.8.0": (
        "Dependencies.toml raises `ballerina/http` from 2.7.3 to 2.8.0, others likewise: by the contract "
        "(package-dependency-minimum-raised) minor. The sources alone are a patch."
    ),
    "health.fhir.r4utils.ccdatofhir 3.0.2 -> 4.0.0": (
        "Dependencies.toml also raises `ballerinax/health.fhir.r4` from 6.0.0 to 6.2.2: by the contract a "
        "minor change of its own beside the labelled major one."
    ),
    "health.fhir.r4utils.ccdatofhir 1.0.0 -> 1.0.1": (
        "Ballerina.toml itself raises `ballerinax/health.fhir.r4` from 4.0.0 to 4.1.0: by the contract a "
        "minor change; the labels leave it out."
    ),
}
