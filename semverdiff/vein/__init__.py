"""What does a shard of Vein declare? Its versions, its files, and what clients can see of either form."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.vein import catalogue
    from semverdiff.vein.bumps import bumps_at
    from semverdiff.vein.comparison import compare_apis
    from semverdiff.vein.dependencies import compare_dependencies
    from semverdiff.vein.evaluation import evaluate
    from semverdiff.vein.front_end import FRONT_END
    from semverdiff.vein.listing import describe
    from semverdiff.vein.local_shards import LocalShards
    from semverdiff.vein.publication import PUBLISH_RULES, readiness_for
    from semverdiff.vein.published import (
        InGallery,
        earlier_gallery_pre_release,
        gallery_baseline,
        parse_gallery_spec,
    )
    from semverdiff.vein.shard import Shard, read_shard_file
    from semverdiff.vein.versions import NUGET, NugetVersion, parse_nuget_version

__all__ = [
    "FRONT_END",
    "NUGET",
    "PUBLISH_RULES",
    "InGallery",
    "LocalShards",
    "NugetVersion",
    "Shard",
    "bumps_at",
    "catalogue",
    "compare_apis",
    "compare_dependencies",
    "describe",
    "earlier_gallery_pre_release",
    "evaluate",
    "gallery_baseline",
    "parse_gallery_spec",
    "parse_nuget_version",
    "read_shard_file",
    "readiness_for",
]

_HOMES = {
    "bumps_at": "bumps",
    "catalogue": "",
    "compare_apis": "comparison",
    "compare_dependencies": "dependencies",
    "evaluate": "evaluation",
    "FRONT_END": "front_end",
    "describe": "listing",
    "LocalShards": "local_shards",
    **dict.fromkeys(("PUBLISH_RULES", "readiness_for"), "publication"),
    **dict.fromkeys(
        ("InGallery", "earlier_gallery_pre_release", "gallery_baseline", "parse_gallery_spec"), "published"
    ),
    **dict.fromkeys(("Shard", "read_shard_file"), "shard"),
    **dict.fromkeys(("NUGET", "NugetVersion", "parse_nuget_version"), "versions"),
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
