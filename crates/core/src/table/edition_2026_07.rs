//! The rows of edition `2026-07`: one per route, each cell with the sources that state it. Edition `2026-09` takes over what its
//! own documents still say, so look there, too, before you change a row.

use super::cells::{
    ASSET_ONLY, AUDIOS, HTTPS_ONLY, HTTPS_OR_ASSET, IMAGE_FILES, IMAGES, LISTED, NO_AUDIOS,
    NO_EXTRAS, PAIRED_AUDIOS, UP_TO_1080P, VIDEOS, closed, models, open, seconds,
};
use super::{
    Alone, Audios, Basis, Cell, Conflict, Duration, Frames, Images, Model, Prompt, Resolution,
    Route, RouteId, Scheme, Schemes, Source, Text, Unit, VideoLimits, Videos,
};
use Conflict::*;
use Source::*;

const FULL_PAGES: &[Source] = &[SeedOpenapi, PageFull];
const SP_PAGES: &[Source] = &[SeedOpenapi, PageSp];
const MINI_SP_PAGES: &[Source] = &[SeedOpenapi, PageMiniSp];
const MD_PAGES: &[Source] = &[SeedOpenapi, PageMd];
const FAST_I2V_PAGES: &[Source] = &[SeedOpenapi, PageFastI2v];
const STD_PAGES: &[Source] = &[SeedOpenapi, PageStd];

/// The range for `duration` where the route is unknown: from the shortest to the longest that any route allows.
pub(super) static WIDEST_DURATION: Cell<Duration> =
    Cell::of(seconds(1, 15), &[SeedOpenapi, SeedTable]);

/// All routes, in the order in which they are always listed.
pub(super) static ROUTES: [Route; 8] = [FULL, SP, SP_OFFICIAL, MINI, MINI_SP, MD, FAST_I2V, STD];

pub(super) const FULL: Route = Route {
    id: RouteId::Full,
    title: Text::new("Full (Manxue)", "满血版"),
    listed: LISTED,
    models: models! {
        "sd2_mx_720p", "Full 720p" | "满血版 720p", delivers("720p"), partner("sd2_mx_video_720p");
        "sd2_mx_1080p", "Full 1080p" | "满血版 1080p", delivers("1080p"), partner("sd2_mx_video_1080p");
        "sd2_mx_2k", "Full 2K" | "满血版 2K", delivers("2k"), partner("sd2_mx_video_2k");
        "sd2_mx_4k", "Full 4K" | "满血版 4K", delivers("4k"), partner("sd2_mx_video_4k");
        "sd2_mx_fast_720p", "Fast 720p" | "快速版 720p", delivers("720p"), partner("sd2_mx_video_fast_720p");
        "sd2_mx_fast_1080p", "Fast 1080p" | "快速版 1080p", delivers("1080p"), partner("sd2_mx_video_fast_1080p");
        "sd2_mx_video_720p", "Video reference 720p" | "视频参考 720p",
            delivers("720p"), for_videos(), partner("sd2_mx_720p");
        "sd2_mx_video_1080p", "Video reference 1080p" | "视频参考 1080p",
            delivers("1080p"), for_videos(), partner("sd2_mx_1080p");
        "sd2_mx_video_2k", "Video reference 2K" | "视频参考 2K", delivers("2k"), for_videos(), partner("sd2_mx_2k");
        "sd2_mx_video_4k", "Video reference 4K" | "视频参考 4K", delivers("4k"), for_videos(), partner("sd2_mx_4k");
        "sd2_mx_video_fast_720p", "Video reference Fast 720p" | "视频参考快速版 720p",
            delivers("720p"), for_videos(), partner("sd2_mx_fast_720p");
        "sd2_mx_video_fast_1080p", "Video reference Fast 1080p" | "视频参考快速版 1080p",
            delivers("1080p"), for_videos(), partner("sd2_mx_fast_1080p");
    },
    unit: Cell::of(Unit::Second, FULL_PAGES).but(&[C21]),
    basis: Cell::of(Basis::Documented, &[PageFull]),
    duration: Cell::of(seconds(4, 12), FULL_PAGES).but(&[C2]),
    resolution: Cell::of(Resolution::FIXED, &[PageFull]),
    ratio: Cell::of(open(&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "Adaptive"]), FULL_PAGES),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(IMAGES, FULL_PAGES),
    frames: Cell::of(Frames { alone: Alone::LastUnstated }, &[SeedOpenapi, Inferred]),
    videos: Cell::of(VIDEOS, FULL_PAGES),
    audios: Cell::of(AUDIOS, FULL_PAGES).contested_with_frames(&[SeedOpenapi]).but(&[C10, C11]),
    media_schemes: Cell::of(ASSET_ONLY, FULL_PAGES).but(&[C25]),
    image_schemes: None,
    audio_schemes: Cell::of(ASSET_ONLY, FULL_PAGES).but(&[C25]),
    extras: NO_EXTRAS,
};

