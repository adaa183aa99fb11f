"""What did the project decide? Flags, environment and Semver.toml in, one frozen `Settings` value out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.config.loading import combine
    from semverdiff.config.model import (
        SEMVER_TOML,
        AcceptSettings,
        Dependencies,
        FailOn,
        Options,
        Policies,
        Policy,
        PolicyValue,
        PublishChoice,
        PublishWord,
        SemverToml,
        Settings,
        SuppressionEntry,
        Vocabulary,
        choices,
    )
    from semverdiff.config.places import KeyPath, Places, key_places
    from semverdiff.config.semver_toml import read_semver_toml
    from semverdiff.config.strictness import (
        MergedSettings,
        Relaxation,
        merge_settings,
        relaxations,
        stricter,
    )
    from semverdiff.config.suppressions import has_pattern, matches, written_entry
    from semverdiff.config.toml import (
        Document,
        Table,
        decode,
        kind_of,
        parse_toml,
        utf8_mistake,
    )
    from semverdiff.config.toml_edits import with_changed_entries, with_entries, with_text

__all__ = [
    "SEMVER_TOML",
    "AcceptSettings",
    "Dependencies",
    "Document",
    "FailOn",
    "KeyPath",
    "MergedSettings",
    "Options",
    "Places",
    "Policies",
    "Policy",
    "PolicyValue",
    "PublishChoice",
    "PublishWord",
    "Relaxation",
    "SemverToml",
    "Settings",
    "SuppressionEntry",
    "Table",
    "Vocabulary",
    "choices",
    "combine",
    "decode",
    "has_pattern",
    "key_places",
    "kind_of",
    "matches",
    "merge_settings",
    "parse_toml",
    "read_semver_toml",
    "relaxations",
    "stricter",
    "utf8_mistake",
    "with_changed_entries",
    "with_entries",
    "with_text",
    "written_entry",
]

_HOMES = {
    "AcceptSettings": "model",
    "Dependencies": "model",
    "Document": "toml",
    "FailOn": "model",
    "KeyPath": "places",
    "MergedSettings": "strictness",
    "Options": "model",
    "Places": "places",
    "Policies": "model",
    "Policy": "model",
    "PolicyValue": "model",
    "PublishChoice": "model",
    "PublishWord": "model",
    "Relaxation": "strictness",
    "SEMVER_TOML": "model",
    "SemverToml": "model",
    "Settings": "model",
    "SuppressionEntry": "model",
    "Table": "toml",
    "Vocabulary": "model",
    "choices": "model",
    "combine": "loading",
    "decode": "toml",
    "has_pattern": "suppressions",
    "key_places": "places",
    "kind_of": "toml",
    "matches": "suppressions",
    "merge_settings": "strictness",
    "parse_toml": "toml",
    "read_semver_toml": "semver_toml",
    "relaxations": "strictness",
    "stricter": "strictness",
    "utf8_mistake": "toml",
    "with_changed_entries": "toml_edits",
    "with_entries": "toml_edits",
    "with_text": "toml_edits",
    "written_entry": "suppressions",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
