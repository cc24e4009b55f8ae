//! A URL split as RFC 3986 does, and which hosts the page calls private.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The parts of a URL that the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// As written, if there is one.
    pub scheme: Option<&'a str>,
    /// What follows `//`, if there is a `//`.
    pub authority: Option<&'a str>,
    /// What follows the authority, without query and fragment.
    pub path: &'a str,
}

impl Parts<'_> {
    /// "URL schemes are matched without regard to case."
    #[must_use]
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.is_some_and(|given| given.eq_ignore_ascii_case(scheme))
    }
}

/// Splits a URL.
#[must_use]
pub fn split(url: &str) -> Parts<'_> {
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, url),
    };
    let hierarchy = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    match hierarchy.strip_prefix("//") {
        Some(after) => {
            let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
            Parts { scheme, authority: Some(authority), path }
        }
        None => Parts { scheme, authority: None, path: hierarchy },
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The host of an https URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// Four decimal parts, or an IPv6 address in brackets.
    Address(IpAddr),
    /// Anything else, in ASCII lower case and without one trailing dot.
    Name(String),
}

/// The host of an authority: what follows the last `@`, up to the first `:` or, in brackets, an IPv6 address without a zone.
// Chosen: the bracket is followed by nothing or by a `:`. With anything else it is no host.
#[must_use]
pub fn host(authority: &str) -> Option<Host> {
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    if let Some(bracketed) = place.strip_prefix('[') {
        let (address, port) = bracketed.split_once(']')?;
        let address: Ipv6Addr = address.parse().ok()?;
        return (port.is_empty() || port.starts_with(':')).then_some(Host::Address(address.into()));
    }
    let name = place.split(':').next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name);
    Some(
        ipv4(name)
            .map_or_else(|| Host::Name(name.to_owned()), |address| Host::Address(address.into())),
    )
}

/// "Four decimal parts without leading zeros."
fn ipv4(name: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u8> = name
        .split('.')
        .map(|part| part.parse().ok().filter(|number: &u8| number.to_string() == part))
        .collect::<Option<_>>()?;
    <[u8; 4]>::try_from(parts).ok().map(Ipv4Addr::from)
}

/// Whether the vendor's servers cannot reach a host.
// Chosen: the host `.` is a name without dots once its trailing dot is removed, so it is not public, rather than no host.
#[must_use]
pub fn is_private(host: &Host) -> bool {
    match host {
        Host::Name(name) => {
            name == "localhost"
                || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
                || !name.contains('.')
        }
        Host::Address(IpAddr::V4(address)) => is_private_v4(*address),
        Host::Address(IpAddr::V6(address)) => is_private_v6(*address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    matches!(
        address.octets(),
        [0, 0, 0, 0] | [10 | 127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..]
    )
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let groups = address.segments();
    match groups {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => true,
        [0, 0, 0, 0, 0, 0xffff, high, low] => {
            is_private_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        [first, ..] => first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80,
    }
}
