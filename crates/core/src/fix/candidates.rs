//! What could mend each rule's findings; `holds` decides whether it does.

use alloc::borrow::ToOwned;
use alloc::string::String;

use seedance_json::{Reader, Source};

use super::Mending;
use super::edit::{Edit, Step};
use crate::body::{Lent, Wrong};
use crate::check::url::{Url, is_white};
use crate::check::{ADAPTIVE, Place, is_ratio};
use crate::facts::Length;
use crate::finding::Param;
use crate::near;
use crate::table::{
    Duration, FIELDS, Field, RuleId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Scheme,
    model_of_billing_name,
};
use crate::trim::trim;

impl Mending<'_, '_> {
    /// Tries all candidates, the likeliest first.
    #[inline(never)]
    pub(super) fn try_all(&mut self) {
        let place = self.hit.place;
        let Some(field) = place.field() else {
            self.unknown_field(place);
            return;
        };
        match self.hit.rule {
            RuleId::MissingField if field == Field::Duration => self.default_duration(),
            RuleId::WrongType if place.index().is_none() => self.wrong_type(field),
            RuleId::UnknownModel => self.unknown_model(),
            RuleId::PromptTooLong => self.cut_prompt().unwrap_or_default(),
            RuleId::DurationOutOfRange | RuleId::DurationContested => {
                if let Some(seconds) = self.fixer.fields.duration() {
                    self.nearest_duration(seconds);
                }
            }
            RuleId::ResolutionNotOffered => self.resolution(),
            RuleId::OrientationNotOffered => self.choice(field, field.info().choices),
            RuleId::OrientationOverridden => {
                self.drop(field);
                self.drop(Field::Ratio);
            }
            RuleId::RatioNotOffered | RuleId::RatioMalformed => self.ratio(),
            RuleId::ImagesWithFrames | RuleId::AudioWithFrames => self.either(field),
            RuleId::TooManyImages | RuleId::TooManyVideos | RuleId::TooManyAudios => {
                self.keep_allowed(field).unwrap_or_default();
            }
            RuleId::FramePairIncomplete => self.each_frame(),
            RuleId::LastFrameAlone => self.shift(Step::MoveFrame, place, Field::FirstImage),
            RuleId::VideosNotSupported => {
                self.partner();
                self.drop(field);
            }
            RuleId::VideoExpected => self.partner(),
            RuleId::EmptyField
            | RuleId::ResolutionIgnored
            | RuleId::RatioUnlisted
            | RuleId::AudiosNotSupported
            | RuleId::AudioUnpaired => self.drop(field),
            RuleId::VideosTooLong | RuleId::VideosTooLarge => self.shorten(),
            RuleId::ImageInVideos => {
                self.shift(Step::MoveItem, place, Field::Images);
                self.step(Step::DropItem, place, "", 0);
            }
            RuleId::SchemeNotAccepted | RuleId::UrlMalformed => self.url(place, field),
            RuleId::EmptyItem
            | RuleId::WrongType
            | RuleId::GifNotAccepted
            | RuleId::VideoSizeOutOfRange
            | RuleId::FrameRateOutOfRange => self.drop_place(place, field),
            _ => {}
        }
    }

    /// To name it as it was probably meant, or to do without it.
    fn unknown_field(&mut self, place: Place) {
        let fields = self.fixer.fields;
        match self.hit.rule {
            RuleId::WrongType => {}
            RuleId::UnknownField => {
                let unknown = place.among(fields.unknown());
                for info in &FIELDS {
                    if unknown.is_some_and(|it| it.wrong.is_empty() && info.goes_by(&it.name))
                        && let Lent::Absent | Lent::Blank | Lent::EmptyList =
                            fields.slot(info.field)
                    {
                        self.shift(Step::Rename, place, info.field);
                    }
                }
            }
            _ => return,
        }
        self.step(Step::DropUnknown, place.whole(), "", 0);
    }

    fn default_duration(&mut self) {
        self.put_duration(self.range().default);
    }

    fn range(&self) -> Duration {
        self.fixer
            .row
            .map_or(SCHEMA_DURATION.value, |(route, _)| route.duration.value)
    }

