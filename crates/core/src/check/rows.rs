//! Which rule is which function. The rules themselves, with their messages and sources, stand in `table/rules.rs`; a new rule is
//! a row there, a row here and a function of its name.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use super::urls::Link;
use super::{lists, media, shape, urls, values};
use crate::body::{Given, Item, Slot};
use crate::facts::VideoFacts;
use crate::table::{ALIASES, Field, RuleId};

/// A rule on the fields together.
pub(super) type BodyRule = for<'a> fn(&Ask<'a>, &mut Hits<'a>);
/// A rule on one URL.
pub(super) type UrlRule = for<'a> fn(&Ask<'a>, &Link<'a>, &mut Hits<'a>);
/// A rule on one reference video of which something is known.
pub(super) type VideoRule = for<'a> fn(&Ask<'a>, Place, &VideoFacts, &mut Hits<'a>);

/// Rules on the fields together, each with what it looks at: it runs only where some of that is there.
pub(super) static BODY: &[(RuleId, u32, BodyRule)] = &[
    (RuleId::DuplicateField, REPEATED, shape::duplicate_field),
    (RuleId::UnknownField, UNKNOWN, shape::unknown_field),
    (RuleId::MissingField, MISSING, shape::missing_field),
    (RuleId::WrongType, ODD | UNKNOWN, shape::wrong_type),
    (RuleId::EmptyField, ODD, shape::empty_field),
    (RuleId::EmptyItem, ODD, shape::empty_item),
    (RuleId::UnknownModel, MODEL, values::unknown_model),
    (RuleId::EmptyPrompt, PROMPT, values::empty_prompt),
    (RuleId::PromptTooLong, PROMPT, values::prompt_too_long),
    (
        RuleId::DurationOutOfRange,
        DURATION,
        values::duration_out_of_range,
    ),
    (
        RuleId::DurationContested,
        DURATION,
        values::duration_contested,
    ),
    (
        RuleId::ResolutionNotOffered,
        RESOLUTION,
        values::resolution_not_offered,
    ),
    (
        RuleId::ResolutionIgnored,
        RESOLUTION,
        values::resolution_ignored,
    ),
    (
        RuleId::OrientationNotOffered,
        ORIENTATION,
        values::orientation_not_offered,
    ),
    (
        RuleId::OrientationOverridden,
        ORIENTATION,
        values::orientation_overridden,
    ),
    (RuleId::RatioNotOffered, RATIO, values::ratio_not_offered),
    (RuleId::RatioUnlisted, RATIO, values::ratio_unlisted),
    (RuleId::RatioMalformed, RATIO, values::ratio_malformed),
    (RuleId::ImagesWithFrames, IMAGES, lists::images_with_frames),
    (RuleId::TooManyImages, IMAGES, lists::too_many_images),
    (
        RuleId::FramePairIncomplete,
        FRAMES,
        lists::frame_pair_incomplete,
    ),
    (RuleId::LastFrameAlone, FRAMES, lists::last_frame_alone),
    (RuleId::ImageExpected, MODEL, lists::image_expected),
    (
        RuleId::VideosNotSupported,
        VIDEOS,
        lists::videos_not_supported,
    ),
    (RuleId::TooManyVideos, VIDEOS, lists::too_many_videos),
    (RuleId::VideoExpected, MODEL, lists::video_expected),
    (
        RuleId::AudiosNotSupported,
        AUDIOS,
        lists::audios_not_supported,
    ),
    (RuleId::TooManyAudios, AUDIOS, lists::too_many_audios),
    (RuleId::AudioUnpaired, AUDIOS, lists::audio_unpaired),
    (RuleId::AudioWithFrames, AUDIOS, lists::audio_with_frames),
    (
        RuleId::AudioWithFramesContested,
        AUDIOS,
        lists::audio_with_frames_contested,
    ),
    (RuleId::VideosTooLong, FACTS, media::videos_too_long),
    (RuleId::VideosTooShort, FACTS, media::videos_too_short),
    (RuleId::VideosTooLarge, FACTS, media::videos_too_large),
];

/// The same, for rules that only later editions than the first have.
pub(super) static LATER: &[(RuleId, u32, BodyRule)] = &[
    (RuleId::WrongEndpoint, MODEL, values::wrong_endpoint),
    (RuleId::ModelDelisted, MODEL, values::model_delisted),
    (
        RuleId::DurationNotOffered,
        DURATION,
        values::duration_not_offered,
    ),
    (
        RuleId::ResolutionContested,
        RESOLUTION,
        values::resolution_contested,
    ),
    (
        RuleId::RatioNeedsReferences,
        RATIO,
        values::ratio_needs_references,
    ),
    (
        RuleId::FramesNotSupported,
        FRAMES,
        lists::frames_not_supported,
    ),
    (
        RuleId::LastFrameNeedsFirst,
        FRAMES,
        lists::last_frame_needs_first,
    ),
    (RuleId::VideosWithFrames, FRAMES, lists::videos_with_frames),
    (RuleId::VideosContested, VIDEOS, lists::videos_contested),
    (RuleId::VideoRequired, MODEL, lists::video_required),
    (RuleId::AudiosTooLong, FACTS, media::audios_too_long),
    (
        RuleId::ReferenceModeNotOffered,
        REFERENCE_MODE,
        values::reference_mode_not_offered,
    ),
    (
        RuleId::FieldNotForModel,
        LATER_FIELDS,
        shape::field_not_for_model,
    ),
    (
        RuleId::AliasOverridden,
        LATER_FIELDS,
        shape::alias_overridden,
    ),
];

