"""How often something may be done from one place: counters in the cache, shared by all web processes in production."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

IPV4_PREFIX = 24
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The caller's address: the last one that our own proxies vouch for, never a header that anyone can write."""
    if settings.TRUSTED_PROXIES:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(chain) >= settings.TRUSTED_PROXIES:
            return chain[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """The caller's network: /24 for IPv4, /64 for IPv6; ``unknown`` for what is not an address."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    prefix = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX  # noqa: PLR2004  the protocol's number
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def allows(key: str, *, limit: int, window_s: int) -> bool:
    """Count one more try; False once ``limit`` was passed within ``window_s`` seconds of the first."""
    name = f"limit:{key}"
    cache.add(name, 0, window_s)
    try:
        return cache.incr(name) <= limit
    except ValueError:
        # The counter ran out between the two calls: this try opens a new window.
        cache.set(name, 1, window_s)
        return True
