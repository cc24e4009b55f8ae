//! What could mend each rule's findings; `holds` decides whether it does.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use super::Candidate;
use super::edit::Edit;
use crate::body::{Lent, LentItem, View, Wrong};
use crate::check::url::{Url, has_white_space};
use crate::check::{Hit, Place, is_ratio};
use crate::facts::{Facts, Length};
use crate::finding::{Param, Params};
use crate::near;
use crate::table::{
    Duration, FIELDS, Field, Model, Route, RuleId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Scheme,
    Text, find_model, model_of_billing_name, models,
};

/// All candidates for a finding, the likeliest first.
pub(super) fn of<'f>(fields: &'f View<'f>, facts: &Facts, hit: &Hit) -> Vec<Candidate<'f>> {
    let maker = Maker {
        fields,
        row: fields.text(Field::Model).and_then(find_model),
    };
    match (hit.rule, hit.place) {
        (RuleId::UnknownField, Place::Unknown(index)) => maker.unknown_field(index),
        (RuleId::WrongType, Place::Unknown(index) | Place::Inside(index, _)) => {
            alloc::vec![drop_unknown(fields, index)]
        }
        (RuleId::MissingField, Place::Field(Field::Duration)) => {
            alloc::vec![maker.default_duration()]
        }
        (RuleId::WrongType, Place::Field(field)) => maker.wrong_type(field),
        (RuleId::UnknownModel, _) => maker.unknown_model(),
        (RuleId::PromptTooLong, _) => maker.cut_prompt().into_iter().collect(),
        (RuleId::DurationOutOfRange | RuleId::DurationContested, _) => {
            maker.nearest_duration().into_iter().collect()
        }
        (RuleId::ResolutionNotOffered, _) => maker.resolution(),
        (RuleId::OrientationNotOffered, _) => {
            maker.choice(Field::Orientation, Field::Orientation.info().choices)
        }
        (RuleId::OrientationOverridden, _) => {
            alloc::vec![drop(Field::Orientation), drop(Field::Ratio)]
        }
        (RuleId::RatioNotOffered | RuleId::RatioMalformed, _) => maker.ratio(),
        (
            RuleId::EmptyField | RuleId::ResolutionIgnored | RuleId::RatioUnlisted,
            Place::Field(field),
        ) => {
            alloc::vec![drop(field)]
        }
        (RuleId::ImagesWithFrames, _) => maker.either(Field::Images),
        (RuleId::AudioWithFrames, _) => maker.either(Field::ReferenceAudios),
        (
            RuleId::TooManyImages | RuleId::TooManyVideos | RuleId::TooManyAudios,
            Place::Field(field),
        ) => maker.keep(field, hit).into_iter().collect(),
        (RuleId::FramePairIncomplete, _) => fields.frames().map(drop).collect(),
        (RuleId::LastFrameAlone, _) => alloc::vec![maker.last_as_first()],
        (RuleId::VideosNotSupported, Place::Field(field)) => {
            maker.partner().into_iter().chain([drop(field)]).collect()
        }
        (RuleId::VideoExpected, _) => maker.partner().into_iter().collect(),
        (RuleId::AudiosNotSupported | RuleId::AudioUnpaired, Place::Field(field)) => {
            alloc::vec![drop(field)]
        }
        (RuleId::VideosTooLong, _) => {
            maker.shorten(facts, |facts| facts.length.map(Length::min), hit)
        }
        (RuleId::VideosTooLarge, _) => maker.shorten(facts, |facts| facts.bytes, hit),
        (RuleId::ImageInVideos, Place::Item(field, index)) => {
            alloc::vec![move_to_images(index), drop_item(field, index)]
        }
        (RuleId::SchemeNotAccepted | RuleId::UrlMalformed, place) => maker.url(place),
        (
            RuleId::EmptyItem
            | RuleId::WrongType
            | RuleId::GifNotAccepted
            | RuleId::VideoSizeOutOfRange
            | RuleId::FrameRateOutOfRange,
            place,
        ) => maker.drop_place(place),
        _ => Vec::new(),
    }
}

struct Maker<'f> {
    fields: &'f View<'f>,
    row: Option<(&'static Route, &'static Model)>,
}

