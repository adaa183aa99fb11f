"""Would publishing work? A package and what is known around it in, what is wrong with it out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.publish.answers import Unknown
    from semverdiff.publish.catalogue import publish_rule, publish_rules
    from semverdiff.publish.files import Listings, PackedFiles
    from semverdiff.publish.model import (
        PublishCondition,
        PublishFinding,
        PublishRule,
        Readiness,
        Severity,
        Unchecked,
    )
    from semverdiff.publish.pages import entry_of, page
    from semverdiff.publish.publication import Publication, manifest_table
    from semverdiff.publish.published import PublishedPackages, open_published
    from semverdiff.publish.readiness import readiness_of

__all__ = [
    "Listings",
    "PackedFiles",
    "Publication",
    "PublishCondition",
    "PublishFinding",
    "PublishRule",
    "PublishedPackages",
    "Readiness",
    "Severity",
    "Unchecked",
    "Unknown",
    "entry_of",
    "manifest_table",
    "open_published",
    "page",
    "publish_rule",
    "publish_rules",
    "readiness_of",
]

_HOMES = {
    "Listings": "files",
    "PackedFiles": "files",
    "Publication": "publication",
    "PublishCondition": "model",
    "PublishFinding": "model",
    "PublishRule": "model",
    "PublishedPackages": "published",
    "Readiness": "model",
    "Severity": "model",
    "Unchecked": "model",
    "Unknown": "answers",
    "entry_of": "pages",
    "manifest_table": "publication",
    "open_published": "published",
    "page": "pages",
    "publish_rule": "catalogue",
    "publish_rules": "catalogue",
    "readiness_of": "readiness",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
