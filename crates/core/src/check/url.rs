//! URLs, split as in RFC 3986 and judged by their text alone; `core::net` parses the IP addresses.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::table::Scheme;

/// A URL's parts, as far as the rules look at them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Url<'u> {
    pub scheme: Option<&'u str>,
    /// The part between `//` and the path; `None` without `//`.
    pub authority: Option<&'u str>,
    path: &'u str,
}

/// A host: an IP address, or a name without its trailing dot.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Host<'u> {
    Address(IpAddr),
    Name(&'u str),
}

/// What makes a URL of an accepted scheme unusable, as a finding's `problem` names it.
pub(crate) type Problem = &'static str;

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
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        Self { scheme, authority, path }
    }

    /// The host of an `https` URL.
    pub fn host(&self) -> Result<Host<'u>, Problem> {
        let authority = self.authority.unwrap_or_default();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        if let Some(bracketed) = host.strip_prefix('[') {
            let (address, port) = bracketed.split_once(']').ok_or("bad-address")?;
            return match address.parse::<Ipv6Addr>() {
                Ok(address) if port.is_empty() || port.starts_with(':') => {
                    Ok(Host::Address(address.into()))
                }
                _ => Err("bad-address"),
            };
        }
        let name = host.split(':').next().unwrap_or_default();
        if name.is_empty() {
            return Err("no-host");
        }
        let name = name.strip_suffix('.').unwrap_or(name);
        let address = name.parse::<Ipv4Addr>();
        Ok(address.map_or(Host::Name(name), |address| Host::Address(address.into())))
    }

    /// Whether there is an id after `asset://`.
    pub fn has_asset_id(&self) -> bool {
        self.authority.is_some_and(|id| !id.is_empty())
    }

    /// The path's file ending, in any case, if it is among `endings`, which are in lower case.
    pub fn ending(&self, endings: &'static [&'static str]) -> Option<&'static str> {
        let (_, ending) = self.path.rsplit_once('.')?;
        endings.iter().copied().find(|known| known.eq_ignore_ascii_case(ending))
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

impl Host<'_> {
    /// Whether the host could be reached from the internet, judging by its text alone.
    pub fn is_public(&self) -> bool {
        match self {
            Self::Address(address) => is_public(address.to_canonical()),
            Self::Name(name) => name.rsplit_once('.').is_some_and(|(_, last)| {
                !LOCAL_ENDINGS.iter().any(|local| local.eq_ignore_ascii_case(last))
            }),
        }
    }

    /// The canonical spelling of an address; a name as it is.
    pub fn spelled(&self) -> String {
        match self {
            Self::Address(address) => address.to_string(),
            // The host was only a dot.
            Self::Name("") => ".".into(),
            Self::Name(name) => (*name).into(),
        }
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => {
            !(it.is_unspecified() || it.is_private() || it.is_loopback() || it.is_link_local())
        }
        IpAddr::V6(it) => {
            !(it.is_unspecified()
                || it.is_loopback()
                || it.is_unique_local()
                || it.is_unicast_link_local())
        }
    }
}

/// Whether the text holds white space or control characters anywhere.
pub(crate) fn has_white_space(text: &str) -> bool {
    // Nearly every URL is visible ASCII, which needs no look at Unicode.
    !text.bytes().all(|byte| byte.is_ascii_graphic()) && text.chars().any(is_white)
}

pub(crate) fn is_white(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Whether a text begins with a host and a port, like `example.com:443/a.png`; as a URL, its scheme would be `example.com`.
pub(crate) fn has_port(text: &str) -> bool {
    text.split_once(':').is_some_and(|(host, rest)| {
        host.contains('.') && is_scheme(host) && rest.starts_with(|it: char| it.is_ascii_digit())
    })
}

/// An `&` as a page's markup has it.
pub(crate) const ESCAPED: &str = "&amp;";

/// Whether a text is a scheme that links begin with: one that the table has, or `http`.
pub(crate) fn is_of_links(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || Scheme::named(scheme).is_some()
}

/// The pieces of a link that were probably copied along with it from a page or a document, each once; invisible ones as `U+200B`.
pub(super) fn suspects(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let marks = [ESCAPED, "\"", "<", ">"].into_iter().filter(|mark| text.contains(mark));
    found.extend(marks.map(String::from));
    let mut invisible: Vec<char> = text.chars().filter(|it| is_invisible(*it)).collect();
    invisible.sort_unstable();
    invisible.dedup();
    found.extend(invisible.iter().map(|it| format!("U+{:04X}", u32::from(*it))));
    found
}

/// Whether a character is invisible: zero-width, a direction mark or the byte-order mark.
pub(crate) const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether this is an ordinary URL: `https://`, a public host name in lower case that ends in a letter, then visible ASCII with
/// nothing suspect. Where `https` is accepted, it passes all rules but those on file endings, so it need not be split.
pub(super) fn is_ordinary(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let is_in_name = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    let is_in_path =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'&' | b'<' | b'>');
    let end = rest.bytes().position(|byte| !is_in_name(byte)).unwrap_or(rest.len());
    let (name, path) = rest.split_at(end);
    let Some(dot) = name.bytes().rposition(|byte| byte == b'.') else {
        return false;
    };
    let last = name.get(dot + 1..).unwrap_or_default();
    last.ends_with(|last: char| last.is_ascii_lowercase())
        && !LOCAL_ENDINGS.contains(&last)
        && (path.is_empty() || path.starts_with('/'))
        && path.bytes().all(is_in_path)
}

/// Name endings that never resolve on the internet (RFC 6761, RFC 6762 and common practice).
const LOCAL_ENDINGS: [&str; 3] = ["localhost", "local", "internal"];
