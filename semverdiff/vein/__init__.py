"""What does a shard of Vein declare? Its versions, its files, and what clients can see of either form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.lazy import attach

if TYPE_CHECKING:
    from semverdiff.vein.bumps import bumps_at
    from semverdiff.vein.catalogue import CATALOGUE
    from semverdiff.vein.comparison import compare_apis
    from semverdiff.vein.dependencies import compare_dependencies, shards_met
    from semverdiff.vein.difference import Condition, Fact, Subject, VeinDifference
    from semverdiff.vein.evaluation import evaluate
    from semverdiff.vein.front_end import FRONT_END
    from semverdiff.vein.gallery import Gallery, open_gallery
    from semverdiff.vein.listing import describe
    from semverdiff.vein.local_shards import LocalShards
    from semverdiff.vein.model import Api, ApiType
    from semverdiff.vein.module import Module, read_module
    from semverdiff.vein.module_api import api_of_module
    from semverdiff.vein.project import Project, project_file, project_sources, read_project
    from semverdiff.vein.publication import PUBLISH_RULES, readiness_for
    from semverdiff.vein.published import (
        InGallery,
        earlier_gallery_pre_release,
        gallery_baseline,
        parse_gallery_spec,
    )
    from semverdiff.vein.shard import (
        Shard,
        ShardDependency,
        ShardManifest,
        read_shard,
        read_shard_file,
        read_unpacked_shard,
    )
    from semverdiff.vein.source import read_sources
    from semverdiff.vein.source_api import api_of_sources
    from semverdiff.vein.versions import NUGET, NugetVersion, parse_nuget_version

__all__ = [
    "CATALOGUE",
    "FRONT_END",
    "NUGET",
    "PUBLISH_RULES",
    "Api",
    "ApiType",
    "Condition",
    "Fact",
    "Gallery",
    "InGallery",
    "LocalShards",
    "Module",
    "NugetVersion",
    "Project",
    "Shard",
    "ShardDependency",
    "ShardManifest",
    "Subject",
    "VeinDifference",
    "api_of_module",
    "api_of_sources",
    "bumps_at",
    "compare_apis",
    "compare_dependencies",
    "describe",
    "earlier_gallery_pre_release",
    "evaluate",
    "gallery_baseline",
    "open_gallery",
    "parse_gallery_spec",
    "parse_nuget_version",
    "project_file",
    "project_sources",
    "read_module",
    "read_project",
    "read_shard",
    "read_shard_file",
    "read_sources",
    "read_unpacked_shard",
    "readiness_for",
    "shards_met",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "api_of_module": "module_api",
        "bumps_at": "bumps",
        "describe": "listing",
        "FRONT_END": "front_end",
        **dict.fromkeys(("PUBLISH_RULES", "readiness_for"), "publication"),
        "CATALOGUE": "catalogue",
        "compare_apis": "comparison",
        "compare_dependencies": "dependencies",
        "evaluate": "evaluation",
        "shards_met": "dependencies",
        "read_sources": "source",
        **dict.fromkeys(("Condition", "Fact", "Subject", "VeinDifference"), "difference"),
        "api_of_sources": "source_api",
        **dict.fromkeys(("Api", "ApiType"), "model"),
        **dict.fromkeys(("Gallery", "open_gallery"), "gallery"),
        "LocalShards": "local_shards",
        **dict.fromkeys(("InGallery", "earlier_gallery_pre_release"), "published"),
        **dict.fromkeys(("gallery_baseline", "parse_gallery_spec"), "published"),
        **dict.fromkeys(("Module", "read_module"), "module"),
        **dict.fromkeys(("Project", "project_file", "project_sources", "read_project"), "project"),
        **dict.fromkeys(("Shard", "ShardDependency", "ShardManifest"), "shard"),
        **dict.fromkeys(("read_shard", "read_shard_file", "read_unpacked_shard"), "shard"),
        **dict.fromkeys(("NUGET", "NugetVersion", "parse_nuget_version"), "versions"),
    },
)
