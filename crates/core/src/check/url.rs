//! URLs, split as RFC 3986 does and judged by their text alone.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A URL's parts, as far as the rules look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Url<'u> {
    pub scheme: Option<&'u str>,
    /// What stands between `//` and the path; `None` without `//`.
    pub authority: Option<&'u str>,
    pub path: &'u str,
}

/// What makes a URL of an accepted scheme unusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Address,
    AssetId,
    Characters,
    Host,
}

impl Broken {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "bad-address",
            Self::AssetId => "no-asset-id",
            Self::Characters => "white-space",
            Self::Host => "no-host",
        }
    }
}

impl<'u> Url<'u> {
    pub fn split(text: &'u str) -> Self {
        let (scheme, rest) = match text.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
            _ => (None, text),
        };
        let (authority, rest) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let (authority, rest) = rest.split_at(end);
                (Some(authority), rest)
            }
            None => (None, rest),
        };
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        Self {
            scheme,
            authority,
            path,
        }
    }

    /// The host of an `https` URL.
    pub fn host(&self) -> Result<Host<'u>, Broken> {
        let authority = self.authority.unwrap_or("");
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        if let Some(bracketed) = host.strip_prefix('[') {
            let (address, port) = bracketed.split_once(']').ok_or(Broken::Address)?;
            let address: Ipv6Addr = address.parse().map_err(|_| Broken::Address)?;
            return if port.is_empty() || port.starts_with(':') {
                Ok(Host::Address(IpAddr::V6(address)))
            } else {
                Err(Broken::Address)
            };
        }
        match host.split(':').next().unwrap_or("") {
            "" => Err(Broken::Host),
            name => Ok(Host::named(name)),
        }
    }

    /// Whether there is an id after `asset://`.
    pub fn has_asset_id(&self) -> bool {
        self.authority.is_some_and(|id| !id.is_empty())
    }

    /// The ending of the path among `endings` (in lower case).
    pub fn ending(&self, endings: &'static [&'static str]) -> Option<&'static str> {
        let (_, ending) = self.path.rsplit_once('.')?;
        endings
            .iter()
            .copied()
            .find(|known| known.eq_ignore_ascii_case(ending))
    }
}

/// Whether the text holds white space or control characters anywhere.
pub(crate) fn has_white_space(text: &str) -> bool {
    text.chars()
        .any(|character| character.is_whitespace() || character.is_control())
}

/// A host: an address, or a name without one trailing dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host<'u> {
    Address(IpAddr),
    Name(&'u str),
}

impl<'u> Host<'u> {
    fn named(name: &'u str) -> Self {
        let name = name.strip_suffix('.').unwrap_or(name);
        // `Ipv4Addr` reads four decimal parts without leading zeros, and nothing else.
        name.parse::<Ipv4Addr>()
            .map_or(Self::Name(name), |address| {
                Self::Address(IpAddr::V4(address))
            })
    }

    /// Whether it can be reached from the internet.
    pub fn is_public(&self) -> bool {
        match *self {
            Self::Address(IpAddr::V4(address)) => is_public_v4(address),
            Self::Address(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
                Some(address) => is_public_v4(address),
                None => is_public_v6(address),
            },
            Self::Name(name) => {
                name.contains('.') && !LOCAL_SUFFIXES.iter().any(|suffix| ends_with(name, suffix))
            }
        }
    }
}

/// Name endings that never resolve on the internet (RFC 6761 and common practice).
const LOCAL_SUFFIXES: &[&str] = &[".localhost", ".local", ".internal"];

fn ends_with(name: &str, suffix: &str) -> bool {
    let (name, suffix) = (name.as_bytes(), suffix.as_bytes());
    name.len() >= suffix.len() && name[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    !(address.is_unspecified()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local())
}

const fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_unspecified()
        || address.is_loopback()
        || address.is_unique_local()
        || address.is_unicast_link_local())
}

/// `ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )`
fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}
