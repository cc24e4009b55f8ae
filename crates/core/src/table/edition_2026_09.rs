//! The rows of edition `2026-09`: one per route, each cell with the sources that state it.

use super::cells::{
    AUDIOS, HTTPS_ONLY, HTTPS_OR_ASSET, IMAGES, LISTED, NO_EXTRAS, PAIRED_AUDIOS, UP_TO_1080P,
    VIDEOS, closed, models, seconds,
};
use super::edition_2026_07::{
    FAST_I2V, FAST_MD_MODEL, FAST_SP_MODEL, FULL, MD, MD_MODEL, MD_VIDEO_LIMITS, MINI, MINI_MODEL,
    MINI_SP, MINI_VIDEO_MODEL, SP, SP_MODEL, SP_OFFICIAL, STD,
};
use super::{
    Alone, Audios, Basis, Cell, Conflict, Duration, Extras, Field, Frames, Images, Model, Prompt,
    Ratio, Resolution, Route, RouteId, Scheme, Schemes, Source, Text, Unit, VideoLimits, Videos,
};
use Conflict::*;
use Source::*;

/// The range for `duration` where the route is unknown: from the shortest to the longest that any route allows.
pub(super) static WIDEST_DURATION: Cell<Duration> =
    Cell::of(seconds(1, 30), &[DocsStandard, PageFastI2v]);

