//! The addresses that results may be fetched from: all except those of this machine and the networks around it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is on the public network. IPv6 addresses that reach IPv4 ones through a gateway (NAT64, Teredo, 6to4,
/// translated) do not count, because nobody knows where the gateway leads.
///
/// 198.18.0.0/15 counts as public on purpose: local proxies resolve every name to an address in this range and pass the
/// connection on.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && b & 0b1100_0000 == 64;
    let protocols = [a, b, c] == [192, 0, 0];
    !(a == 0
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || shared
        || protocols
        || a >= 240)
}

/// Only 2000::/3 is allocated for the public network, and parts of it serve other purposes.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let given_out = first & 0xe000 == 0x2000;
    // 2001::/23, which includes Teredo.
    let protocols = first == 0x2001 && second < 0x0200;
    let documentation = [first, second] == [0x2001, 0x0db8] || first == 0x3fff && second < 0x1000;
    let six_to_four = first == 0x2002;
    given_out && !(protocols || documentation || six_to_four)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_the_networks_around_it_are_not_public() {
        for text in [
            "127.0.0.1",
            "127.255.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::101:101",
            "64:ff9b:1::101:101",
            "::ffff:0:127.0.0.1",
            "::ffff:0:1.1.1.1",
            "::1.1.1.1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:10::1",
            "2002:7f00:1::",
            "2002:101:101::",
            "3fff:123::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn the_public_network_is() {
        for text in [
            "1.1.1.1",
            "47.95.85.22",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "198.18.0.1",
            "169.253.0.1",
            "2400:3200::1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "2001:200::1",
            "3fff:1000::1",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
