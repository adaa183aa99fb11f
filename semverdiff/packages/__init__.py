"""Where does code come from? A directory, an archive or a git revision in, a `Package` out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.packages.archive import read_archive, read_archive_file
    from semverdiff.packages.bala import read_extracted
    from semverdiff.packages.disk import VERSION_CONTROL, open_file, read_file, read_inside, replace_file
    from semverdiff.packages.edited_file import EditedFile, open_edited, write_edited
    from semverdiff.packages.filesystem import ListedTree, Tree, folders_of
    from semverdiff.packages.git import read_revision
    from semverdiff.packages.git_objects import read_objects
    from semverdiff.packages.git_repository import (
        GitRepository,
        Revision,
        branches_of,
        find_merge_base,
        find_revision,
        is_committed,
        open_repository,
        tags_of,
    )
    from semverdiff.packages.history import commits_of, file_at, files_named, has_file, object_at
    from semverdiff.packages.imports import imported_modules, imports_of
    from semverdiff.packages.json_text import parse_json
    from semverdiff.packages.loader import (
        find_root,
        read_candidate,
        read_directory,
        read_package,
        repository_folder,
        sources_root,
    )
    from semverdiff.packages.manifest_places import ManifestKey, ManifestPlaces
    from semverdiff.packages.model import (
        Dependency,
        ExportRule,
        FindPackage,
        Identity,
        Manifest,
        ManifestPlace,
        Module,
        Package,
        Provenance,
        Source,
        SourceFile,
        Unavailable,
    )
    from semverdiff.packages.names import organization_faults, package_name_faults
    from semverdiff.packages.sources import read_sources
    from semverdiff.packages.workspace import (
        bounds_of,
        find_workspace,
        listed_members,
        workspace_members,
        workspace_of,
    )

__all__ = [
    "VERSION_CONTROL",
    "Dependency",
    "EditedFile",
    "ExportRule",
    "FindPackage",
    "GitRepository",
    "Identity",
    "ListedTree",
    "Manifest",
    "ManifestKey",
    "ManifestPlace",
    "ManifestPlaces",
    "Module",
    "Package",
    "Provenance",
    "Revision",
    "Source",
    "SourceFile",
    "Tree",
    "Unavailable",
    "bounds_of",
    "branches_of",
    "commits_of",
    "file_at",
    "files_named",
    "find_merge_base",
    "find_revision",
    "find_root",
    "find_workspace",
    "folders_of",
    "has_file",
    "imported_modules",
    "imports_of",
    "is_committed",
    "listed_members",
    "object_at",
    "open_edited",
    "open_file",
    "open_repository",
    "organization_faults",
    "package_name_faults",
    "parse_json",
    "read_archive",
    "read_archive_file",
    "read_candidate",
    "read_directory",
    "read_extracted",
    "read_file",
    "read_inside",
    "read_objects",
    "read_package",
    "read_revision",
    "read_sources",
    "replace_file",
    "repository_folder",
    "sources_root",
    "tags_of",
    "workspace_members",
    "workspace_of",
    "write_edited",
]

_HOMES = {
    "VERSION_CONTROL": "disk",
    "Dependency": "model",
    "EditedFile": "edited_file",
    "ExportRule": "model",
    "FindPackage": "model",
    "GitRepository": "git_repository",
    "Identity": "model",
    "ListedTree": "filesystem",
    "Manifest": "model",
    "ManifestKey": "manifest_places",
    "ManifestPlace": "model",
    "ManifestPlaces": "manifest_places",
    "Module": "model",
    "Package": "model",
    "Provenance": "model",
    "Revision": "git_repository",
    "Source": "model",
    "SourceFile": "model",
    "Unavailable": "model",
    "Tree": "filesystem",
    "bounds_of": "workspace",
    "commits_of": "history",
    "file_at": "history",
    "files_named": "history",
    "find_merge_base": "git_repository",
    "find_revision": "git_repository",
    "find_root": "loader",
    "find_workspace": "workspace",
    "folders_of": "filesystem",
    "has_file": "history",
    "imported_modules": "imports",
    "imports_of": "imports",
    "is_committed": "git_repository",
    "listed_members": "workspace",
    "object_at": "history",
    "open_edited": "edited_file",
    "open_file": "disk",
    "open_repository": "git_repository",
    "organization_faults": "names",
    "package_name_faults": "names",
    "parse_json": "json_text",
    "read_archive": "archive",
    "read_archive_file": "archive",
    "read_directory": "loader",
    "read_extracted": "bala",
    "read_file": "disk",
    "read_inside": "disk",
    "read_objects": "git_objects",
    "read_candidate": "loader",
    "read_package": "loader",
    "read_revision": "git",
    "read_sources": "sources",
    "replace_file": "disk",
    "repository_folder": "loader",
    "sources_root": "loader",
    "branches_of": "git_repository",
    "tags_of": "git_repository",
    "workspace_members": "workspace",
    "workspace_of": "workspace",
    "write_edited": "edited_file",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
