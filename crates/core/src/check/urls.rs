//! Rules on each URL: its scheme, its form, its host and its file ending.

use super::url::{Broken, Host, Url, has_white_space};
use super::{Check, Place};
use crate::body::LentItem;
use crate::finding::Params;
use crate::table::{Field, RuleId, Scheme};

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
        let fields = self.fields;
        for (index, item) in fields.list(field).iter().enumerate() {
            match item {
                LentItem::Url(url) => self.url(Place::Item(field, index), field, url),
                other => self.not_url(field, index, other),
            }
        }
    }

    fn url(&mut self, place: Place, field: Field, text: &str) {
        let ordinary = Url::ordinary(text);
        let url = ordinary.unwrap_or_else(|| Url::split(text));
        let known = match ordinary {
            Some(_) => Some(Scheme::Https),
            None => url.scheme.and_then(Scheme::named),
        };
        let scheme = self.scheme(place, field, &url, known);
        if let Some(scheme) = scheme.filter(|_| ordinary.is_none()) {
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

    /// The URL's scheme, if it is accepted there.
    fn scheme(
        &mut self,
        place: Place,
        field: Field,
        url: &Url<'_>,
        known: Option<Scheme>,
    ) -> Option<Scheme> {
        let among = |schemes: &[Scheme]| known.filter(|known| schemes.contains(known));
        let Some((route, model)) = self.row else {
            return known;
        };
        let cell = match field {
            Field::ReferenceAudios => &route.audio_schemes,
            _ => &route.media_schemes,
        };
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
        let Some((route, model)) = self.row else {
            return;
        };
        let (rule, refused) = match field {
            Field::Images | Field::FirstImage | Field::LastImage => {
                (RuleId::GifNotAccepted, route.images.value.refused_files)
            }
            Field::ReferenceVideos => (RuleId::ImageInVideos, route.videos.value.refused_files),
            _ => return,
        };
        if let Some(ending) = url.ending(refused) {
            self.hit(rule, place, |params| {
                params.text("model", model.name);
                params.text("ending", ending);
            });
        }
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
