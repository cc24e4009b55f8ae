//! Candidates for fixing each rule's findings, the likeliest first; only proven ones are offered.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Mending, link};
use crate::body::{Given, Item, Unknown, Wrong};
use crate::check::{Ask, Place, is_ratio};
use crate::facts::Length;
use crate::finding::PatchOp;
use crate::near;
use crate::number;
use crate::params::Param;
use crate::pointer;
use crate::table::{
    Cause, Duration, Field, FieldInfo, FieldKind, RuleId, SCHEMA_RESOLUTIONS, Text,
};
use crate::wording::{echo, title};

impl Mending<'_, '_> {
    /// Tries all candidates for the finding.
    pub(super) fn try_all(&mut self) {
        let (hit, place) = (self.hit, self.hit.place);
        let Some(field) = place.field() else {
            return self.unknown_field();
        };
        match hit.rule {
            RuleId::MissingField => self.missing_field(field.info()),
            RuleId::WrongType if place.index().is_none() => self.wrong_type(field),
            RuleId::UnknownModel => self.unknown_model(),
            RuleId::PromptTooLong => self.cut_prompt(),
            RuleId::DurationOutOfRange | RuleId::DurationNotOffered | RuleId::DurationContested => {
                self.nearest_duration(self.ask.fields.duration().unwrap_or_default());
            }
            RuleId::ResolutionNotOffered => self.resolution(),
            RuleId::OrientationNotOffered => self.choice(field, field.info().choices),
            RuleId::OrientationOverridden => {
                self.remove(field);
                self.remove(self.ask.counting(Field::Ratio));
            }
            RuleId::RatioNotOffered | RuleId::RatioMalformed | RuleId::RatioNeedsReferences => {
                self.ratio(field);
            }
            RuleId::ReferenceModeNotOffered => {
                if let Cause::ReferenceModeNotOffered { allowed, .. } = hit.cause {
                    self.choice(field, allowed);
                }
            }
            RuleId::FieldNotForModel => self.rename_or_remove(field),
            RuleId::ImagesWithFrames
            | RuleId::VideosWithFrames
            | RuleId::AudioWithFrames
            | RuleId::AudioWithFramesContested
            | RuleId::FramesNotSupported => self.either(field),
            RuleId::TooManyImages | RuleId::TooManyVideos | RuleId::TooManyAudios => {
                self.keep_allowed(field);
            }
            RuleId::FramePairIncomplete => self.each_frame(),
            RuleId::LastFrameAlone => self.use_as_first_frame(field),
            RuleId::LastFrameNeedsFirst => {
                self.use_as_first_frame(field);
                self.remove(field);
            }
            RuleId::VideosNotSupported => {
                self.partner();
                self.remove(field);
            }
            RuleId::VideoExpected | RuleId::VideoRequired => self.partner(),
            RuleId::EmptyField
            | RuleId::AliasOverridden
            | RuleId::ResolutionContested
            | RuleId::ResolutionIgnored
            | RuleId::RatioUnlisted
            | RuleId::VideosContested
            | RuleId::AudiosNotSupported
            | RuleId::AudioUnpaired => self.remove(field),
            RuleId::VideosTooLong | RuleId::VideosTooLarge | RuleId::AudiosTooLong => {
                self.shorten(field);
            }
            RuleId::ImageInVideos => self.move_to_images(),
            RuleId::SchemeNotAccepted | RuleId::UrlMalformed | RuleId::HostNotPublic => {
                self.meant_url();
                self.remove_place();
            }
            RuleId::UrlSuspect => self.meant_url(),
            RuleId::EmptyItem
            | RuleId::WrongType
            | RuleId::GifNotAccepted
            | RuleId::VideoSizeOutOfRange
            | RuleId::FrameRateOutOfRange => self.remove_place(),
            _ => {}
        }
    }

