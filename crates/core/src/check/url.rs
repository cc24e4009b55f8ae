//! URLs, split as RFC 3986 does and judged by their text alone.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::address;
use super::plain_url::is_visible_ascii;

/// A URL's parts, as far as the rules look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Url<'u> {
    pub scheme: Option<&'u str>,
    /// What stands between `//` and the path; `None` without `//`.
    pub authority: Option<&'u str>,
    /// The path, and the query and fragment behind it.
    rest: &'u str,
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
        let (scheme, rest) = match text
            .as_bytes()
            .iter()
            .position(|byte| !is_scheme_byte(*byte))
        {
            Some(end)
                if text.as_bytes()[end] == b':' && text.as_bytes()[0].is_ascii_alphabetic() =>
            {
                (Some(&text[..end]), &text[end + 1..])
            }
            _ => (None, text),
        };
        let (authority, rest) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, rest) =
                    rest.split_at(find(rest, |byte| matches!(byte, b'/' | b'?' | b'#')));
                (Some(authority), rest)
            }
            None => (None, rest),
        };
        Self {
            scheme,
            authority,
            rest,
        }
    }

    /// The host of an `https` URL.
    pub fn host(&self) -> Result<Host<'u>, Broken> {
        let authority = self.authority.unwrap_or("");
        let user = authority.bytes().rposition(|byte| byte == b'@');
        let host = user.map_or(authority, |user| &authority[user + 1..]);
        if let Some(bracketed) = host.strip_prefix('[') {
            let (address, port) = bracketed.split_at(find(bracketed, |byte| byte == b']'));
            let port = port.strip_prefix(']').ok_or(Broken::Address)?;
            let address = address::v6(address).ok_or(Broken::Address)?;
            return if port.is_empty() || port.starts_with(':') {
                Ok(Host::Address(IpAddr::V6(address)))
            } else {
                Err(Broken::Address)
            };
        }
        match &host[..find(host, |byte| byte == b':')] {
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
        ending(self.rest.as_bytes(), endings)
    }
}

/// The ending among `endings` of the path that these bytes begin with.
pub(super) fn ending(rest: &[u8], endings: &'static [&'static str]) -> Option<&'static str> {
    if endings.is_empty() {
        return None;
    }
    let end = rest.iter().position(|byte| matches!(byte, b'?' | b'#'));
    let path = &rest[..end.unwrap_or(rest.len())];
    let dot = path.iter().rposition(|byte| *byte == b'.')?;
    let ending = &path[dot + 1..];
    let is = |known: &&str| known.as_bytes().eq_ignore_ascii_case(ending);
    endings.iter().copied().find(is)
}

/// Whether the text holds white space or control characters anywhere.
pub(crate) fn has_white_space(text: &str) -> bool {
    // Visible ASCII, as nearly every URL is, needs no look at Unicode.
    !is_visible_ascii(text.as_bytes()) && text.chars().any(is_white)
}

pub(crate) fn is_white(character: char) -> bool {
    character.is_whitespace() || character.is_control()
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
        match address::v4(name) {
            Some(address) => Self::Address(IpAddr::V4(address)),
            None => Self::Name(name),
        }
    }

    /// Whether it can be reached from the internet.
    pub fn is_public(&self) -> bool {
        match *self {
            Self::Address(IpAddr::V4(address)) => is_public_v4(address),
            Self::Address(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
                Some(address) => is_public_v4(address),
                None => is_public_v6(address),
            },
            Self::Name(name) => is_public_name(name.as_bytes()),
        }
    }
}

fn is_public_name(name: &[u8]) -> bool {
    let Some(dot) = name.iter().rposition(|byte| *byte == b'.') else {
        return false;
    };
    let is = |ending: &&str| ending.as_bytes().eq_ignore_ascii_case(&name[dot + 1..]);
    !LOCAL_ENDINGS.iter().any(is)
}

/// Name endings that never resolve on the internet (RFC 6761 and common practice).
pub(super) const LOCAL_ENDINGS: &[&str] = &["localhost", "local", "internal"];

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

/// Where an ASCII byte of this kind first stands, or the end.
fn find(text: &str, is_it: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is_it).unwrap_or(text.len())
}

/// One byte of a scheme, of which the first is a letter.
const fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}
