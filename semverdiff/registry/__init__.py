"""Which versions of a package are published, and what is in them? Names in, releases and archives out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.registry.addresses import checked_registry
    from semverdiff.registry.archives import load_release, read_release
    from semverdiff.registry.cache import (
        CacheInfo,
        CachePart,
        cache_folder,
        cache_info,
        cache_of,
        clear_cache,
    )
    from semverdiff.registry.caching import OfflineCache, open_cached_central
    from semverdiff.registry.central import open_central
    from semverdiff.registry.credentials import with_credentials
    from semverdiff.registry.environment import (
        Clock,
        Environment,
        Limits,
        Proxy,
        Timeouts,
        environment_from,
    )
    from semverdiff.registry.interface import (
        Archive,
        Extracted,
        PackageName,
        Packed,
        Registry,
        Release,
        RemoteRegistry,
        SearchableRegistry,
        parse_package_name,
        sorted_versions,
    )
    from semverdiff.registry.local import local_registry, pulled_from_central
    from semverdiff.registry.maven import open_maven

__all__ = [
    "Archive",
    "CacheInfo",
    "CachePart",
    "Clock",
    "Environment",
    "Extracted",
    "Limits",
    "OfflineCache",
    "PackageName",
    "Packed",
    "Proxy",
    "Registry",
    "Release",
    "RemoteRegistry",
    "SearchableRegistry",
    "Timeouts",
    "cache_folder",
    "cache_info",
    "cache_of",
    "checked_registry",
    "clear_cache",
    "environment_from",
    "load_release",
    "local_registry",
    "open_cached_central",
    "open_central",
    "open_maven",
    "parse_package_name",
    "pulled_from_central",
    "read_release",
    "sorted_versions",
    "with_credentials",
]

_HOMES = {
    "Archive": "interface",
    "CacheInfo": "cache",
    "CachePart": "cache",
    "OfflineCache": "caching",
    "Clock": "environment",
    "Environment": "environment",
    "Extracted": "interface",
    "Limits": "environment",
    "PackageName": "interface",
    "Packed": "interface",
    "Proxy": "environment",
    "Registry": "interface",
    "Release": "interface",
    "RemoteRegistry": "interface",
    "SearchableRegistry": "interface",
    "Timeouts": "environment",
    "cache_folder": "cache",
    "cache_info": "cache",
    "cache_of": "cache",
    "checked_registry": "addresses",
    "clear_cache": "cache",
    "environment_from": "environment",
    "load_release": "archives",
    "local_registry": "local",
    "open_cached_central": "caching",
    "open_central": "central",
    "open_maven": "maven",
    "parse_package_name": "interface",
    "pulled_from_central": "local",
    "read_release": "archives",
    "sorted_versions": "interface",
    "with_credentials": "credentials",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