    /// Renames the field to the one that was probably meant, or removes it.
    fn unknown_field(&mut self) {
        let Ask { edition, fields, .. } = self.ask;
        let Place::Unknown(index, _) = self.hit.place else {
            return;
        };
        let Some(unknown) = fields.others.get(index) else {
            return;
        };
        if self.hit.rule == RuleId::DuplicateField {
            return;
        }
        if self.hit.rule == RuleId::UnknownField {
            let is_free = |field| !fields.has(field) && fields.wrong(field).is_none();
            for info in edition.fields() {
                if info.goes_by(&unknown.name) && is_free(info.field) {
                    self.rename(unknown, info);
                }
            }
        }
        let patch = vec![PatchOp::Remove { path: pointer::member(&unknown.name) }];
        self.offer(REMOVE_UNKNOWN, &[("name", echo(&unknown.name))], patch);
    }

    /// Renames unknown fields that probably mean the missing one. A missing duration also gets the allowed one that is nearest to
    /// theirs, or the default.
    fn missing_field(&mut self, info: &FieldInfo) {
        /// Comparing names takes time, and nobody adds more fields than these.
        const MOST_UNKNOWN: usize = 100;
        /// Each costs a proof, and nobody writes one field in more ways.
        const MOST_NAMES: usize = 3;
        let Ask { edition, fields, .. } = self.ask;
        let unknown = fields.unknown().map(|(_, unknown)| unknown).take(MOST_UNKNOWN);
        let is_meant =
            |it: &&Unknown<'_>| edition.fields_like(&it.name).iter().any(|name| name == info.name);
        for unknown in unknown.filter(is_meant).take(MOST_NAMES) {
            self.rename(unknown, info);
        }
        if info.field == Field::Duration {
            let mut unknown = fields.unknown().map(|(_, unknown)| unknown);
            if self.fixes.is_empty()
                && let Some(length) = unknown.find(|it| info.goes_by(&it.name))
            {
                self.duration_of(length);
            }
            self.put_duration(self.durations().default);
        }
    }

    /// Renames an unknown field to `duration`, and sets the allowed one that is nearest to its value.
    fn duration_of(&mut self, unknown: &Unknown<'_>) {
        let field = Field::Duration;
        let Some(seconds) = seconds_in(&unknown.read_as(field).into_wrong()) else {
            return;
        };
        let nearest = self.durations().nearest(seconds);
        let (from, path) = (pointer::member(&unknown.name), path_of(field));
        let value = Param::Number(nearest.into());
        let patch =
            vec![PatchOp::Move { from, path: path.clone() }, PatchOp::Replace { path, value }];
        let values = [("name", echo(&unknown.name)), ("count", nearest.to_string())];
        self.offer(RENAME_TO_DURATION, &values, patch);
    }

    /// Gives an unknown field's value to a field.
    fn rename(&mut self, unknown: &Unknown<'_>, info: &FieldInfo) {
        if !unknown.wrong.is_empty() {
            return;
        }
        let from = pointer::member(&unknown.name);
        let patch = match unknown.read_as(info.field) {
            // A single URL becomes a list.
            Given::Text(url) if info.kind == FieldKind::Array => vec![
                PatchOp::Remove { path: from },
                self.put_op(info.field, Param::List(vec![url.into_owned()])),
            ],
            _ => vec![PatchOp::Move { from, path: path_of(info.field) }],
        };
        let values = [("name", echo(&unknown.name)), ("to", info.name.into())];
        self.offer(RENAME, &values, patch);
    }

    fn durations(&self) -> Duration {
        let widest = self.ask.edition.widest_duration().value;
        self.ask.row.map_or(widest, |(route, _)| route.duration.value)
    }

    /// Sets the nearest allowed duration, and the shortest undisputed one if that is longer.
    fn nearest_duration(&mut self, seconds: f64) {
        let durations = self.durations();
        let nearest = durations.nearest(seconds);
        self.put_duration(nearest);
        if let Some(undisputed) = durations.undisputed_from.filter(|from| *from > nearest) {
            self.put_duration(undisputed);
        }
    }

