//! Every rule: when it fires, what it says, and which pages it rests on.
//!
//! A message is a template: `{name}` is the parameter of that name, and a part in square brackets
//! is left out when a parameter in it is not given. `{related}` is the finding's `related`, by the names of the fields.

use serde::{Deserialize, Serialize, Serializer};

use super::{Conflict, Source, Text};
use crate::Lang;

use Conflict::{C1, C2, C4, C6, C9, C11, C12, C14, C15, C20, C27};
use ParamKind::{Integer, List, Number, Text as Word};
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

/// One parameter of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ParamInfo {
    /// Its name in `params`.
    pub name: &'static str,
    /// Its JSON type.
    #[serde(rename = "type")]
    pub kind: ParamKind,
    /// Whether a finding may lack it.
    pub optional: bool,
}

/// The JSON type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParamKind {
    /// A whole number.
    Integer,
    /// An array of strings.
    List,
    /// A number.
    Number,
    /// A string.
    Text,
}

/// A rule's id: stable, never reworded. The order is the order of findings at one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RuleId {
    /// `invalid-json`: the text is not exactly one JSON value in UTF-8.
    InvalidJson,
    /// `body-not-object`: the body is not a JSON object.
    BodyNotObject,
    /// `duplicate-field`: JSON text names a top-level field more than once.
    DuplicateField,
    /// `unknown-field`: the schema does not have this field.
    UnknownField,
    /// `missing-field`: a required field is absent.
    MissingField,
    /// `wrong-type`: a value has the wrong JSON type.
    WrongType,
    /// `empty-field`: an optional field is empty or blank, so it counts as absent.
    EmptyField,
    /// `empty-item`: an item of a list is empty or blank.
    EmptyItem,
    /// `unknown-model`: the model is not one of the table.
    UnknownModel,
    /// `empty-prompt`: the prompt is there, yet empty or white space only.
    EmptyPrompt,
    /// `prompt-too-long`: the prompt has more characters than the route's maximum.
    PromptTooLong,
    /// `duration-out-of-range`: the duration is outside the route's range (without a route: outside every route's).
    DurationOutOfRange,
    /// `duration-contested`: pages disagree on whether so short a video is accepted.
    DurationContested,
    /// `resolution-not-offered`: the resolution is not in the route's list.
    ResolutionNotOffered,
    /// `resolution-ignored`: the model delivers its own resolution and ignores this one.
    ResolutionIgnored,
    /// `orientation-not-offered`: the orientation is neither landscape nor portrait.
    OrientationNotOffered,
    /// `orientation-overridden`: ratio is there too, and it wins.
    OrientationOverridden,
    /// `ratio-not-offered`: the route's list of ratios is closed and this one is not in it.
    RatioNotOffered,
    /// `ratio-unlisted`: the route's list of ratios is open and this one is not in it.
    RatioUnlisted,
    /// `ratio-malformed`: the ratio is neither W:H (each 1–99) nor Adaptive.
    RatioMalformed,
    /// `images-with-frames`: images and frames are used together.
    ImagesWithFrames,
    /// `too-many-images`: there are more images than the route's maximum.
    TooManyImages,
    /// `frame-pair-incomplete`: the route needs both frames or none.
    FramePairIncomplete,
    /// `last-frame-alone`: a last frame without a first one, of which no page speaks.
    LastFrameAlone,
    /// `image-expected`: the route makes videos from images and there is none.
    ImageExpected,
    /// `videos-not-supported`: the model takes no reference videos.
    VideosNotSupported,
    /// `too-many-videos`: there are more reference videos than the route's maximum.
    TooManyVideos,
    /// `video-expected`: the model is made for reference videos and there is none.
    VideoExpected,
    /// `audios-not-supported`: the route takes no reference audios.
    AudiosNotSupported,
    /// `too-many-audios`: there are more reference audios than the route's maximum.
    TooManyAudios,
    /// `audio-unpaired`: reference audios stand without images, frames and reference videos.
    AudioUnpaired,
    /// `audio-with-frames`: reference audios and frames are used together on a route that excludes it.
    AudioWithFrames,
    /// `scheme-not-accepted`: the URL's scheme is not one that the route accepts there.
    SchemeNotAccepted,
    /// `scheme-contested`: pages disagree on whether this scheme is accepted here.
    SchemeContested,
    /// `url-malformed`: the scheme is accepted, but there is no host, no asset id, or white space or control characters.
    UrlMalformed,
    /// `host-not-public`: the host cannot be reached from the internet.
    HostNotPublic,
    /// `gif-not-accepted`: an image or frame is a GIF file on a route that takes none.
    GifNotAccepted,
    /// `image-in-videos`: a reference video is an image file.
    ImageInVideos,
    /// `videos-too-long`: the known lengths of the reference videos are together above the maximum.
    VideosTooLong,
    /// `videos-too-short`: all lengths are known and together below a minimum that one page gives.
    VideosTooShort,
    /// `videos-too-large`: the known sizes of the reference videos are together above the maximum.
    VideosTooLarge,
    /// `video-size-out-of-range`: no reading of the pixel limits accepts this size.
    VideoSizeOutOfRange,
    /// `video-size-contested`: one reading of the pixel limits accepts this size, another does not.
    VideoSizeContested,
    /// `frame-rate-out-of-range`: the frame rate is outside the range.
    FrameRateOutOfRange,
}