impl<'f> Maker<'f> {
    fn unknown_field(&self, index: usize) -> Vec<Candidate<'f>> {
        let Some(unknown) = self.fields.unknown.get(index) else {
            return Vec::new();
        };
        let renamed = near::fields(&unknown.name)
            .into_iter()
            .filter(|field| unknown.wrong.is_empty() && is_known_as(*field, &unknown.name))
            .filter(|field| {
                matches!(
                    self.fields.slot(*field),
                    Lent::Absent | Lent::Blank | Lent::EmptyList
                )
            })
            .map(|field| {
                candidate(
                    RENAME,
                    [("from", unknown.name.as_ref()), ("field", field.name())],
                    [Edit::Rename(index, field)],
                )
            });
        renamed.chain([drop_unknown(self.fields, index)]).collect()
    }

    fn default_duration(&self) -> Candidate<'f> {
        put_duration(self.range().default)
    }

    fn range(&self) -> Duration {
        self.row
            .map_or(SCHEMA_DURATION, |(route, _)| route.duration.value)
    }

    fn nearest_duration(&self) -> Option<Candidate<'f>> {
        self.fields
            .duration()
            .map(|seconds| put_duration(self.clamp(seconds)))
    }

    /// The nearest whole length that no page disputes.
    fn clamp(&self, seconds: f64) -> u32 {
        let range = self.range();
        let min = range.undisputed_from.unwrap_or(range.min);
        (min..=range.max)
            .find(|whole| f64::from(*whole) + 0.5 > seconds)
            .unwrap_or(range.max)
    }

    fn wrong_type(&self, field: Field) -> Vec<Candidate<'f>> {
        let mut candidates = Vec::new();
        let Lent::Wrong(wrong) = self.fields.slot(field) else {
            return candidates;
        };
        match (field, wrong) {
            (Field::Duration, Wrong::Number(seconds)) => {
                candidates.push(put_duration(self.clamp(*seconds)));
            }
            (Field::Duration, Wrong::Text(text)) => {
                let seconds = text.trim().trim_end_matches('s').trim_end().parse::<u32>();
                candidates.push(match seconds {
                    Ok(seconds) => put_duration(self.clamp(f64::from(seconds))),
                    Err(_) => self.default_duration(),
                });
            }
            (Field::Duration, Wrong::Other(_)) => candidates.push(self.default_duration()),
            (field, Wrong::Text(url)) if field.info().kind == "array" => {
                candidates.push(candidate(
                    WRAP,
                    [("field", field.name())],
                    [Edit::Wrap(field, Cow::Borrowed(url))],
                ))
            }
            _ => {}
        }
        if !field.info().required {
            candidates.push(drop(field));
        }
        candidates
    }

    fn unknown_model(&self) -> Vec<Candidate<'f>> {
        let Some(name) = self.fields.text(Field::Model) else {
            return Vec::new();
        };
        let name = name.trim();
        let mut candidates: Vec<_> = models()
            .filter(|(_, model)| model.name.eq_ignore_ascii_case(name))
            .map(|(_, model)| put(Field::Model, model.name))
            .collect();
        if let Some((model, resolution)) = model_of_billing_name(name) {
            candidates.extend(self.behind_billing_name(model, resolution));
        }
        candidates.extend(
            near::models(name)
                .into_iter()
                .map(|name| put(Field::Model, name)),
        );
        candidates
    }

    /// The model and the resolution; nothing where the request asks for another resolution.
    fn behind_billing_name(
        &self,
        model: &'static Model,
        resolution: &'static str,
    ) -> Option<Candidate<'f>> {
        match self.fields.text(Field::Resolution) {
            Some(asked) => (asked == resolution).then(|| put(Field::Model, model.name)),
            None => Some(candidate(
                MODEL_AND_RESOLUTION,
                [("model", model.name), ("resolution", resolution)],
                [
                    Edit::Put(Field::Model, model.name.into()),
                    Edit::Put(Field::Resolution, resolution.into()),
                ],
            )),
        }
    }

    fn cut_prompt(&self) -> Option<Candidate<'f>> {
        let limit = self.row?.0.prompt.value.max? as usize;
        let prompt = self.fields.text(Field::Prompt)?;
        let (end, _) = prompt.char_indices().nth(limit)?;
        let cut = prompt.get(..end)?;
        let mut candidate = candidate(CUT_PROMPT, [], [Edit::Put(Field::Prompt, cut.into())]);
        candidate.params.count("limit", limit);
        Some(candidate)
    }

    fn resolution(&self) -> Vec<Candidate<'f>> {
        let offered = self
            .row
            .map(|(route, _)| route.resolution.value)
            .filter(|it| !it.is_fixed());
        let mut candidates = self.choice(
            Field::Resolution,
            offered.map_or(SCHEMA_RESOLUTIONS, |it| it.offered),
        );
        if let Some(default) = offered.and_then(|it| it.default) {
            candidates.push(put(Field::Resolution, default));
        }
        candidates
    }

    /// The right case of a choice, or to do without it.
    fn choice(&self, field: Field, choices: &[&'static str]) -> Vec<Candidate<'f>> {
        let text = self.fields.text(field).unwrap_or("").trim();
        let right = choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(text));
        right
            .map(|choice| put(field, *choice))
            .into_iter()
            .chain([drop(field)])
            .collect()
    }

    fn ratio(&self) -> Vec<Candidate<'f>> {
        let text = self.fields.text(Field::Ratio).unwrap_or("");
        let listed = self
            .row
            .map_or(&[][..], |(route, _)| route.ratio.value.list);
        // `16x9`, `16/9`, `16 : 9` and the full-width colon of Chinese input are meant as `16:9`.
        let plain: String = text
            .chars()
            .filter(|character| !character.is_whitespace())
            .map(|character| {
                if matches!(character, 'x' | 'X' | '×' | '/' | '：') {
                    ':'
                } else {
                    character
                }
            })
            .collect();
        let mut candidates = Vec::new();
        if plain != text && is_ratio(&plain) {
            candidates.push(put(Field::Ratio, plain));
        }
        candidates.extend(self.choice(Field::Ratio, listed));
        if text.eq_ignore_ascii_case(crate::check::ADAPTIVE) {
            candidates.insert(0, put(Field::Ratio, crate::check::ADAPTIVE));
        }
        candidates
    }

    /// Either side of an exclusion: the field, or the frames.
    fn either(&self, field: Field) -> Vec<Candidate<'f>> {
        alloc::vec![drop(field), self.drop_frames()]
    }

    fn drop_frames(&self) -> Candidate<'f> {
        let frames: Vec<Field> = self.fields.frames().collect();
        match *frames {
            [frame] => drop(frame),
            _ => candidate(DROP_FRAMES, [], frames.into_iter().map(Edit::Drop)),
        }
    }

    /// As many as the limit allows, frames that count included.
    fn keep(&self, field: Field, hit: &Hit) -> Option<Candidate<'f>> {
        let number = |name| match hit.params.get(name) {
            Some(Param::Number(number)) => Some(*number as usize),
            _ => None,
        };
        let kept = number("limit")?.checked_sub(number("frames").unwrap_or(0))?;
        Some(if kept == 0 {
            drop(field)
        } else {
            keep(field, kept)
        })
    }

    fn last_as_first(&self) -> Candidate<'f> {
        candidate(
            LAST_AS_FIRST,
            [],
            [Edit::Move(Field::LastImage, Field::FirstImage)],
        )
    }

    fn partner(&self) -> Option<Candidate<'f>> {
        let partner = self.row?.1.partner?;
        Some(put(Field::Model, partner))
    }

    /// The first videos that are within the limit together, or none.
    fn shorten(
        &self,
        facts: &Facts,
        size: impl Fn(&crate::facts::VideoFacts) -> Option<u64>,
        hit: &Hit,
    ) -> Vec<Candidate<'f>> {
        let field = Field::ReferenceVideos;
        let limits = self.row.and_then(|(route, _)| route.videos.value.limits);
        let Some(limits) = limits else {
            return Vec::new();
        };
        let limit = match hit.rule {
            RuleId::VideosTooLong => u64::from(limits.max_seconds) * 1_000_000,
            _ => limits.max_bytes,
        };
        let mut sum = 0_u64;
        let kept = (0..self.fields.list(field).len())
            .take_while(|index| {
                sum = sum.saturating_add(facts.video(*index).and_then(&size).unwrap_or(0));
                sum <= limit
            })
            .count();
        let kept = (kept > 0).then(|| keep(field, kept));
        kept.into_iter().chain([drop(field)]).collect()
    }

    /// The URL as it was probably meant, or to do without it.
    fn url(&self, place: Place) -> Vec<Candidate<'f>> {
        let text = match place {
            Place::Field(field) => self.fields.text(field),
            Place::Item(field, index) => match self.fields.list(field).get(index) {
                Some(LentItem::Url(url)) => Some(url),
                _ => None,
            },
            _ => None,
        };
        let meant = text.and_then(|text| {
            let trimmed = text.trim_matches(|character: char| {
                has_white_space(character.encode_utf8(&mut [0; 4]))
            });
            let url = Url::split(trimmed);
            match url.scheme {
                Some(scheme) if scheme.eq_ignore_ascii_case("http") => {
                    Some(Scheme::Https.name().to_owned() + trimmed.get(scheme.len()..)?)
                }
                _ if trimmed.len() < text.len() => Some(trimmed.to_owned()),
                _ => None,
            }
        });
        let put = meant.and_then(|url| match place {
            Place::Field(field) => Some(put(field, url)),
            Place::Item(field, index) => Some(candidate(
                PUT_ITEM,
                [("value", url.clone().as_str())],
                [Edit::PutItem(field, index, Cow::Owned(url))],
            )),
            _ => None,
        });
        put.into_iter().chain(self.drop_place(place)).collect()
    }

    /// To do without a list's item, the list, a frame or both.
    fn drop_place(&self, place: Place) -> Vec<Candidate<'f>> {
        match place {
            Place::Item(field, index) if self.fields.list(field).len() > 1 => {
                alloc::vec![drop_item(field, index)]
            }
            Place::Item(field, _) => alloc::vec![drop(field)],
            Place::Field(field @ (Field::FirstImage | Field::LastImage)) => {
                alloc::vec![drop(field), self.drop_frames()]
            }
            Place::Field(field) => alloc::vec![drop(field)],
            Place::Body | Place::Unknown(_) | Place::Inside(..) => Vec::new(),
        }
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