/// All routes, in the order in which they are always listed.
pub(super) static ROUTES: [Route; 14] = [
    Route {
        duration: Cell::of(seconds(4, 15), DOCS_FULL_AND_OPENAPI),
        ratio: FULL.ratio.by(DOCS_FULL_AND_OPENAPI),
        images: FULL.images.by(DOCS_FULL_AND_OPENAPI),
        frames: FULL.frames.by(&[DocsFull, Inferred]),
        audios: Cell::of(AUDIOS, DOCS_FULL_AND_OPENAPI)
            .refused_with_frames(&[DocsOpenapi])
            .but(&[N4]),
        ..FULL.by(&[DocsFull])
    },
    Route {
        models: &[SP_MODEL, Model { contests_videos: true, ..FAST_SP_MODEL }],
        resolution: Cell::of(
            Resolution { contested: &["480p"], ..UP_TO_1080P },
            &[DocsOpenapi, SkillsApi, SkillsTroubleshooting, PageSp],
        )
        .but(&[N2]),
        videos: Cell::of(VIDEOS, &[PageSp, SkillsApi, SkillsTroubleshooting]).but(&[N5]),
        ..NEW_SP
    },
    Route { id: SP_OFFICIAL.id, title: SP_OFFICIAL.title, models: SP_OFFICIAL.models, ..NEW_SP },
    Route {
        models: models! {
            [MINI_MODEL, MINI_VIDEO_MODEL]
            "seedance2.0-mini-480p", "Mini 480p" | "Mini 标准版 480p", delivers("480p"), partner("seedance2.0-mini-480p-video");
            "seedance2.0-mini-720p", "Mini 720p" | "Mini 标准版 720p", delivers("720p"), partner("seedance2.0-mini-720p-video");
            "seedance2.0-mini-1080p", "Mini 1080p" | "Mini 标准版 1080p",
                delivers("1080p"), partner("seedance2.0-mini-1080p-video");
            "seedance2.0-mini-480p-video", "Mini video reference 480p" | "Mini 视频参考 480p",
                delivers("480p"), partner("seedance2.0-mini-480p"), for_videos(), bills_first_video();
            "seedance2.0-mini-720p-video", "Mini video reference 720p" | "Mini 视频参考 720p",
                delivers("720p"), partner("seedance2.0-mini-720p"), for_videos(), bills_first_video();
            "seedance2.0-mini-1080p-video", "Mini video reference 1080p" | "Mini 视频参考 1080p",
                delivers("1080p"), partner("seedance2.0-mini-1080p"), for_videos(), bills_first_video();
        },
        duration: MINI.duration.by(&[DocsMini, DocsOpenapi]).but(&[N1]),
        resolution: MINI.resolution.by(&[DocsMini, DocsOpenapi, SkillsTroubleshooting]),
        frames: MINI.frames.by(&[DocsMini, Inferred]),
        audios: Cell::of(PAIRED_AUDIOS, &[DocsMini])
            .contested_with_frames(&[DocsMini, DocsOpenapi])
            .but(&[N4]),
        ..MINI.by(&[DocsMini])
    },
    Route {
        listed: DELISTED,
        unit: MINI_SP.unit.by(&[PageMiniSp, SkillsApi]).but(&[N8]),
        duration: MINI_SP.duration.by(&[PageMiniSp, SkillsApi]),
        resolution: MINI_SP.resolution.by(&[PageMiniSp, SkillsApi]),
        images: MINI_SP.images.by(&[PageMiniSp]),
        videos: MINI_SP.videos.by(&[PageMiniSp, SkillsApi]),
        audios: Cell::of(PAIRED_AUDIOS, &[PageMiniSp, SkillsApi])
            .contested_with_frames(&[PageMiniSp, DocsOpenapi])
            .but(&[N4]),
        ..MINI_SP
    },
    Route {
        models: &[MD_MODEL],
        duration: Cell::of(one_of(&[5, 10, 15]), &[DocsMd, DocsOpenapi, SkillsApi]).but(&[N11]),
        ratio: Cell::of(
            Ratio { default: None, ..closed(&["1:1", "3:4", "4:3", "9:16", "16:9", "21:9"]) },
            DOCS_MD_AND_OPENAPI,
        ),
        prompt: Cell::of(Prompt { max: Some(6000) }, DOCS_MD_AND_OPENAPI),
        images: Cell::of(Images { max: Some(9), ..MD.images.value }, DOCS_MD_AND_OPENAPI)
            .but(&[N11]),
        frames: alone(Alone::NotTaken, DOCS_MD_AND_OPENAPI).but(&[N10]),
        videos: Cell::of(AT_MOST_3_VIDEOS, DOCS_MD_AND_OPENAPI).but(&[N10]),
        audios: Cell::of(Audios { max: Some(3), ..AUDIOS }, DOCS_MD_AND_OPENAPI).but(&[N10]),
        ..NEW_MD
    },
    Route {
        id: RouteId::FastMd,
        title: Text::new("MD fast", "MD 快速版"),
        models: &[FAST_MD_MODEL],
        duration: Cell::of(one_of(&[10, 15]), &[DocsMd, DocsOpenapi, SkillsApi]).but(&[N3, N11]),
        prompt: MD.prompt.by(&[DocsMd]),
        videos: Cell::of(
            Videos {
                limits: Some(VideoLimits { min_seconds: None, ..MD_VIDEO_LIMITS }),
                ..MD.videos.value
            },
            DOCS_MD_AND_OPENAPI,
        ),
        audios: Cell::of(
            Audios { max: Some(1), max_seconds: Some(15), ..AUDIOS },
            DOCS_MD_AND_OPENAPI,
        )
        .refused_with_frames(DOCS_MD_AND_OPENAPI)
        .but(&[N4]),
        ..NEW_MD
    },
    Route {
        listed: DELISTED,
        unit: FAST_I2V.unit.by(&[PageFastI2v]),
        duration: FAST_I2V.duration.by(&[PageFastI2v, SkillsApi]),
        resolution: FAST_I2V.resolution.by(&[PageFastI2v]),
        ratio: FAST_I2V.ratio.by(&[PageFastI2v, SkillsApi]),
        prompt: FAST_I2V.prompt.by(&[PageFastI2v, SkillsApi]),
        images: FAST_I2V.images.by(&[PageFastI2v, DocsOpenapi]),
        videos: FAST_I2V.videos.by(&[DocsOpenapi, SkillsApi]),
        audios: FAST_I2V.audios.by(&[DocsOpenapi, SkillsApi]),
        media_schemes: FAST_I2V.media_schemes.by(&[DocsOpenapi]),
        audio_schemes: FAST_I2V.audio_schemes.by(&[DocsOpenapi]),
        ..FAST_I2V
    },
    Route {
        listed: DELISTED,
        unit: STD.unit.by(&[PageStd]),
        duration: STD.duration.by(&[PageStd, DocsOpenapi]),
        resolution: STD.resolution.by(&[PageStd]),
        videos: STD.videos.by(&[PageStd, PageUpload]),
        audios: Cell::of(STD.audios.value, &[PageStd, DocsOpenapi, SkillsApi])
            .refused_with_frames(&[PageStd, DocsOpenapi])
            .but(&[N4]),
        basis: STD.basis,
        frames: STD.frames,
        ..STD.by(&[DocsOpenapi])
    },
    Route {
        id: RouteId::Standard,
        title: Text::new("2.0 Standard", "2.0 标准版"),
        listed: LISTED,
        models: models! {
            "seedance-2.0-480p", "2.0 Standard 480p" | "2.0 标准版 480p",
                takes_videos(), delivers("480p"), also(&["seedance2.0-480p", "seedance20-480p"]);
            "seedance-2.0-720p", "2.0 Standard 720p" | "2.0 标准版 720p",
                takes_videos(), delivers("720p"), also(&["seedance2.0-720p", "seedance20-720p"]);
            "seedance-2.0-1080p", "2.0 Standard 1080p" | "2.0 标准版 1080p",
                takes_videos(), delivers("1080p"), also(&["seedance2.0-1080p", "seedance20-1080p"]);
            "seedance-2.0-4k", "2.0 Standard 4K" | "2.0 标准版 4K",
                takes_videos(), delivers("4k"), also(&["seedance2.0-4k", "seedance20-4k"]);
        },
        unit: Cell::of(Unit::Second, DOCS_STANDARD),
        basis: Cell::of(Basis::Documented, DOCS_STANDARD),
        duration: Cell::of(optional(seconds(4, 30)), &[DocsStandard, SkillsApi]).but(&[N1]),
        resolution: Cell::of(Resolution::FIXED, DOCS_STANDARD),
        ratio: Cell::of(
            Ratio { with_references: &["adaptive"], ..WITH_ADAPTIVE },
            &[DocsStandard, SkillsApi],
        ),
        prompt: Cell::of(Prompt { max: Some(5000) }, DOCS_STANDARD),
        images: Cell::of(AT_MOST_9_IMAGES, &[DocsStandard, SkillsApi]).but(&[N14]),
        frames: alone(Alone::LastRefused, DOCS_STANDARD),
        videos: Cell::of(NO_VIDEOS_WITH_FRAMES, DOCS_STANDARD),
        audios: Cell::of(WITH_IMAGES_OR_VIDEOS, DOCS_STANDARD)
            .refused_with_frames(&[DocsStandard, DocsOpenapi])
            .but(&[N4]),
        media_schemes: Cell::of(HTTPS_ONLY, DOCS_STANDARD),
        image_schemes: None,
        audio_schemes: Cell::of(HTTPS_ONLY, DOCS_STANDARD),
        extras: extras(ALIASES, DOCS_STANDARD),
    },
    GZ,
    Route {
        id: RouteId::GzMini,
        title: Text::new("GZ mini", "GZ Mini 版"),
        models: models! {
            "seedance2.0-gz-mini", "GZ mini" | "GZ Mini 版", dearer_with_videos("seedance2.0-gz-mini-video");
            "seedance2.0-gz-mini-480p", "GZ mini 480p" | "GZ Mini 版 480p",
                dearer_with_videos("seedance2.0-gz-mini-video-480p"), delivers("480p");
            "seedance2.0-gz-mini-720p", "GZ mini 720p" | "GZ Mini 版 720p",
                dearer_with_videos("seedance2.0-gz-mini-video-720p"), delivers("720p");
            "seedance2.0-gz-mini-video", "GZ mini video reference" | "GZ Mini 视频参考", requires_videos(), partner("seedance2.0-gz-mini");
            "seedance2.0-gz-mini-video-480p", "GZ mini video reference 480p" | "GZ Mini 视频参考 480p",
                requires_videos(), partner("seedance2.0-gz-mini-480p"), delivers("480p");
            "seedance2.0-gz-mini-video-720p", "GZ mini video reference 720p" | "GZ Mini 视频参考 720p",
                requires_videos(), partner("seedance2.0-gz-mini-720p"), delivers("720p");
        },
        unit: GZ.unit.by(&[DocsGzMini, DocsLlms]).but(&[N6]),
        duration: GZ.duration.by(DOCS_GZ_MINI).but(&[N1]),
        resolution: Cell::of(UP_TO_720P, DOCS_GZ_MINI).but(&[N19]),
        audios: Cell::of(WITH_IMAGES_OR_VIDEOS, DOCS_GZ_MINI)
            .refused_with_frames(&[DocsGzMini, DocsOpenapi])
            .but(&[N4]),
        extras: GZ.extras.by(DOCS_GZ_MINI).but(&[N12]),
        ..GZ.by(DOCS_GZ_MINI)
    },
    LINE_933,
    Route {
        id: RouteId::Line933At720p,
        title: Text::new("933 at 720p", "933 720p"),
        models: models! {
            "sd2-933-720p", "933 at 720p" | "933 720p",
                delivers("720p"), takes_videos(), also(&["sd2_933_720p", "sd2-933720p", "sd2-adb-720p"]);
        },
        unit: LINE_933.unit.by(&[Docs933At720p, SkillsApi]),
        basis: LINE_933.basis.by(&[Docs933At720p, SkillsApi]),
        duration: Cell::of(optional(seconds(4, 15)), DOCS_933_AT_720P).but(&[N1]),
        resolution: Cell::of(Resolution::FIXED, DOCS_933_AT_720P),
        ratio: Cell::of(closed(&["16:9", "9:16", "1:1", "4:3", "3:4"]), DOCS_933_AT_720P),
        prompt: LINE_933.prompt.by(DOCS_933_AT_720P),
        audios: Cell::of(WITH_IMAGES_OR_VIDEOS, &[Docs933At720p, DocsOpenapi])
            .refused_with_frames(&[DocsOpenapi])
            .but(&[N4]),
        image_schemes: Some(Cell::of(HTTPS_OR_ASSET, DOCS_933_AT_720P)),
        extras: Cell::of(
            Extras {
                fields: &[
                    Field::AspectRatio,
                    Field::ReferenceImages,
                    Field::Videos,
                    Field::Audios,
                    Field::GenerateAudio,
                    Field::ReferenceMode,
                ],
                reference_modes: &["frame", "media", "image"],
                prefers_reference_images: false,
            },
            DOCS_933_AT_720P,
        )
        .but(&[N12, N13]),
        ..LINE_933.by(DOCS_933_AT_720P)
    },
];