// Not derived: one name looked up is less code than a call for each.
impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("RuleId", *self as u32, self.name())
    }
}

impl RuleId {
    /// The id as it stands in reports.
    ///
    /// ```
    /// assert_eq!(seedance_core::RuleId::MissingField.name(), "missing-field");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid-json",
            Self::BodyNotObject => "body-not-object",
            Self::DuplicateField => "duplicate-field",
            Self::UnknownField => "unknown-field",
            Self::MissingField => "missing-field",
            Self::WrongType => "wrong-type",
            Self::EmptyField => "empty-field",
            Self::EmptyItem => "empty-item",
            Self::UnknownModel => "unknown-model",
            Self::EmptyPrompt => "empty-prompt",
            Self::PromptTooLong => "prompt-too-long",
            Self::DurationOutOfRange => "duration-out-of-range",
            Self::DurationContested => "duration-contested",
            Self::ResolutionNotOffered => "resolution-not-offered",
            Self::ResolutionIgnored => "resolution-ignored",
            Self::OrientationNotOffered => "orientation-not-offered",
            Self::OrientationOverridden => "orientation-overridden",
            Self::RatioNotOffered => "ratio-not-offered",
            Self::RatioUnlisted => "ratio-unlisted",
            Self::RatioMalformed => "ratio-malformed",
            Self::ImagesWithFrames => "images-with-frames",
            Self::TooManyImages => "too-many-images",
            Self::FramePairIncomplete => "frame-pair-incomplete",
            Self::LastFrameAlone => "last-frame-alone",
            Self::ImageExpected => "image-expected",
            Self::VideosNotSupported => "videos-not-supported",
            Self::TooManyVideos => "too-many-videos",
            Self::VideoExpected => "video-expected",
            Self::AudiosNotSupported => "audios-not-supported",
            Self::TooManyAudios => "too-many-audios",
            Self::AudioUnpaired => "audio-unpaired",
            Self::AudioWithFrames => "audio-with-frames",
            Self::SchemeNotAccepted => "scheme-not-accepted",
            Self::SchemeContested => "scheme-contested",
            Self::UrlMalformed => "url-malformed",
            Self::HostNotPublic => "host-not-public",
            Self::GifNotAccepted => "gif-not-accepted",
            Self::ImageInVideos => "image-in-videos",
            Self::VideosTooLong => "videos-too-long",
            Self::VideosTooShort => "videos-too-short",
            Self::VideosTooLarge => "videos-too-large",
            Self::VideoSizeOutOfRange => "video-size-out-of-range",
            Self::VideoSizeContested => "video-size-contested",
            Self::FrameRateOutOfRange => "frame-rate-out-of-range",
        }
    }

    /// The rule of this id.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        RULES.get(self as usize).unwrap_or(&RULES[0])
    }

    /// Whether its findings stop the request.
    #[must_use]
    pub fn is_error(self) -> bool {
        self.finding().severity == Severity::Error
    }

    pub(crate) fn finding(self) -> &'static OfFindings {
        OF_FINDINGS.get(self as usize).unwrap_or(&OF_FINDINGS[0])
    }

    /// The template of its findings' messages.
    pub(crate) fn message(self, lang: Lang) -> &'static str {
        let (before, from) = LENGTHS.split_at(2 * self as usize + lang as usize);
        let start = before.iter().map(|length| usize::from(*length)).sum();
        let length = from.first().map_or(0, |length| usize::from(*length));
        MESSAGES.get(start..start + length).unwrap_or_default()
    }

    /// The rule id of this exact name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        RULES
            .iter()
            .map(|rule| rule.id)
            .find(|id| id.name() == name)
    }
}

