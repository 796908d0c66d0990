"""Which addresses are on the public Internet: an own table, as the standard library's changed with its versions."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

# IANA's registry of special-purpose IPv4 addresses (RFC 6890), multicast (RFC 5771) and what is reserved (RFC 1112).
CLOSED_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# Of IPv6 only what is given out for the Internet (RFC 4291, 2.4), without what leads back into IPv4 or nowhere: so
# mapped, translated, local and multicast addresses are all outside.
OPEN_6 = IPv6Network("2000::/3")
CLOSED_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether this address can be somebody else's on the Internet, and none of our own networks."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in CLOSED_4)
    return address in OPEN_6 and not any(address in network for network in CLOSED_6)