/// Models that the vendor withdrew, and the ones that replace them.
pub(super) const WITHDRAWN: [&str; 2] = ["seedance2.0-pro", "seedance2.0-fast-pro"];
pub(super) const INSTEAD: [&str; 2] = ["seedance2.0-md", "seedance2.0-fast-md"];

/// How the names of models on other endpoints begin, and the paths of those endpoints.
pub(super) const ENDPOINTS: [(&str, &str); 8] = [
    ("seedance-2.5", "/api/open-api/v1/seedance25/videos"),
    ("seedance2.5", "/api/open-api/v1/seedance25/videos"),
    ("sd2.5-", "/api/open-api/v1/seedance25/videos"),
    ("minimax-h3", "/api/open-api/v1/minimax/videos"),
    ("kling-o3", "/api/open-api/v1/kling/videos"),
    ("wan3.0", "/api/open-api/v1/wan/videos"),
    ("flux-3-", "/api/open-api/v1/flux3/videos"),
    ("video-translate-", "/api/open-api/v1/video-translate/videos"),
];

/// What SP economy and SP official share.
const NEW_SP: Route = Route {
    unit: SP.unit.by(&[PageSp, SkillsApi]),
    basis: SP.basis.but(&[N9]),
    duration: SP.duration.by(&[DocsOpenapi, PageSp, SkillsApi]),
    resolution: SP.resolution.by(&[PageSp]),
    images: SP.images.by(&[DocsOpenapi, PageSp]),
    videos: SP.videos.by(&[PageSp]),
    audios: Cell::of(PAIRED_AUDIOS, &[PageSp, SkillsTroubleshooting])
        .contested_with_frames(&[PageSp, DocsOpenapi])
        .but(&[N4]),
    media_schemes: SP_SCHEMES,
    audio_schemes: SP_SCHEMES,
    ..SP
};

