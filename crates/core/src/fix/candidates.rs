//! What could mend each rule's findings; `holds` decides whether it does.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use seedance_json::{Reader, Source};

use super::Candidate;
use super::edit::Edit;
use crate::body::{Lent, LentItem, View, Wrong};
use crate::check::url::{Url, has_white_space};
use crate::check::{Hit, Place, is_ratio};
use crate::facts::{Facts, Length, VideoFacts};
use crate::finding::{Param, Params};
use crate::near;
use crate::table::{
    Duration, FIELDS, Field, Model, Route, RuleId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Scheme,
    Text, find_model, model_of_billing_name,
};

/// All candidates for a finding, the likeliest first.
pub(super) fn of<'f>(fields: View<'f>, facts: &Facts, hit: &Hit) -> Vec<Candidate<'f>> {
    let mut maker = Maker {
        fields,
        row: fields.text(Field::Model).and_then(find_model),
        made: Vec::new(),
    };
    maker.all(facts, hit);
    maker.made
}

struct Maker<'f> {
    fields: View<'f>,
    row: Option<(&'static Route, &'static Model)>,
    made: Vec<Candidate<'f>>,
}

impl<'f> Maker<'f> {
    fn all(&mut self, facts: &Facts, hit: &Hit) {
        match (hit.rule, hit.place) {
            (RuleId::UnknownField, Place::Unknown(index)) => self.unknown_field(index),
            (RuleId::WrongType, Place::Unknown(index) | Place::Inside(index, _)) => {
                self.drop_unknown(index);
            }
            (RuleId::MissingField, Place::Field(Field::Duration)) => self.default_duration(),
            (RuleId::WrongType, Place::Field(field)) => self.wrong_type(field),
            (RuleId::UnknownModel, _) => self.unknown_model(),
            (RuleId::PromptTooLong, _) => self.cut_prompt().unwrap_or_default(),
            (RuleId::DurationOutOfRange | RuleId::DurationContested, _) => {
                if let Some(seconds) = self.fields.duration() {
                    self.nearest_duration(seconds);
                }
            }
            (RuleId::ResolutionNotOffered, _) => self.resolution(),
            (RuleId::OrientationNotOffered, _) => {
                self.choice(Field::Orientation, Field::Orientation.info().choices);
            }
            (RuleId::OrientationOverridden, _) => {
                self.drop(Field::Orientation);
                self.drop(Field::Ratio);
            }
            (RuleId::RatioNotOffered | RuleId::RatioMalformed, _) => self.ratio(),
            (
                RuleId::EmptyField | RuleId::ResolutionIgnored | RuleId::RatioUnlisted,
                Place::Field(field),
            ) => self.drop(field),
            (RuleId::ImagesWithFrames, _) => self.either(Field::Images),
            (RuleId::AudioWithFrames, _) => self.either(Field::ReferenceAudios),
            (
                RuleId::TooManyImages | RuleId::TooManyVideos | RuleId::TooManyAudios,
                Place::Field(field),
            ) => self.keep_allowed(field, hit).unwrap_or_default(),
            (RuleId::FramePairIncomplete, _) => {
                self.fields.frames().for_each(|frame| self.drop(frame));
            }
            (RuleId::LastFrameAlone, _) => {
                self.make(
                    LAST_AS_FIRST,
                    &[],
                    Edit::Move(Field::LastImage, Field::FirstImage),
                );
            }
            (RuleId::VideosNotSupported, Place::Field(field)) => {
                self.partner();
                self.drop(field);
            }
            (RuleId::VideoExpected, _) => self.partner(),
            (RuleId::AudiosNotSupported | RuleId::AudioUnpaired, Place::Field(field)) => {
                self.drop(field);
            }
            (RuleId::VideosTooLong, _) => {
                self.shorten(facts, hit, |facts| facts.length.map_or(0, Length::min))
            }
            (RuleId::VideosTooLarge, _) => {
                self.shorten(facts, hit, |facts| facts.bytes.unwrap_or(0));
            }
            (RuleId::ImageInVideos, Place::Item(field, index)) => {
                let to = Field::Images;
                let names = [("what", to.name())];
                self.make(MOVE_ITEM, &names, Edit::MoveItem(field, index, to));
                self.drop_item(field, index);
            }
            (RuleId::SchemeNotAccepted | RuleId::UrlMalformed, place) => self.url(place),
            (
                RuleId::EmptyItem
                | RuleId::WrongType
                | RuleId::GifNotAccepted
                | RuleId::VideoSizeOutOfRange
                | RuleId::FrameRateOutOfRange,
                place,
            ) => self.drop_place(place),
            _ => {}
        }
    }

