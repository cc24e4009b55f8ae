//! Every rule: when it fires, what it says, and which pages it rests on. Its function stands in `check`, under the rule's name.
//!
//! A message is a template: `{name}` stands for the parameter of that name, and a part in square brackets is left out when a
//! parameter in it is not given. `{related}` stands for the names of the fields in the finding's `related`.

use serde::{Deserialize, Serialize, Serializer};

use super::cause::{ParamInfo, ParamsOf};
use super::{Conflict, Source, Text};

use Conflict::{C1, C2, C4, C6, C9, C11, C12, C14, C15, C20, C27};
use Severity::{Error, Warning};
use Source::{
    Inferred, PageFastI2v, PageFull, PageMd, PageMiniSp, PageSp, PageStd, PageUpload, Rfc1918,
    Rfc3986, Rfc4291, Rfc6761, Rfc6762, Rfc6890, Rfc8259, SeedOpenapi, SeedTable,
};

/// Whether a finding stops the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request would be refused, or would fail or bill in a way that the documents exclude.
    Error,
    /// The pages disagree, or the value is ignored, overridden or unlisted.
    Warning,
}

/// One rule.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// Its id.
    #[serde(rename = "rule")]
    pub id: RuleId,
    /// Whether its findings stop the request.
    pub severity: Severity,
    /// Where its findings point.
    pub path: &'static str,
    /// When it fires.
    pub fires: Text,
    /// What it says.
    pub message: Text,
    /// The values that the message speaks of.
    pub params: &'static [ParamInfo],
    /// The pages it rests on, over all routes.
    pub sources: &'static [Source],
    /// Where those pages disagree.
    pub conflicts: &'static [Conflict],
}

/// One row per rule gives its id, its name in JSON and its entry of [`RULES`], so that none can be forgotten. The order of the
/// rows is the order of findings at one path.
macro_rules! rules {
    ($($variant:ident = $id:literal, $severity:ident, $path:literal {
        fires: $fires:literal | $fires_zh:literal,
        message: $message:literal | $message_zh:literal,
        cause: $cause:ident, sources: [$($source:ident),+], conflicts: [$($conflict:ident),*]
    })*) => {
        /// A rule's id: stable, never reworded. The order is the order of findings at one path.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[non_exhaustive]
        pub enum RuleId {
            $(
                #[doc = concat!("`", $id, "`: ", $fires, ".")]
                #[serde(rename = $id)]
                $variant,
            )*
        }

        impl RuleId {
            /// The id as it stands in findings.
            ///
            /// ```
            /// assert_eq!(seedance_core::RuleId::WrongType.name(), "wrong-type");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }
        }

        /// Every rule, in the order of findings at one path.
        pub static RULES: [Rule; [$($id),*].len()] = [
            $(Rule {
                id: RuleId::$variant,
                severity: $severity,
                path: $path,
                fires: Text { en: $fires, zh: $fires_zh },
                message: Text { en: $message, zh: $message_zh },
                params: ParamsOf::$cause,
                sources: &[$($source),+],
                conflicts: &[$($conflict),*],
            },)*
        ];
    };
}