    /// The nearest whole length, and the nearest that no page disputes.
    fn nearest_duration(&mut self, seconds: f64) {
        let range = self.range();
        let mut nearest = range.min;
        while nearest < range.max && f64::from(nearest) + 0.5 <= seconds {
            nearest += 1;
        }
        self.put_duration(nearest);
        if let Some(undisputed) = range.undisputed_from.filter(|min| *min > nearest) {
            self.put_duration(undisputed);
        }
    }

    fn wrong_type(&mut self, field: Field) {
        let Lent::Wrong(wrong) = self.fixer.fields.slot(field) else {
            return;
        };
        if field == Field::Duration {
            let seconds = match wrong {
                Wrong::Number(seconds) => Some(*seconds),
                Wrong::Text(text) => leading_number(text),
                Wrong::Other(_) => None,
            };
            match seconds {
                Some(seconds) => self.nearest_duration(seconds),
                None => self.default_duration(),
            }
        } else if let Wrong::Text(url) = wrong {
            // Of the other fields only a list takes no string.
            self.step(Step::Wrap, Place::of(field), url, 0);
        }
        if !field.info().required {
            self.drop(field);
        }
    }

    fn unknown_model(&mut self) {
        let name = self.text(Field::Model);
        let Some((model, resolution)) = model_of_billing_name(trim(name, char::is_whitespace))
        else {
            for name in &near::models(name) {
                self.put(Field::Model, name);
            }
            return;
        };
        // The model and the resolution; nothing where the request asks for another resolution.
        let asked = self.text(Field::Resolution);
        if asked == resolution {
            self.put(Field::Model, model.name);
        } else if asked.is_empty() {
            let put = |field, text| Edit {
                text,
                ..Edit::at(Step::Put, Place::of(field))
            };
            self.offer(&[
                put(Field::Model, model.name),
                put(Field::Resolution, resolution),
            ]);
        }
    }

    fn cut_prompt(&mut self) -> Option<()> {
        let limit = self.fixer.row?.0.prompt.value.max? as usize;
        let prompt = self.text(Field::Prompt);
        let (end, _) = prompt.char_indices().nth(limit)?;
        let cut = prompt.get(..end)?;
        self.step(Step::CutPrompt, Place::of(Field::Prompt), cut, limit);
        Some(())
    }

    fn resolution(&mut self) {
        let offered = self
            .fixer
            .row
            .map(|(route, _)| route.resolution.value)
            .filter(|it| !it.is_fixed());
        self.choice(
            Field::Resolution,
            offered.map_or(SCHEMA_RESOLUTIONS, |it| it.offered),
        );
        if let Some(default) = offered.and_then(|it| it.default) {
            self.put(Field::Resolution, default);
        }
    }

    /// The right case of a choice, or to do without it.
    fn choice(&mut self, field: Field, choices: &[&'static str]) {
        let text = trim(self.text(field), char::is_whitespace);
        let right = choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(text));
        if let Some(choice) = right {
            self.put(field, choice);
        }
        self.drop(field);
    }

    fn ratio(&mut self) {
        let text = self.text(Field::Ratio);
        if text.eq_ignore_ascii_case(ADAPTIVE) {
            self.put(Field::Ratio, ADAPTIVE);
        }
        // `16x9`, `16/9`, `16 : 9` and the full-width colon of Chinese input are meant as `16:9`.
        let mut plain = String::new();
        for character in text.chars() {
            match character {
                'x' | 'X' | '×' | '/' | '：' => plain.push(':'),
                _ if character.is_whitespace() => {}
                _ => plain.push(character),
            }
        }
        if plain != text && is_ratio(&plain) {
            self.put(Field::Ratio, &plain);
        }
        let listed = self
            .fixer
            .row
            .map_or(&[][..], |(route, _)| route.ratio.value.list);
        self.choice(Field::Ratio, listed);
    }

    /// Either side of an exclusion: the field, or the frames.
    fn either(&mut self, field: Field) {
        self.drop(field);
        let frames = [Field::FirstImage, Field::LastImage];
        if frames.iter().all(|frame| self.fixer.fields.has(*frame)) {
            self.offer(&frames.map(|frame| Edit::at(Step::Drop, Place::of(frame))));
        } else {
            self.each_frame();
        }
    }

    fn each_frame(&mut self) {
        for frame in self.fixer.fields.frames() {
            self.drop(*frame);
        }
    }