/// Every rule, in the order of findings at one path.
pub static RULES: [Rule; 44] = [
    Rule {
        id: RuleId::InvalidJson,
        severity: Error,
        path: "",
        fires: Text {
            en: "the text is not exactly one JSON value in UTF-8",
            zh: "文本不是单个 UTF-8 编码的 JSON 值",
        },
        message: Text {
            en: "this is not JSON at line {line}, column {column}: {reason}",
            zh: "第 {line} 行第 {column} 列不是有效的 JSON：{reason}",
        },
        params: &[
            param("line", Integer),
            param("column", Integer),
            param("reason", Word),
        ],
        sources: &[Rfc8259],
        conflicts: &[],
    },
    Rule {
        id: RuleId::BodyNotObject,
        severity: Error,
        path: "",
        fires: Text {
            en: "the body is not a JSON object",
            zh: "请求体不是 JSON 对象",
        },
        message: Text {
            en: "the body must be a JSON object, not {found}",
            zh: "请求体应为 JSON 对象，实际是{found}",
        },
        params: &[param("found", Word)],
        sources: &[SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::DuplicateField,
        severity: Error,
        path: "/FIELD",
        fires: Text {
            en: "JSON text names a top-level field more than once",
            zh: "JSON 文本中同一个顶层字段出现多次",
        },
        message: Text {
            en: "`{field}` is given more than once; keep one of them",
            zh: "`{field}` 出现了多次，请只保留一个",
        },
        params: &[param("field", Word)],
        sources: &[Rfc8259],
        conflicts: &[],
    },
    Rule {
        id: RuleId::UnknownField,
        severity: Warning,
        path: "/FIELD",
        fires: Text {
            en: "the schema does not have this field",
            zh: "接口定义中没有这个字段",
        },
        message: Text {
            en: "`{field}` is not a field of this endpoint[; did you mean {suggestions}?]",
            zh: "`{field}` 不是该接口的字段[，是否想写 {suggestions}？]",
        },
        params: &[param("field", Word), maybe("suggestions", List)],
        sources: &[SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::MissingField,
        severity: Error,
        path: "/model, /prompt, /duration",
        fires: Text {
            en: "a required field is absent",
            zh: "缺少必填字段",
        },
        message: Text {
            en: "`{field}` is required",
            zh: "缺少必填字段 `{field}`",
        },
        params: &[param("field", Word)],
        sources: &[SeedOpenapi, SeedTable],
        conflicts: &[C4],
    },
    Rule {
        id: RuleId::WrongType,
        severity: Error,
        path: "the value",
        fires: Text {
            en: "a value has the wrong JSON type",
            zh: "值的 JSON 类型不对",
        },
        message: Text {
            en: "[item {index} of ]`{field}` must be {expected}, not {found}[ (`{actual}`)]",
            zh: "`{field}` [的第 {index} 项（从 0 数起）]应为{expected}，实际是{found}[（`{actual}`）]",
        },
        params: &[
            param("field", Word),
            maybe("index", Integer),
            param("expected", Word),
            param("found", Word),
            maybe("actual", Word),
        ],
        sources: &[SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::EmptyField,
        severity: Warning,
        path: "the field",
        fires: Text {
            en: "an optional field is empty or blank, so it counts as absent",
            zh: "可选字段为空或只有空白，按未填写处理",
        },
        message: Text {
            en: "`{field}` is empty and counts as absent",
            zh: "`{field}` 为空，按未填写处理",
        },
        params: &[param("field", Word)],
        sources: &[Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::EmptyItem,
        severity: Error,
        path: "the item",
        fires: Text {
            en: "an item of a list is empty or blank",
            zh: "列表中的某一项为空或只有空白",
        },
        message: Text {
            en: "`{field}` has an empty item at index {index}; give a URL or drop it",
            zh: "`{field}` 的第 {index} 项（从 0 数起）为空，请填写 URL 或删除",
        },
        params: &[param("field", Word), param("index", Integer)],
        sources: &[Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::UnknownModel,
        severity: Error,
        path: "/model",
        fires: Text {
            en: "the model is not one of the table",
            zh: "模型不在本版列出的模型之中",
        },
        message: Text {
            en: "`{actual}` is not a model of this endpoint[; did you mean {suggestions}?]",
            zh: "该接口没有模型 `{actual}`[，是否想写 {suggestions}？]",
        },
        params: &[param("actual", Word), maybe("suggestions", List)],
        sources: &[SeedOpenapi, SeedTable],
        conflicts: &[C12],
    },
    Rule {
        id: RuleId::EmptyPrompt,
        severity: Error,
        path: "/prompt",
        fires: Text {
            en: "the prompt is there, yet empty or white space only",
            zh: "提示词为空或只有空白",
        },
        message: Text {
            en: "`prompt` is empty; say what the video shows",
            zh: "`prompt` 为空，请描述视频内容",
        },
        params: &[],
        sources: &[SeedOpenapi, Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::PromptTooLong,
        severity: Error,
        path: "/prompt",
        fires: Text {
            en: "the prompt has more characters than the route's maximum",
            zh: "提示词超过该线路的字数上限",
        },
        message: Text {
            en: "`prompt` has {actual} characters; `{model}` takes at most {limit}",
            zh: "`prompt` 有 {actual} 个字符，`{model}` 最多 {limit} 个",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Integer),
        ],
        sources: &[SeedOpenapi, PageMd, PageFastI2v],
        conflicts: &[],
    },
    Rule {
        id: RuleId::DurationOutOfRange,
        severity: Error,
        path: "/duration",
        fires: Text {
            en: "the duration is outside the route's range (without a route: outside every route's)",
            zh: "视频时长超出该线路的范围（线路未知时，超出所有线路的范围）",
        },
        message: Text {
            en: "`duration` is {actual} s; it must be {min}–{max} s[ on `{model}`]",
            zh: "视频时长 {actual} 秒超出范围：[`{model}` ]允许 {min}–{max} 秒",
        },
        params: &[
            maybe("model", Word),
            param("min", Integer),
            param("max", Integer),
            param("actual", Number),
        ],
        sources: &[
            SeedTable,
            SeedOpenapi,
            PageFull,
            PageSp,
            PageMiniSp,
            PageMd,
            PageFastI2v,
            PageStd,
        ],
        conflicts: &[C1, C2],
    },
    Rule {
        id: RuleId::DurationContested,
        severity: Warning,
        path: "/duration",
        fires: Text {
            en: "pages disagree on whether so short a video is accepted",
            zh: "这么短的视频时长是否可用，各文档说法不一",
        },
        message: Text {
            en: "`duration` {actual} s on `{model}` is contested: the shared schema allows it, the page of the route starts at {undisputed_from} s",
            zh: "`{model}` 是否接受 {actual} 秒的视频，文档说法不一：接口定义允许，线路页面要求至少 {undisputed_from} 秒",
        },
        params: &[
            param("model", Word),
            param("actual", Integer),
            param("undisputed_from", Integer),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[C1],
    },
    Rule {
        id: RuleId::ResolutionNotOffered,
        severity: Error,
        path: "/resolution",
        fires: Text {
            en: "the resolution is not in the route's list",
            zh: "该线路不提供这个分辨率",
        },
        message: Text {
            en: "`resolution` `{actual}` is not offered[ by `{model}`]; use {allowed}",
            zh: "[`{model}` ]不提供分辨率 `{actual}`，可选 {allowed}",
        },
        params: &[
            maybe("model", Word),
            param("actual", Word),
            param("allowed", List),
        ],
        sources: &[SeedTable, SeedOpenapi, PageSp, PageMiniSp],
        conflicts: &[],
    },
    Rule {
        id: RuleId::ResolutionIgnored,
        severity: Warning,
        path: "/resolution",
        fires: Text {
            en: "the model delivers its own resolution and ignores this one",
            zh: "模型的分辨率是固定的，该字段会被忽略",
        },
        message: Text {
            en: "`resolution` `{actual}` is ignored: `{model}` always delivers {delivered}",
            zh: "分辨率 `{actual}` 会被忽略：`{model}` 固定输出 {delivered}",
        },
        params: &[
            param("model", Word),
            param("actual", Word),
            param("delivered", Word),
        ],
        sources: &[SeedOpenapi, PageFull, PageMd, PageFastI2v, PageStd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::OrientationNotOffered,
        severity: Error,
        path: "/orientation",
        fires: Text {
            en: "the orientation is neither landscape nor portrait",
            zh: "画面方向既不是 landscape 也不是 portrait",
        },
        message: Text {
            en: "`orientation` `{actual}` is not offered; use {allowed}",
            zh: "画面方向 `{actual}` 不可用，可选 {allowed}",
        },
        params: &[param("actual", Word), param("allowed", List)],
        sources: &[SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::OrientationOverridden,
        severity: Warning,
        path: "/orientation",
        fires: Text {
            en: "ratio is there too, and it wins",
            zh: "同时填写了 ratio，以 ratio 为准",
        },
        message: Text {
            en: "`orientation` has no effect: `ratio` is given too and wins",
            zh: "`orientation` 不起作用：同时填写了 `ratio`，以 `ratio` 为准",
        },
        params: &[],
        sources: &[SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::RatioNotOffered,
        severity: Error,
        path: "/ratio",
        fires: Text {
            en: "the route's list of ratios is closed and this one is not in it",
            zh: "该线路只接受列出的画面比例，此值不在其中",
        },
        message: Text {
            en: "`ratio` `{actual}` is not offered by `{model}`; use {allowed}",
            zh: "`{model}` 不提供画面比例 `{actual}`，可选 {allowed}",
        },
        params: &[
            param("model", Word),
            param("actual", Word),
            param("allowed", List),
        ],
        sources: &[SeedOpenapi, PageMd, PageFastI2v, PageStd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::RatioUnlisted,
        severity: Warning,
        path: "/ratio",
        fires: Text {
            en: "the route's list of ratios is open and this one is not in it",
            zh: "该线路的画面比例仅为举例，此值未列出",
        },
        message: Text {
            en: "`ratio` `{actual}` is not among those listed for `{model}`: {allowed}",
            zh: "`{model}` 的文档没有列出画面比例 `{actual}`，列出的有 {allowed}",
        },
        params: &[
            param("model", Word),
            param("actual", Word),
            param("allowed", List),
        ],
        sources: &[SeedTable, SeedOpenapi, PageFull, PageSp, PageMiniSp],
        conflicts: &[],
    },
    Rule {
        id: RuleId::RatioMalformed,
        severity: Error,
        path: "/ratio",
        fires: Text {
            en: "the ratio is neither W:H (each 1–99) nor Adaptive",
            zh: "画面比例既不是 宽:高（各 1–99），也不是 Adaptive",
        },
        message: Text {
            en: "`ratio` `{actual}` is not a ratio; write it as W:H, for example {allowed}",
            zh: "`{actual}` 不是有效的画面比例，请写成 宽:高，例如 {allowed}",
        },
        params: &[param("actual", Word), param("allowed", List)],
        sources: &[Inferred, SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::ImagesWithFrames,
        severity: Error,
        path: "/images",
        fires: Text {
            en: "images and frames are used together",
            zh: "参考图与首尾帧同时使用",
        },
        message: Text {
            en: "`images` and {related} cannot be used together",
            zh: "`images` 与 {related} 不能同时使用",
        },
        params: &[],
        sources: &[SeedTable, SeedOpenapi],
        conflicts: &[],
    },
    Rule {
        id: RuleId::TooManyImages,
        severity: Error,
        path: "/images",
        fires: Text {
            en: "there are more images than the route's maximum",
            zh: "参考图数量超过该线路的上限",
        },
        message: Text {
            en: "{actual} images are too many: `{model}` takes at most {limit}[, frames included ({frames} here)]",
            zh: "共 {actual} 张图片，`{model}` 最多 {limit} 张[（含首尾帧，此处 {frames} 张）]",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Integer),
            maybe("frames", Integer),
        ],
        sources: &[SeedOpenapi, PageMd, PageFastI2v, PageStd],
        conflicts: &[C14],
    },
    Rule {
        id: RuleId::FramePairIncomplete,
        severity: Error,
        path: "the missing frame",
        fires: Text {
            en: "the route needs both frames or none",
            zh: "该线路的首帧与尾帧须同时提供，或都不提供",
        },
        message: Text {
            en: "`{model}` needs both frames: `{missing}` is missing",
            zh: "`{model}` 的首帧与尾帧须同时提供，缺少 `{missing}`",
        },
        params: &[param("model", Word), param("missing", Word)],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::LastFrameAlone,
        severity: Warning,
        path: "/last_image",
        fires: Text {
            en: "a last frame without a first one, of which no page speaks",
            zh: "只有尾帧、没有首帧，文档未作说明",
        },
        message: Text {
            en: "`last_image` stands alone: no page says that `{model}` takes a last frame without a first",
            zh: "只提供了 `last_image`：文档未说明 `{model}` 能否只用尾帧",
        },
        params: &[param("model", Word)],
        sources: &[Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::ImageExpected,
        severity: Warning,
        path: "/images",
        fires: Text {
            en: "the route makes videos from images and there is none",
            zh: "该线路由图片生成视频，却没有提供图片",
        },
        message: Text {
            en: "`{model}` makes videos from images, and there are no images and no frames",
            zh: "`{model}` 由图片生成视频，但没有提供参考图或首尾帧",
        },
        params: &[param("model", Word)],
        sources: &[Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::VideosNotSupported,
        severity: Error,
        path: "/reference_videos",
        fires: Text {
            en: "the model takes no reference videos",
            zh: "该模型不支持参考视频",
        },
        message: Text {
            en: "`{model}` takes no reference videos[; `{partner}` does]",
            zh: "`{model}` 不支持参考视频[，`{partner}` 支持]",
        },
        params: &[param("model", Word), maybe("partner", Word)],
        sources: &[SeedTable, SeedOpenapi, PageFull, PageFastI2v],
        conflicts: &[],
    },
    Rule {
        id: RuleId::TooManyVideos,
        severity: Error,
        path: "/reference_videos",
        fires: Text {
            en: "there are more reference videos than the route's maximum",
            zh: "参考视频数量超过该线路的上限",
        },
        message: Text {
            en: "{actual} reference videos are too many: `{model}` takes at most {limit}",
            zh: "共 {actual} 个参考视频，`{model}` 最多 {limit} 个",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Integer),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::VideoExpected,
        severity: Warning,
        path: "/reference_videos",
        fires: Text {
            en: "the model is made for reference videos and there is none",
            zh: "该模型专用于参考视频，却没有提供参考视频",
        },
        message: Text {
            en: "`{model}` is made for reference videos, and there are none",
            zh: "`{model}` 专用于参考视频，但没有提供参考视频",
        },
        params: &[param("model", Word), maybe("partner", Word)],
        sources: &[Inferred],
        conflicts: &[],
    },
    Rule {
        id: RuleId::AudiosNotSupported,
        severity: Error,
        path: "/reference_audios",
        fires: Text {
            en: "the route takes no reference audios",
            zh: "该线路不支持参考音频",
        },
        message: Text {
            en: "`{model}` takes no reference audios",
            zh: "`{model}` 不支持参考音频",
        },
        params: &[param("model", Word)],
        sources: &[SeedOpenapi, PageMd, PageFastI2v],
        conflicts: &[C15],
    },
    Rule {
        id: RuleId::TooManyAudios,
        severity: Error,
        path: "/reference_audios",
        fires: Text {
            en: "there are more reference audios than the route's maximum",
            zh: "参考音频数量超过该线路的上限",
        },
        message: Text {
            en: "{actual} reference audios are too many: `{model}` takes at most {limit}",
            zh: "共 {actual} 个参考音频，`{model}` 最多 {limit} 个",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Integer),
        ],
        sources: &[SeedOpenapi, PageStd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::AudioUnpaired,
        severity: Error,
        path: "/reference_audios",
        fires: Text {
            en: "reference audios stand without images, frames and reference videos",
            zh: "只有参考音频，没有参考图、首尾帧或参考视频",
        },
        message: Text {
            en: "on `{model}` reference audios need images, frames or reference videos beside them",
            zh: "`{model}` 的参考音频必须与参考图、首尾帧或参考视频搭配",
        },
        params: &[param("model", Word)],
        sources: &[SeedTable, PageSp, PageMiniSp],
        conflicts: &[C11, C27],
    },
    Rule {
        id: RuleId::AudioWithFrames,
        severity: Error,
        path: "/reference_audios",
        fires: Text {
            en: "reference audios and frames are used together on a route that excludes it",
            zh: "在不允许的线路上，参考音频与首尾帧同时使用",
        },
        message: Text {
            en: "on `{model}` reference audios cannot be used together with {related}",
            zh: "`{model}` 的参考音频不能与 {related} 同时使用",
        },
        params: &[param("model", Word)],
        sources: &[SeedOpenapi, PageStd],
        conflicts: &[C11],
    },
    Rule {
        id: RuleId::SchemeNotAccepted,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "the URL's scheme is not one that the route accepts there",
            zh: "该线路在此处不接受这种 URL 协议",
        },
        message: Text {
            en: "`{model}` takes {allowed} URLs here[, not `{actual}`]",
            zh: "`{model}` 此处只接受 {allowed} 地址[，不接受 `{actual}`]",
        },
        params: &[
            param("model", Word),
            param("allowed", List),
            maybe("actual", Word),
        ],
        sources: &[
            SeedTable,
            SeedOpenapi,
            PageFull,
            PageSp,
            PageMd,
            PageFastI2v,
            PageStd,
            Inferred,
        ],
        conflicts: &[C9, C20],
    },
    Rule {
        id: RuleId::SchemeContested,
        severity: Warning,
        path: "the URL",
        fires: Text {
            en: "pages disagree on whether this scheme is accepted here",
            zh: "此处是否接受这种协议，各文档说法不一",
        },
        message: Text {
            en: "`{actual}` URLs are contested here: the page of `{model}` accepts them, the shared schema asks for {allowed}",
            zh: "此处是否接受 `{actual}` 地址，文档说法不一：`{model}` 的页面接受，接口定义要求 {allowed}",
        },
        params: &[
            param("model", Word),
            param("actual", Word),
            param("allowed", List),
        ],
        sources: &[SeedOpenapi, PageSp],
        conflicts: &[C9],
    },
    Rule {
        id: RuleId::UrlMalformed,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "the scheme is accepted, but there is no host, no asset id, or white space or control characters",
            zh: "协议可用，但缺少主机名或素材 ID，或含有空白、控制字符",
        },
        message: Text {
            en: "this URL is broken: {problem}",
            zh: "URL 有误：{problem}",
        },
        params: &[param("problem", Word)],
        sources: &[Rfc3986],
        conflicts: &[],
    },
    Rule {
        id: RuleId::HostNotPublic,
        severity: Warning,
        path: "the URL",
        fires: Text {
            en: "the host cannot be reached from the internet",
            zh: "主机无法从公网访问",
        },
        message: Text {
            en: "`{host}` cannot be reached from the internet",
            zh: "`{host}` 无法从公网访问",
        },
        params: &[param("host", Word)],
        sources: &[SeedTable, Rfc6761, Rfc6762, Rfc1918, Rfc4291, Rfc6890],
        conflicts: &[],
    },
    Rule {
        id: RuleId::GifNotAccepted,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "an image or frame is a GIF file on a route that takes none",
            zh: "参考图、首帧或尾帧是 GIF 文件，而该线路不接受",
        },
        message: Text {
            en: "`{model}` takes no GIF images",
            zh: "`{model}` 不接受 GIF 图片",
        },
        params: &[param("model", Word)],
        sources: &[PageMd],
        conflicts: &[C6],
    },
    Rule {
        id: RuleId::ImageInVideos,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "a reference video is an image file",
            zh: "参考视频其实是图片文件",
        },
        message: Text {
            en: "this is an image file (`.{ending}`), and `{model}` takes only videos in `reference_videos`",
            zh: "这是图片文件（`.{ending}`），`{model}` 的 `reference_videos` 只接受视频",
        },
        params: &[param("model", Word), param("ending", Word)],
        sources: &[PageStd, PageUpload],
        conflicts: &[],
    },
    Rule {
        id: RuleId::VideosTooLong,
        severity: Error,
        path: "/reference_videos",
        fires: Text {
            en: "the known lengths of the reference videos are together above the maximum",
            zh: "已知的参考视频时长总和超过上限",
        },
        message: Text {
            en: "the reference videos are {actual} s long together; `{model}` takes at most {limit} s",
            zh: "参考视频总时长为 {actual} 秒，`{model}` 最多 {limit} 秒",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Number),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[C6],
    },
    Rule {
        id: RuleId::VideosTooShort,
        severity: Warning,
        path: "/reference_videos",
        fires: Text {
            en: "all lengths are known and together below a minimum that one page gives",
            zh: "各参考视频的时长均已知，总和低于其中一个页面给出的下限",
        },
        message: Text {
            en: "the reference videos are {actual} s long together; the page of `{model}` asks for at least {limit} s",
            zh: "参考视频总时长为 {actual} 秒，`{model}` 的页面要求至少 {limit} 秒",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Number),
        ],
        sources: &[PageMd],
        conflicts: &[C6],
    },
    Rule {
        id: RuleId::VideosTooLarge,
        severity: Error,
        path: "/reference_videos",
        fires: Text {
            en: "the known sizes of the reference videos are together above the maximum",
            zh: "已知的参考视频大小总和超过上限",
        },
        message: Text {
            en: "the reference videos have {actual} bytes together; `{model}` takes at most {limit} bytes",
            zh: "参考视频共 {actual} 字节，`{model}` 最多 {limit} 字节",
        },
        params: &[
            param("model", Word),
            param("limit", Integer),
            param("actual", Integer),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::VideoSizeOutOfRange,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "no reading of the pixel limits accepts this size",
            zh: "无论怎样理解像素限制，该尺寸都不符合",
        },
        message: Text {
            en: "this reference video has {width}×{height} pixels; `{model}` takes {min}–{max}",
            zh: "该参考视频为 {width}×{height} 像素，`{model}` 只接受 {min}–{max} 像素",
        },
        params: &[
            param("model", Word),
            param("min", Integer),
            param("max", Integer),
            param("width", Integer),
            param("height", Integer),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::VideoSizeContested,
        severity: Warning,
        path: "the URL",
        fires: Text {
            en: "one reading of the pixel limits accepts this size, another does not",
            zh: "像素限制有两种理解，该尺寸只符合其中一种",
        },
        message: Text {
            en: "this reference video has {width}×{height} pixels; the limits {min}–{max} do not say which side they mean",
            zh: "该参考视频为 {width}×{height} 像素，文档没有说明 {min}–{max} 指哪一边",
        },
        params: &[
            param("model", Word),
            param("min", Integer),
            param("max", Integer),
            param("width", Integer),
            param("height", Integer),
        ],
        sources: &[SeedOpenapi, PageMd],
        conflicts: &[],
    },
    Rule {
        id: RuleId::FrameRateOutOfRange,
        severity: Error,
        path: "the URL",
        fires: Text {
            en: "the frame rate is outside the range",
            zh: "帧率超出范围",
        },
        message: Text {
            en: "this reference video has {actual} frames a second; `{model}` takes {min}–{max}",
            zh: "该参考视频的帧率为 {actual} fps，`{model}` 只接受 {min}–{max} fps",
        },
        params: &[
            param("model", Word),
            param("min", Integer),
            param("max", Integer),
            param("actual", Number),
        ],
        sources: &[PageMd],
        conflicts: &[C6],
    },
];

/// What findings take from their rule, beside their messages.
#[derive(Debug)]
pub(crate) struct OfFindings {
    pub severity: Severity,
    pub subject: Subject,
    pub sources: &'static [Source],
}

/// What the first parameter of a rule's findings names, and all its findings alike.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    /// `field`, and `index` behind it where the finding points at an item.
    Field,
    /// `model`.
    Model,
    /// Something else.
    Other,
}

/// Beside [`RULES`], so that a program that only checks does not hold what only documents say.
pub(crate) static OF_FINDINGS: [OfFindings; RULES.len()] = {
    let mut all = [const {
        OfFindings {
            severity: Error,
            subject: Subject::Other,
            sources: &[],
        }
    }; RULES.len()];
    let mut index = 0;
    while index < RULES.len() {
        let rule = &RULES[index];
        all[index] = OfFindings {
            severity: rule.severity,
            subject: subject(rule.params),
            sources: rule.sources,
        };
        index += 1;
    }
    all
};

const fn subject(params: &[ParamInfo]) -> Subject {
    let [first, ..] = params else {
        return Subject::Other;
    };
    match first.name.as_bytes() {
        b"field" => Subject::Field,
        b"model" => Subject::Model,
        _ => Subject::Other,
    }
}

/// The messages of all rules as one text, each in English and in Chinese: so they take less room than with a pointer to each.
static MESSAGES: &str = {
    const BYTES: [u8; MESSAGE_BYTES] = {
        let mut bytes = [0; MESSAGE_BYTES];
        let (mut end, mut place) = (0, 0);
        while place < LENGTHS.len() {
            let length = LENGTHS[place] as usize;
            let (_, rest) = bytes.split_at_mut(end);
            rest.split_at_mut(length).0.copy_from_slice(message(place));
            end += length;
            place += 1;
        }
        bytes
    };
    match core::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => panic!("the messages are texts"),
    }
};

const MESSAGE_BYTES: usize = {
    let (mut bytes, mut place) = (0, 0);
    while place < LENGTHS.len() {
        bytes += LENGTHS[place] as usize;
        place += 1;
    }
    bytes
};

static LENGTHS: [u8; 2 * RULES.len()] = {
    let mut lengths = [0; 2 * RULES.len()];
    let mut place = 0;
    while place < lengths.len() {
        assert!(
            message(place).len() < 256,
            "a message of more than a byte's length"
        );
        lengths[place] = message(place).len() as u8;
        place += 1;
    }
    lengths
};

/// The message at this place of [`MESSAGES`].
const fn message(place: usize) -> &'static [u8] {
    let Text { en, zh } = RULES[place / 2].message;
    if place % 2 == Lang::En as usize {
        en
    } else {
        zh
    }
    .as_bytes()
}

const fn param(name: &'static str, kind: ParamKind) -> ParamInfo {
    ParamInfo {
        name,
        kind,
        optional: false,
    }
}

const fn maybe(name: &'static str, kind: ParamKind) -> ParamInfo {
    ParamInfo {
        name,
        kind,
        optional: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_found_in_the_text_of_all() {
        for rule in &RULES {
            for lang in [Lang::En, Lang::Zh] {
                assert_eq!(rule.id.message(lang), rule.message.get(lang));
            }
        }
    }
}