    fn unknown_field(&mut self, index: usize) {
        let Some(unknown) = self.fields.unknown().get(index) else {
            return;
        };
        for field in near::fields(&unknown.name) {
            let is_free = matches!(
                self.fields.slot(field),
                Lent::Absent | Lent::Blank | Lent::EmptyList
            );
            if is_free && unknown.wrong.is_empty() && is_known_as(field, &unknown.name) {
                let names = [("from", unknown.name.as_ref()), ("field", field.name())];
                self.make(RENAME, &names, Edit::Rename(index, field));
            }
        }
        self.drop_unknown(index);
    }

    fn default_duration(&mut self) {
        self.put_duration(self.range().default);
    }

    fn range(&self) -> Duration {
        self.row
            .map_or(SCHEMA_DURATION.value, |(route, _)| route.duration.value)
    }

    /// The nearest whole length, and the nearest that no page disputes.
    fn nearest_duration(&mut self, seconds: f64) {
        let range = self.range();
        let from = |min: u32| {
            let nearest = (min..=range.max).find(|whole| f64::from(*whole) + 0.5 > seconds);
            nearest.unwrap_or(range.max)
        };
        let nearest = from(range.min);
        self.put_duration(nearest);
        if let Some(undisputed) = range.undisputed_from.filter(|min| *min > nearest) {
            self.put_duration(undisputed);
        }
    }

    fn wrong_type(&mut self, field: Field) {
        let Lent::Wrong(wrong) = self.fields.slot(field) else {
            return;
        };
        match (field, wrong) {
            (Field::Duration, Wrong::Number(seconds)) => self.nearest_duration(*seconds),
            (Field::Duration, Wrong::Text(text)) => match leading_number(text) {
                Some(seconds) => self.nearest_duration(seconds),
                None => self.default_duration(),
            },
            (Field::Duration, Wrong::Other(_)) => self.default_duration(),
            // Of the other fields only a list takes no string.
            (field, Wrong::Text(url)) => {
                let names = [("what", field.name())];
                self.make(WRAP, &names, Edit::Wrap(field, Cow::Borrowed(url)));
            }
            _ => {}
        }
        if !field.info().required {
            self.drop(field);
        }
    }

    fn unknown_model(&mut self) {
        let Some(name) = self.fields.text(Field::Model) else {
            return;
        };
        match model_of_billing_name(name.trim()) {
            Some((model, resolution)) => self.behind_billing_name(model, resolution),
            None => {
                for name in near::models(name) {
                    self.put(Field::Model, name.into());
                }
            }
        }
    }

    /// The model and the resolution; nothing where the request asks for another resolution.
    fn behind_billing_name(&mut self, model: &'static Model, resolution: &'static str) {
        match self.fields.text(Field::Resolution) {
            Some(asked) if asked == resolution => self.put(Field::Model, model.name.into()),
            Some(_) => {}
            None => {
                let names = [("model", model.name), ("resolution", resolution)];
                let put_model = Edit::Put(Field::Model, model.name.into());
                let put_resolution = Edit::Put(Field::Resolution, resolution.into());
                self.make_of(
                    MODEL_AND_RESOLUTION,
                    &names,
                    alloc::vec![put_model, put_resolution],
                );
            }
        }
    }

    fn cut_prompt(&mut self) -> Option<()> {
        let limit = self.row?.0.prompt.value.max? as usize;
        let prompt = self.fields.text(Field::Prompt)?;
        let (end, _) = prompt.char_indices().nth(limit)?;
        let cut = prompt.get(..end)?;
        self.make(CUT_PROMPT, &[], Edit::Put(Field::Prompt, cut.into()))
            .count("limit", limit);
        Some(())
    }

    fn resolution(&mut self) {
        let offered = self
            .row
            .map(|(route, _)| route.resolution.value)
            .filter(|it| !it.is_fixed());
        self.choice(
            Field::Resolution,
            offered.map_or(SCHEMA_RESOLUTIONS, |it| it.offered),
        );
        if let Some(default) = offered.and_then(|it| it.default) {
            self.put(Field::Resolution, default.into());
        }
    }