const SP_SCHEMES: Cell<Schemes> = SP.media_schemes.by(&[DocsOpenapi, PageSp, SkillsApi]).but(&[N7]);

/// What the two MD routes share.
const NEW_MD: Route = Route { basis: MD.basis, ..MD.by(&[DocsMd]) };

const GZ: Route = Route {
    id: RouteId::Gz,
    title: Text::new("GZ", "GZ"),
    listed: LISTED,
    models: models! {
        "seedance2.0-gz", "GZ" | "GZ", dearer_with_videos("seedance2.0-gz-video");
        "seedance2.0-gz-480p", "GZ 480p" | "GZ 480p", dearer_with_videos("seedance2.0-gz-video-480p"), delivers("480p");
        "seedance2.0-gz-720p", "GZ 720p" | "GZ 720p", dearer_with_videos("seedance2.0-gz-video-720p"), delivers("720p"),
            also(&["seedance2.0-gz720p", "seedance20-gz-720p"]);
        "seedance2.0-gz-1080p", "GZ 1080p" | "GZ 1080p", dearer_with_videos("seedance2.0-gz-video-1080p"), delivers("1080p");
        "seedance2.0-gz-fast", "GZ fast" | "GZ 快速版", dearer_with_videos("seedance2.0-gz-fast-video"), up_to_720p();
        "seedance2.0-gz-fast-480p", "GZ fast 480p" | "GZ 快速版 480p",
            dearer_with_videos("seedance2.0-gz-fast-video-480p"), delivers("480p");
        "seedance2.0-gz-fast-720p", "GZ fast 720p" | "GZ 快速版 720p",
            dearer_with_videos("seedance2.0-gz-fast-video-720p"), delivers("720p");
        "seedance2.0-gz-video", "GZ video reference" | "GZ 视频参考", requires_videos(), partner("seedance2.0-gz");
        "seedance2.0-gz-video-480p", "GZ video reference 480p" | "GZ 视频参考 480p",
            requires_videos(), partner("seedance2.0-gz-480p"), delivers("480p");
        "seedance2.0-gz-video-720p", "GZ video reference 720p" | "GZ 视频参考 720p",
            requires_videos(), partner("seedance2.0-gz-720p"), delivers("720p");
        "seedance2.0-gz-video-1080p", "GZ video reference 1080p" | "GZ 视频参考 1080p",
            requires_videos(), partner("seedance2.0-gz-1080p"), delivers("1080p");
        "seedance2.0-gz-fast-video", "GZ fast video reference" | "GZ 视频参考快速版",
            requires_videos(), partner("seedance2.0-gz-fast"), up_to_720p();
        "seedance2.0-gz-fast-video-480p", "GZ fast video reference 480p" | "GZ 视频参考快速版 480p",
            requires_videos(), partner("seedance2.0-gz-fast-480p"), delivers("480p");
        "seedance2.0-gz-fast-video-720p", "GZ fast video reference 720p" | "GZ 视频参考快速版 720p",
            requires_videos(), partner("seedance2.0-gz-fast-720p"), delivers("720p");
    },
    unit: Cell::of(Unit::MillionTokens, &[DocsGz, SkillsApi]).but(&[N6]),
    basis: Cell::of(Basis::Documented, DOCS_GZ),
    duration: Cell::of(optional(seconds(4, 15)), DOCS_GZ).but(&[N1]),
    resolution: Cell::of(UP_TO_1080P, DOCS_GZ).but(&[N19]),
    ratio: Cell::of(WITH_ADAPTIVE, DOCS_GZ),
    prompt: Cell::of(Prompt { max: None }, &[]),
    images: Cell::of(AT_MOST_9_IMAGES, DOCS_GZ),
    frames: alone(Alone::LastRefused, DOCS_GZ),
    videos: Cell::of(NO_VIDEOS_WITH_FRAMES, DOCS_GZ),
    audios: Cell::of(WITH_IMAGES_OR_VIDEOS, DOCS_GZ)
        .refused_with_frames(&[DocsGz, DocsOpenapi])
        .but(&[N4]),
    media_schemes: Cell::of(GZ_SCHEMES, DOCS_GZ),
    image_schemes: None,
    audio_schemes: Cell::of(GZ_SCHEMES, DOCS_GZ),
    extras: extras(
        &[
            Field::AspectRatio,
            Field::ReferenceImages,
            Field::Videos,
            Field::Audios,
            Field::GenerateAudio,
        ],
        DOCS_GZ,
    )
    .but(&[N12]),
};

