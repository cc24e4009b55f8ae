//! Where the documents disagree, and what an edition does about it: `C1`, `C2` and so on in 2026-07, `N1` and so on in 2026-09.
//!
//! The texts cite the ids of [`Source`](super::Source), and documents that are no source of any edition.

use serde::{Deserialize, Serialize};

use super::Text;

/// Two statements that cannot both be true, and which one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConflictInfo {
    /// Which conflict this is.
    pub conflict: Conflict,
    /// What it is about.
    pub topic: Text,
    /// One side, with its sources.
    pub a: Text,
    /// The other side, with its sources.
    pub b: Text,
    /// What the edition does about it.
    pub settled: Text,
}

impl Conflict {
    /// Both sides, and how it was settled.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "one row a variant, in their order")]
    pub const fn info(self) -> &'static ConflictInfo {
        &CONFLICTS[self as usize]
    }
}

/// Documents that are no source of any edition: how the texts cite them, and what they are.
static CITED: &[(&str, Text)] = &[
    (
        "src:PATH@VERSION",
        Text::new(
            "a version of a page in the vendor's documentation repository",
            "厂商文档仓库中某份文档的某个版本",
        ),
    ),
    (
        "skills",
        Text::new(
            "the vendor's notes and command line for agents",
            "厂商给智能体用的说明与命令行工具",
        ),
    ),
    (
        "canvas",
        Text::new(
            "the vendor's web client, which calls another, internal API",
            "厂商的网页端，调用的是另一套内部接口",
        ),
    ),
    (
        "3p",
        Text::new(
            "a third party's client with the responses of real, paid runs",
            "第三方客户端，附真实付费任务的响应",
        ),
    ),
    ("upstream?", Text::new("another gateway with similar models", "另一个提供相似模型的网关")),
];

impl ConflictInfo {
    /// The documents on its sides that are no source of any edition: how it cites them, and what they are.
    pub fn cited(&self) -> impl Iterator<Item = &'static (&'static str, Text)> {
        let sides = [self.a.en, self.b.en];
        CITED.iter().filter(move |(tag, _)| {
            let tag = tag.trim_end_matches("PATH@VERSION");
            // `skills:api` is a source.
            sides.iter().any(|side| side.split(tag).skip(1).any(|rest| !rest.starts_with(':')))
        })
    }
}

/// Each row defines a conflict's variant, its id and its entry in [`CONFLICTS`], so that none of them can be forgotten.
macro_rules! conflicts {
    ($($id:ident: $topic:literal | $topic_zh:literal,
        a: $a:literal | $a_zh:literal,
        b: $b:literal | $b_zh:literal,
        settled: $settled:literal | $settled_zh:literal;)*) => {
        /// A disagreement between the documents.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Conflict {
            $(#[doc = $topic] $id,)*
        }

        impl Conflict {
            /// The name that rules refer to, such as `C1`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$id => stringify!($id),)*
                }
            }
        }

        /// Every disagreement between the documents, in the order of [`Conflict`].
        pub(super) static CONFLICTS: &[ConflictInfo] = &[
            $(ConflictInfo {
                conflict: Conflict::$id,
                topic: Text::new($topic, $topic_zh),
                a: Text::new($a, $a_zh),
                b: Text::new($b, $b_zh),
                settled: Text::new($settled, $settled_zh),
            },)*
        ];
    };
}