    fn wrong_type(&mut self, field: Field) {
        let Some(wrong) = self.ask.fields.wrong(field) else {
            return;
        };
        match wrong {
            _ if field == Field::Duration => match seconds_in(wrong) {
                Some(seconds) => self.nearest_duration(seconds),
                None => self.put_duration(self.durations().default),
            },
            Wrong::Number(number) if field == Field::Resolution => {
                self.meant_resolution(&number::to_string(*number));
            }
            Wrong::Text(url) if field.info().kind == FieldKind::Array && !are_several_urls(url) => {
                let value = Param::List(vec![url.as_ref().into()]);
                let patch = vec![PatchOp::Replace { path: path_of(field), value }];
                self.offer(PUT_INTO_LIST, &[], patch);
            }
            Wrong::Number(_) | Wrong::Text(_) | Wrong::Other(_) => {}
        }
        if !field.info().required {
            self.remove(field);
        }
    }

    fn unknown_model(&mut self) {
        let (edition, fields) = (self.ask.edition, self.ask.fields);
        let name = fields.text(Field::Model).unwrap_or_default();
        for name in near::names_of_models(edition, name) {
            let Some((model, resolution)) = edition.model_of_billing_name(&name) else {
                self.put(Field::Model, &name);
                continue;
            };
            // Sets model and resolution, unless the request asks for another resolution: then no less likely model is meant either.
            match fields.text(Field::Resolution) {
                Some(asked) if asked == resolution => self.put(Field::Model, model.name),
                Some(_) => return,
                None => {
                    let values = [("value", model.name.into()), ("other", resolution.into())];
                    let patch = vec![
                        self.put_op(Field::Model, Param::Text(model.name.into())),
                        self.put_op(Field::Resolution, Param::Text(resolution.into())),
                    ];
                    self.offer(SET_MODEL_AND_RESOLUTION, &values, patch);
                }
            }
        }
    }

    fn cut_prompt(&mut self) {
        let Cause::TooMany { limit, .. } = self.hit.cause else {
            return;
        };
        let prompt = self.ask.fields.text(Field::Prompt).unwrap_or_default();
        let cut = Param::Text(prompt.chars().take(limit).collect());
        let patch = vec![self.put_op(Field::Prompt, cut)];
        self.offer(CUT_PROMPT, &[("count", limit.to_string())], patch);
    }

    fn resolution(&mut self) {
        let row = self.ask.row;
        let of_route = row.map(|(route, model)| model.resolution(route));
        let offered = of_route.filter(|it| !it.is_fixed());
        let text = self.ask.fields.text(Field::Resolution);
        self.meant_resolution(text.unwrap_or_default());
        self.choice(Field::Resolution, offered.map_or(SCHEMA_RESOLUTIONS, |it| it.offered));
        if let Some(default) = offered.and_then(|it| it.default) {
            self.put(Field::Resolution, default);
        }
    }

    /// Sets the resolution that `1080`, `1080P`, `1920x1080` or `hd` probably means.
    fn meant_resolution(&mut self, text: &str) {
        let text = text.trim().to_ascii_lowercase();
        let sides = text.trim_end_matches('p').split(['x', '×', '*']);
        let shorter = sides.map(|side| side.trim().parse::<u32>().ok()).min().flatten();
        let lines = match text.as_str() {
            "sd" => Some(480),
            "hd" => Some(720),
            "full hd" | "full-hd" | "fhd" => Some(1080),
            _ => shorter,
        };
        if let Some(lines) = lines {
            self.put(Field::Resolution, &alloc::format!("{lines}p"));
        }
    }

