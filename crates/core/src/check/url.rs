//! URLs, split as RFC 3986 does and judged by their text alone.

use alloc::string::String;

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
            return match (address::v6(address.as_bytes()), port.as_bytes()) {
                (Some(address), b"]" | [b']', b':', ..]) => Ok(Host::V6(address)),
                _ => Err(Broken::Address),
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
    V4(u32),
    V6(u128),
    Name(&'u str),
}

impl<'u> Host<'u> {
    fn named(name: &'u str) -> Self {
        let name = name.strip_suffix('.').unwrap_or(name);
        match address::v4(name.as_bytes()) {
            Some(address) => Self::V4(address),
            None => Self::Name(name),
        }
    }

    /// Whether it can be reached from the internet.
    pub fn is_public(&self) -> bool {
        match *self {
            Self::V4(address) => is_public_v4(address),
            Self::V6(address) => match address::mapped(address) {
                Some(address) => is_public_v4(address),
                None => is_public_v6(address),
            },
            Self::Name(name) => is_public_name(name.as_bytes()),
        }
    }

    /// The one spelling of an address, and a name as it is.
    pub fn spelled(&self) -> String {
        let mut text = String::new();
        match *self {
            Self::V4(address) => address::push_v4(&mut text, address),
            Self::V6(address) => address::push_v6(&mut text, address),
            Self::Name(name) => text.push_str(name),
        }
        text
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

/// Neither unspecified, private, loopback nor link-local.
const fn is_public_v4(address: u32) -> bool {
    !(address == 0
        || matches!(address >> 24, 10 | 127)
        || address >> 20 == 172 << 4 | 1
        || matches!(address >> 16, 0xC0A8 | 0xA9FE))
}

/// Neither unspecified, loopback, unique local nor link-local.
const fn is_public_v6(address: u128) -> bool {
    !(address <= 1 || address >> 121 == 0xFC >> 1 || address >> 118 == 0xFE80 >> 6)
}

/// Where an ASCII byte of this kind first stands, or the end.
fn find(text: &str, is_it: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is_it).unwrap_or(text.len())
}

/// One byte of a scheme, of which the first is a letter.
const fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}