rules! {
    InvalidJson = "invalid-json", Error, "" {
        fires: "the text is not exactly one JSON value in UTF-8" | "文本不是单个 UTF-8 编码的 JSON 值",
        message: "this is not JSON at line {line}, column {column}: {reason}" | "第 {line} 行第 {column} 列不是有效的 JSON：{reason}",
        cause: NotJson, sources: [Rfc8259], conflicts: []
    }
    BodyNotObject = "body-not-object", Error, "" {
        fires: "the body is not a JSON object" | "请求体不是 JSON 对象",
        message: "the body must be a JSON object, not {found}" | "请求体应为 JSON 对象，实际是{found}",
        cause: NotObject, sources: [SeedOpenapi], conflicts: []
    }
    DuplicateField = "duplicate-field", Error, "/FIELD" {
        fires: "JSON text names a top-level field more than once" | "JSON 文本中同一个顶层字段出现多次",
        message: "`{field}` is given more than once; keep one of them" | "`{field}` 出现了多次，请只保留一个",
        cause: Field, sources: [Rfc8259], conflicts: []
    }
    UnknownField = "unknown-field", Warning, "/FIELD" {
        fires: "the schema does not have this field" | "接口定义中没有这个字段",
        message: "`{field}` is not a field of this endpoint[; did you mean {suggestions}?]" | "`{field}` 不是该接口的字段[，是否想写 {suggestions}？]",
        cause: UnknownField, sources: [SeedOpenapi], conflicts: []
    }
    MissingField = "missing-field", Error, "/model, /prompt, /duration" {
        fires: "a required field is absent" | "缺少必填字段",
        message: "`{field}` is required" | "缺少必填字段 `{field}`",
        cause: Field, sources: [SeedOpenapi, SeedTable], conflicts: [C4]
    }
    WrongType = "wrong-type", Error, "the value" {
        fires: "a value has the wrong JSON type" | "值的 JSON 类型不对",
        message: "[item {index} of ]`{field}` must be {expected}, not {found}[ (`{actual}`)]" | "`{field}` [的第 {index} 项（从 0 数起）]应为{expected}，实际是{found}[（`{actual}`）]",
        cause: WrongType, sources: [SeedOpenapi], conflicts: []
    }
    EmptyField = "empty-field", Warning, "the field" {
        fires: "an optional field is empty or blank, so it counts as absent" | "可选字段为空或只有空白，按未填写处理",
        message: "`{field}` is empty and counts as absent" | "`{field}` 为空，按未填写处理",
        cause: Field, sources: [Inferred], conflicts: []
    }
    EmptyItem = "empty-item", Error, "the item" {
        fires: "an item of a list is empty or blank" | "列表中的某一项为空或只有空白",
        message: "`{field}` has an empty item at index {index}; give a URL or drop it" | "`{field}` 的第 {index} 项（从 0 数起）为空，请填写 URL 或删除",
        cause: EmptyItem, sources: [Inferred], conflicts: []
    }
    UnknownModel = "unknown-model", Error, "/model" {
        fires: "the model is not one of the table" | "模型不在本版列出的模型之中",
        message: "`{actual}` is not a model of this endpoint[; did you mean {suggestions}?]" | "该接口没有模型 `{actual}`[，是否想写 {suggestions}？]",
        cause: UnknownModel, sources: [SeedOpenapi, SeedTable], conflicts: [C12]
    }
    EmptyPrompt = "empty-prompt", Error, "/prompt" {
        fires: "the prompt is there, yet empty or white space only" | "提示词为空或只有空白",
        message: "`prompt` is empty; say what the video shows" | "`prompt` 为空，请描述视频内容",
        cause: Nothing, sources: [SeedOpenapi, Inferred], conflicts: []
    }
    PromptTooLong = "prompt-too-long", Error, "/prompt" {
        fires: "the prompt has more characters than the route's maximum" | "提示词超过该线路的字数上限",
        message: "`prompt` has {actual} characters; `{model}` takes at most {limit}" | "`prompt` 有 {actual} 个字符，`{model}` 最多 {limit} 个",
        cause: TooMany, sources: [SeedOpenapi, PageMd, PageFastI2v], conflicts: []
    }
    DurationOutOfRange = "duration-out-of-range", Error, "/duration" {
        fires: "the duration is outside the route's range (without a route: outside every route's)" | "视频时长超出该线路的范围（线路未知时，超出所有线路的范围）",
        message: "`duration` is {actual} s; it must be {min}–{max} s[ on `{model}`]" | "视频时长 {actual} 秒超出范围：[`{model}` ]允许 {min}–{max} 秒",
        cause: DurationOutOfRange, sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMiniSp, PageMd, PageFastI2v, PageStd], conflicts: [C1, C2]
    }
    DurationContested = "duration-contested", Warning, "/duration" {
        fires: "pages disagree on whether so short a video is accepted" | "这么短的视频时长是否可用，各文档说法不一",
        message: "`duration` {actual} s on `{model}` is contested: the shared schema allows it, the page of the route starts at {undisputed_from} s" | "`{model}` 是否接受 {actual} 秒的视频，文档说法不一：接口定义允许，线路页面要求至少 {undisputed_from} 秒",
        cause: DurationContested, sources: [SeedOpenapi, PageMd], conflicts: [C1]
    }
    ResolutionNotOffered = "resolution-not-offered", Error, "/resolution" {
        fires: "the resolution is not in the route's list" | "该线路不提供这个分辨率",
        message: "`resolution` `{actual}` is not offered[ by `{model}`]; use {allowed}" | "[`{model}` ]不提供分辨率 `{actual}`，可选 {allowed}",
        cause: ResolutionNotOffered, sources: [SeedTable, SeedOpenapi, PageSp, PageMiniSp], conflicts: []
    }
    ResolutionIgnored = "resolution-ignored", Warning, "/resolution" {
        fires: "the model delivers its own resolution and ignores this one" | "模型的分辨率是固定的，该字段会被忽略",
        message: "`resolution` `{actual}` is ignored: `{model}` always delivers {delivered}" | "分辨率 `{actual}` 会被忽略：`{model}` 固定输出 {delivered}",
        cause: ResolutionIgnored, sources: [SeedOpenapi, PageFull, PageMd, PageFastI2v, PageStd], conflicts: []
    }
    OrientationNotOffered = "orientation-not-offered", Error, "/orientation" {
        fires: "the orientation is neither landscape nor portrait" | "画面方向既不是 landscape 也不是 portrait",
        message: "`orientation` `{actual}` is not offered; use {allowed}" | "画面方向 `{actual}` 不可用，可选 {allowed}",
        cause: NotAmong, sources: [SeedOpenapi], conflicts: []
    }
    OrientationOverridden = "orientation-overridden", Warning, "/orientation" {
        fires: "ratio is there too, and it wins" | "同时填写了 ratio，以 ratio 为准",
        message: "`orientation` has no effect: `ratio` is given too and wins" | "`orientation` 不起作用：同时填写了 `ratio`，以 `ratio` 为准",
        cause: Nothing, sources: [SeedOpenapi], conflicts: []
    }
    RatioNotOffered = "ratio-not-offered", Error, "/ratio" {
        fires: "the route's list of ratios is closed and this one is not in it" | "该线路只接受列出的画面比例，此值不在其中",
        message: "`ratio` `{actual}` is not offered by `{model}`; use {allowed}" | "`{model}` 不提供画面比例 `{actual}`，可选 {allowed}",
        cause: RatioNotListed, sources: [SeedOpenapi, PageMd, PageFastI2v, PageStd], conflicts: []
    }
    RatioUnlisted = "ratio-unlisted", Warning, "/ratio" {
        fires: "the route's list of ratios is open and this one is not in it" | "该线路的画面比例仅为举例，此值未列出",
        message: "`ratio` `{actual}` is not among those listed for `{model}`: {allowed}" | "`{model}` 的文档没有列出画面比例 `{actual}`，列出的有 {allowed}",
        cause: RatioNotListed, sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMiniSp], conflicts: []
    }
    RatioMalformed = "ratio-malformed", Error, "/ratio" {
        fires: "the ratio is neither W:H (each 1–99) nor Adaptive" | "画面比例既不是 宽:高（各 1–99），也不是 Adaptive",
        message: "`ratio` `{actual}` is not a ratio; write it as W:H, for example {allowed}" | "`{actual}` 不是有效的画面比例，请写成 宽:高，例如 {allowed}",
        cause: NotAmong, sources: [Inferred, SeedOpenapi], conflicts: []
    }
    ImagesWithFrames = "images-with-frames", Error, "/images" {
        fires: "images and frames are used together" | "参考图与首尾帧同时使用",
        message: "`images` and {related} cannot be used together" | "`images` 与 {related} 不能同时使用",
        cause: Nothing, sources: [SeedTable, SeedOpenapi], conflicts: []
    }
    TooManyImages = "too-many-images", Error, "/images" {
        fires: "there are more images than the route's maximum" | "参考图数量超过该线路的上限",
        message: "{actual} images are too many: `{model}` takes at most {limit}[, frames included ({frames} here)]" | "共 {actual} 张图片，`{model}` 最多 {limit} 张[（含首尾帧，此处 {frames} 张）]",
        cause: TooManyImages, sources: [SeedOpenapi, PageMd, PageFastI2v, PageStd], conflicts: [C14]
    }
    FramePairIncomplete = "frame-pair-incomplete", Error, "the missing frame" {
        fires: "the route needs both frames or none" | "该线路的首帧与尾帧须同时提供，或都不提供",
        message: "`{model}` needs both frames: `{missing}` is missing" | "`{model}` 的首帧与尾帧须同时提供，缺少 `{missing}`",
        cause: FramePairIncomplete, sources: [SeedOpenapi, PageMd], conflicts: []
    }
    LastFrameAlone = "last-frame-alone", Warning, "/last_image" {
        fires: "a last frame without a first one, of which no page speaks" | "只有尾帧、没有首帧，文档未作说明",
        message: "`last_image` stands alone: no page says that `{model}` takes a last frame without a first" | "只提供了 `last_image`：文档未说明 `{model}` 能否只用尾帧",
        cause: Model, sources: [Inferred], conflicts: []
    }
    ImageExpected = "image-expected", Warning, "/images" {
        fires: "the route makes videos from images and there is none" | "该线路由图片生成视频，却没有提供图片",
        message: "`{model}` makes videos from images, and there are no images and no frames" | "`{model}` 由图片生成视频，但没有提供参考图或首尾帧",
        cause: Model, sources: [Inferred], conflicts: []
    }
    VideosNotSupported = "videos-not-supported", Error, "/reference_videos" {
        fires: "the model takes no reference videos" | "该模型不支持参考视频",
        message: "`{model}` takes no reference videos[; `{partner}` does]" | "`{model}` 不支持参考视频[，`{partner}` 支持]",
        cause: Partner, sources: [SeedTable, SeedOpenapi, PageFull, PageFastI2v], conflicts: []
    }
    TooManyVideos = "too-many-videos", Error, "/reference_videos" {
        fires: "there are more reference videos than the route's maximum" | "参考视频数量超过该线路的上限",
        message: "{actual} reference videos are too many: `{model}` takes at most {limit}" | "共 {actual} 个参考视频，`{model}` 最多 {limit} 个",
        cause: TooMany, sources: [SeedOpenapi, PageMd], conflicts: []
    }
    VideoExpected = "video-expected", Warning, "/reference_videos" {
        fires: "the model is made for reference videos and there is none" | "该模型专用于参考视频，却没有提供参考视频",
        message: "`{model}` is made for reference videos, and there are none" | "`{model}` 专用于参考视频，但没有提供参考视频",
        cause: Partner, sources: [Inferred], conflicts: []
    }
    AudiosNotSupported = "audios-not-supported", Error, "/reference_audios" {
        fires: "the route takes no reference audios" | "该线路不支持参考音频",
        message: "`{model}` takes no reference audios" | "`{model}` 不支持参考音频",
        cause: Model, sources: [SeedOpenapi, PageMd, PageFastI2v], conflicts: [C15]
    }
    TooManyAudios = "too-many-audios", Error, "/reference_audios" {
        fires: "there are more reference audios than the route's maximum" | "参考音频数量超过该线路的上限",
        message: "{actual} reference audios are too many: `{model}` takes at most {limit}" | "共 {actual} 个参考音频，`{model}` 最多 {limit} 个",
        cause: TooMany, sources: [SeedOpenapi, PageStd], conflicts: []
    }
    AudioUnpaired = "audio-unpaired", Error, "/reference_audios" {
        fires: "reference audios stand without images, frames and reference videos" | "只有参考音频，没有参考图、首尾帧或参考视频",
        message: "on `{model}` reference audios need images, frames or reference videos beside them" | "`{model}` 的参考音频必须与参考图、首尾帧或参考视频搭配",
        cause: Model, sources: [SeedTable, PageSp, PageMiniSp], conflicts: [C11, C27]
    }
    AudioWithFrames = "audio-with-frames", Error, "/reference_audios" {
        fires: "reference audios and frames are used together on a route that excludes it" | "在不允许的线路上，参考音频与首尾帧同时使用",
        message: "on `{model}` reference audios cannot be used together with {related}" | "`{model}` 的参考音频不能与 {related} 同时使用",
        cause: Model, sources: [SeedOpenapi, PageStd], conflicts: [C11]
    }
    SchemeNotAccepted = "scheme-not-accepted", Error, "the URL" {
        fires: "the URL's scheme is not one that the route accepts there" | "该线路在此处不接受这种 URL 协议",
        message: "`{model}` takes {allowed} URLs here[, not `{actual}`]" | "`{model}` 此处只接受 {allowed} 地址[，不接受 `{actual}`]",
        cause: SchemeNotAccepted, sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMd, PageFastI2v, PageStd, Inferred], conflicts: [C9, C20]
    }
    SchemeContested = "scheme-contested", Warning, "the URL" {
        fires: "pages disagree on whether this scheme is accepted here" | "此处是否接受这种协议，各文档说法不一",
        message: "`{actual}` URLs are contested here: the page of `{model}` accepts them, the shared schema asks for {allowed}" | "此处是否接受 `{actual}` 地址，文档说法不一：`{model}` 的页面接受，接口定义要求 {allowed}",
        cause: SchemeContested, sources: [SeedOpenapi, PageSp], conflicts: [C9]
    }
    UrlMalformed = "url-malformed", Error, "the URL" {
        fires: "the scheme is accepted, but there is no host, no asset id, or white space or control characters" | "协议可用，但缺少主机名或素材 ID，或含有空白、控制字符",
        message: "this URL is broken: {problem}" | "URL 有误：{problem}",
        cause: UrlMalformed, sources: [Rfc3986], conflicts: []
    }
    HostNotPublic = "host-not-public", Warning, "the URL" {
        fires: "the host cannot be reached from the internet" | "主机无法从公网访问",
        message: "`{host}` cannot be reached from the internet" | "`{host}` 无法从公网访问",
        cause: HostNotPublic, sources: [SeedTable, Rfc6761, Rfc6762, Rfc1918, Rfc4291, Rfc6890], conflicts: []
    }
    GifNotAccepted = "gif-not-accepted", Error, "the URL" {
        fires: "an image or frame is a GIF file on a route that takes none" | "参考图、首帧或尾帧是 GIF 文件，而该线路不接受",
        message: "`{model}` takes no GIF images" | "`{model}` 不接受 GIF 图片",
        cause: Model, sources: [PageMd], conflicts: [C6]
    }
    ImageInVideos = "image-in-videos", Error, "the URL" {
        fires: "a reference video is an image file" | "参考视频其实是图片文件",
        message: "this is an image file (`.{ending}`), and `{model}` takes only videos in `reference_videos`" | "这是图片文件（`.{ending}`），`{model}` 的 `reference_videos` 只接受视频",
        cause: ImageInVideos, sources: [PageStd, PageUpload], conflicts: []
    }
    VideosTooLong = "videos-too-long", Error, "/reference_videos" {
        fires: "the known lengths of the reference videos are together above the maximum" | "已知的参考视频时长总和超过上限",
        message: "the reference videos are {actual} s long together; `{model}` takes at most {limit} s" | "参考视频总时长为 {actual} 秒，`{model}` 最多 {limit} 秒",
        cause: VideosTogether, sources: [SeedOpenapi, PageMd], conflicts: [C6]
    }
    VideosTooShort = "videos-too-short", Warning, "/reference_videos" {
        fires: "all lengths are known and together below a minimum that one page gives" | "各参考视频的时长均已知，总和低于其中一个页面给出的下限",
        message: "the reference videos are {actual} s long together; the page of `{model}` asks for at least {limit} s" | "参考视频总时长为 {actual} 秒，`{model}` 的页面要求至少 {limit} 秒",
        cause: VideosTogether, sources: [PageMd], conflicts: [C6]
    }
    VideosTooLarge = "videos-too-large", Error, "/reference_videos" {
        fires: "the known sizes of the reference videos are together above the maximum" | "已知的参考视频大小总和超过上限",
        message: "the reference videos have {actual} bytes together; `{model}` takes at most {limit} bytes" | "参考视频共 {actual} 字节，`{model}` 最多 {limit} 字节",
        cause: VideosTooLarge, sources: [SeedOpenapi, PageMd], conflicts: []
    }
    VideoSizeOutOfRange = "video-size-out-of-range", Error, "the URL" {
        fires: "no reading of the pixel limits accepts this size" | "无论怎样理解像素限制，该尺寸都不符合",
        message: "this reference video has {width}×{height} pixels; `{model}` takes {min}–{max}" | "该参考视频为 {width}×{height} 像素，`{model}` 只接受 {min}–{max} 像素",
        cause: VideoSize, sources: [SeedOpenapi, PageMd], conflicts: []
    }
    VideoSizeContested = "video-size-contested", Warning, "the URL" {
        fires: "one reading of the pixel limits accepts this size, another does not" | "像素限制有两种理解，该尺寸只符合其中一种",
        message: "this reference video has {width}×{height} pixels; the limits {min}–{max} do not say which side they mean" | "该参考视频为 {width}×{height} 像素，文档没有说明 {min}–{max} 指哪一边",
        cause: VideoSize, sources: [SeedOpenapi, PageMd], conflicts: []
    }
    FrameRateOutOfRange = "frame-rate-out-of-range", Error, "the URL" {
        fires: "the frame rate is outside the range" | "帧率超出范围",
        message: "this reference video has {actual} frames a second; `{model}` takes {min}–{max}" | "该参考视频的帧率为 {actual} fps，`{model}` 只接受 {min}–{max} fps",
        cause: FrameRate, sources: [PageMd], conflicts: [C6]
    }
}

impl Rule {
    /// Whether its findings stop the request.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }
}

impl RuleId {
    /// The rule of this id.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "one row a variant, in their order")]
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// The rule of this name.
    ///
    /// ```
    /// use seedance_core::RuleId;
    /// assert_eq!(RuleId::named("wrong-type"), Some(RuleId::WrongType));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        RULES
            .iter()
            .map(|rule| rule.id)
            .find(|id| id.name() == name)
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("RuleId", *self as u32, self.name())
    }
}