/// Rules on each URL.
pub(super) static URL: &[(RuleId, UrlRule)] = &[
    (RuleId::SchemeNotAccepted, urls::scheme_not_accepted),
    (RuleId::SchemeContested, urls::scheme_contested),
    (RuleId::UrlMalformed, urls::url_malformed),
    (RuleId::HostNotPublic, urls::host_not_public),
    (RuleId::UrlSuspect, urls::url_suspect),
    (RuleId::GifNotAccepted, urls::gif_not_accepted),
    (RuleId::ImageInVideos, urls::image_in_videos),
];

/// Rules on each reference video of which something is known.
pub(super) static VIDEO: &[(RuleId, VideoRule)] = &[
    (RuleId::VideoSizeOutOfRange, media::video_size_out_of_range),
    (RuleId::VideoSizeContested, media::video_size_contested),
    (RuleId::FrameRateOutOfRange, media::frame_rate_out_of_range),
    (RuleId::FrameRateContested, media::frame_rate_contested),
];

const MODEL: u32 = Field::Model.bit();
const PROMPT: u32 = Field::Prompt.bit();
const DURATION: u32 = Field::Duration.bit();
const RESOLUTION: u32 = Field::Resolution.bit();
const ORIENTATION: u32 = Field::Orientation.bit();
const RATIO: u32 = Field::Ratio.bit();
const IMAGES: u32 = Field::Images.bit();
const FRAMES: u32 = Field::FirstImage.bit() | Field::LastImage.bit();
const VIDEOS: u32 = Field::ReferenceVideos.bit();
const AUDIOS: u32 = Field::ReferenceAudios.bit();
const REFERENCE_MODE: u32 = Field::ReferenceMode.bit();
const LATER_FIELDS: u32 = Field::AspectRatio.bit()
    | Field::ReferenceImages.bit()
    | Field::Videos.bit()
    | Field::Audios.bit()
    | Field::FaceProcessing.bit()
    | Field::GenerateAudio.bit()
    | REFERENCE_MODE;
/// A known field, or an item of its list, that is blank or of the wrong type.
const ODD: u32 = 1 << 31;
/// A required field that does not count.
const MISSING: u32 = 1 << 30;
const REPEATED: u32 = 1 << 29;
const UNKNOWN: u32 = 1 << 28;
/// Media facts.
const FACTS: u32 = 1 << 27;

/// What there is for rules to look at: the fields that hold a value that counts, and the marks above.
pub(super) fn there(ask: &Ask<'_>) -> u32 {
    let mut there = 0;
    for info in ask.edition.fields() {
        let (has, is_odd) = match ask.fields.slot(info.field) {
            Slot::Text(given) => state(given),
            Slot::Whole(given) => state(given),
            Slot::List(Given::Value(items)) => {
                (true, !items.iter().all(|item| matches!(item, Item::Url(_))))
            }
            Slot::List(given) => state(given),
            Slot::Flag(given) => state(given),
        };
        if has {
            there |= info.field.bit();
        }
        if is_odd {
            there |= ODD;
        }
        if info.required && !has {
            there |= MISSING;
        }
    }
    // Under its other name a field is there, too.
    for (field, alias) in ALIASES {
        if ask.aliases & alias.bit() != 0 {
            there |= field.bit();
        }
    }
    let marks = [
        (ask.fields.repeated != 0, REPEATED),
        (!ask.fields.others.is_empty(), UNKNOWN | REPEATED),
        (!ask.facts.is_empty(), FACTS),
    ];
    marks
        .iter()
        .filter(|(is_there, _)| *is_there)
        .fold(there, |there, (_, mark)| there | mark)
}

/// Whether a slot holds a value, and whether something else stands there.
const fn state<T>(given: &Given<'_, T>) -> (bool, bool) {
    match given {
        Given::Absent => (false, false),
        Given::Blank | Given::Wrong(_) => (false, true),
        Given::Value(_) => (true, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_function() {
        // These two are about what is no object and has no fields.
        let mut with_functions = alloc::vec![RuleId::InvalidJson, RuleId::BodyNotObject];
        with_functions.extend(BODY.iter().chain(LATER).map(|(rule, ..)| *rule));
        with_functions.extend(URL.iter().map(|(rule, _)| *rule));
        with_functions.extend(VIDEO.iter().map(|(rule, _)| *rule));
        with_functions.sort_unstable();
        assert_eq!(with_functions, RuleId::ALL);
    }
}