pub(super) const SP_MODEL: Model = Model::of("seedance2.0-sp", "SP economy", "SP 经济版")
    .takes_videos()
    .billed_as("seedance2.0-sp-{resolution}");
pub(super) const FAST_SP_MODEL: Model =
    Model::of("seedance2.0-fast-sp", "SP economy fast", "SP 经济快速版")
        .takes_videos()
        .billed_as("seedance2.0-fast-sp-{resolution}");
const HTTPS_MAYBE_ASSET: Schemes = Schemes { contested: &[Scheme::Asset], ..HTTPS_ONLY };
pub(super) const SP: Route = Route {
    id: RouteId::Sp,
    title: Text::new("SP economy", "SP 经济版"),
    listed: LISTED,
    models: &[SP_MODEL, FAST_SP_MODEL],
    unit: Cell::of(Unit::Second, SP_PAGES),
    basis: Cell::of(Basis::Inferred, &[Inferred]).but(&[C22]),
    duration: Cell::of(seconds(4, 15), SP_PAGES),
    resolution: Cell::of(UP_TO_1080P, SP_PAGES).but(&[C7, C8]),
    ratio: Cell::of(open(&["16:9", "9:16", "1:1"]), &[PageSp]),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(IMAGES, SP_PAGES),
    frames: Cell::of(Frames { alone: Alone::LastUnstated }, &[Inferred]),
    videos: Cell::of(VIDEOS, SP_PAGES).but(&[C13]),
    audios: Cell::of(PAIRED_AUDIOS, &[PageSp]).contested_with_frames(SP_PAGES).but(&[C10, C11]),
    media_schemes: Cell::of(HTTPS_MAYBE_ASSET, SP_PAGES).but(&[C9]),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_OR_ASSET, SP_PAGES),
    extras: NO_EXTRAS,
};

pub(super) const SP_OFFICIAL: Route = Route {
    id: RouteId::SpOfficial,
    title: Text::new("SP official", "SP 官方版"),
    models: models! {
        "seedance2.0-of-sp", "SP official" | "SP 官方版", takes_videos(), billed_as("seedance2.0-of-sp-{resolution}");
        "seedance2.0-of-fast-sp", "SP official fast" | "SP 官方快速版",
            takes_videos(), billed_as("seedance2.0-of-fast-sp-{resolution}");
    },
    duration: Cell::of(seconds(4, 15), &[PageSp]),
    resolution: Cell::of(UP_TO_1080P, SP_PAGES).but(&[C8]),
    videos: Cell::of(VIDEOS, &[PageSp]),
    ..SP
};

pub(super) const MINI_MODEL: Model = Model::of("seedance2.0-mini", "Mini standard", "Mini 标准版")
    .billed_as("seedance2.0-mini-{resolution}")
    .partner("seedance2.0-mini-video");
