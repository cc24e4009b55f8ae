//! Rules on each URL: its scheme, its form, its host and its file ending.

use super::url::{self, Broken, Host, Url, has_white_space};
use super::{Check, Place};
use crate::body::{Lent, LentItem};
use crate::finding::Params;
use crate::table::{Cell, Field, RuleId, Scheme, Schemes};

impl Check<'_> {
    pub(super) fn urls(&mut self) {
        self.list(Field::Images);
        for frame in [Field::FirstImage, Field::LastImage] {
            if let Some(url) = self.fields.text(frame) {
                self.url(Place::Field(frame), frame, url);
            }
        }
        self.list(Field::ReferenceVideos);
        self.list(Field::ReferenceAudios);
    }

    fn list(&mut self, field: Field) {
        let Lent::List(list) = self.fields.slot(field) else {
            return;
        };
        for index in 0..list.len() {
            match list.get(index) {
                Some(LentItem::Url(url)) => self.url(Place::Item(field, index), field, url),
                Some(other) => self.not_url(field, index, other),
                None => {}
            }
        }
    }

    fn url(&mut self, place: Place, field: Field, text: &str) {
        if self.takes_https(field) && url::is_plain(text, self.refused_endings(field)) {
            return;
        }
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

    fn takes_https(&self, field: Field) -> bool {
        self.schemes(field)
            .is_none_or(|cell| cell.value.accepted.contains(&Scheme::Https))
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
        let (Some(cell), Some((_, model))) = (self.schemes(field), self.row) else {
            return known;
        };
        let among = |schemes: &[Scheme]| known.filter(|known| schemes.contains(known));
        let describe = |params: &mut Params| {
            params.text("model", model.name);
            params.list(
                "allowed",
                cell.value.accepted.iter().map(|scheme| scheme.name()),
            );
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
            self.hit(RuleId::HostNotPublic, place, |params| match host {
                Host::Name(name) => params.text("host", name),
                Host::Address(address) => params.display("host", &address),
            });
        }
    }

    fn ending(&mut self, place: Place, field: Field, url: &Url<'_>) {
        let rule = match field {
            Field::ReferenceVideos => RuleId::ImageInVideos,
            _ => RuleId::GifNotAccepted,
        };
        if let (Some(ending), Some((_, model))) =
            (url.ending(self.refused_endings(field)), self.row)
        {
            self.hit(rule, place, |params| {
                params.text("model", model.name);
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

fn broken(scheme: Scheme, url: &Url<'_>, text: &str) -> Option<Broken> {
    if has_white_space(text) {
        return Some(Broken::Characters);
    }
    match scheme {
        Scheme::Https => url.host().err(),
        Scheme::Asset => (!url.has_asset_id()).then_some(Broken::AssetId),
    }
}
