"""Which versions of a package are published, and what is in them? Names in, releases and archives out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.registry.addresses import checked_registry
    from semverdiff.registry.archives import is_sha256, load_release, read_release, verified
    from semverdiff.registry.cache import (
        Cache,
        CacheInfo,
        CachePart,
        cache_info,
        cache_of,
        clear_cache,
    )
    from semverdiff.registry.caching import OfflineCache, open_cached_central
    from semverdiff.registry.central import open_central
    from semverdiff.registry.credentials import with_credentials
    from semverdiff.registry.downloads import Download, open_download
    from semverdiff.registry.environment import (
        Clock,
        Environment,
        Limits,
        Proxy,
        Timeouts,
        environment_from,
    )
    from semverdiff.registry.folders import PackageName, cache_folder, may_lie_here, parse_package_name
    from semverdiff.registry.http import WITHOUT_NETWORK, Response, Transport, open_transport
    from semverdiff.registry.interface import (
        Archive,
        Extracted,
        Packed,
        Registry,
        Release,
        RemoteRegistry,
        SearchableRegistry,
        sorted_versions,
    )
    from semverdiff.registry.local import local_registry, pulled_from_central
    from semverdiff.registry.maven import open_maven
    from semverdiff.registry.redirects import Redirects

__all__ = [
    "WITHOUT_NETWORK",
    "Archive",
    "Cache",
    "CacheInfo",
    "CachePart",
    "Clock",
    "Download",
    "Environment",
    "Extracted",
    "Limits",
    "OfflineCache",
    "PackageName",
    "Packed",
    "Proxy",
    "Redirects",
    "Registry",
    "Release",
    "RemoteRegistry",
    "Response",
    "SearchableRegistry",
    "Timeouts",
    "Transport",
    "cache_folder",
    "cache_info",
    "cache_of",
    "checked_registry",
    "clear_cache",
    "environment_from",
    "is_sha256",
    "load_release",
    "local_registry",
    "may_lie_here",
    "open_cached_central",
    "open_central",
    "open_download",
    "open_maven",
    "open_transport",
    "parse_package_name",
    "pulled_from_central",
    "read_release",
    "sorted_versions",
    "verified",
    "with_credentials",
]

_HOMES = {
    "WITHOUT_NETWORK": "http",
    "Archive": "interface",
    "Cache": "cache",
    "CacheInfo": "cache",
    "CachePart": "cache",
    "Clock": "environment",
    "Download": "downloads",
    "Environment": "environment",
    "Extracted": "interface",
    "Limits": "environment",
    "OfflineCache": "caching",
    "PackageName": "folders",
    "Packed": "interface",
    "Proxy": "environment",
    "Redirects": "redirects",
    "Registry": "interface",
    "Release": "interface",
    "RemoteRegistry": "interface",
    "Response": "http",
    "SearchableRegistry": "interface",
    "Timeouts": "environment",
    "Transport": "http",
    "cache_folder": "folders",
    "cache_info": "cache",
    "cache_of": "cache",
    "checked_registry": "addresses",
    "clear_cache": "cache",
    "environment_from": "environment",
    "is_sha256": "archives",
    "load_release": "archives",
    "local_registry": "local",
    "may_lie_here": "folders",
    "open_cached_central": "caching",
    "open_central": "central",
    "open_download": "downloads",
    "open_maven": "maven",
    "open_transport": "http",
    "parse_package_name": "folders",
    "pulled_from_central": "local",
    "read_release": "archives",
    "sorted_versions": "interface",
    "verified": "archives",
    "with_credentials": "credentials",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
