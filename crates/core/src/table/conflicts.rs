//! Where the documents disagree, and what this edition does about it.
//!
//! Tags beyond those of [`Source`](super::Source): `src:PATH@VERSION` is a version of a vendor's page, `skills` the vendor's
//! notes for agents, `canvas` its web client, `3p` the real runs of a third party's client, `upstream?` another gateway's
//! similar models.

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
    /// One side, with who says so.
    pub a: Text,
    /// The other side, with who says so.
    pub b: Text,
    /// What this edition does about it.
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

/// One row per conflict gives its variant, its id and its entry of [`CONFLICTS`], so that none can be forgotten.
macro_rules! conflicts {
    ($($id:ident: $topic:literal | $topic_zh:literal
        { a: $a:literal | $a_zh:literal, b: $b:literal | $b_zh:literal, settled: $settled:literal | $settled_zh:literal })*) => {
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
                topic: Text { en: $topic, zh: $topic_zh },
                a: Text { en: $a, zh: $a_zh },
                b: Text { en: $b, zh: $b_zh },
                settled: Text { en: $settled, zh: $settled_zh },
            },)*
        ];
    };
}

conflicts! {
    C1: "Video length on MD" | "MD 的视频时长" {
        a: "1–15 s: seed:openapi, src:md/create@1e6b47f, 3p (12 s on fast-md went through)."
            | "1–15 秒：seed:openapi、src:md/create@1e6b47f、3p（fast-md 实测 12 秒通过）。",
        b: "4–15 s: page:md, skills; later 10 or 15 s alone on fast-md: src:openapi@02ff944."
            | "4–15 秒：page:md、skills；后来 fast-md 仅限 10 或 15 秒：src:openapi@02ff944。",
        settled: "1–3 s is a warning, anything outside 1–15 s an error."
            | "1–3 秒给出警告，1–15 秒之外为错误。"
    }
    C2: "Video length on Full, Fast and Video reference" | "满血版、Fast 与视频参考的视频时长" {
        a: "4–12 s: seed:openapi, page:full." | "4–12 秒：seed:openapi、page:full。",
        b: "4–15 s, later: src:seedance/create@04d9367, src:openapi@02ff944, skills@7532136, canvas."
            | "后来为 4–15 秒：src:seedance/create@04d9367、src:openapi@02ff944、skills@7532136、canvas。",
        settled: "13–15 s is an error: later documents never change a verdict of this edition."
            | "13–15 秒为错误：后来的文档不改变本版的结论。"
    }
    C3: "Which `code` means success" | "哪个 `code` 表示成功" {
        a: "The integer 0: the example of seed:table and of every create page."
            | "整数 0：seed:table 及各创建页面的示例。",
        b: "The string \"20000\" in seed:openapi, the integer 20000 in page:upload and in real answers (3p)."
            | "seed:openapi 写字符串 \"20000\"；page:upload 与真实响应（3p）为整数 20000。",
        settled: "0 and 20000 mean success, each as a number or a string."
            | "0 与 20000 均视为成功，数字或字符串皆可。"
    }
    C4: "Whether `duration` may be left out" | "`duration` 能否省略" {
        a: "Required: the schema of seed:openapi and every page's table."
            | "必填：seed:openapi 的定义与各页面的表格。",
        b: "\"Default 5\", in the very same cells." | "同一单元格又写“默认 5”。",
        settled: "Leaving it out is an error; the fix adds 5." | "省略为错误，修正方式是补上 5。"
    }
    C5: "How Mini Special is billed" | "Mini 特价版的计费方式" {
        a: "Per task, whatever the length: seed:openapi, page:mini-sp."
            | "按次计费，与时长无关：seed:openapi、page:mini-sp。",
        b: "Per second by resolution: skills@8928e9e." | "按分辨率按秒计费：skills@8928e9e。",
        settled: "Priced per task." | "按次计价。"
    }
    C6: "Reference videos on MD" | "MD 的参考视频" {
        a: "Together at most 15 s: seed:openapi, src:md/create@1e6b47f."
            | "总时长不超过 15 秒：seed:openapi、src:md/create@1e6b47f。",
        b: "Together 4–15 s, 24–60 fps, and no GIF images: page:md."
            | "总时长 4–15 秒、24–60 fps，且图片不可为 GIF：page:md。",
        settled: "Over 15 s is an error, under 4 s a warning; frame rate and GIF, where one source alone speaks, are errors."
            | "超过 15 秒为错误，不足 4 秒为警告；帧率与 GIF 只有一处写明，违反即为错误。"
    }
    C7: "480p on SP economy" | "SP 经济版的 480p" {
        a: "Offered: seed:openapi, page:sp." | "支持：seed:openapi、page:sp。",
        b: "Not offered, later: skills@9c742b6, src:openapi@02ff944."
            | "后来不再支持：skills@9c742b6、src:openapi@02ff944。",
        settled: "480p is accepted." | "480p 可用。"
    }
    C8: "Which routes read `resolution`" | "哪些线路读取 `resolution`" {
        a: "SP economy alone: seed:openapi." | "仅 SP 经济版：seed:openapi。",
        b: "Mini, Mini Special and SP official too: seed:table, page:mini-sp, page:sp."
            | "Mini、Mini 特价版与 SP 官方版也读取：seed:table、page:mini-sp、page:sp。",
        settled: "All four read it; elsewhere a value that the model does not deliver is a warning."
            | "这四条线路都读取；其余线路上，与模型实际输出不符的取值给出警告。"
    }
    C9: "Material addresses on SP" | "SP 的素材地址" {
        a: "https:// for images, frames and videos: seed:openapi."
            | "图片、首帧、尾帧与视频用 https://：seed:openapi。",
        b: "https:// or asset:// everywhere: page:sp; for audio seed:openapi says so as well."
            | "一律可用 https:// 或 asset://：page:sp；音频一项 seed:openapi 也这样写。",
        settled: "asset:// is a warning in images, frames and videos, and fine in audio."
            | "图片、首帧、尾帧与视频用 asset:// 给出警告，音频可用。"
    }
    C10: "Which routes take reference audio" | "哪些线路接受参考音频" {
        a: "Full, SP economy and STD: seed:openapi." | "满血版、SP 经济版、STD：seed:openapi。",
        b: "SP official, Mini and Mini Special too: page:sp, seed:table, page:mini-sp."
            | "SP 官方版、Mini、Mini 特价版也接受：page:sp、seed:table、page:mini-sp。",
        settled: "All of them take it; MD and Fast I2V alone refuse it."
            | "以上线路均接受，只有 MD 与 Fast I2V 不接受。"
    }
    C11: "Reference audio beside frames" | "参考音频与首尾帧并用" {
        a: "\"Frame mode does not support audio\", perhaps everywhere: seed:openapi; everywhere, later: src:openapi@02ff944."
            | "“首尾帧模式不支持音频”，或指所有线路：seed:openapi；后来明指所有线路：src:openapi@02ff944。",
        b: "SP, Mini and Mini Special pair audio with frames: page:sp, seed:table, page:mini-sp; page:std forbids it for STD alone."
            | "SP、Mini、Mini 特价版的音频可与首尾帧搭配：page:sp、seed:table、page:mini-sp；page:std 只对 STD 禁止。",
        settled: "An error on STD alone." | "仅在 STD 上为错误。"
    }
    C12: "Whether seedance2.0-mini-video exists" | "seedance2.0-mini-video 是否存在" {
        a: "Listed as a model: seed:table." | "列为模型：seed:table。",
        b: "Missing from the model list: seed:openapi." | "模型列表中没有：seed:openapi。",
        settled: "It is one of the 23 models." | "它是 23 个模型之一。"
    }
    C13: "Reference videos on seedance2.0-fast-sp" | "seedance2.0-fast-sp 的参考视频" {
        a: "Listed for all SP models: page:sp." | "所有 SP 模型均列出：page:sp。",
        b: "Not on seedance2.0-fast-sp, later: skills@9c742b6." | "后来称 seedance2.0-fast-sp 不支持：skills@9c742b6。",
        settled: "Accepted." | "可用。"
    }
    C14: "What the 9 of Fast I2V counts" | "Fast I2V 的 9 张如何计数" {
        a: "Reference images: seed:openapi." | "参考图：seed:openapi。",
        b: "Reference images and frames together: page:fast-i2v." | "参考图与首尾帧合计：page:fast-i2v。",
        settled: "Counted together." | "合计。"
    }
    C15: "Reference audio on MD" | "MD 的参考音频" {
        a: "Not supported: seed:openapi, page:md." | "不支持：seed:openapi、page:md。",
        b: "One clip, later: src:openapi@02ff944." | "后来可用 1 段：src:openapi@02ff944。",
        settled: "An error." | "视为错误。"
    }
    C16: "How an audit's state is asked for" | "如何查询素材审核状态" {
        a: "POST: src:assets-status, src:openapi@02ff944." | "POST：src:assets-status、src:openapi@02ff944。",
        b: "GET: skills." | "GET：skills。",
        settled: "No rule rests on it: audits happen before a request is written."
            | "不涉及任何规则：审核发生在编写请求之前。"
    }
    C17: "Names of a task's states and fields" | "任务状态与字段的名称" {
        a: "queued, processing, completed, failed; result.video_url; error_message: seed:table, page:query."
            | "queued、processing、completed、failed；result.video_url；error_message：seed:table、page:query。",
        b: "pending and submitted too: page:query; success, url, error_msg: src:faq; canceled: skills."
            | "还有 pending 与 submitted：page:query；success、url、error_msg：src:faq；canceled：skills。",
        settled: "pending and submitted are read as queued, canceled ends a task, any other state is shown as it came."
            | "pending 与 submitted 视为 queued，canceled 视为结束，其他状态原样显示。"
    }
    C18: "Whose price the mini-video example uses" | "mini-video 示例用谁的单价" {
        a: "That of seedance2.0-mini-720p: the example of seed:table."
            | "seedance2.0-mini-720p 的单价：seed:table 的示例。",
        b: "The billing name is seedance2.0-mini-{resolution}-video: the models table of seed:table."
            | "计费模型名为 seedance2.0-mini-{resolution}-video：seed:table 的模型表。",
        settled: "Priced under the -video name; a price book needs both names."
            | "按带 -video 的计费模型名计价，价格表需同时列出两个名称。"
    }
    C19: "Currency" | "币种" {
        a: "US dollars: seed:table." | "美元：seed:table。",
        b: "Yuan: src:mini/create (zh); JimiCoin, later: src:query@04d9367."
            | "人民币：src:mini/create（中文版）；后来为 JimiCoin：src:query@04d9367。",
        settled: "The price book names it; two currencies are never added."
            | "以价格表写明的为准，不同币种从不相加。"
    }
    C20: "Material addresses on Mini" | "Mini 的素材地址" {
        a: "https://, no audit: seed:table." | "https://，无需审核：seed:table。",
        b: "As on SP, so asset:// too, in older days: src:seedance/create@1b67dc1."
            | "早先称与 SP 相同，即也可用 asset://：src:seedance/create@1b67dc1。",
        settled: "asset:// is an error." | "asset:// 为错误。"
    }
    C21: "Whether Full bills reference videos" | "满血版是否对参考视频计费" {
        a: "Unit price × duration, nothing more: page:full." | "单价 × 视频时长，别无其他：page:full。",
        b: "The web client sends the sum of all their lengths: canvas."
            | "网页端会上报全部参考视频的总时长：canvas。",
        settled: "They add nothing to the price." | "参考视频不加价。"
    }
    C22: "Billing names of SP" | "SP 的计费模型名" {
        a: "Not written; priced by resolution: page:sp." | "未写明，按分辨率定价：page:sp。",
        b: "sd2_sp_720p and the like, later: skills@9c742b6." | "后来为 sd2_sp_720p 等：skills@9c742b6。",
        settled: "{model}-{resolution}, marked as inferred." | "{model}-{resolution}，并标明为推断。"
    }
    C23: "States of an SP asset" | "SP 素材的状态" {
        a: "Processing, Active, Failed: src:sp/assets-detail." | "Processing、Active、Failed：src:sp/assets-detail。",
        b: "Seven in capitals, later: src:openapi@02ff944." | "后来有七个大写状态：src:openapi@02ff944。",
        settled: "No rule rests on it: a request does not show its assets' states."
            | "不涉及任何规则：请求中看不出素材状态。"
    }
    C24: "Envelope of a task's answer" | "任务查询响应的外层结构" {
        a: "code, msg, data: page:query, 3p." | "code、msg、data：page:query、3p。",
        b: "Flat, on another host: an older page:query (zh)." | "无外层，且主机不同：旧版 page:query（中文）。",
        settled: "The result is read from data.result.video_url." | "结果取自 data.result.video_url。"
    }
    C25: "Whether Full needs audited assets" | "满血版素材是否须审核" {
        a: "Always: page:full, seed:openapi." | "一律须审核：page:full、seed:openapi。",
        b: "For faces alone: upstream?." | "仅人脸须审核：upstream?。",
        settled: "Full takes asset:// alone." | "满血版只接受 asset://。"
    }
    C26: "Host of the API" | "接口主机" {
        a: "www.jimmyai.cn: seed:table, seed:openapi." | "www.jimmyai.cn：seed:table、seed:openapi。",
        b: "api.viraltok.ai, later: src:*@0887aab, skills@aae7524." | "后来为 api.viraltok.ai：src:*@0887aab、skills@aae7524。",
        settled: "The seed's; no rule looks at the host." | "以 seed 为准；规则不涉及主机。"
    }
    C27: "What audio on Mini Special pairs with" | "Mini 特价版的音频与什么搭配" {
        a: "Images, reference videos or frames: page:mini-sp." | "参考图、参考视频或首尾帧：page:mini-sp。",
        b: "Images or videos: skills@8928e9e." | "参考图或参考视频：skills@8928e9e。",
        settled: "Frames pair too." | "首尾帧也可搭配。"
    }
    C28: "How the GZ models are billed" | "GZ 模型的计费方式" {
        a: "Per second: skills@2b0d6e2." | "按秒计费：skills@2b0d6e2。",
        b: "Per million tokens: src:gz720/create@070ed2b." | "按百万 token 计费：src:gz720/create@070ed2b。",
        settled: "Later than this edition: the model is unknown here." | "晚于本版：此模型在本版中未知。"
    }
    C29: "Fields of the 933 models" | "933 模型的字段" {
        a: "reference_mode image or frame, generate_audio off by default: src:openapi@02ff944."
            | "reference_mode 为 image 或 frame，generate_audio 默认关闭：src:openapi@02ff944。",
        b: "frame or media, on by default: src:933720/create@02ff944."
            | "为 frame 或 media，默认开启：src:933720/create@02ff944。",
        settled: "Later than this edition: the models are unknown here." | "晚于本版：这些模型在本版中未知。"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_conflict_stands_once_in_order_under_its_number() {
        assert_eq!(CONFLICTS.len(), 29);
        for (place, info) in CONFLICTS.iter().enumerate() {
            let id = alloc::format!("C{}", place + 1);
            assert_eq!(info.conflict as usize, place);
            assert_eq!(info.conflict.info(), info);
            assert_eq!(info.conflict.id(), id);
            let written = serde_json::to_string(&info.conflict).unwrap();
            assert_eq!(written, alloc::format!("\"{id}\""));
            assert_eq!(
                serde_json::from_str::<Conflict>(&written).unwrap(),
                info.conflict
            );
        }
    }
}