fn put<'f>(field: Field, value: impl Into<Cow<'f, str>>) -> Candidate<'f> {
    let value = value.into();
    let names = [("field", field.name()), ("value", value.as_ref())];
    let params = words(names);
    Candidate {
        label: PUT,
        params,
        edits: alloc::vec![Edit::Put(field, value)],
    }
}

fn put_duration<'f>(seconds: u32) -> Candidate<'f> {
    let mut candidate = candidate(PUT_DURATION, [], [Edit::PutDuration(seconds)]);
    candidate.params.count("seconds", seconds as usize);
    candidate
}

fn drop<'f>(field: Field) -> Candidate<'f> {
    candidate(DROP, [("field", field.name())], [Edit::Drop(field)])
}

fn drop_item<'f>(field: Field, index: usize) -> Candidate<'f> {
    let mut candidate = candidate(
        DROP_ITEM,
        [("field", field.name())],
        [Edit::DropItem(field, index)],
    );
    candidate.params.count("index", index);
    candidate
}

fn drop_unknown<'f>(fields: &View<'_>, index: usize) -> Candidate<'f> {
    let name = fields
        .unknown
        .get(index)
        .map_or("", |unknown| unknown.name.as_ref());
    candidate(DROP, [("field", name)], [Edit::DropUnknown(index)])
}