    /// The right case of a choice, or to do without it.
    fn choice(&mut self, field: Field, choices: &[&'static str]) {
        let text = self.fields.text(field).unwrap_or("").trim();
        let right = choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(text));
        if let Some(choice) = right {
            self.put(field, (*choice).into());
        }
        self.drop(field);
    }

    fn ratio(&mut self) {
        let text = self.fields.text(Field::Ratio).unwrap_or("");
        if text.eq_ignore_ascii_case(crate::check::ADAPTIVE) {
            self.put(Field::Ratio, crate::check::ADAPTIVE.into());
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
            self.put(Field::Ratio, plain.into());
        }
        let listed = self
            .row
            .map_or(&[][..], |(route, _)| route.ratio.value.list);
        self.choice(Field::Ratio, listed);
    }

    /// Either side of an exclusion: the field, or the frames.
    fn either(&mut self, field: Field) {
        self.drop(field);
        self.drop_frames();
    }

    fn drop_frames(&mut self) {
        let frames: Vec<Field> = self.fields.frames().collect();
        match *frames {
            [frame] => self.drop(frame),
            _ => {
                let edits = frames.into_iter().map(Edit::Drop).collect();
                self.make_of(DROP_FRAMES, &[], edits);
            }
        }
    }

    /// As many as the limit allows, frames that count included.
    fn keep_allowed(&mut self, field: Field, hit: &Hit) -> Option<()> {
        let number = |name| match hit.params.get(name) {
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
        if let Some(partner) = self.row.and_then(|(_, model)| model.partner) {
            self.put(Field::Model, partner.into());
        }
    }

    /// The first videos that are within the limit together, or none.
    fn shorten(&mut self, facts: &Facts, hit: &Hit, size: fn(&VideoFacts) -> u64) {
        let field = Field::ReferenceVideos;
        let limits = self.row.and_then(|(route, _)| route.videos.value.limits);
        let Some(limits) = limits else {
            return;
        };
        let limit = match hit.rule {
            RuleId::VideosTooLong => u64::from(limits.max_seconds) * Length::SECOND,
            _ => limits.max_bytes,
        };
        let mut sum = 0_u64;
        let kept = (0..self.fields.list(field).len())
            .take_while(|index| {
                sum = sum.saturating_add(facts.video(*index).map_or(0, size));
                sum <= limit
            })
            .count();
        if kept > 0 {
            self.keep(field, kept);
        }
        self.drop(field);
    }

    /// The URL as it was probably meant, or to do without it.
    fn url(&mut self, place: Place) {
        match place {
            Place::Field(field) => {
                if let Some(url) = self.fields.text(field).and_then(meant_url) {
                    self.put(field, url.into());
                }
            }
            Place::Item(field, index) => {
                if let Some(LentItem::Url(url)) = self.fields.list(field).get(index)
                    && let Some(url) = meant_url(url)
                {
                    let value = url.clone();
                    let edit = Edit::PutItem(field, index, Cow::Owned(url));
                    self.make(PUT_ITEM, &[("value", &value)], edit);
                }
            }
            _ => {}
        }
        self.drop_place(place);
    }

    /// To do without a list's item, the list, a frame or both.
    fn drop_place(&mut self, place: Place) {
        match place {
            Place::Item(field, index) if self.fields.list(field).len() > 1 => {
                self.drop_item(field, index);
            }
            Place::Field(field @ (Field::FirstImage | Field::LastImage)) => self.either(field),
            Place::Item(field, _) | Place::Field(field) => self.drop(field),
            Place::Body | Place::Unknown(_) | Place::Inside(..) => {}
        }
    }

    fn put(&mut self, field: Field, value: Cow<'f, str>) {
        let edit = Edit::Put(field, value.clone());
        self.make(PUT, &[("what", field.name()), ("value", &value)], edit);
    }

    fn put_duration(&mut self, seconds: u32) {
        self.make(PUT_DURATION, &[], Edit::PutDuration(seconds))
            .count("seconds", seconds as usize);
    }

    fn drop(&mut self, field: Field) {
        self.make(DROP, &[("what", field.name())], Edit::Drop(field));
    }

    fn drop_item(&mut self, field: Field, index: usize) {
        let names = [("what", field.name())];
        self.make(DROP_ITEM, &names, Edit::DropItem(field, index))
            .count("index", index);
    }

    fn drop_unknown(&mut self, index: usize) {
        let unknown = self.fields.unknown().get(index);
        let name = unknown.map_or("", |unknown| unknown.name.as_ref());
        self.make(DROP_UNKNOWN, &[("field", name)], Edit::DropUnknown(index));
    }

    fn keep(&mut self, field: Field, kept: usize) {
        let names = [("what", field.name())];
        let label = if kept == 1 { KEEP_ONE } else { KEEP };
        self.make(label, &names, Edit::Keep(field, kept))
            .count("limit", kept);
    }

    /// A candidate of one step; gives its parameters, to which numbers can be added.
    fn make(&mut self, label: Text, names: &[(&'static str, &str)], edit: Edit<'f>) -> &mut Params {
        self.make_of(label, names, alloc::vec![edit])
    }

    fn make_of(
        &mut self,
        label: Text,
        names: &[(&'static str, &str)],
        edits: Vec<Edit<'f>>,
    ) -> &mut Params {
        let mut params = Params::default();
        for (name, value) in names {
            params.text(name, value);
        }
        &mut self
            .made
            .push_mut(Candidate {
                label,
                params,
                edits,
            })
            .params
    }
}

/// The number that a text begins with, whatever unit follows it.
fn leading_number(text: &str) -> Option<f64> {
    let in_number = |character: char| matches!(character, '0'..='9' | '.' | '-');
    let text = text.trim();
    let end = text
        .find(|character| !in_number(character))
        .unwrap_or(text.len());
    Reader::new(text.get(..end)?).value().ok()?.number()
}

/// A URL without white space around it, and with a scheme that is accepted.
fn meant_url(text: &str) -> Option<String> {
    let trimmed =
        text.trim_matches(|character: char| has_white_space(character.encode_utf8(&mut [0; 4])));
    match Url::split(trimmed).scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") => {
            Some(Scheme::Https.name().to_owned() + trimmed.get(scheme.len()..)?)
        }
        _ if trimmed.len() < text.len() => Some(trimmed.to_owned()),
        _ => None,
    }
}

/// Whether the name is the field's in another case, or one of its aliases.
fn is_known_as(field: Field, name: &str) -> bool {
    let aliases = FIELDS
        .iter()
        .filter(|info| info.field == field)
        .flat_map(|info| info.aliases);
    core::iter::once(field.name())
        .chain(aliases.copied())
        .any(|known| known.eq_ignore_ascii_case(name))
}

const CUT_PROMPT: Text = Text {
    en: "cut the prompt after {limit} characters",
    zh: "把提示词截到 {limit} 个字符",
};
const DROP: Text = Text {
    en: "drop the {what}",
    zh: "去掉{what}",
};
const DROP_FRAMES: Text = Text {
    en: "drop both frames",
    zh: "去掉首帧和尾帧",
};
const DROP_ITEM: Text = Text {
    en: "drop item {index} of the {what}",
    zh: "去掉{what}的第 {index} 项（从 0 数起）",
};
const DROP_UNKNOWN: Text = Text {
    en: "drop `{field}`",
    zh: "去掉 `{field}`",
};
const KEEP: Text = Text {
    en: "keep the first {limit} {what}",
    zh: "{what}只保留前 {limit} 项",
};
const KEEP_ONE: Text = Text {
    en: "keep only the first of the {what}",
    zh: "{what}只保留第一项",
};
const LAST_AS_FIRST: Text = Text {
    en: "use it as the first frame",
    zh: "改作首帧",
};
const MODEL_AND_RESOLUTION: Text = Text {
    en: "set the model to `{model}` and the resolution to `{resolution}`",
    zh: "把模型设为 `{model}`，分辨率设为 `{resolution}`",
};
const MOVE_ITEM: Text = Text {
    en: "move it to the {what}",
    zh: "移到{what}",
};
const PUT: Text = Text {
    en: "set the {what} to `{value}`",
    zh: "把{what}设为 `{value}`",
};
const PUT_DURATION: Text = Text {
    en: "set the duration to {seconds} s",
    zh: "把视频时长设为 {seconds} 秒",
};
const PUT_ITEM: Text = Text {
    en: "change it to `{value}`",
    zh: "改为 `{value}`",
};
const RENAME: Text = Text {
    en: "rename `{from}` to `{field}`",
    zh: "把 `{from}` 改名为 `{field}`",
};
const WRAP: Text = Text {
    en: "make the {what} a list of one",
    zh: "把{what}改成只有一项的列表",
};