    /// Corrects the case of a choice, or removes the field.
    fn choice(&mut self, field: Field, choices: &[&'static str]) {
        let text = self.ask.fields.text(field).unwrap_or_default().trim();
        if let Some(right) = choices.iter().find(|choice| choice.eq_ignore_ascii_case(text)) {
            self.put(field, right);
        }
        self.remove(field);
    }

    fn ratio(&mut self, field: Field) {
        let ask = self.ask;
        let text = ask.fields.text(field).unwrap_or_default();
        let mut words = ask.ratio_words().iter();
        if let Some(word) = words.find(|word| word.eq_ignore_ascii_case(text)) {
            self.put(field, word);
        }
        // `16x9`, `16/9`, `16 : 9` and the full-width colon of Chinese input all mean `16:9`.
        let visible = text.chars().filter(|it| !it.is_whitespace());
        let meant: String =
            visible.map(|it| if "xX×/：".contains(it) { ':' } else { it }).collect();
        if meant != text && is_ratio(&ask, &meant) {
            self.put(field, &meant);
        }
        let listed = ask.row.map_or(&[][..], |(route, _)| route.ratio.value.list);
        // Other services say `auto` for `adaptive`.
        let mut adaptive = listed.iter().filter(|_| text.eq_ignore_ascii_case("auto"));
        if let Some(word) = adaptive.find(|word| word.eq_ignore_ascii_case("adaptive")) {
            self.put(field, word);
        }
        self.choice(field, listed);
    }

    /// Offers to remove either side of an exclusion: the field, or the frames.
    fn either(&mut self, field: Field) {
        self.remove(field);
        match self.ask.fields.frames() {
            [first, last] => {
                let patch = [first, last].map(|frame| PatchOp::Remove { path: path_of(*frame) });
                self.offer(REMOVE_FRAMES, &[], patch.into());
            }
            _ => self.each_frame(),
        }
    }

    fn each_frame(&mut self) {
        for frame in self.ask.fields.frames() {
            self.remove(*frame);
        }
    }

    fn use_as_first_frame(&mut self, field: Field) {
        let (from, path) = (path_of(field), path_of(Field::FirstImage));
        self.offer(USE_AS_FIRST_FRAME, &[], vec![PatchOp::Move { from, path }]);
    }

    fn keep_allowed(&mut self, field: Field) {
        match self.hit.cause {
            Cause::TooManyImages { limit, frames, .. } => {
                self.keep_or_remove(field, limit.saturating_sub(frames.unwrap_or(0)));
            }
            Cause::TooMany { limit, .. } => self.keep_or_remove(field, limit),
            _ => {}
        }
    }

    /// Keeps the first items of a list that are not empty, as many as are allowed, or removes the list if none is.
    fn keep_or_remove(&mut self, field: Field, allowed: usize) {
        let fields = self.ask.fields;
        let items = fields.list(field);
        let kept: Vec<usize> = filled(items).take(allowed).collect();
        if kept.is_empty() {
            return self.remove(field);
        }
        let dropped = (0..items.len()).rev().filter(|index| kept.binary_search(index).is_err());
        let remove = |index| PatchOp::Remove { path: Place::item(field, index).pointer(fields) };
        let patch = dropped.map(remove).collect();
        let label = match kept.len() {
            all if all == filled(items).count() => REMOVE_EMPTY,
            1 => KEEP_FIRST,
            _ => KEEP,
        };
        let values = [("what", title(field, self.lang)), ("count", kept.len().to_string())];
        self.offer(label, &values, patch);
    }

    fn partner(&mut self) {
        if let Some(partner) = self.ask.row.and_then(|(_, model)| model.partner) {
            self.put(Field::Model, partner);
        }
    }

    /// Keeps the first videos or audios that together are within the limit, or removes all of them.
    fn shorten(&mut self, field: Field) {
        let (ask, rule) = (self.ask, self.hit.rule);
        let mut left = match self.hit.cause {
            Cause::Together { limit, .. } => u64::from(limit) * Length::SECOND,
            Cause::VideosTooLarge { limit, .. } => limit,
            _ => return,
        };
        let size_of = |index| {
            let facts = ask.facts.of(field, index);
            let size = facts.and_then(|it| match rule {
                RuleId::VideosTooLarge => it.bytes,
                _ => it.known_length().map(Length::min),
            });
            size.unwrap_or(0)
        };
        let fits = |index: &usize| {
            let still = left.checked_sub(size_of(*index));
            left = still.unwrap_or(left);
            still.is_some()
        };
        let kept = filled(ask.fields.list(field)).take_while(fits).count();
        self.keep_or_remove(field, kept);
        self.remove(field);
    }

    /// Renames an alias to the field that every route takes, or removes the field.
    fn rename_or_remove(&mut self, field: Field) {
        let fields = self.ask.fields;
        if let Some(to) = field.alias_of()
            && !fields.has(to)
            && fields.wrong(to).is_none()
        {
            let values = [("name", field.name().into()), ("to", to.name().into())];
            let (from, path) = (path_of(field), path_of(to));
            self.offer(RENAME, &values, vec![PatchOp::Move { from, path }]);
        }
        self.remove(field);
    }

    fn move_to_images(&mut self) {
        let (fields, place) = (self.ask.fields, self.hit.place);
        let (from, to) = (place.pointer(fields), Field::Images);
        let patch = if fields.has(to) {
            vec![PatchOp::Move { from, path: path_of(to) + "/-" }]
        } else {
            let url = place.text(self.ask.fields).unwrap_or_default();
            let list = Param::List(vec![url.into()]);
            vec![PatchOp::Remove { path: from }, self.put_op(to, list)]
        };
        self.offer(MOVE, &[("where", title(to, self.lang))], patch);
        self.remove_item();
    }

    /// Replaces the URL by what was probably meant.
    fn meant_url(&mut self) {
        let place = self.hit.place;
        let url = place.text(self.ask.fields).and_then(link::meant);
        if let (Some(url), Some(field)) = (url, place.field()) {
            let values = [("what", title(field, self.lang)), ("value", echo(&url))];
            let label = if place.index().is_some() { CHANGE } else { SET };
            let path = place.pointer(self.ask.fields);
            let patch = vec![PatchOp::Replace { path, value: Param::Text(url) }];
            self.offer(label, &values, patch);
        }
    }

    /// Removes an item of a list, a list with one item, or one or both frames.
    fn remove_place(&mut self) {
        match self.hit.place.field() {
            Some(field @ (Field::FirstImage | Field::LastImage)) => self.either(field),
            Some(field) if self.ask.fields.list(field).len() == 1 => self.remove(field),
            _ => self.remove_item(),
        }
    }

    fn remove_item(&mut self) {
        let place = self.hit.place;
        if let (Some(field), Some(index)) = (place.field(), place.index()) {
            // People count from one.
            let index = (index + 1).to_string();
            let values = [("index", index), ("what", title(field, self.lang))];
            let path = place.pointer(self.ask.fields);
            self.offer(REMOVE_ITEM, &values, vec![PatchOp::Remove { path }]);
        }
    }

    fn remove(&mut self, field: Field) {
        let patch = vec![PatchOp::Remove { path: path_of(field) }];
        // A field and its alias have the same title, and that of a setting sounds like a part of the video: then by name.
        let is_setting =
            matches!(field, Field::FaceProcessing | Field::GenerateAudio | Field::ReferenceMode);
        if is_setting || matches!(self.hit.rule, RuleId::AliasOverridden | RuleId::FieldNotForModel)
        {
            let values = [("name", field.name().into())];
            return self.offer(REMOVE_UNKNOWN, &values, patch);
        }
        let values = [("what", title(field, self.lang))];
        self.offer(REMOVE, &values, patch);
    }

    fn put(&mut self, field: Field, text: &str) {
        let values = [("what", title(field, self.lang)), ("value", echo(text))];
        let patch = vec![self.put_op(field, Param::Text(text.into()))];
        self.offer(SET, &values, patch);
    }

    fn put_duration(&mut self, seconds: u32) {
        let patch = vec![self.put_op(Field::Duration, Param::Number(seconds.into()))];
        self.offer(SET_DURATION, &[("count", seconds.to_string())], patch);
    }

    fn put_op(&self, field: Field, value: Param) -> PatchOp {
        let path = path_of(field);
        if self.ask.fields.is_named(field) {
            PatchOp::Replace { path, value }
        } else {
            PatchOp::Add { path, value }
        }
    }
}

/// The indexes of the items that are not empty.
fn filled<'i>(items: &'i [Item<'_>]) -> impl Iterator<Item = usize> + use<'i> {
    let items = items.iter().enumerate();
    items.filter(|(_, item)| !matches!(item, Item::Blank)).map(|(index, _)| index)
}

fn path_of(field: Field) -> String {
    pointer::member(field.name())
}

/// The seconds that a value which is no whole number probably means.
fn seconds_in(wrong: &Wrong<'_>) -> Option<f64> {
    match wrong {
        Wrong::Number(seconds) => Some(*seconds),
        Wrong::Text(text) => number_in(text),
        Wrong::Other(_) => None,
    }
}

/// The seconds that a text says, with or without the unit; full-width digits count as digits.
fn number_in(text: &str) -> Option<f64> {
    const UNITS: [&str; 7] = ["", "s", "sec", "secs", "second", "seconds", "秒"];
    let plain: String = text.trim().chars().map(link::narrow).collect();
    let number = plain.trim_end_matches(|it: char| !it.is_ascii_digit());
    let unit = plain.strip_prefix(number)?.trim().trim_end_matches('.').to_ascii_lowercase();
    serde_json::from_str(number).ok().filter(|_| UNITS.contains(&unit.as_str()))
}

/// Whether a text is a list of URLs, which would become one URL.
fn are_several_urls(text: &str) -> bool {
    let parts = text.split([' ', '\n', '\t', ',', ';', '|', '，', '；', '、']);
    parts.filter(|part| part.contains("://")).count() > 1
}

const REMOVE: Text = Text::new("remove the {what}", "移除{what}");
const REMOVE_ITEM: Text = Text::new("remove item {index} of the {what}", "移除{what}第 {index} 项");
const REMOVE_UNKNOWN: Text = Text::new("remove `{name}`", "移除 `{name}`");
const REMOVE_FRAMES: Text = Text::new("remove both frames", "移除首帧和尾帧");
const KEEP: Text =
    Text::new("keep the first {count} items of the {what}", "{what}只保留前 {count} 项");
const REMOVE_EMPTY: Text = Text::new("remove the empty items of the {what}", "移除{what}中的空项");
const KEEP_FIRST: Text = Text::new("keep only the first item of the {what}", "{what}只保留第一项");
const USE_AS_FIRST_FRAME: Text = Text::new("use it as the first frame", "改为首帧");
const MOVE: Text = Text::new("move it to the {where}", "移到{where}");
const RENAME: Text = Text::new("rename `{name}` to `{to}`", "把 `{name}` 改名为 `{to}`");
const SET: Text = Text::new("set the {what} to `{value}`", "把{what}设为 `{value}`");
const SET_DURATION: Text = Text::new("set the duration to {count} s", "把视频时长设为 {count} 秒");
const RENAME_TO_DURATION: Text = Text::new(
    "rename `{name}` to `duration` and set it to {count} s",
    "把 `{name}` 改名为 `duration`，并设为 {count} 秒",
);
const SET_MODEL_AND_RESOLUTION: Text = Text::new(
    "set the model to `{value}` and the resolution to `{other}`",
    "把模型设为 `{value}`，分辨率设为 `{other}`",
);
const CHANGE: Text = Text::new("change it to `{value}`", "改为 `{value}`");
const CUT_PROMPT: Text =
    Text::new("shorten the prompt to {count} characters", "把提示词截断为前 {count} 个字符");
const PUT_INTO_LIST: Text = Text::new("put the URL into a list", "把该链接放进数组");
