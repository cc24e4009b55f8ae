//! Every rule: when it fires, what it says, and which sources it is based on. Its function is in `check`, under the rule's name.
//!
//! A message is a template: `{name}` is replaced by the parameter with that name, and a part in square brackets is dropped if one
//! of its parameters is missing. `{related}` is replaced by the names of the fields in the finding's `related`.
//!
//! Sources and conflicts are listed for 2026-07 and, after a bar, for 2026-09. An edition without sources for a rule does not
//! have the rule; a row without `conflicts` has none in either edition.

use alloc::string::String;
use core::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use super::cause::{ParamInfo, ParamsOf};
use super::{Conflict, Edition, Source, Text};

use Conflict::*;
use Severity::*;
use Source::*;

/// Whether a finding stops the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request would be refused, or would fail, or would be billed in a way that the documents exclude.
    Error,
    /// The docs disagree, or the value is ignored, overridden or unlisted.
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
    /// What its findings point to: JSON Pointers, or words such as `the URL`.
    pub path: &'static str,
    /// When it fires, in words.
    pub fires: Text,
    /// The template of its message.
    pub message: Text,
    /// The parameters of its message.
    pub params: &'static [ParamInfo],
    /// The sources that it is based on, over all routes.
    pub sources: &'static [Source],
    /// Where these sources disagree.
    pub conflicts: &'static [Conflict],
}

/// Each row defines a rule's variant, its id and all values of [`Rule`], so that none of them can be forgotten. The order of the
/// rows is the order of findings at one path, in every edition.
macro_rules! rules {
    ($($variant:ident = $id:literal, $severity:ident, $path:literal, Cause::$cause:ident,
        fires: $fires:literal | $fires_zh:literal,
        message: $message:literal | $message_zh:literal,
        sources: [$($source:ident),*] | [$($later_source:ident),*]
        $(, conflicts: [$($conflict:ident),*] | [$($later_conflict:ident),*])?;
    )*) => {
        /// A rule's id: stable, never reworded. The order is the order of findings at one path.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[non_exhaustive]
        pub enum RuleId {
            $(
                #[doc = concat!("`", $id, "`: ", $fires, ".")]
                #[serde(rename = $id)]
                $variant,
            )*
            /// A rule that this version of the crate does not know, in a report that was deserialized. No edition has it.
            #[serde(other)]
            Unknown,
        }

        impl RuleId {
            /// Every rule of any edition, in the order of findings at one path.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// The id in findings.
            ///
            /// ```
            /// assert_eq!(seedance_core::RuleId::WrongType.name(), "wrong-type");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                    Self::Unknown => "unknown",
                }
            }

            // Findings take these from functions, so that a program that only checks does not contain the rest of the rows.

            /// Whether its findings stop the request.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => $severity,)*
                    Self::Unknown => Warning,
                }
            }

            pub(crate) const fn message(self) -> Text {
                match self {
                    $(Self::$variant => Text::new($message, $message_zh),)*
                    Self::Unknown => Text::new("", ""),
                }
            }

            /// The sources that it is based on, over all routes; none if the edition does not have the rule.
            pub(crate) const fn sources(self, edition: Edition) -> &'static [Source] {
                match (self, edition) {
                    $(
                        (Self::$variant, Edition::V2026_07) => &[$($source),*],
                        (Self::$variant, Edition::V2026_09) => &[$($later_source),*],
                    )*
                    (Self::Unknown, _) => &[],
                }
            }
        }

        impl Rule {
            pub(super) fn of(id: RuleId, edition: Edition) -> Option<Self> {
                let sources = id.sources(edition);
                let (path, fires, params, conflicts): (_, _, _, [&[_]; 2]) = match id {
                    $(RuleId::$variant => (
                        $path,
                        Text::new($fires, $fires_zh),
                        ParamsOf::$cause,
                        [&[$($($conflict),*)?], &[$($($later_conflict),*)?]],
                    ),)*
                    RuleId::Unknown => return None,
                };
                let [first, later] = conflicts;
                (!sources.is_empty()).then_some(Self {
                    id,
                    severity: id.severity(),
                    path,
                    fires,
                    message: id.message(),
                    params,
                    sources,
                    conflicts: match edition {
                        Edition::V2026_07 => first,
                        Edition::V2026_09 => later,
                    },
                })
            }
        }
    };
}