pub(super) const MINI_VIDEO_MODEL: Model =
    Model::of("seedance2.0-mini-video", "Mini video reference", "Mini 视频参考")
        .for_videos()
        .billed_as("seedance2.0-mini-{resolution}-video")
        .bills_first_video()
        .partner("seedance2.0-mini");
pub(super) const MINI: Route = Route {
    id: RouteId::Mini,
    title: Text::new("Mini", "Mini 版"),
    listed: LISTED,
    models: &[MINI_MODEL, MINI_VIDEO_MODEL],
    unit: Cell::of(Unit::Second, &[SeedTable, SeedOpenapi]),
    basis: Cell::of(Basis::Documented, &[SeedTable]).but(&[C18]),
    duration: Cell::of(seconds(4, 15), &[SeedTable]),
    resolution: Cell::of(UP_TO_1080P, &[SeedTable]).but(&[C8]),
    ratio: Cell::of(open(&["16:9", "9:16", "1:1"]), &[SeedTable]),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(IMAGES, &[SeedTable, SeedOpenapi]),
    frames: Cell::of(Frames { alone: Alone::LastUnstated }, &[SeedTable, Inferred]),
    videos: Cell::of(VIDEOS, &[SeedTable]).but(&[C12]),
    audios: Cell::of(PAIRED_AUDIOS, &[SeedTable])
        .contested_with_frames(&[SeedTable, SeedOpenapi])
        .but(&[C10, C11]),
    media_schemes: Cell::of(HTTPS_ONLY, &[SeedTable]).but(&[C20]),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, &[SeedTable]).but(&[C20]),
    extras: NO_EXTRAS,
};

pub(super) const MINI_SP: Route = Route {
    id: RouteId::MiniSp,
    title: Text::new("Mini special", "Mini 特价版"),
    listed: LISTED,
    models: models! {
        "seedance2.0-mini-sp", "Mini special" | "Mini 特价版", takes_videos(), billed_as("seedance2.0-mini-sp-{resolution}");
    },
    unit: Cell::of(Unit::Task, MINI_SP_PAGES).but(&[C5]),
    basis: Cell::of(Basis::Documented, &[PageMiniSp]),
    duration: Cell::of(seconds(4, 15), &[PageMiniSp]),
    resolution: Cell::of(Resolution { offered: &["480p", "720p"], ..UP_TO_1080P }, MINI_SP_PAGES)
        .but(&[C8]),
    ratio: Cell::of(open(&["16:9", "9:16", "1:1"]), &[PageMiniSp]),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(IMAGES, MINI_SP_PAGES),
    frames: Cell::of(Frames { alone: Alone::LastUnstated }, &[Inferred]),
    videos: Cell::of(VIDEOS, &[PageMiniSp]),
    audios: Cell::of(PAIRED_AUDIOS, &[PageMiniSp])
        .contested_with_frames(MINI_SP_PAGES)
        .but(&[C10, C11, C27]),
    media_schemes: Cell::of(HTTPS_ONLY, &[Inferred]),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, &[Inferred]),
    extras: NO_EXTRAS,
};

pub(super) const MD_MODEL: Model =
    Model::of("seedance2.0-md", "MD standard", "MD 标准版").delivers("720p").takes_videos();
pub(super) const FAST_MD_MODEL: Model =
    Model::of("seedance2.0-fast-md", "MD fast", "MD 快速版").delivers("720p").takes_videos();
