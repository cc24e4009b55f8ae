//! Rules on each URL: its scheme, its form, its host and its file ending.

use alloc::vec::Vec;

use super::plain_url::{is_plain, is_plain_asset};
use super::url::{Broken, Url, has_white_space};
use super::{Check, Notes, Place};
use crate::body::{Lent, LentItem, List, Look};
use crate::finding::Params;
use crate::table::{Cell, Field, RuleId, Scheme, Schemes};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn urls(&mut self) {
        self.list(Field::Images);
        self.frame(Field::FirstImage);
        self.frame(Field::LastImage);
        self.list(Field::ReferenceVideos);
        self.list(Field::ReferenceAudios);
    }

    fn frame(&mut self, frame: Field) {
        if let Some(url) = self.fields.text(frame) {
            self.frame_url(frame, url);
        }
    }

    // Most requests have no frames.
    #[inline(never)]
    fn frame_url(&mut self, frame: Field, url: &str) {
        if !self.ordinary(frame).is_plain(url) && self.notes.suspect() {
            self.url(Place::of(frame), frame, url);
        }
    }

    fn list(&mut self, field: Field) {
        if let Lent::List(list) = self.fields.slot(field)
            && !self.ordinary(field).are_plain(list)
            && self.notes.suspect()
        {
            self.items(field, list);
        }
    }

    #[cold]
    fn items(&mut self, field: Field, list: List<'_>) {
        let ordinary = self.ordinary(field);
        for (index, item) in list.iter().enumerate() {
            match item {
                LentItem::Url(url) if ordinary.is_plain(url) => {}
                LentItem::Url(url) => self.url(Place::item(field, index), field, url),
                other => self.not_url(field, index, other),
            }
        }
    }

    #[cold]
    fn url(&mut self, place: Place, field: Field, text: &str) {
        let url = Url::split(text);
        if let Some(scheme) = self.scheme(place, field, &url) {
            match broken(scheme, &url, text) {
                Some(broken) => self.hit(RuleId::UrlMalformed, place, |params| {
                    params.text("problem", broken.name());
                }),
                None if scheme == Scheme::Https => self.host(place, &url),
                None => {}
            }
        }
        self.ending(place, field, &url);
    }

    /// What the URLs of a field are like against which nothing can be said.
    fn ordinary(&self, field: Field) -> Ordinary {
        let schemes = self.schemes(field);
        Ordinary {
            takes_https: takes(schemes, Scheme::Https),
            schemes,
            refused_endings: self.refused_endings(field),
        }
    }

    /// What the model's route says of the schemes in this field.
    fn schemes(&self, field: Field) -> Option<&'static Cell<Schemes>> {
        self.row.map(|(route, _)| match field {
            Field::ReferenceAudios => &route.audio_schemes,
            _ => &route.media_schemes,
        })
    }

    /// The URL's scheme, if it is accepted there.
    fn scheme(&mut self, place: Place, field: Field, url: &Url<'_>) -> Option<Scheme> {
        let known = url.scheme.and_then(Scheme::named);
        let Some(cell) = self.schemes(field) else {
            return known;
        };
        let among = |schemes: &[Scheme]| known.filter(|known| schemes.contains(known));
        let describe = |params: &mut Params| {
            let mut names = Vec::new();
            for scheme in cell.value.accepted {
                names.push(scheme.name());
            }
            params.list("allowed", &names);
            params.text_if("actual", url.scheme);
        };
        if let Some(scheme) = among(cell.value.accepted) {
            return Some(scheme);
        }
        let contested = among(cell.value.contested);
        let rule = match contested {
            Some(_) => RuleId::SchemeContested,
            None => RuleId::SchemeNotAccepted,
        };
        self.hit_by(rule, place, cell.sources, describe);
        contested
    }

    fn host(&mut self, place: Place, url: &Url<'_>) {
        let Ok(host) = url.host() else { return };
        if !host.is_public() {
            self.hit(RuleId::HostNotPublic, place, |params| {
                params.text("host", &host.spelled());
            });
        }
    }

    fn ending(&mut self, place: Place, field: Field, url: &Url<'_>) {
        let rule = match field {
            Field::ReferenceVideos => RuleId::ImageInVideos,
            _ => RuleId::GifNotAccepted,
        };
        if let Some(ending) = url.ending(self.refused_endings(field)) {
            self.hit(rule, place, |params| {
                if rule == RuleId::ImageInVideos {
                    params.text("ending", ending);
                }
            });
        }
    }

    /// The file endings that the model's route refuses in this field.
    fn refused_endings(&self, field: Field) -> &'static [&'static str] {
        self.row.map_or(&[], |(route, _)| match field {
            Field::Images | Field::FirstImage | Field::LastImage => {
                route.images.value.refused_files
            }
            Field::ReferenceVideos => route.videos.value.refused_files,
            _ => &[],
        })
    }
}

/// The URLs that nearly all are, against which nothing can be said.
struct Ordinary {
    takes_https: bool,
    schemes: Option<&'static Cell<Schemes>>,
    refused_endings: &'static [&'static str],
}

impl Ordinary {
    /// Whether a URL is one of them; `false` says nothing.
    // Into every loop, but once for the package, which is to be small.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn is_plain(&self, url: &str) -> bool {
        self.takes_https && is_plain(url, self.refused_endings)
            || is_plain_asset(url, self.refused_endings) && takes(self.schemes, Scheme::Asset)
    }

    /// Whether all items of a list are.
    #[inline(never)]
    fn are_plain(&self, list: List<'_>) -> bool {
        match list {
            List::Plain(urls) => urls.iter().all(|url| self.is_plain(url)),
            List::Typed(urls) => urls.iter().all(|url| self.is_plain(url)),
            List::Read(_) | List::Spliced(_) => list
                .iter()
                .all(|item| matches!(item, LentItem::Url(url) if self.is_plain(url))),
        }
    }
}

/// Whether a scheme is accepted; any is where no route says otherwise.
fn takes(schemes: Option<&Cell<Schemes>>, scheme: Scheme) -> bool {
    schemes.is_none_or(|cell| cell.value.accepted.contains(&scheme))
}

fn broken(scheme: Scheme, url: &Url<'_>, text: &str) -> Option<Broken> {
    if has_white_space(text) {
        return Some(Broken::Characters);
    }
    match scheme {
        Scheme::Https => url.host().err(),
        Scheme::Asset => (!url.has_asset_id()).then_some(Broken::AssetId),
    }
}