    /// As many as the limit allows, frames that count included.
    fn keep_allowed(&mut self, field: Field) -> Option<()> {
        let params = &self.hit.params;
        let number = |name| match params.get(name) {
            Some(Param::Number(number)) => Some(*number as usize),
            _ => None,
        };
        match number("limit")?.checked_sub(number("frames").unwrap_or(0))? {
            0 => self.drop(field),
            kept => self.keep(field, kept),
        }
        Some(())
    }

    fn partner(&mut self) {
        if let Some(partner) = self.fixer.row.and_then(|(_, model)| model.partner) {
            self.put(Field::Model, partner);
        }
    }

    /// The first videos that are within the limit together, or none.
    fn shorten(&mut self) {
        let field = Field::ReferenceVideos;
        let limits = self
            .fixer
            .row
            .and_then(|(route, _)| route.videos.value.limits);
        let Some(limits) = limits else {
            return;
        };
        let is_long = self.hit.rule == RuleId::VideosTooLong;
        let mut left = match is_long {
            true => u64::from(limits.max_seconds) * Length::SECOND,
            false => limits.max_bytes,
        };
        let mut kept = 0;
        while kept < self.fixer.fields.list(field).len() {
            let size = match self.fixer.facts.video(kept) {
                Some(facts) if is_long => facts.length.map_or(0, Length::min),
                Some(facts) => facts.bytes.unwrap_or(0),
                None => 0,
            };
            match left.checked_sub(size) {
                Some(still) => left = still,
                None => break,
            }
            kept += 1;
        }
        if kept > 0 {
            self.keep(field, kept);
        }
        self.drop(field);
    }

    /// The URL as it was probably meant, or to do without it.
    fn url(&mut self, place: Place, field: Field) {
        if let Some(url) = meant_url(self.text_at(place)) {
            let step = match place.index() {
                Some(_) => Step::PutItem,
                None => Step::Put,
            };
            self.step(step, place, &url, 0);
        }
        self.drop_place(place, field);
    }

    /// To do without a list's item, the list, a frame or both.
    fn drop_place(&mut self, place: Place, field: Field) {
        match field {
            Field::FirstImage | Field::LastImage => self.either(field),
            _ if self.fixer.fields.list(field).len() == 1 => self.drop(field),
            _ => self.step(Step::DropItem, place, "", 0),
        }
    }

    // Called from everywhere: once is enough in the code.
    #[inline(never)]
    fn drop(&mut self, field: Field) {
        self.step(Step::Drop, Place::of(field), "", 0);
    }

    #[inline(never)]
    fn put(&mut self, field: Field, text: &str) {
        self.step(Step::Put, Place::of(field), text, 0);
    }

    fn put_duration(&mut self, seconds: u32) {
        let place = Place::of(Field::Duration);
        self.step(Step::PutDuration, place, "", seconds as usize);
    }

    fn keep(&mut self, field: Field, count: usize) {
        let step = match count {
            1 => Step::KeepOne,
            _ => Step::Keep,
        };
        self.step(step, Place::of(field), "", count);
    }

    #[inline(never)]
    fn shift(&mut self, step: Step, place: Place, to: Field) {
        self.offer(&[Edit {
            to: Some(to),
            text: self.text_at(place),
            ..Edit::at(step, place)
        }]);
    }

    #[inline(never)]
    fn step(&mut self, step: Step, place: Place, text: &str, count: usize) {
        self.offer(&[Edit {
            text,
            count,
            ..Edit::at(step, place)
        }]);
    }
}

/// The number that a text begins with, whatever unit follows it.
fn leading_number(text: &str) -> Option<f64> {
    let text = trim(text, char::is_whitespace);
    let end = text
        .bytes()
        .position(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'-'))
        .unwrap_or(text.len());
    Reader::new(text.get(..end)?).value().number()
}

/// A URL without white space around it, and with a scheme that is accepted.
fn meant_url(text: &str) -> Option<String> {
    let trimmed = trim(text, is_white);
    match Url::split(trimmed).scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") => {
            Some(Scheme::Https.name().to_owned() + trimmed.get(scheme.len()..)?)
        }
        _ if trimmed.len() < text.len() => Some(trimmed.to_owned()),
        _ => None,
    }
}