pub(super) const MD_VIDEO_LIMITS: VideoLimits = VideoLimits {
    min_seconds: Some(4),
    max_seconds: 15,
    // The vendor writes MB; the lenient reading is MiB.
    max_bytes: 200 * 1024 * 1024,
    min_side: 720,
    max_side: 2160,
    min_frame_rate: 24,
    contested_frame_rate: 23.97,
    max_frame_rate: 60,
};
pub(super) const MD: Route = Route {
    id: RouteId::Md,
    title: Text::new("MD", "MD"),
    listed: LISTED,
    models: &[MD_MODEL, FAST_MD_MODEL],
    unit: Cell::of(Unit::Task, MD_PAGES),
    basis: Cell::of(Basis::Inferred, &[Inferred]),
    duration: Cell::of(Duration { undisputed_from: Some(4), ..seconds(1, 15) }, MD_PAGES)
        .but(&[C1]),
    resolution: Cell::of(Resolution::FIXED, MD_PAGES),
    ratio: Cell::of(closed(&["16:9", "9:16", "1:1"]), MD_PAGES),
    prompt: Cell::of(Prompt { max: Some(5000) }, MD_PAGES),
    images: Cell::of(Images { max: Some(4), refused_files: &["gif"], ..IMAGES }, MD_PAGES),
    frames: Cell::of(Frames { alone: Alone::Refused }, MD_PAGES),
    videos: Cell::of(Videos { max: Some(3), limits: Some(MD_VIDEO_LIMITS), ..VIDEOS }, MD_PAGES)
        .but(&[C6]),
    audios: Cell::of(NO_AUDIOS, MD_PAGES).but(&[C15]),
    media_schemes: Cell::of(HTTPS_ONLY, MD_PAGES),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, &[PageMd]),
    extras: NO_EXTRAS,
};

pub(super) const FAST_I2V: Route = Route {
    id: RouteId::FastI2v,
    title: Text::new("Fast I2V", "Fast I2V"),
    listed: LISTED,
    models: &[Model::of("seedance2.0-fast-i2v", "Fast I2V", "Fast I2V").delivers("720p")],
    unit: Cell::of(Unit::Task, FAST_I2V_PAGES),
    basis: Cell::of(Basis::Documented, &[PageFastI2v]),
    duration: Cell::of(seconds(1, 15), &[PageFastI2v]),
    resolution: Cell::of(Resolution::FIXED, FAST_I2V_PAGES),
    ratio: Cell::of(closed(&["16:9", "9:16", "1:1"]), &[PageFastI2v]),
    prompt: Cell::of(Prompt { max: Some(5000) }, &[PageFastI2v]),
    images: Cell::of(
        Images { max: Some(9), counts_frames: true, expected: true, ..IMAGES },
        FAST_I2V_PAGES,
    )
    .but(&[C14]),
    frames: Cell::of(Frames { alone: Alone::LastUnstated }, &[Inferred]),
    videos: Cell::of(VIDEOS, FAST_I2V_PAGES),
    audios: Cell::of(NO_AUDIOS, FAST_I2V_PAGES),
    media_schemes: Cell::of(HTTPS_ONLY, FAST_I2V_PAGES),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, &[PageFastI2v]),
    extras: NO_EXTRAS,
};

pub(super) const STD: Route = Route {
    id: RouteId::Std,
    title: Text::new("STD standard", "STD 标准版"),
    listed: LISTED,
    models: &[Model::of("seedance2.0-std", "STD standard", "STD 标准版")
        .delivers("720p")
        .takes_videos()],
    unit: Cell::of(Unit::Task, STD_PAGES),
    basis: Cell::of(Basis::Inferred, &[Inferred]),
    duration: Cell::of(seconds(4, 15), STD_PAGES),
    resolution: Cell::of(Resolution::FIXED, STD_PAGES),
    ratio: Cell::of(closed(&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"]), STD_PAGES),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(Images { max: Some(9), ..IMAGES }, STD_PAGES),
    frames: Cell::of(Frames { alone: Alone::Fine }, &[PageStd]),
    videos: Cell::of(Videos { refused_files: IMAGE_FILES, ..VIDEOS }, &[PageStd, PageUpload]),
    audios: Cell::of(Audios { max: Some(3), ..AUDIOS }, STD_PAGES)
        .refused_with_frames(STD_PAGES)
        .but(&[C11]),
    media_schemes: Cell::of(HTTPS_ONLY, STD_PAGES),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, &[PageStd]),
    extras: NO_EXTRAS,
};