conflicts! {
    C1: "Duration on MD" | "MD 的视频时长",
        a: "1–15 s: seed:openapi, src:md/create@1e6b47f, 3p (12 s on fast-md went through)." | "1–15 秒：seed:openapi、src:md/create@1e6b47f、3p（fast-md 实测 12 秒通过）。",
        b: "4–15 s: page:md, skills; later 10 or 15 s alone on fast-md: src:openapi@02ff944." | "4–15 秒：page:md、skills；后来 fast-md 仅限 10 或 15 秒：src:openapi@02ff944。",
        settled: "1–3 s is a warning, anything outside 1–15 s an error." | "1–3 秒给出警告，1–15 秒之外为错误。";
    C2: "Duration on Full, Fast and video-reference models" | "满血版、Fast 与参考视频专用模型的视频时长",
        a: "4–12 s: seed:openapi, page:full." | "4–12 秒：seed:openapi、page:full。",
        b: "4–15 s, later: src:seedance/create@04d9367, src:openapi@02ff944, skills@7532136, canvas." | "后来为 4–15 秒：src:seedance/create@04d9367、src:openapi@02ff944、skills@7532136、canvas。",
        settled: "13–15 s is an error: later documents never change a result of this edition." | "13–15 秒为错误：后来的文档不改变本版的校验结果。";
    C3: "Which `code` means success" | "哪个 `code` 表示成功",
        a: "The integer 0: the examples of seed:table and all create docs." | "整数 0：seed:table 及各创建文档的示例。",
        b: "The string \"20000\" in seed:openapi, the integer 20000 in page:upload and in real responses (3p)." | "seed:openapi 写字符串 \"20000\"；page:upload 与真实响应（3p）为整数 20000。",
        settled: "0 and 20000 mean success, each as a number or a string." | "0 与 20000 均视为成功，数字或字符串皆可。";
    C4: "Whether `duration` may be left out" | "`duration` 能否省略",
        a: "Required: the schema of seed:openapi and the table of each docs page." | "必填：seed:openapi 的定义与各文档的表格。",
        b: "\"Default 5\", in the very same cells." | "同一单元格又写“默认 5”。",
        settled: "Leaving it out is an error; the fix adds 5." | "省略为错误，修正方式是补上 5。";
    C5: "How Mini special is billed" | "Mini 特价版的计费方式",
        a: "Per task, whatever the length: seed:openapi, page:mini-sp." | "按次计费，与时长无关：seed:openapi、page:mini-sp。",
        b: "Per second by resolution: skills@8928e9e." | "按分辨率按秒计费：skills@8928e9e。",
        settled: "Priced per task." | "按次计价。";
    C6: "Reference videos on MD" | "MD 的参考视频",
        a: "Together at most 15 s: seed:openapi, src:md/create@1e6b47f." | "总时长不超过 15 秒：seed:openapi、src:md/create@1e6b47f。",
        b: "Together 4–15 s, 24–60 fps, and no GIF images: page:md." | "总时长 4–15 秒、24–60 fps，且图片不可为 GIF：page:md。",
        settled: "Over 15 s is an error, under 4 s a warning; frame rate and GIF, where one source alone speaks, are errors." | "超过 15 秒为错误，不足 4 秒为警告；帧率与 GIF 只有一处写明，违反即为错误。";
    C7: "480p on SP economy" | "SP 经济版的 480p",
        a: "Offered: seed:openapi, page:sp." | "支持：seed:openapi、page:sp。",
        b: "Not offered, later: skills@9c742b6, src:openapi@02ff944." | "后来不再支持：skills@9c742b6、src:openapi@02ff944。",
        settled: "480p is accepted." | "480p 可用。";
    C8: "Which routes read `resolution`" | "哪些线路读取 `resolution`",
        a: "SP economy alone: seed:openapi." | "仅 SP 经济版：seed:openapi。",
        b: "Mini, Mini special and SP official too: seed:table, page:mini-sp, page:sp." | "Mini、Mini 特价版与 SP 官方版也读取：seed:table、page:mini-sp、page:sp。",
        settled: "All four read it; elsewhere a value that the model does not output is a warning." | "这四条线路都读取；其余线路上，与模型实际输出不符的取值给出警告。";
    C9: "Media URLs on SP" | "SP 的素材链接",
        a: "https:// for images, frames and videos: seed:openapi." | "图片、首帧、尾帧与视频用 https://：seed:openapi。",
        b: "https:// or asset:// everywhere: page:sp; for audio seed:openapi says so as well." | "一律可用 https:// 或 asset://：page:sp；音频一项 seed:openapi 也这样写。",
        settled: "asset:// is a warning in images, frames and videos, and fine in audio." | "图片、首帧、尾帧与视频用 asset:// 给出警告，音频可用。";
    C10: "Which routes take reference audio" | "哪些线路接受参考音频",
        a: "Full, SP economy and STD: seed:openapi." | "满血版、SP 经济版、STD：seed:openapi。",
        b: "SP official, Mini and Mini special too: page:sp, seed:table, page:mini-sp." | "SP 官方版、Mini、Mini 特价版也接受：page:sp、seed:table、page:mini-sp。",
        settled: "All of them take it; MD and Fast I2V alone refuse it." | "以上线路均接受，只有 MD 与 Fast I2V 不接受。";
    C11: "Reference audio together with frames" | "参考音频与首尾帧并用",
        a: "\"Frame mode does not support audio\", perhaps everywhere: seed:openapi; everywhere, later: src:openapi@02ff944." | "“首尾帧模式不支持音频”，或指所有线路：seed:openapi；后来明指所有线路：src:openapi@02ff944。",
        b: "SP, Mini and Mini special pair audio with frames: page:sp, seed:table, page:mini-sp; page:std forbids it for STD alone." | "SP、Mini、Mini 特价版的音频可与首尾帧搭配：page:sp、seed:table、page:mini-sp；page:std 只对 STD 禁止。",
        settled: "An error on STD, a warning on Full, SP, Mini and Mini special." | "STD 上为错误，满血版、SP、Mini、Mini 特价版给出警告。";
    C12: "Whether seedance2.0-mini-video exists" | "seedance2.0-mini-video 是否存在",
        a: "Listed as a model: seed:table." | "列为模型：seed:table。",
        b: "Missing from the model list: seed:openapi." | "模型列表中没有：seed:openapi。",
        settled: "It is one of the 23 models." | "它是 23 个模型之一。";
    C13: "Reference videos on seedance2.0-fast-sp" | "seedance2.0-fast-sp 的参考视频",
        a: "Listed for all SP models: page:sp." | "所有 SP 模型均列出：page:sp。",
        b: "Not on seedance2.0-fast-sp, later: skills@9c742b6." | "后来称 seedance2.0-fast-sp 不支持：skills@9c742b6。",
        settled: "Accepted." | "可用。";
    C14: "What counts towards Fast I2V's limit of 9" | "Fast I2V 的 9 张上限如何计数",
        a: "Reference images: seed:openapi." | "参考图：seed:openapi。",
        b: "Reference images and frames together: page:fast-i2v." | "参考图与首尾帧合计：page:fast-i2v。",
        settled: "Counted together." | "合计。";
    C15: "Reference audio on MD" | "MD 的参考音频",
        a: "Not supported: seed:openapi, page:md." | "不支持：seed:openapi、page:md。",
        b: "One clip, later: src:openapi@02ff944." | "后来可用 1 段：src:openapi@02ff944。",
        settled: "An error." | "视为错误。";
    C16: "How to query the state of an asset review (“audit”)" | "如何查询素材审核状态",
        a: "POST: src:assets-status, src:openapi@02ff944." | "POST：src:assets-status、src:openapi@02ff944。",
        b: "GET: skills." | "GET：skills。",
        settled: "No rule depends on it: assets are reviewed before the request is written." | "不涉及任何规则：审核发生在编写请求之前。";
    C17: "Names of a task's states and fields" | "任务状态与字段的名称",
        a: "queued, processing, completed, failed; result.video_url; error_message: seed:table, page:query." | "queued、processing、completed、failed；result.video_url；error_message：seed:table、page:query。",
        b: "pending and submitted too: page:query; success, url, error_msg: src:faq; canceled: skills." | "还有 pending 与 submitted：page:query；success、url、error_msg：src:faq；canceled：skills。",
        settled: "pending and submitted are read as queued, canceled ends a task, any other state is shown unchanged." | "pending 与 submitted 视为 queued，canceled 视为结束，其他状态原样显示。";
    C18: "Whose price the mini-video example uses" | "mini-video 示例用谁的单价",
        a: "That of seedance2.0-mini-720p: the example of seed:table." | "seedance2.0-mini-720p 的单价：seed:table 的示例。",
        b: "The billing name is seedance2.0-mini-{resolution}-video: the models table of seed:table." | "计费模型名为 seedance2.0-mini-{resolution}-video：seed:table 的模型表。",
        settled: "Priced under the -video name; a price book needs both names." | "按带 -video 的计费模型名计价，价格表需同时列出两个名称。";
    C19: "Currency" | "币种",
        a: "US dollars: seed:table." | "美元：seed:table。",
        b: "Yuan: src:mini/create (zh); JimiCoin, later: src:query@04d9367." | "人民币：src:mini/create（中文版）；后来为 JimiCoin：src:query@04d9367。",
        settled: "The price book names it; two currencies are never added." | "以价格表写明的为准，不同币种从不相加。";
    C20: "Media URLs on Mini" | "Mini 的素材链接",
        a: "https://, no asset review: seed:table." | "https://，无需素材审核：seed:table。",
        b: "Earlier the same as SP, so asset:// too: src:seedance/create@1b67dc1." | "早先称与 SP 相同，即也可用 asset://：src:seedance/create@1b67dc1。",
        settled: "asset:// is an error." | "asset:// 为错误。";
    C21: "Whether Full bills reference videos" | "满血版是否对参考视频计费",
        a: "Unit price × duration, nothing more: page:full." | "单价 × 视频时长，别无其他：page:full。",
        b: "The web client sends the sum of all their lengths: canvas." | "网页端会上报全部参考视频的总时长：canvas。",
        settled: "They add nothing to the price." | "参考视频不加价。";
    C22: "Billing names of SP" | "SP 的计费模型名",
        a: "Not written; priced by resolution: page:sp." | "未写明，按分辨率定价：page:sp。",
        b: "sd2_sp_720p and the like, later: skills@9c742b6." | "后来为 sd2_sp_720p 等：skills@9c742b6。",
        settled: "{model}-{resolution}, marked as inferred." | "{model}-{resolution}，并标明为推断。";
    C23: "States of an SP asset" | "SP 素材的状态",
        a: "Processing, Active, Failed: src:sp/assets-detail." | "Processing、Active、Failed：src:sp/assets-detail。",
        b: "Seven in capitals, later: src:openapi@02ff944." | "后来有七个大写状态：src:openapi@02ff944。",
        settled: "No rule depends on it: a request does not show its assets' states." | "不涉及任何规则：请求中看不出素材状态。";
    C24: "Envelope of the response to a task query" | "任务查询响应的外层结构",
        a: "code, msg, data: page:query, 3p." | "code、msg、data：page:query、3p。",
        b: "No envelope, and on another host: an older page:query (zh)." | "无外层，且主机不同：旧版 page:query（中文）。",
        settled: "The result is read from data.result.video_url." | "结果取自 data.result.video_url。";
    C25: "Whether assets for Full must be reviewed" | "满血版素材是否须审核",
        a: "Always: page:full, seed:openapi." | "一律须审核：page:full、seed:openapi。",
        b: "For faces alone: upstream?." | "仅人脸须审核：upstream?。",
        settled: "Full takes asset:// alone." | "满血版只接受 asset://。";
    C26: "Host of the API" | "接口主机",
        a: "www.jimmyai.cn: seed:table, seed:openapi." | "www.jimmyai.cn：seed:table、seed:openapi。",
        b: "api.viraltok.ai, later: src:*@0887aab, skills@aae7524." | "后来为 api.viraltok.ai：src:*@0887aab、skills@aae7524。",
        settled: "The host in the Mini docs and their OpenAPI file (“seed”), on which this edition is based; no rule checks the host." | "以本版所依据的 Mini 文档及其 OpenAPI 文件（seed）为准；规则不检查主机。";
    C27: "What audio on Mini special pairs with" | "Mini 特价版的音频与什么搭配",
        a: "Images, reference videos or frames: page:mini-sp." | "参考图、参考视频或首尾帧：page:mini-sp。",
        b: "Images or videos: skills@8928e9e." | "参考图或参考视频：skills@8928e9e。",
        settled: "Frames pair too." | "首尾帧也可搭配。";
    C28: "How the GZ models are billed" | "GZ 模型的计费方式",
        a: "Per second: skills@2b0d6e2." | "按秒计费：skills@2b0d6e2。",
        b: "Per million tokens: src:gz720/create@070ed2b." | "按百万 token 计费：src:gz720/create@070ed2b。",
        settled: "Later than this edition: the model is unknown here." | "晚于本版：此模型在本版中未知。";
    C29: "Fields of the 933 models" | "933 模型的字段",
        a: "reference_mode image or frame, generate_audio off by default: src:openapi@02ff944." | "reference_mode 为 image 或 frame，generate_audio 默认关闭：src:openapi@02ff944。",
        b: "frame or media, on by default: src:933720/create@02ff944." | "为 frame 或 media，默认开启：src:933720/create@02ff944。",
        settled: "Later than this edition: the models are unknown here." | "晚于本版：这些模型在本版中未知。";
    N1: "Whether `duration` may be left out" | "`duration` 能否省略",
        a: "Required: the schema of docs:openapi, docs:full, docs:md, docs:mini." | "必填：docs:openapi 的定义、docs:full、docs:md、docs:mini。",
        b: "Optional, with a default: docs:gz, docs:gz-mini, docs:standard, docs:933, docs:933-720p." | "可选，有默认值：docs:gz、docs:gz-mini、docs:standard、docs:933、docs:933-720p。",
        settled: "Optional on the routes whose own docs say so, required elsewhere." | "线路文档写明可选的线路可省略，其余线路必填。";
    N2: "480p on SP economy" | "SP 经济版的 480p",
        a: "Not offered: docs:openapi, skills:api." | "不支持：docs:openapi、skills:api。",
        b: "Offered: page:sp, whose newest version is unknown." | "支持：page:sp（最新版本未知）。",
        settled: "480p is a warning." | "480p 给出警告。";
    N3: "Default length on MD fast" | "MD 快速版的默认时长",
        a: "\"Default 5\": docs:md, docs:openapi." | "“默认 5”：docs:md、docs:openapi。",
        b: "10 or 15 s only, in the very same cells." | "同一单元格又写仅限 10 或 15 秒。",
        settled: "5 s is an error; where the length is missing the fix is 10 s." | "5 秒为错误；缺少时长时补上 10 秒。";
    N4: "Reference audio together with frames" | "参考音频与首尾帧并用",
        a: "Never, on any route: docs:openapi; docs:md for MD fast, page:std, docs:gz, docs:standard say so themselves." | "所有线路均不可：docs:openapi；docs:md（MD 快速版）、page:std、docs:gz、docs:standard 也各自写明。",
        b: "SP, Mini and Mini special pair audio with frames: page:sp, docs:mini, page:mini-sp." | "SP、Mini、Mini 特价版的音频可与首尾帧搭配：page:sp、docs:mini、page:mini-sp。",
        settled: "A warning on SP, Mini and Mini special, an error elsewhere." | "SP、Mini、Mini 特价版给出警告，其余线路为错误。";
    N5: "Reference videos on seedance2.0-fast-sp" | "seedance2.0-fast-sp 的参考视频",
        a: "Not accepted: skills:api, skills:troubleshooting." | "不支持：skills:api、skills:troubleshooting。",
        b: "Listed for all SP models: page:sp." | "所有 SP 模型均列出：page:sp。",
        settled: "A warning." | "给出警告。";
    N6: "How GZ is billed" | "GZ 的计费方式",
        a: "Per million tokens: docs:gz, skills:api." | "按百万 token：docs:gz、skills:api。",
        b: "gz-720p per second on some routes: an older docs:gz; gz-mini per second: docs:llms." | "旧版 docs:gz 写部分线路的 gz-720p 按秒计费；docs:llms 写 gz-mini 按秒计费。",
        settled: "Per million tokens, so no price is known before the video is made." | "按百万 token 计费，生成之前无法报价。";
    N7: "Asset URLs on SP" | "SP 的 asset:// 链接",
        a: "https:// or asset://: skills:api, page:sp." | "可用 https:// 或 asset://：skills:api、page:sp。",
        b: "https:// only, audio included: docs:openapi." | "只能用 https://，音频亦然：docs:openapi。",
        settled: "asset:// is a warning everywhere on SP." | "SP 的所有素材用 asset:// 均给出警告。";
    N8: "How Mini special is billed" | "Mini 特价版的计费方式",
        a: "Per task: page:mini-sp." | "按次计费：page:mini-sp。",
        b: "Per second by resolution: skills:api." | "按分辨率按秒计费：skills:api。",
        settled: "Priced per task." | "按次计价。";
    N9: "Billing names of SP" | "SP 的计费模型名",
        a: "The model and the resolution, as page:sp implies." | "由模型与分辨率组成：page:sp 如此暗示。",
        b: "Names such as sd2_sp_720p in the catalogue: skills:api." | "目录中为 sd2_sp_720p 等名称：skills:api。",
        settled: "The model and the resolution, marked as inferred." | "由模型与分辨率组成，标为推断。";
    N10: "Reference media on MD" | "MD 的参考素材",
        a: "3 videos and 3 audios: docs:md, docs:openapi." | "3 个视频、3 个音频：docs:md、docs:openapi。",
        b: "Neither, and no frames: skills:api, which is older." | "均不支持，首尾帧也不支持：skills:api（较旧）。",
        settled: "3 of each, and no frames." | "各最多 3 个，不支持首尾帧。";
    N11: "Limits of MD before the newest docs" | "最新文档之前的 MD 限制",
        a: "4–15 s on MD, 4 images on both: an older docs:openapi." | "MD 为 4–15 秒，两者均最多 4 张图片：旧版 docs:openapi。",
        b: "Sets of lengths, 9 images on MD: docs:md." | "固定的若干时长，MD 最多 9 张图片：docs:md。",
        settled: "The newest docs decide." | "以最新文档为准。";
    N12: "Default of `generate_audio`" | "`generate_audio` 的默认值",
        a: "false, and for 933 alone: docs:openapi." | "false，且仅用于 933：docs:openapi。",
        b: "true: docs:gz, docs:gz-mini, docs:933-720p." | "true：docs:gz、docs:gz-mini、docs:933-720p。",
        settled: "Accepted on all four; no default is added." | "四条线路均可填写，不补默认值。";
    N13: "Values of `reference_mode`" | "`reference_mode` 的取值",
        a: "image and frame: docs:openapi, docs:933." | "image 与 frame：docs:openapi、docs:933。",
        b: "frame and media (image is another name of it): docs:933-720p." | "frame 与 media（image 为其别名）：docs:933-720p。",
        settled: "Each route by its own docs." | "各线路以其自己的文档为准。";
    N14: "Reference images on 2.0 Standard" | "2.0 标准版的参考图",
        a: "At most 9: docs:standard, skills:api." | "最多 9 张：docs:standard、skills:api。",
        b: "30, in one line of another version of docs:standard." | "docs:standard 另一版本中有一处写 30 张。",
        settled: "At most 9." | "最多 9 张。";
    N15: "Whether STD, Fast I2V, Mini special and 933 are still there" | "STD、Fast I2V、Mini 特价版与 933 是否仍可用",
        a: "Named by skills:api and in part by docs:openapi." | "skills:api 仍列出，docs:openapi 也提到其中一部分。",
        b: "Gone from docs:llms." | "docs:llms 中已移除。",
        settled: "Judged and priced as before, with a warning." | "照常校验与计价，并给出警告。";
    N16: "How long a result can be fetched" | "结果可下载多久",
        a: "3 days: all docs." | "3 天：所有文档。",
        b: "A link of the upstream that is not copied; download promptly: docs:gz, docs:gz-mini." | "上游直链，不会转存，应尽快下载：docs:gz、docs:gz-mini。",
        settled: "No rule: it is no part of a request." | "与请求无关，不设规则。";
    N17: "Which `code` means success" | "哪个 `code` 表示成功",
        a: "The integer 0: the examples in the docs." | "整数 0：各文档的示例。",
        b: "\"20000\" as a string in docs:openapi, as an integer in newer docs." | "docs:openapi 写字符串 \"20000\"，较新的文档写整数。",
        settled: "0 and 20000 mean success, each as a number or a string." | "0 与 20000 均视为成功，数字或字符串皆可。";
    N18: "Where the console is" | "控制台的地址",
        a: "api.viraltok.ai: all newer docs." | "api.viraltok.ai：所有较新的文档。",
        b: "open.jimmyai.cn: the older ones." | "open.jimmyai.cn：较旧的文档。",
        settled: "No rule: it is no part of a request." | "与请求无关，不设规则。";
    N19: "Resolution of a GZ model that names one" | "名称带分辨率的 GZ 模型输出的分辨率",
        a: "That of its name, as names are read elsewhere." | "以名称为准，与其他线路的名称读法一致。",
        b: "All three are offered to every name: docs:gz." | "所有名称均可选三种：docs:gz。",
        settled: "That of its name; another one is a warning." | "以名称为准，其他取值给出警告。";
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::table::Edition;

    #[test]
    fn what_is_no_source_is_explained() {
        let cited =
            |conflict: Conflict| conflict.info().cited().map(|(tag, _)| *tag).collect::<Vec<_>>();
        assert_eq!(cited(Conflict::C1), ["src:PATH@VERSION", "skills", "3p"]);
        assert_eq!(cited(Conflict::C25), ["upstream?"]);
        for info in Edition::V2026_09.conflicts() {
            assert_eq!(cited(info.conflict), [""; 0], "{info:?}");
        }
    }

    #[test]
    fn each_conflict_stands_once_in_order_under_its_number() {
        let [first, later] = Edition::ALL.map(|edition| edition.conflicts().len());
        assert_eq!((first, later, CONFLICTS.len()), (29, 19, 48));
        for (place, info) in CONFLICTS.iter().enumerate() {
            let id = match place.checked_sub(first) {
                None => alloc::format!("C{}", place + 1),
                Some(place) => alloc::format!("N{}", place + 1),
            };
            assert_eq!(info.conflict as usize, place);
            assert_eq!(info.conflict.info(), info);
            assert_eq!(info.conflict.id(), id);
            let written = serde_json::to_string(&info.conflict).unwrap();
            assert_eq!(written, alloc::format!("\"{id}\""));
            assert_eq!(serde_json::from_str::<Conflict>(&written).unwrap(), info.conflict);
        }
    }
}