const LINE_933: Route = Route {
    id: RouteId::Line933,
    title: Text::new("933", "933"),
    listed: DELISTED,
    models: models! {
        "seedance2.0-933", "933" | "933", resolution_or("480p"), also(&["seedance-2.0-933", "seedance20933", "seedance2_0_933"]);
        "seedance2.0-933-480p", "933 480p" | "933 480p", resolution_or("480p");
        "seedance2.0-933-720p", "933 720p" | "933 720p", resolution_or("720p");
        "seedance2.0-933-1080p", "933 1080p" | "933 1080p", resolution_or("1080p");
    },
    unit: Cell::of(Unit::Second, DOCS_933),
    basis: Cell::of(Basis::Documented, DOCS_933),
    duration: Cell::of(Duration { default: 4, ..optional(seconds(4, 15)) }, DOCS_933).but(&[N1]),
    resolution: Cell::of(from("480p", UP_TO_1080P), DOCS_933),
    ratio: Cell::of(closed(&["16:9", "21:9", "4:3", "1:1", "3:4", "9:16"]), DOCS_933_AND_OPENAPI),
    prompt: Cell::of(Prompt { max: Some(5000) }, DOCS_933),
    images: Cell::of(AT_MOST_9_IMAGES, DOCS_933),
    frames: alone(Alone::Fine, DOCS_933),
    videos: Cell::of(AT_MOST_3_VIDEOS, DOCS_933),
    audios: Cell::of(Audios { max: Some(3), ..AUDIOS }, DOCS_933_AND_OPENAPI)
        .refused_with_frames(&[DocsOpenapi])
        .but(&[N4]),
    media_schemes: Cell::of(HTTPS_ONLY, DOCS_933),
    image_schemes: None,
    audio_schemes: Cell::of(HTTPS_ONLY, DOCS_933),
    extras: Cell::of(
        Extras {
            fields: &[
                Field::AspectRatio,
                Field::ReferenceImages,
                Field::Videos,
                Field::Audios,
                Field::FaceProcessing,
                Field::GenerateAudio,
                Field::ReferenceMode,
            ],
            reference_modes: &["image", "frame"],
            prefers_reference_images: true,
        },
        DOCS_933_AND_OPENAPI,
    )
    .but(&[N12, N13]),
};

