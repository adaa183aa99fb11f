"""Rules about what is packed: patterns of `include` that do nothing, files that nobody should see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ArchiveError, SourceError
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import Location, place_in
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

# Names of files that hold secrets, in lower case: values of deployers, tokens, private keys, stores of them.
_SECRETS = (
    r"config\.toml|settings\.toml|\.env(?:\..+)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.htpasswd"
    r"|credentials(?:\.(?:conf|csv|db|ini|json|properties|toml|txt|xml|ya?ml))?"
    r"|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:key|ppk|kdbx|keystore|jks|p12|pfx|pem|asc|gpg)"
)
_EXAMPLES = r".*(?:example|sample|template).*"
# Stores of certificates that everybody may have.
_PUBLIC = r".*(?:trust|public|\.pub).*"
# What may be a certificate or a public key: what it holds decides.
_ENVELOPES = (".pem", ".key", ".asc", ".gpg")
_PRIVATE = b"PRIVATE KEY"
_START_BYTES = 16_384


def _place(publication: Publication, number: int) -> ManifestPlace:
    return place_in(publication.manifest, ("package", "include", number))


def _idle(publication: Publication) -> Iterator[Problem | Unknown]:
    patterns, included = publication.files.patterns, publication.files.included
    if isinstance(included, Unknown):
        yield included
        return
    for number in included.idle:
        yield Problem(
            f"the pattern {quote(patterns[number])} of 'include' matches nothing",
            _place(publication, number),
        )
    for _, unknown in included.unknown:
        yield unknown


def _broken(publication: Publication) -> Iterator[Problem]:
    patterns, included = publication.files.patterns, publication.files.included
    for number in () if isinstance(included, Unknown) else included.broken:
        yield Problem(
            f"{quote(patterns[number])} in 'include' is no pattern: a bracket or brace has no end",
            _place(publication, number),
        )


def _secrets(publication: Publication) -> Iterator[Problem | Unknown]:
    files, included = publication.files.all, publication.files.included
    if isinstance(files, Unknown):
        yield files
        return
    for _, unknown in () if isinstance(included, Unknown) else included.unknown:
        yield unknown
    for path in files:
        if _holds_secret(publication, path):
            yield Problem(
                f"{quote(path)} would be published, and looks like a secret", ManifestPlace(path, 1, 1)
            )


def _holds_secret(publication: Publication, path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    if re.fullmatch(_SECRETS, name) is None or re.fullmatch(_EXAMPLES, name) is not None:
        return False
    if not name.endswith(_ENVELOPES):
        return re.fullmatch(_PUBLIC, name) is None
    try:
        return _PRIVATE in Location(publication.listings, path).start(_START_BYTES)
    except (SourceError, ArchiveError):
        return True  # What cannot be read is none of which this is known.


RULES = (
    PublishRule(
        id="secret-published",
        severity=Severity.ERROR,
        title="a file that holds a secret would be published",
        why="Whoever pulls the package has the file, and a published version is never removed: values of "
        "`Config.toml`, private keys and stores of them are lost with the push.",
        remedy="Take it out of `include` and `resources`. A secret that was published has to be replaced.",
        find=_secrets,
    ),
    PublishRule(
        id="include-matches-nothing",
        severity=Severity.WARNING,
        title="a pattern of 'include' matches nothing",
        why="What it was meant to pack will not be there. A pattern with `/` in front matches names beside "
        "Ballerina.toml alone, never a path with folders; `target` is never packed.",
        remedy="Correct the pattern, or remove it.",
        find=_idle,
    ),
    PublishRule(
        id="include-invalid",
        severity=Severity.ERROR,
        title="a text in 'include' is no pattern",
        why="`bal pack` ends with a fault of its own.",
        remedy="Close the bracket or the brace; braces cannot stand in braces.",
        find=_broken,
    ),
)
