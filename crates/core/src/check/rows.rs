//! Maps each rule to the function that checks it. The rules themselves, with their messages and sources, are in `table/rules.rs`;
//! a new rule needs a row there, a row here and a function with its name.

use super::ask::Ask;
use super::hits::Hits;
use super::media::Video;
use super::urls::Link;
use super::{lists, media, shape, urls, values};
use crate::table::{ALIASES, Field, FieldInfo, RuleId};

/// The function of a rule on the body as a whole.
pub(super) type BodyRule = for<'a> fn(&Ask<'a>, &mut Hits<'a>);
/// The function of a rule on one URL.
pub(super) type UrlRule = for<'a> fn(&Ask<'a>, &Link<'a>, &mut Hits<'a>);
/// The function of a rule on one reference video that has media facts.
pub(super) type VideoRule = for<'a> fn(&Ask<'a>, &Video<'_>, &mut Hits<'a>);

/// A rule on the body, what it looks at, and its function. The rule runs only if something that it looks at is there.
pub(super) type Body = (RuleId, u32, BodyRule);

/// A list of rows: rule, what it looks at, function; or just rule and function.
macro_rules! rows {
    ($($rule:ident: $looks_at:expr => $check:path;)*) => {
        &[$((RuleId::$rule, $looks_at, $check)),*]
    };
    ($($rule:ident => $check:path;)*) => {
        &[$((RuleId::$rule, $check)),*]
    };
}

/// Rules on the body as a whole.
pub(super) const BODY: &[Body] = rows! {
    DuplicateField: REPEATED => shape::duplicate_field;
    UnknownField: UNKNOWN => shape::unknown_field;
    MissingField: MISSING => shape::missing_field;
    WrongType: ODD | UNKNOWN => shape::wrong_type;
    EmptyField: ODD => shape::empty_field;
    EmptyItem: ODD => shape::empty_item;
    UnknownModel: MODEL => values::unknown_model;
    EmptyPrompt: PROMPT => values::empty_prompt;
    PromptTooLong: PROMPT => values::prompt_too_long;
    DurationOutOfRange: DURATION => values::duration_out_of_range;
    DurationContested: DURATION => values::duration_contested;
    ResolutionNotOffered: RESOLUTION => values::resolution_not_offered;
    ResolutionIgnored: RESOLUTION => values::resolution_ignored;
    OrientationNotOffered: ORIENTATION => values::orientation_not_offered;
    OrientationOverridden: ORIENTATION => values::orientation_overridden;
    RatioNotOffered: RATIO => values::ratio_not_offered;
    RatioUnlisted: RATIO => values::ratio_unlisted;
    RatioMalformed: RATIO => values::ratio_malformed;
    ImagesWithFrames: IMAGES => lists::images_with_frames;
    TooManyImages: IMAGES => lists::too_many_images;
    FramePairIncomplete: FRAMES => lists::frame_pair_incomplete;
    LastFrameAlone: FRAMES => lists::last_frame_alone;
    ImageExpected: MODEL => lists::image_expected;
    VideosNotSupported: VIDEOS => lists::videos_not_supported;
    TooManyVideos: VIDEOS => lists::too_many_videos;
    VideoExpected: MODEL => lists::video_expected;
    AudiosNotSupported: AUDIOS => lists::audios_not_supported;
    TooManyAudios: AUDIOS => lists::too_many_audios;
    AudioUnpaired: AUDIOS => lists::audio_unpaired;
    AudioWithFrames: AUDIOS => lists::audio_with_frames;
    AudioWithFramesContested: AUDIOS => lists::audio_with_frames_contested;
    VideosTooLong: FACTS => media::videos_too_long;
    VideosTooShort: FACTS => media::videos_too_short;
    VideosTooLarge: FACTS => media::videos_too_large;
};

/// Rules on the body as a whole that the first edition does not have.
pub(super) const LATER: &[Body] = rows! {
    WrongEndpoint: MODEL => values::wrong_endpoint;
    ModelDelisted: MODEL => values::model_delisted;
    DurationNotOffered: DURATION => values::duration_not_offered;
    ResolutionContested: RESOLUTION => values::resolution_contested;
    RatioNeedsReferences: RATIO => values::ratio_needs_references;
    FramesNotSupported: FRAMES => lists::frames_not_supported;
    LastFrameNeedsFirst: FRAMES => lists::last_frame_needs_first;
    VideosWithFrames: FRAMES => lists::videos_with_frames;
    VideosContested: VIDEOS => lists::videos_contested;
    VideoRequired: MODEL => lists::video_required;
    AudiosTooLong: FACTS => media::audios_too_long;
    ReferenceModeNotOffered: REFERENCE_MODE => values::reference_mode_not_offered;
    FieldNotForModel: LATER_FIELDS => shape::field_not_for_model;
    AliasOverridden: LATER_FIELDS => shape::alias_overridden;
};

/// Rules on each URL.
pub(super) static URL: &[(RuleId, UrlRule)] = rows! {
    SchemeNotAccepted => urls::scheme_not_accepted;
    SchemeContested => urls::scheme_contested;
    UrlMalformed => urls::url_malformed;
    HostNotPublic => urls::host_not_public;
    UrlSuspect => urls::url_suspect;
    GifNotAccepted => urls::gif_not_accepted;
    ImageInVideos => urls::image_in_videos;
};

/// Rules on each reference video that has media facts.
pub(super) static VIDEO: &[(RuleId, VideoRule)] = rows! {
    VideoSizeOutOfRange => media::video_size_out_of_range;
    VideoSizeContested => media::video_size_contested;
    FrameRateOutOfRange => media::frame_rate_out_of_range;
    FrameRateContested => media::frame_rate_contested;
};

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
/// A required field without a value that counts.
const MISSING: u32 = 1 << 30;
const REPEATED: u32 = 1 << 29;
const UNKNOWN: u32 = 1 << 28;
/// There are media facts.
const FACTS: u32 = 1 << 27;

/// What the request has for rules to look at: the fields with a value that counts, and the marks above.
pub(super) fn there(ask: &Ask<'_>) -> u32 {
    let (mut there, is_odd) = ask.fields.there();
    let is_missing = |info: &FieldInfo| info.required && there & info.field.bit() == 0;
    let lacks_one = ask.edition.fields().iter().any(is_missing);
    for (field, _) in ALIASES.into_iter().filter(|(_, alias)| ask.aliases & alias.bit() != 0) {
        // An alias that counts stands in for its field.
        there |= field.bit();
    }
    let marks = [
        (is_odd, ODD),
        (lacks_one, MISSING),
        (ask.fields.repeated != 0, REPEATED),
        (!ask.fields.others.is_empty(), UNKNOWN | REPEATED),
        (!ask.facts.is_empty(), FACTS),
    ];
    marks.iter().filter(|(is_there, _)| *is_there).fold(there, |there, (_, mark)| there | mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_function() {
        // These two are about bodies that are not objects; they need no function.
        let mut with_functions = alloc::vec![RuleId::InvalidJson, RuleId::BodyNotObject];
        with_functions.extend(BODY.iter().chain(LATER).map(|(rule, ..)| *rule));
        with_functions.extend(URL.iter().map(|(rule, _)| *rule));
        with_functions.extend(VIDEO.iter().map(|(rule, _)| *rule));
        with_functions.sort_unstable();
        assert_eq!(with_functions, RuleId::ALL);
    }
}