fn keep<'f>(field: Field, kept: usize) -> Candidate<'f> {
    let mut candidate = candidate(KEEP, [("field", field.name())], [Edit::Keep(field, kept)]);
    candidate.params.count("limit", kept);
    candidate
}

fn move_to_images<'f>(index: usize) -> Candidate<'f> {
    let to = Field::Images;
    let edits = [Edit::MoveItem(Field::ReferenceVideos, index, to)];
    candidate(MOVE_ITEM, [("field", to.name())], edits)
}

fn candidate<'f, const N: usize>(
    label: Text,
    names: [(&'static str, &str); N],
    edits: impl IntoIterator<Item = Edit<'f>>,
) -> Candidate<'f> {
    Candidate {
        label,
        params: words(names),
        edits: edits.into_iter().collect(),
    }
}

fn words<const N: usize>(names: [(&'static str, &str); N]) -> Params {
    let mut params = Params::default();
    for (name, value) in names {
        params.text(name, value);
    }
    params
}

const CUT_PROMPT: Text = Text {
    en: "cut the prompt after {limit} characters",
    zh: "把提示词截到 {limit} 个字符",
};
const DROP: Text = Text {
    en: "drop `{field}`",
    zh: "去掉 `{field}`",
};
const DROP_FRAMES: Text = Text {
    en: "drop both frames",
    zh: "去掉首帧和尾帧",
};
const DROP_ITEM: Text = Text {
    en: "drop item {index} of `{field}`",
    zh: "去掉 `{field}` 的第 {index} 项（从 0 数起）",
};
const KEEP: Text = Text {
    en: "keep the first {limit} of `{field}`",
    zh: "`{field}` 只保留前 {limit} 项",
};
const LAST_AS_FIRST: Text = Text {
    en: "use it as the first frame",
    zh: "改作首帧",
};
const MODEL_AND_RESOLUTION: Text = Text {
    en: "set `model` to `{model}` and `resolution` to `{resolution}`",
    zh: "把 `model` 设为 `{model}`，`resolution` 设为 `{resolution}`",
};
const MOVE_ITEM: Text = Text {
    en: "move it to `{field}`",
    zh: "移到 `{field}`",
};
const PUT: Text = Text {
    en: "set `{field}` to `{value}`",
    zh: "把 `{field}` 设为 `{value}`",
};
const PUT_DURATION: Text = Text {
    en: "set `duration` to {seconds}",
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
    en: "make `{field}` a list of one",
    zh: "把 `{field}` 改成只有一项的列表",
};
