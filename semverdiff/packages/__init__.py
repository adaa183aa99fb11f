"""Where does code come from? A directory, a `.bala` or an extracted bala in, a `Package` out."""

from semverdiff.packages.loader import (
    find_root,
    read_archive,
    read_directory,
    read_extracted,
    read_package,
    sources_root,
)
from semverdiff.packages.model import (
    Dependency,
    ExportRule,
    FindPackage,
    Manifest,
    Module,
    Package,
    Provenance,
    Source,
    SourceFile,
)
from semverdiff.packages.names import organization_faults, package_name_faults
from semverdiff.packages.sources import read_sources
from semverdiff.packages.tree import ListedTree, Tree, folders_of
from semverdiff.packages.workspace import find_workspace, workspace_members, workspace_of

__all__ = [
    "Dependency",
    "ExportRule",
    "FindPackage",
    "ListedTree",
    "Manifest",
    "Module",
    "Package",
    "Provenance",
    "Source",
    "SourceFile",
    "Tree",
    "find_root",
    "find_workspace",
    "folders_of",
    "organization_faults",
    "package_name_faults",
    "read_archive",
    "read_directory",
    "read_extracted",
    "read_package",
    "read_sources",
    "sources_root",
    "workspace_members",
    "workspace_of",
]
