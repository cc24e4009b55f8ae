//! Rules on each URL: its scheme, its form, its host and its file ending.

use alloc::vec::Vec;

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use super::url::{Host, Problem, Url, has_port, has_white_space, is_ordinary, suspects};
use crate::body::{Item, LISTS};
use crate::table::{Cause, Cell, Edition, Field, Scheme, Schemes};

/// A URL of the request, split and judged once for all rules.
#[derive(Debug)]
pub(super) struct Link<'a> {
    field: Field,
    place: Place,
    text: &'a str,
    url: Url<'a>,
    standing: Standing,
    /// What [`usable`] says about a link whose scheme is accepted or contested.
    usable: Option<Result<Option<Host<'a>>, Problem>>,
}

/// What the route says about a URL's scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Accepted,
    Contested,
    Refused,
    /// The route is unknown, and no route accepts the scheme.
    Unjudged,
}

impl<'a> Ask<'a> {
    /// Calls `look` for every URL of the request that some rule might object to.
    pub(super) fn each_link(&self, mut look: impl FnMut(&Link<'a>)) {
        for field in LISTS {
            let counting = self.counting(field);
            for (index, item) in self.fields.list(counting).iter().enumerate() {
                if let Item::Url(text) = item {
                    self.link(field, Place::item(counting, index), text, &mut look);
                }
            }
        }
        for frame in self.fields.frames() {
            if let Some(text) = self.fields.text(*frame) {
                self.link(*frame, Place::of(*frame), text, &mut look);
            }
        }
    }

    fn link(&self, field: Field, place: Place, text: &'a str, look: &mut impl FnMut(&Link<'a>)) {
        let schemes = self.schemes(field);
        let takes_https = schemes.is_none_or(|it| it.value.accepted.contains(&Scheme::Https));
        if takes_https && self.refused_files(field).is_empty() && is_ordinary(text) {
            return;
        }
        let url = Url::split(text);
        let scheme = url.scheme.and_then(Scheme::named);
        let standing = Standing::of(scheme, schemes, self.edition);
        let is_taken = matches!(standing, Standing::Accepted | Standing::Contested);
        let usable = scheme.filter(|_| is_taken).map(|scheme| usable(scheme, &url, text));
        look(&Link { field, place, text, url, standing, usable });
    }

    /// What the model's route says about the schemes in this field.
    fn schemes(&self, field: Field) -> Option<&'static Cell<Schemes>> {
        self.row.map(|(route, _)| route.schemes(field))
    }

    /// The file endings that the model's route refuses in this field.
    fn refused_files(&self, field: Field) -> &'static [&'static str] {
        self.row.map_or(&[], |(route, _)| match field {
            Field::Images | Field::FirstImage | Field::LastImage => {
                route.images.value.refused_files
            }
            Field::ReferenceVideos => route.videos.value.refused_files,
            _ => &[],
        })
    }
}

impl Standing {
    fn of(
        scheme: Option<Scheme>,
        schemes: Option<&'static Cell<Schemes>>,
        edition: Edition,
    ) -> Self {
        match (scheme, schemes.map(|cell| cell.value)) {
            (Some(scheme), None) if edition.accepts(scheme) => Self::Accepted,
            (_, None) => Self::Unjudged,
            (Some(scheme), Some(it)) if it.accepted.contains(&scheme) => Self::Accepted,
            (Some(scheme), Some(it)) if it.contested.contains(&scheme) => Self::Contested,
            (_, Some(_)) => Self::Refused,
        }
    }
}

/// The host of a usable link, if it is an `https` one; else what makes the link unusable.
fn usable<'a>(scheme: Scheme, url: &Url<'a>, text: &str) -> Result<Option<Host<'a>>, Problem> {
    if has_white_space(text) {
        return Err("white-space");
    }
    match scheme {
        Scheme::Https => url.host().map(Some),
        Scheme::Asset | Scheme::AssetId if url.has_asset_id() => Ok(None),
        Scheme::Asset | Scheme::AssetId => Err("no-asset-id"),
    }
}

pub(super) fn scheme_not_accepted<'a>(ask: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let (Standing::Refused, Some(cell), Some((_, model))) =
        (link.standing, ask.schemes(link.field), ask.row)
    {
        // A single letter is the drive of a Windows path, and before a port there is a host: neither is a scheme to name.
        let is_scheme = |scheme: &&str| scheme.len() > 1 && !has_port(link.text);
        let actual = link.url.scheme.filter(is_scheme);
        let allowed = accepted(cell);
        let cause = Cause::SchemeNotAccepted { model: model.name, allowed, actual };
        hits.add_by(link.place, cause, cell.sources);
    }
}

pub(super) fn scheme_contested<'a>(ask: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let (Standing::Contested, Some(cell), Some((_, model)), Some(actual)) =
        (link.standing, ask.schemes(link.field), ask.row, link.url.scheme)
    {
        let cause = Cause::SchemeContested { model: model.name, actual, allowed: accepted(cell) };
        hits.add_by(link.place, cause, cell.sources);
    }
}

fn accepted(cell: &Cell<Schemes>) -> Vec<&'static str> {
    cell.value.accepted.iter().map(|scheme| scheme.name()).collect()
}

pub(super) fn url_malformed<'a>(_: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let Some(Err(problem)) = link.usable {
        hits.add(link.place, Cause::UrlMalformed { problem });
    }
}

pub(super) fn host_not_public<'a>(_: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let Some(Ok(Some(host))) = &link.usable
        && !host.is_public()
    {
        hits.add(link.place, Cause::HostNotPublic { host: host.spelled() });
    }
}

pub(super) fn url_suspect<'a>(_: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let Some(Ok(_)) = link.usable {
        let found = suspects(link.text);
        if !found.is_empty() {
            hits.add(link.place, Cause::UrlSuspect { found });
        }
    }
}

pub(super) fn gif_not_accepted<'a>(ask: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let Some((_, model)) = ask.row
        && matches!(link.field, Field::Images | Field::FirstImage | Field::LastImage)
        && link.url.ending(ask.refused_files(link.field)).is_some()
    {
        hits.add(link.place, Cause::Model { model: model.name });
    }
}

pub(super) fn image_in_videos<'a>(ask: &Ask<'a>, link: &Link<'a>, hits: &mut Hits<'a>) {
    if let Some((_, model)) = ask.row
        && link.field == Field::ReferenceVideos
        && let Some(ending) = link.url.ending(ask.refused_files(link.field))
    {
        hits.add(link.place, Cause::ImageInVideos { model: model.name, ending });
    }
}