const DOCS_FULL_AND_OPENAPI: &[Source] = &[DocsFull, DocsOpenapi];
const DOCS_MD_AND_OPENAPI: &[Source] = &[DocsMd, DocsOpenapi];
const DOCS_STANDARD: &[Source] = &[DocsStandard];
const DOCS_GZ: &[Source] = &[DocsGz];
const DOCS_GZ_MINI: &[Source] = &[DocsGzMini];
const DOCS_933: &[Source] = &[Docs933];
const DOCS_933_AND_OPENAPI: &[Source] = &[Docs933, DocsOpenapi];
const DOCS_933_AT_720P: &[Source] = &[Docs933At720p];

const DELISTED: Cell<bool> = Cell::of(false, &[DocsLlms]).but(&[N15]);
const UP_TO_720P: Resolution = Resolution { offered: &["480p", "720p"], ..UP_TO_1080P };
const AT_MOST_9_IMAGES: Images = Images { max: Some(9), ..IMAGES };
const AT_MOST_3_VIDEOS: Videos = Videos { max: Some(3), ..VIDEOS };
const NO_VIDEOS_WITH_FRAMES: Videos = Videos { excludes_frames: true, ..AT_MOST_3_VIDEOS };
const WITH_IMAGES_OR_VIDEOS: Audios =
    Audios { max: Some(3), not_with_frames_alone: true, ..PAIRED_AUDIOS };
const WITH_ADAPTIVE: Ratio = closed(&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive"]);
const GZ_SCHEMES: Schemes =
    Schemes { accepted: &[Scheme::Https, Scheme::Asset, Scheme::AssetId], contested: &[] };
const ALIASES: &[Field] =
    &[Field::AspectRatio, Field::ReferenceImages, Field::Videos, Field::Audios];

const fn alone(alone: Alone, sources: &'static [Source]) -> Cell<Frames> {
    Cell::of(Frames { alone }, sources)
}

const fn extras(fields: &'static [Field], sources: &'static [Source]) -> Cell<Extras> {
    Cell::of(Extras { fields, ..NO_EXTRAS.value }, sources)
}

/// A choice of durations, the first of which is the default.
const fn one_of(choices: &'static [u32]) -> Duration {
    let (min, max) = match choices {
        [min, .., max] => (*min, *max),
        _ => (0, 0),
    };
    Duration { default: min, choices, ..seconds(min, max) }
}

const fn optional(duration: Duration) -> Duration {
    Duration { optional: true, ..duration }
}

/// The same choices, with another default.
const fn from(default: &'static str, resolution: Resolution) -> Resolution {
    Resolution { default: Some(default), ..resolution }
}

impl Model {
    /// Sets the model's other names.
    const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn up_to_720p(self) -> Self {
        Self { resolution: Some(UP_TO_720P), ..self }
    }

    /// For a model that costs more with reference videos: it is then billed as its partner, which requires them.
    const fn dearer_with_videos(mut self, partner: &'static str) -> Self {
        self.billing_with_videos = Some(partner);
        self.takes_videos().partner(partner)
    }

    /// For a model whose requests are refused without a reference video.
    const fn requires_videos(self) -> Self {
        Self { requires_videos: true, ..self.takes_videos() }
    }

    /// For the 933 models: the field `resolution` takes precedence over the model's name, which only gives the default.
    const fn resolution_or(mut self, default: &'static str) -> Self {
        self.resolution = Some(from(default, UP_TO_1080P));
        self.takes_videos().billed_as("seedance2.0-933-{resolution}")
    }
}
