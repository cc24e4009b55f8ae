//! The rules on single URLs: items of lists, and frames.

use super::Edition::{self, July, September};
use super::request::{
    FIRST_IMAGE, IMAGES, LAST_IMAGE, REFERENCE_AUDIOS, REFERENCE_VIDEOS, Request, Url,
};
use super::rules::Places;
use super::url::{Host, Parts, host, is_private};

fn urls_where(r: &Request<'_>, fires: impl Fn(usize, &str, &Parts<'_>) -> bool) -> Places {
    let hit = |url: &&Url<'_>| fires(url.kind, url.text, &url.parts);
    r.urls().iter().filter(hit).map(|url| url.place).collect()
}

/// What the page says about a scheme in a field of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Accepted,
    Contested,
    Refused,
}

fn verdict(edition: Edition, route: &str, kind: usize, parts: &Parts<'_>) -> Verdict {
    let (https, asset) = (parts.is("https"), parts.is("asset"));
    match route {
        "full" if asset => Verdict::Accepted,
        "full" => Verdict::Refused,
        _ if https => Verdict::Accepted,
        "sp" | "sp-official" if asset && edition == July && kind == REFERENCE_AUDIOS => {
            Verdict::Accepted
        }
        "sp" | "sp-official" if asset => Verdict::Contested,
        "gz" | "gz-mini" if asset || parts.is("assetId") => Verdict::Accepted,
        // Chosen: a frame is no image here, since the page names frames wherever it means them.
        "933-720p" if asset && kind == IMAGES => Verdict::Accepted,
        _ => Verdict::Refused,
    }
}

/// A scheme that the route does not accept in this field.
pub fn scheme_not_accepted(r: &Request<'_>) -> Places {
    let Some(route) = r.route() else {
        return Vec::new();
    };
    urls_where(r, |kind, _, parts| verdict(r.edition, route, kind, parts) == Verdict::Refused)
}

/// A scheme about which the sources disagree.
pub fn scheme_contested(r: &Request<'_>) -> Places {
    let Some(route) = r.route() else {
        return Vec::new();
    };
    urls_where(r, |kind, _, parts| verdict(r.edition, route, kind, parts) == Verdict::Contested)
}

/// Whether the rules on a URL's form apply: to accepted schemes, and without a route to https and asset.
// Chosen: `assetId://` names an asset as well.
// Chosen: a contested scheme counts as accepted here, so that `asset://` on `sp` may give both findings.
fn is_judged(r: &Request<'_>, kind: usize, parts: &Parts<'_>) -> bool {
    match r.route() {
        Some(route) => verdict(r.edition, route, kind, parts) != Verdict::Refused,
        None => {
            let by_id = r.edition == September && parts.is("assetId");
            parts.is("https") || parts.is("asset") || by_id
        }
    }
}

fn is_malformed(url: &str, parts: &Parts<'_>) -> bool {
    let nobody = if parts.is("https") {
        parts.authority.and_then(host).is_none()
    } else {
        parts.authority.is_none_or(str::is_empty)
    };
    nobody || url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// An accepted scheme, but no host, an empty asset id, white space or control characters.
pub fn url_malformed(r: &Request<'_>) -> Places {
    urls_where(r, |kind, url, parts| is_judged(r, kind, parts) && is_malformed(url, parts))
}

/// An https URL with a host that is not public.
pub fn host_not_public(r: &Request<'_>) -> Places {
    urls_where(r, |kind, url, parts| {
        let private = || parts.authority.and_then(host).is_some_and(|host: Host| is_private(&host));
        is_judged(r, kind, parts) && parts.is("https") && !is_malformed(url, parts) && private()
    })
}

/// Characters that are not visible.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Probably copied from markup: contains `&amp;`, a quotation mark, an angle bracket or an invisible character.
// Chosen: anywhere in the URL, since `&amp;` typically appears in a query. "Look only at the path" is about file endings.
pub fn url_suspect(r: &Request<'_>) -> Places {
    urls_where(r, |kind, url, parts| {
        let holds =
            url.contains("&amp;") || url.contains(['"', '<', '>']) || url.contains(is_invisible);
        is_judged(r, kind, parts) && !is_malformed(url, parts) && holds
    })
}

fn ends_in(parts: &Parts<'_>, endings: &[&str]) -> bool {
    let path = parts.path.to_ascii_lowercase();
    endings.iter().any(|ending| path.ends_with(ending))
}

/// `md` and `fast-md`: an image or frame that is a GIF by its path.
pub fn gif_not_accepted(r: &Request<'_>) -> Places {
    if !matches!(r.route(), Some("md" | "fast-md")) {
        return Vec::new();
    }
    urls_where(r, |kind, _, parts| {
        [IMAGES, FIRST_IMAGE, LAST_IMAGE].contains(&kind) && ends_in(parts, &[".gif"])
    })
}

/// `std`: a reference video that is an image by its path.
pub fn image_in_videos(r: &Request<'_>) -> Places {
    if r.route() != Some("std") {
        return Vec::new();
    }
    let images = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"];
    urls_where(r, |kind, _, parts| kind == REFERENCE_VIDEOS && ends_in(parts, &images))
}
