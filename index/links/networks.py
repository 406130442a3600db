"""Which IP addresses are on the public Internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_UNICAST = IPv6Network("2000::/3")
"""All that is given out to sites. Outside it, `is_global` is true of much that is not in use."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 sites as networks without IPv4 see them (NAT64); the last 32 bits are the address."""
_NEVER = (
    IPv4Network("192.0.0.0/24"),  # Oracle Cloud tells a machine's secrets at 192.0.0.192
    IPv4Network("168.63.129.16/32"),  # Azure's own services, as its machines see them
    IPv4Network("192.88.99.0/24"),  # relays that are switched off
)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that anybody on the Internet can have a site at.

    An IPv6 address that carries an IPv4 one is judged by that.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _is_public_v4(ip)
    carried = _carried(ip)
    if carried is not None:
        return _is_public_v4(carried)
    return ip in _UNICAST and ip.is_global and not ip.scope_id


def _is_public_v4(ip: IPv4Address) -> bool:
    forbidden = ip.is_multicast or ip.is_reserved or any(ip in network for network in _NEVER)
    return ip.is_global and not forbidden


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address in one that is mapped, 6to4 or NAT64. (Teredo is not global at all.)"""
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
