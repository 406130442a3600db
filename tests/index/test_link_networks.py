"""Only what anybody on the Internet can have a site at is public."""

from __future__ import annotations

import pytest

from index.links.networks import is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",  # Alibaba Cloud's metadata
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",  # Azure's services
        "169.254.169.254",  # the metadata of most clouds
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",  # Oracle Cloud's metadata
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
    ],
)
def test_private_and_special_ipv4_is_not_public_however_it_is_carried(address: str) -> None:
    first, second, third, fourth = (int(part) for part in address.split("."))
    tail = f"{first:02x}{second:02x}:{third:02x}{fourth:02x}"
    assert not is_public(address)
    assert not is_public(f"::ffff:{tail}"), "mapped"
    assert not is_public(f"::{tail}"), "compatible"
    assert not is_public(f"64:ff9b::{tail}"), "NAT64"
    assert not is_public(f"64:ff9b:1::{tail}"), "NAT64 of a network's own"
    assert not is_public(f"2002:{tail}::1"), "6to4"
    assert not is_public(f"::ffff:0:{tail}"), "translated"
    flipped = ":".join(f"{int(part, 16) ^ 0xFFFF:04x}" for part in tail.split(":"))
    assert not is_public(f"2001:0:4136:e378:8000:63bf:{flipped}"), "Teredo"


@pytest.mark.parametrize(
    "address",
    [
        "::",
        "::1",
        "100::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",  # Amazon's metadata
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "5f00::1",
        "4000::1",
    ],
)
def test_private_and_special_ipv6_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "1.2.3"])
def test_what_is_no_ip_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "172.32.0.1",
        "100.128.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:80e::2004",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ],
)
def test_addresses_of_sites_are_public(address: str) -> None:
    assert is_public(address)
