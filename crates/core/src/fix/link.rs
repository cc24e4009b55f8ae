//! Restores a link to what was probably meant, whatever was copied or typed along with it.

use alloc::string::{String, ToString};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::check::url::{
    ESCAPED, Url, has_port, has_white_space, is_invisible, is_of_links, is_white,
};

/// The link as it was probably meant: without quotes around it or invisible characters, with `://` after its scheme, `https` for
/// `http` and `&` for `&amp;`, and percent-encoded if it holds white space. `None` if that changes nothing or leaves nothing, or if
/// the white space leaves open what was meant.
pub(super) fn meant(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|it| !is_invisible(*it)).collect();
    let bare = without_quotes(&visible).replace(ESCAPED, "&");
    let mut meant = with_plain_start(&bare).unwrap_or(bare);
    if has_white_space(&meant) {
        meant = encoded(&meant)?;
    }
    if let Some(scheme) = Url::split(&meant).scheme
        && scheme.eq_ignore_ascii_case("http")
    {
        meant = ["https", meant.get(scheme.len()..)?].concat();
    }
    (meant != text && !meant.is_empty()).then_some(meant)
}

/// The link with what follows its host or asset ID percent-encoded. `None` if the host or ID is in pieces, if there
/// is markup or if there are two links.
fn encoded(link: &str) -> Option<String> {
    let authority = Url::split(link).authority?;
    let (scheme, rest) = link.split_once("://")?;
    let rest = rest.strip_prefix(authority)?;
    let authority = authority.trim_matches(is_white);
    let mut behind = rest.split(is_white).skip(1);
    let is_link = |piece: &str| piece.contains("://") || with_plain_start(piece).is_some();
    let is_markup = rest.contains(['"', '<', '>']);
    if has_white_space(authority) || is_markup || behind.any(is_link) {
        return None;
    }
    // A `%` that encodes nothing stands for itself.
    let is_code = |code: &str| code.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    let mut pieces = rest.split('%');
    let first = String::from(pieces.next().unwrap_or_default());
    let rest =
        pieces.fold(first, |text, piece| text + if is_code(piece) { "%" } else { "%25" } + piece);
    // This encodes non-ASCII characters, too, so that all of it is written in one way.
    let rest = utf8_percent_encode(&rest, NOT_IN_LINKS).to_string();
    Some([scheme, "://", authority, &rest].concat())
}

/// What is percent-encoded in a link: spaces and control characters, besides all non-ASCII characters.
const NOT_IN_LINKS: &AsciiSet = &CONTROLS.add(b' ');

/// The link inside `"link"`, `<link>` or `“link”，`.
fn without_quotes(text: &str) -> &str {
    const OPENING: &str = "\"'`“‘<《「『【";
    const CLOSING: &str = "\"'`”’>》」』】,;，。、；";
    let text = text.trim_matches(is_white);
    if text.starts_with(|first| OPENING.contains(first)) {
        let link = text.trim_start_matches(|it| OPENING.contains(it) || is_white(it));
        link.trim_end_matches(|it| CLOSING.contains(it) || is_white(it))
    } else {
        text.trim_end_matches(['"', '<', '>'])
    }
}

/// The link with `://` after its scheme, where an input method or a habit produced `：//`, `:／／`, `:/` or `//`.
fn with_plain_start(text: &str) -> Option<String> {
    const SEPARATORS: [char; 4] = [':', '：', '/', '／'];
    if text.starts_with("//") {
        return Some(["https:", text].concat());
    }
    if text.starts_with("www.") || has_port(text) {
        return Some(["https://", text].concat());
    }
    let (scheme, rest) = text.split_at(text.find(SEPARATORS)?);
    let behind = rest.trim_start_matches(SEPARATORS);
    let separators = rest.strip_suffix(behind)?;
    if !is_of_links(scheme) || separators.chars().count() < 2 {
        return None;
    }
    // If the slashes after the scheme are full-width, the rest was typed that way, too.
    let behind = match separators.contains('／') {
        true => behind.chars().map(narrow).collect(),
        false => String::from(behind),
    };
    Some([scheme, "://", &behind].concat())
}

/// The ASCII counterpart of a full-width character; any other character stays.
pub(super) fn narrow(typed: char) -> char {
    let distance = u32::from('！') - u32::from('!');
    match typed {
        '！'..='～' => char::from_u32(u32::from(typed) - distance).unwrap_or(typed),
        _ => typed,
    }
}