rules! {
    InvalidJson = "invalid-json", Error, "", Cause::NotJson,
        fires: "the text is not a single JSON value in UTF-8" | "文本不是一个完整的、UTF-8 编码的 JSON 值",
        message: "invalid JSON at line {line}, column {column}: {reason}" | "第 {line} 行第 {column} 列不是有效的 JSON：{reason}",
        sources: [Rfc8259] | [Rfc8259];
    BodyNotObject = "body-not-object", Error, "", Cause::NotObject,
        fires: "the body is not a JSON object" | "请求体不是 JSON 对象",
        message: "the body must be a JSON object, not {found}" | "请求体应为 JSON 对象，实际是{found}",
        sources: [SeedOpenapi] | [DocsOpenapi];
    DuplicateField = "duplicate-field", Error, "/FIELD", Cause::Field,
        fires: "JSON text names a top-level field more than once" | "JSON 文本中同一个顶层字段出现多次",
        message: "`{field}` appears more than once; keep one" | "`{field}` 出现了多次，请只保留一个",
        sources: [Rfc8259] | [Rfc8259];
    UnknownField = "unknown-field", Warning, "/FIELD", Cause::UnknownField,
        fires: "the schema does not have this field" | "接口定义中没有这个字段",
        message: "unknown field `{field}`[; did you mean {suggestions}?]" | "未知字段 `{field}`[，是否想写 {suggestions}？]",
        sources: [SeedOpenapi] | [DocsOpenapi];
    MissingField = "missing-field", Error, "/model, /prompt, /duration", Cause::Field,
        fires: "a required field is absent" | "缺少必填字段",
        message: "`{field}` is required" | "缺少必填字段 `{field}`",
        sources: [SeedOpenapi, SeedTable] | [DocsOpenapi, DocsFull, DocsMd, DocsMini],
        conflicts: [C4] | [N1, N3];
    WrongType = "wrong-type", Error, "the value", Cause::WrongType,
        fires: "a value has the wrong JSON type" | "值的 JSON 类型不对",
        message: "[item {index} of ]`{field}` must be {expected}, not {found}[ (`{actual}`)]" | "`{field}` [第 {index} 项]应为{expected}，实际是{found}[（`{actual}`）]",
        sources: [SeedOpenapi] | [DocsOpenapi];
    EmptyField = "empty-field", Warning, "the field", Cause::Field,
        fires: "an optional field is empty or blank, so it counts as absent" | "可选字段为空或只有空白，按未填写处理",
        message: "`{field}` is empty, which counts as not set" | "`{field}` 为空，按未填写处理",
        sources: [Inferred] | [Inferred];
    EmptyItem = "empty-item", Error, "the item", Cause::EmptyItem,
        fires: "an item of a list is empty or blank" | "列表中的某一项为空或只有空白",
        message: "item {index} of `{field}` is empty; enter a URL or remove the item" | "`{field}` 第 {index} 项为空，请填写链接或移除",
        sources: [Inferred] | [Inferred];
    UnknownModel = "unknown-model", Error, "/model", Cause::UnknownModel,
        fires: "this edition of the rules does not know the model" | "本版规则没有收录该模型",
        message: "unknown model `{actual}`[: {withdrawn}][; did you mean {suggestions}?][; {advice}]" | "没有名为 `{actual}` 的模型[（{withdrawn}）][，是否想写 {suggestions}？][，{advice}]",
        sources: [SeedOpenapi, SeedTable] | [DocsLlms, DocsOpenapi, SkillsApi],
        conflicts: [C12] | [];
    WrongEndpoint = "wrong-endpoint", Error, "/model", Cause::WrongEndpoint,
        fires: "the model belongs to another path of the vendor" | "该模型属于厂商的另一个接口路径",
        message: "`{actual}` is not a model of this endpoint; send it to `{endpoint}`" | "`{actual}` 不是本接口的模型，请发送到 `{endpoint}`",
        sources: [] | [SkillsRouting, DocsFull];
    ModelDelisted = "model-delisted", Warning, "/model", Cause::Model,
        fires: "the vendor does not list the route any more" | "厂商已不再列出该线路",
        message: "the vendor does not list `{model}` any more; it may be refused" | "厂商已不再列出 `{model}`，发送后可能被拒绝",
        sources: [] | [DocsLlms],
        conflicts: [] | [N15];
    EmptyPrompt = "empty-prompt", Error, "/prompt", Cause::Nothing,
        fires: "the prompt is empty or contains only white space" | "提示词为空或只有空白",
        message: "`prompt` is empty; describe the video" | "`prompt` 为空，请描述视频内容",
        sources: [SeedOpenapi, Inferred] | [DocsOpenapi, Inferred];
    PromptTooLong = "prompt-too-long", Error, "/prompt", Cause::TooMany,
        fires: "the prompt has more characters than the route's maximum" | "提示词超过该线路的字数上限",
        message: "`prompt` is {actual} characters long; `{model}` accepts at most {limit}" | "`prompt` 共 {actual} 个字符，`{model}` 最多 {limit} 个",
        sources: [SeedOpenapi, PageMd, PageFastI2v] | [DocsMd, DocsOpenapi, DocsStandard, Docs933, Docs933At720p, PageFastI2v, SkillsApi];
    DurationOutOfRange = "duration-out-of-range", Error, "/duration", Cause::DurationOutOfRange,
        fires: "the duration is outside the route's range; if the model is unknown, outside every route's" | "视频时长超出该线路的范围（线路未知时，超出所有线路的范围）",
        message: "`duration` is {actual} s; it must be {min}–{max} s[ on `{model}`]" | "视频时长 {actual} 秒超出范围：[`{model}` ]允许 {min}–{max} 秒",
        sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMiniSp, PageMd, PageFastI2v, PageStd] | [DocsOpenapi, DocsFull, DocsMini, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p, PageSp, PageMiniSp, PageFastI2v, PageStd, SkillsApi],
        conflicts: [C1, C2] | [N1];
    DurationNotOffered = "duration-not-offered", Error, "/duration", Cause::DurationNotOffered,
        fires: "the model makes videos of some lengths only, and this is not one of them" | "该模型只支持固定的几种视频时长，此值不在其中",
        message: "`duration` is {actual} s; `{model}` only makes videos of {allowed} s" | "视频时长 {actual} 秒不可用：`{model}` 只支持 {allowed} 秒",
        sources: [] | [DocsMd, DocsOpenapi, SkillsApi],
        conflicts: [] | [N3, N11];
    DurationContested = "duration-contested", Warning, "/duration", Cause::DurationContested,
        fires: "the docs disagree about whether such a short video is accepted" | "这么短的视频时长是否可用，各文档说法不一",
        message: "the docs disagree about {actual} s on `{model}`: the API schema allows it, the model's own page starts at {undisputed_from} s" | "`{model}` 能否生成 {actual} 秒的视频，文档说法不一：接口定义允许，线路文档要求至少 {undisputed_from} 秒",
        sources: [SeedOpenapi, PageMd] | [],
        conflicts: [C1] | [];
    ResolutionNotOffered = "resolution-not-offered", Error, "/resolution", Cause::ResolutionNotOffered,
        fires: "the resolution is not in the route's list" | "该线路不提供这个分辨率",
        message: "resolution `{actual}` is not available[ on `{model}`]; use one of {allowed}" | "[`{model}` ]不支持分辨率 `{actual}`，可选 {allowed}",
        sources: [SeedTable, SeedOpenapi, PageSp, PageMiniSp] | [DocsOpenapi, DocsMini, DocsGz, DocsGzMini, Docs933, PageSp, PageMiniSp, SkillsApi, SkillsTroubleshooting],
        conflicts: [] | [N2];
    ResolutionIgnored = "resolution-ignored", Warning, "/resolution", Cause::ResolutionIgnored,
        fires: "the model always outputs its own resolution and ignores this one" | "模型的分辨率是固定的，该字段会被忽略",
        message: "resolution `{actual}` is ignored: `{model}` always outputs {delivered}" | "分辨率 `{actual}` 会被忽略：`{model}` 固定输出 {delivered}",
        sources: [SeedOpenapi, PageFull, PageMd, PageFastI2v, PageStd] | [DocsFull, DocsMini, DocsMd, DocsStandard, DocsGz, DocsGzMini, Docs933At720p, DocsOpenapi, PageFastI2v, PageStd, SkillsTroubleshooting],
        conflicts: [] | [N19];
    ResolutionContested = "resolution-contested", Warning, "/resolution", Cause::ResolutionContested,
        fires: "the docs disagree about whether this resolution is available" | "该分辨率是否可用，文档说法不一",
        message: "the docs disagree about whether `{model}` offers {actual}" | "`{model}` 是否支持 {actual}，文档说法不一",
        sources: [] | [DocsOpenapi, SkillsApi, SkillsTroubleshooting, PageSp],
        conflicts: [] | [N2];
    OrientationNotOffered = "orientation-not-offered", Error, "/orientation", Cause::NotAmong,
        fires: "the orientation is neither landscape nor portrait" | "画面方向既不是 landscape 也不是 portrait",
        message: "orientation `{actual}` is not available; use one of {allowed}" | "不支持画面方向 `{actual}`，可选 {allowed}",
        sources: [SeedOpenapi] | [DocsOpenapi];
    OrientationOverridden = "orientation-overridden", Warning, "/orientation", Cause::Nothing,
        fires: "`ratio` is set too, and it takes precedence" | "同时填写了 ratio，以 ratio 为准",
        message: "`orientation` has no effect because `{ratio}` is set" | "已填写 `{ratio}`，因此 `orientation` 不生效",
        sources: [SeedOpenapi] | [DocsOpenapi];
    RatioNotOffered = "ratio-not-offered", Error, "/ratio", Cause::RatioNotListed,
        fires: "the route accepts only the aspect ratios it lists, and this is not one of them" | "该线路只接受列出的画面比例，此值不在其中",
        message: "aspect ratio `{actual}` is not available on `{model}`; use one of {allowed}" | "`{model}` 不支持画面比例 `{actual}`，可选 {allowed}",
        sources: [SeedOpenapi, PageMd, PageFastI2v, PageStd] | [DocsMd, DocsOpenapi, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p, PageFastI2v, SkillsApi];
    RatioUnlisted = "ratio-unlisted", Warning, "/ratio", Cause::RatioNotListed,
        fires: "the docs give the route's aspect ratios as examples, and this is not one of them" | "文档只举例列出该线路的画面比例，此值不在其中",
        message: "the docs for `{model}` do not list aspect ratio `{actual}`, only {allowed}" | "`{model}` 的文档没有列出画面比例 `{actual}`，列出的有 {allowed}",
        sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMiniSp] | [DocsFull, DocsOpenapi, DocsMini, PageSp, PageMiniSp];
    RatioMalformed = "ratio-malformed", Error, "/ratio", Cause::NotAmong,
        fires: "the ratio is neither W:H (each 1–99) nor a word for it, such as Adaptive" | "画面比例既不是 宽:高（各 1–99），也不是 Adaptive 等约定的词",
        message: "`{actual}` is not an aspect ratio; write width:height, for example {allowed}" | "`{actual}` 不是有效的画面比例，请写成 宽:高，例如 {allowed}",
        sources: [Inferred, SeedOpenapi] | [Inferred, DocsOpenapi];
    RatioNeedsReferences = "ratio-needs-references", Error, "/ratio", Cause::RatioNeedsReferences,
        fires: "the aspect ratio follows reference media, and there are none" | "该画面比例取自参考素材，却没有参考素材",
        message: "aspect ratio `{actual}` on `{model}` needs reference images, videos or audio" | "`{model}` 的画面比例 `{actual}` 须搭配参考图、参考视频或参考音频",
        sources: [] | [DocsStandard, SkillsApi];
    ImagesWithFrames = "images-with-frames", Error, "/images", Cause::Nothing,
        fires: "images and frames are used together" | "参考图与首尾帧同时使用",
        message: "`{here}` cannot be used together with {related}" | "`{here}` 不能与 {related} 同时使用",
        sources: [SeedTable, SeedOpenapi] | [DocsOpenapi, DocsFull, DocsMd, DocsStandard, DocsGz, DocsGzMini];
    TooManyImages = "too-many-images", Error, "/images", Cause::TooManyImages,
        fires: "there are more images than the route's maximum" | "参考图数量超过该线路的上限",
        message: "too many images ({actual}): `{model}` accepts at most {limit}[, including first and last frame ({frames} here)]" | "图片过多：共 {actual} 张，`{model}` 最多 {limit} 张[（含首尾帧 {frames} 张）]",
        sources: [SeedOpenapi, PageMd, PageFastI2v, PageStd] | [DocsMd, DocsOpenapi, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p, PageFastI2v, SkillsApi],
        conflicts: [C14] | [N11, N14];
    FramePairIncomplete = "frame-pair-incomplete", Error, "the missing frame", Cause::FramePairIncomplete,
        fires: "the route needs both frames or none" | "该线路的首帧与尾帧须同时提供，或都不提供",
        message: "`{model}` needs a first and a last frame, or neither: `{missing}` is missing" | "`{model}` 须同时提供首帧和尾帧，或都不提供：缺少 `{missing}`",
        sources: [SeedOpenapi, PageMd] | [DocsMd];
    LastFrameAlone = "last-frame-alone", Warning, "/last_image", Cause::Model,
        fires: "there is a last frame but no first frame, a case the docs do not cover" | "只有尾帧、没有首帧，文档未作说明",
        message: "last frame without a first frame: the docs do not say whether `{model}` accepts that" | "只提供了 `last_image`：文档未说明 `{model}` 能否只用尾帧",
        sources: [Inferred] | [Inferred];
    FramesNotSupported = "frames-not-supported", Error, "/first_image, /last_image", Cause::Model,
        fires: "the route accepts no first and last frames" | "该线路不支持首帧与尾帧",
        message: "`{model}` does not accept first and last frames" | "`{model}` 不支持首帧与尾帧",
        sources: [] | [DocsMd, DocsOpenapi],
        conflicts: [] | [N10];
    LastFrameNeedsFirst = "last-frame-needs-first", Error, "/last_image", Cause::Model,
        fires: "there is a last frame but no first frame, and the route needs one" | "只有尾帧、没有首帧，而该线路要求先有首帧",
        message: "`{model}` accepts a last frame only together with a first frame" | "`{model}` 的尾帧须与首帧一起提供",
        sources: [] | [DocsStandard, DocsGz, DocsGzMini];
    ImageExpected = "image-expected", Warning, "/images", Cause::Model,
        fires: "this is an image-to-video route and the request has no image" | "该线路是图生视频，却没有提供图片",
        message: "`{model}` is an image-to-video model, but the request has no image" | "`{model}` 是图生视频模型，但没有提供参考图或首尾帧",
        sources: [Inferred] | [Inferred];
    VideosNotSupported = "videos-not-supported", Error, "/reference_videos", Cause::Partner,
        fires: "the model does not accept reference videos" | "该模型不支持参考视频",
        message: "`{model}` does not accept reference videos[; `{partner}` does]" | "`{model}` 不支持参考视频[，`{partner}` 支持]",
        sources: [SeedTable, SeedOpenapi, PageFull, PageFastI2v] | [DocsFull, DocsMini, DocsOpenapi, SkillsApi];
    TooManyVideos = "too-many-videos", Error, "/reference_videos", Cause::TooMany,
        fires: "there are more reference videos than the route's maximum" | "参考视频数量超过该线路的上限",
        message: "too many reference videos ({actual}): `{model}` accepts at most {limit}" | "参考视频过多：共 {actual} 个，`{model}` 最多 {limit} 个",
        sources: [SeedOpenapi, PageMd] | [DocsMd, DocsOpenapi, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p],
        conflicts: [] | [N10];
    VideosWithFrames = "videos-with-frames", Error, "/reference_videos", Cause::Model,
        fires: "reference videos and frames are used together, which the route does not allow" | "参考视频与首尾帧同时使用，而该线路不允许",
        message: "`{model}` does not accept reference videos together with {related}" | "`{model}` 的参考视频不能与 {related} 同时使用",
        sources: [] | [DocsStandard, DocsGz, DocsGzMini];
    VideosContested = "videos-contested", Warning, "/reference_videos", Cause::Model,
        fires: "the docs disagree about whether the model accepts reference videos" | "该模型是否支持参考视频，文档说法不一",
        message: "the docs disagree about whether `{model}` accepts reference videos" | "`{model}` 是否支持参考视频，文档说法不一",
        sources: [] | [PageSp, SkillsApi, SkillsTroubleshooting],
        conflicts: [] | [N5];
    VideoExpected = "video-expected", Warning, "/reference_videos", Cause::Partner,
        fires: "the model is meant for reference videos and the request has none" | "该模型是参考视频专用模型，却没有提供参考视频",
        message: "`{model}` is meant for reference videos, but the request has none" | "`{model}` 是参考视频专用模型，但没有提供参考视频",
        sources: [Inferred] | [Inferred];
    VideoRequired = "video-required", Error, "/reference_videos", Cause::Partner,
        fires: "the model needs reference videos and the request has none" | "该模型必须有参考视频，却没有提供",
        message: "`{model}` needs reference videos[; without reference videos, use `{partner}`]" | "`{model}` 必须提供参考视频[，没有参考视频请用 `{partner}`]",
        sources: [] | [DocsGz, DocsGzMini];
    AudiosNotSupported = "audios-not-supported", Error, "/reference_audios", Cause::Model,
        fires: "the route does not accept reference audio" | "该线路不支持参考音频",
        message: "`{model}` does not accept reference audio" | "`{model}` 不支持参考音频",
        sources: [SeedOpenapi, PageMd, PageFastI2v] | [DocsOpenapi, SkillsApi],
        conflicts: [C15] | [];
    TooManyAudios = "too-many-audios", Error, "/reference_audios", Cause::TooMany,
        fires: "there are more reference audio files than the route's maximum" | "参考音频数量超过该线路的上限",
        message: "too many reference audio files ({actual}): `{model}` accepts at most {limit}" | "参考音频过多：共 {actual} 个，`{model}` 最多 {limit} 个",
        sources: [SeedOpenapi, PageStd] | [DocsMd, DocsOpenapi, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p, PageStd, SkillsApi],
        conflicts: [] | [N10];
    AudioUnpaired = "audio-unpaired", Error, "/reference_audios", Cause::Model,
        fires: "there is reference audio but nothing that the route pairs it with: images, reference videos, on some routes frames" | "只有参考音频，没有该线路要求搭配的参考图、参考视频（部分线路含首尾帧）",
        message: "`{model}` accepts reference audio only together with images[, {pairing}] or reference videos" | "`{model}` 的参考音频不能单独使用，须搭配参考图[、{pairing}]或参考视频",
        sources: [SeedTable, PageSp, PageMiniSp] | [DocsMini, DocsStandard, DocsGz, DocsGzMini, Docs933At720p, DocsOpenapi, PageSp, PageMiniSp, SkillsApi, SkillsTroubleshooting],
        conflicts: [C11, C27] | [N4];
    AudioWithFrames = "audio-with-frames", Error, "/reference_audios", Cause::Model,
        fires: "the route does not allow reference audio together with a first or last frame" | "参考音频与首尾帧同时使用，而该线路不允许",
        message: "`{model}` does not accept reference audio together with {related}" | "`{model}` 的参考音频不能与 {related} 同时使用",
        sources: [SeedOpenapi, PageStd] | [DocsOpenapi, DocsMd, DocsStandard, DocsGz, DocsGzMini, PageStd],
        conflicts: [C11] | [N4];
    AudioWithFramesContested = "audio-with-frames-contested", Warning, "/reference_audios", Cause::Model,
        fires: "the docs disagree about whether reference audio may be used together with a first or last frame" | "参考音频能否与首尾帧同时使用，文档说法不一",
        message: "the docs disagree about whether `{model}` accepts reference audio together with {related}" | "`{model}` 的参考音频能否与 {related} 同时使用，文档说法不一",
        sources: [SeedOpenapi, SeedTable, PageSp, PageMiniSp] | [DocsOpenapi, PageSp, DocsMini, PageMiniSp],
        conflicts: [C11] | [N4];
    SchemeNotAccepted = "scheme-not-accepted", Error, "the URL", Cause::SchemeNotAccepted,
        fires: "the route does not accept this kind of URL here" | "该线路在此处不接受这种链接",
        message: "`{model}` accepts only {allowed://} URLs here[, not `{scheme}`][: {advice}]" | "`{model}` 此处只接受 {allowed://} 链接[，不接受 `{scheme}`][：{advice}]",
        sources: [SeedTable, SeedOpenapi, PageFull, PageSp, PageMd, PageFastI2v, PageStd, Inferred] | [DocsFull, DocsMini, DocsMd, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p, DocsOpenapi, PageSp, SkillsApi, Inferred],
        conflicts: [C9, C20] | [N7];
    SchemeContested = "scheme-contested", Warning, "the URL", Cause::SchemeContested,
        fires: "the docs disagree about whether this kind of URL is accepted here" | "此处能否用这种链接，文档说法不一",
        message: "the docs disagree about `{actual}://` URLs here: the `{model}` docs accept them, the API schema asks for {allowed://}" | "此处能否用 `{actual}://` 链接，文档说法不一：`{model}` 的文档接受，接口定义要求 {allowed://}",
        sources: [SeedOpenapi, PageSp] | [DocsOpenapi, PageSp, SkillsApi],
        conflicts: [C9] | [N7];
    UrlMalformed = "url-malformed", Error, "the URL", Cause::UrlMalformed,
        fires: "the URL has no host or asset ID, or contains white space or control characters" | "链接缺少主机名或素材 ID，或含有空白、控制字符",
        message: "invalid URL: {problem}" | "链接有误：{problem}",
        sources: [Rfc3986] | [Rfc3986];
    HostNotPublic = "host-not-public", Error, "the URL", Cause::HostNotPublic,
        fires: "the host cannot be reached from the internet" | "主机无法从公网访问",
        message: "`{host}` cannot be reached from the internet, so the service cannot load this file" | "`{host}` 无法从公网访问，服务端将读不到该文件",
        sources: [SeedTable, Rfc6761, Rfc6762, Rfc1918, Rfc4291, Rfc6890] | [DocsMini, Rfc6761, Rfc6762, Rfc1918, Rfc4291, Rfc6890];
    UrlSuspect = "url-suspect", Warning, "the URL", Cause::UrlSuspect,
        fires: "the URL contains characters that links copied from web pages carry by mistake" | "链接中含有从网页复制时常带入的多余字符",
        message: "this link contains {found} and was probably copied from a web page or a document; check it" | "链接中含有 {found}，可能是从网页或文档中复制时带入的，请检查",
        sources: [Inferred] | [Inferred];
    GifNotAccepted = "gif-not-accepted", Error, "the URL", Cause::Model,
        fires: "an image or frame is a GIF file, which the route does not accept" | "参考图、首帧或尾帧是 GIF 文件，而该线路不接受",
        message: "`{model}` does not accept GIF images" | "`{model}` 不接受 GIF 图片",
        sources: [PageMd] | [DocsMd],
        conflicts: [C6] | [];
    ImageInVideos = "image-in-videos", Error, "the URL", Cause::ImageInVideos,
        fires: "a reference video is an image file" | "参考视频其实是图片文件",
        message: "this is an image (`.{ending}`); `{model}` accepts only videos in `reference_videos`" | "这是图片文件（`.{ending}`），`{model}` 的 `reference_videos` 只接受视频",
        sources: [PageStd, PageUpload] | [PageStd, PageUpload];
    VideosTooLong = "videos-too-long", Error, "/reference_videos", Cause::Together,
        fires: "the known lengths of the reference videos add up to more than the maximum" | "已知的参考视频时长总和超过上限",
        message: "the reference videos total[ {bound}] {actual} s; `{model}` accepts at most {limit} s" | "参考视频总时长[{bound}]为 {actual} 秒，`{model}` 最多 {limit} 秒",
        sources: [SeedOpenapi, PageMd] | [DocsMd, DocsOpenapi],
        conflicts: [C6] | [];
    VideosTooShort = "videos-too-short", Warning, "/reference_videos", Cause::Together,
        fires: "all lengths are known and add up to less than the minimum that one docs page gives" | "各参考视频的时长均已知，总和低于某一页文档给出的下限",
        message: "the reference videos total[ {bound}] {actual} s; the `{model}` docs ask for at least {limit} s" | "参考视频总时长[{bound}]为 {actual} 秒，`{model}` 的文档要求至少 {limit} 秒",
        sources: [PageMd] | [],
        conflicts: [C6] | [];
    VideosTooLarge = "videos-too-large", Error, "/reference_videos", Cause::VideosTooLarge,
        fires: "the known file sizes of the reference videos add up to more than the maximum" | "已知的参考视频大小总和超过上限",
        message: "the reference videos total[ {bound}] {actual} bytes; `{model}` accepts at most {limit} bytes" | "参考视频总大小[{bound}]为 {actual} 字节，`{model}` 最多 {limit} 字节",
        sources: [SeedOpenapi, PageMd] | [DocsMd, DocsOpenapi];
    VideoSizeOutOfRange = "video-size-out-of-range", Error, "the URL", Cause::VideoSize,
        fires: "the frame size breaks the pixel limits, however they are read" | "无论怎样理解像素限制，该画面尺寸都不符合",
        message: "this reference video is {width}×{height} px; `{model}` accepts {min}–{max} px" | "该参考视频为 {width}×{height} 像素，`{model}` 只接受 {min}–{max} 像素",
        sources: [SeedOpenapi, PageMd] | [DocsMd, DocsOpenapi];
    VideoSizeContested = "video-size-contested", Warning, "the URL", Cause::VideoSize,
        fires: "the pixel limits can be read in two ways, and only one accepts this frame size" | "像素限制有两种理解，该尺寸只符合其中一种",
        message: "this reference video is {width}×{height} px; the docs do not say which side their limit of {min}–{max} px means" | "该参考视频为 {width}×{height} 像素，文档没有说明 {min}–{max} 像素限制的是哪一边",
        sources: [SeedOpenapi, PageMd] | [DocsMd, DocsOpenapi];
    FrameRateOutOfRange = "frame-rate-out-of-range", Error, "the URL", Cause::FrameRate,
        fires: "the frame rate is outside the range" | "帧率超出范围",
        message: "this reference video runs at {actual} fps; `{model}` accepts {min}–{max} fps" | "该参考视频的帧率为 {actual} fps，`{model}` 只接受 {min}–{max} fps",
        sources: [PageMd] | [DocsMd],
        conflicts: [C6] | [];
    FrameRateContested = "frame-rate-contested", Warning, "the URL", Cause::FrameRateContested,
        fires: "the frame rate is just below the minimum, as cameras that film at 24 fps write it" | "帧率略低于下限：摄像机常把 24 fps 记为这样的值",
        message: "this reference video runs at {actual} fps, just below the {min} fps that the `{model}` docs ask for; many cameras that film at {min} fps write a little less" | "该参考视频的帧率为 {actual} fps，略低于 `{model}` 的文档要求的 {min} fps；许多摄像机以 {min} fps 拍摄时会记为略低的值",
        sources: [PageMd, Inferred] | [DocsMd, Inferred],
        conflicts: [C6] | [];
    AudiosTooLong = "audios-too-long", Error, "/reference_audios", Cause::Together,
        fires: "the known lengths of the reference audio files add up to more than the maximum" | "已知的参考音频时长总和超过上限",
        message: "the reference audio files total[ {bound}] {actual} s; `{model}` accepts at most {limit} s" | "参考音频总时长[{bound}]为 {actual} 秒，`{model}` 最多 {limit} 秒",
        sources: [] | [DocsMd, DocsOpenapi];
    ReferenceModeNotOffered = "reference-mode-not-offered", Error, "/reference_mode", Cause::ReferenceModeNotOffered,
        fires: "the reference mode is not in the list of the model" | "该模型不提供这种参考模式",
        message: "reference mode `{actual}` is not available on `{model}`; use one of {allowed}" | "`{model}` 不支持参考模式 `{actual}`，可选 {allowed}",
        sources: [] | [Docs933, Docs933At720p, DocsOpenapi],
        conflicts: [] | [N13];
    FieldNotForModel = "field-not-for-model", Warning, "the field", Cause::FieldNotForModel,
        fires: "the docs do not list this field for the model" | "文档没有为该模型列出此字段",
        message: "the docs do not list `{field}` for `{model}`, so it is probably ignored" | "文档没有为 `{model}` 列出 `{field}`，它很可能会被忽略",
        sources: [] | [DocsOpenapi, DocsStandard, DocsGz, DocsGzMini, Docs933, Docs933At720p],
        conflicts: [] | [N12];
    AliasOverridden = "alias-overridden", Warning, "the field", Cause::Overridden,
        fires: "the same field is there under its other name, which takes precedence" | "同一字段还以另一个名称出现，并以后者为准",
        message: "`{field}` has no effect because `{by}` is set" | "已填写 `{by}`，因此 `{field}` 不生效",
        sources: [] | [DocsOpenapi, DocsGz, DocsGzMini, DocsStandard, Docs933, Docs933At720p];
}

impl RuleId {
    /// Whether its findings stop the request.
    #[must_use]
    pub const fn is_error(self) -> bool {
        matches!(self.severity(), Severity::Error)
    }
}

/// A name that no rule has.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{0}`")]
pub struct UnknownRule(String);

/// ```
/// use seedance_core::RuleId;
/// assert_eq!("wrong-type".parse(), Ok(RuleId::WrongType));
/// assert_eq!("wrong".parse::<RuleId>().unwrap_err().to_string(), "no rule is called `wrong`");
/// ```
impl FromStr for RuleId {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let found = Self::ALL.into_iter().find(|id| id.name() == name);
        found.ok_or_else(|| UnknownRule(name.into()))
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("RuleId", *self as u32, self.name())
    }
}
