"""Which versions of a package are published, and what is in them? Names in, releases and archives out."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.registry.cache import CacheInfo, CachePart, cache_folder, cache_info, clear_cache
    from semverdiff.registry.environment import (
        Clock,
        Environment,
        Limits,
        Proxy,
        Timeouts,
        environment_from,
    )

__all__ = [
    "CacheInfo",
    "CachePart",
    "Clock",
    "Environment",
    "Limits",
    "Proxy",
    "Timeouts",
    "cache_folder",
    "cache_info",
    "clear_cache",
    "environment_from",
]

_HOMES = {
    "CacheInfo": "cache",
    "CachePart": "cache",
    "Clock": "environment",
    "Environment": "environment",
    "Limits": "environment",
    "Proxy": "environment",
    "Timeouts": "environment",
    "cache_folder": "cache",
    "cache_info": "cache",
    "clear_cache": "cache",
    "environment_from": "environment",
}

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
