//! The differences between two editions for each model, derived from their rows.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;
use serde_json::Value;

use super::wire::ModelRow;
use super::{Edition, Field, Row, Text};
use crate::Lang;

/// One difference between two editions in what they say about a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The model.
    pub model: &'static str,
    /// What it is about: a field of the request, or another cell of the table.
    pub field: String,
    /// What the first edition says; null if it has no such value.
    pub from: Value,
    /// What the second edition says; null if it has no such value.
    pub to: Value,
}

/// One change within a [`Difference`], in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What it is about.
    pub what: String,
    /// What the first edition says.
    pub from: String,
    /// What the second edition says.
    pub to: String,
}

impl Difference {
    /// The changes within this difference, in words.
    ///
    /// ```
    /// use seedance_core::{Edition, Lang, table::diff};
    /// let all = diff(Edition::V2026_07, Edition::V2026_09);
    /// let change = all[0].changes(Lang::En).remove(0);
    /// assert_eq!((change.what.as_str(), change.from.as_str(), change.to.as_str()), ("Duration: at most", "12", "15"));
    /// ```
    #[must_use]
    pub fn changes(&self, lang: Lang) -> Vec<Change> {
        let mut changes = Vec::new();
        let title = Field::named(&self.field).map(|field| field.info().title.get(lang));
        let title = title.unwrap_or_else(|| word(&self.field, lang));
        let mut add = |member: Option<&str>, [from, to]: [&Value; 2]| {
            let colon = Text::new(": ", "：").get(lang);
            let what = member.map(|member| format!("{title}{colon}{}", word(member, lang)));
            let [from, to] = [from, to].map(|value| in_words(value, lang));
            changes.push(Change { what: what.unwrap_or_else(|| title.into()), from, to });
        };
        each_member(None, [&self.from, &self.to], &mut add);
        changes
    }
}

/// Passes on the innermost members in which two values differ, those of `schemes` as `schemes.accepted`. Null is an object without
/// members next to an object.
fn each_member(
    name: Option<&str>,
    both: [&Value; 2],
    add: &mut dyn FnMut(Option<&str>, [&Value; 2]),
) {
    if !both.iter().any(|value| value.is_object()) {
        return add(name, both);
    }
    let names: BTreeSet<_> =
        both.iter().filter_map(|it| it.as_object()).flat_map(|it| it.keys()).collect();
    for member in names {
        let [from, to] = both.map(|value| value.get(member).unwrap_or(&Value::Null));
        if from != to {
            let within = if name == Some("schemes") { "schemes." } else { "" };
            each_member(Some(&[within, member].concat()), [from, to], add);
        }
    }
}

fn in_words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<_> = items.iter().map(|item| in_words(item, lang)).collect();
            items.join(Text::new(", ", "、").get(lang))
        }
        Value::Null | Value::Array(_) => "–".into(),
        Value::Bool(it) => {
            if *it { Text::new("yes", "是") } else { Text::new("no", "否") }.get(lang).into()
        }
        Value::String(code) => word(code, lang).into(),
        _ => value.to_string(),
    }
}

/// The words for a name or a code of the table; itself if it has none.
fn word(code: &str, lang: Lang) -> &str {
    let known = WORDS.iter().find(|(known, ..)| *known == code);
    known.map_or(code, |(_, en, zh)| lang.pick(en, zh))
}

/// All differences between two editions: the models of the first edition in its order, then those that only the second one has.
/// If one of them lacks a model, the only difference is its route.
///
/// ```
/// use seedance_core::{Edition, table::diff};
/// let all = diff(Edition::V2026_07, Edition::V2026_09);
/// let full = all.iter().find(|it| it.model == "sd2_mx_720p" && it.field == "duration").unwrap();
/// assert_eq!((&full.from["max"], &full.to["max"]), (&12.into(), &15.into()));
/// ```
#[must_use]
pub fn diff(from: Edition, to: Edition) -> Vec<Difference> {
    let only_later = to.models().filter(|(_, model)| row(from, model.name).is_none());
    let mut differences = Vec::new();
    for (_, model) in from.models().chain(only_later) {
        let [before, after] = [from, to].map(|edition| row(edition, model.name).map(cells));
        let is_in_both = before.is_some() && after.is_some();
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let fields: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for field in fields {
            let [from, to] =
                [&before, &after].map(|cells| cells.get(field).cloned().unwrap_or_default());
            if from != to && (is_in_both || field == "route") {
                differences.push(Difference { model: model.name, field: field.clone(), from, to });
            }
        }
    }
    differences
}

fn row(edition: Edition, model: &str) -> Option<Row> {
    edition.models().find(|(_, known)| known.name == model)
}

type Cells = BTreeMap<String, Value>;

/// What the table says about a model, without sources, conflicts and titles.
fn cells((route, model): Row) -> Cells {
    let mut cells = members(serde_json::to_value(route).ok());
    let fields = cells.remove("fields");
    cells.extend(members(fields));
    cells.extend(members(serde_json::to_value(ModelRow(route, model)).ok()));
    cells.insert("listed".into(), route.listed.value.into());
    for other in ["cells", "model", "models", "title"] {
        cells.remove(other);
    }
    cells.values_mut().for_each(without_sources);
    cells
}

fn members(object: Option<Value>) -> Cells {
    match object {
        Some(Value::Object(members)) => members.into_iter().collect(),
        _ => Cells::new(),
    }
}

fn without_sources(cell: &mut Value) {
    let Value::Object(members) = cell else {
        return;
    };
    members.remove("sources");
    members.remove("conflicts");
    members.values_mut().for_each(without_sources);
}

/// The names of cells and their members, and the codes among their values, in words.
static WORDS: &[(&str, &str, &str)] = &[
    ("aliases", "Other names", "其他名称"),
    ("alone", "one frame without the other", "只用其中一帧"),
    ("basis", "Basis of the billing names", "计费模型名的依据"),
    ("billing_models", "Billing names", "计费模型名"),
    ("bills_first_video", "Bills the first reference video", "首个参考视频另计时长"),
    ("choices", "only", "仅限"),
    ("closed", "other values not accepted", "不接受其他值"),
    ("contested", "docs disagree", "文档说法不一"),
    ("contested_frame_rate", "docs disagree from (fps)", "文档说法不一的帧率起点（fps）"),
    ("contests_videos", "Docs disagree about reference videos", "参考视频：文档说法不一"),
    ("counts_frames", "frames included", "含首尾帧"),
    ("default", "default", "默认值"),
    ("delivers", "Output resolution", "输出分辨率"),
    ("documented", "documented", "文档写明"),
    ("excludes_frames", "not with frames", "不可与首尾帧并用"),
    ("expected", "expected", "应当提供"),
    ("expects_videos", "Meant for reference videos", "参考视频专用"),
    ("extras", "Further fields", "其他字段"),
    ("fields", "accepted", "接受"),
    ("fine", "accepted", "可以"),
    ("frames", "First and last frame", "首帧与尾帧"),
    ("inferred", "inferred", "推断"),
    ("last-refused", "last frame alone not accepted", "不可只用尾帧"),
    ("last-unstated", "last frame alone not mentioned in the docs", "文档没有提及只用尾帧"),
    ("list", "values in the docs", "文档列出的值"),
    ("listed", "Listed by the vendor", "厂商仍列出"),
    ("max", "at most", "上限"),
    ("max_bytes", "total size at most (bytes)", "总大小上限（字节）"),
    ("max_frame_rate", "frame rate at most (fps)", "帧率上限（fps）"),
    ("max_seconds", "total length at most (s)", "总时长上限（秒）"),
    ("max_side", "side at most (px)", "边长上限（像素）"),
    ("million-tokens", "per million tokens", "按百万 token"),
    ("min", "at least", "下限"),
    ("min_frame_rate", "frame rate at least (fps)", "帧率下限（fps）"),
    ("min_seconds", "total length at least (s)", "总时长下限（秒）"),
    ("min_side", "side at least (px)", "边长下限（像素）"),
    ("not-taken", "no frames accepted", "不支持首尾帧"),
    ("not_with_frames_alone", "frames alone not enough", "只有首尾帧不够"),
    ("offered", "available", "可选"),
    ("optional", "may be left out", "可省略"),
    ("paired", "not alone", "不可单独使用"),
    ("partner", "Counterpart", "对应模型"),
    (
        "prefers_reference_images",
        "`reference_images` before `images`",
        "`reference_images` 优先于 `images`",
    ),
    ("reference_modes", "`reference_mode`", "`reference_mode`"),
    ("refused", "not accepted", "不可以"),
    ("refused_files", "file types not accepted", "不接受的文件类型"),
    ("requires_videos", "Needs reference videos", "必须提供参考视频"),
    ("route", "Route", "线路"),
    ("schemes.accepted", "URLs accepted", "可用链接"),
    ("schemes.contested", "URLs: docs disagree", "链接：文档说法不一"),
    ("second", "per second", "按秒"),
    ("taken", "accepted", "支持"),
    ("takes_videos", "Accepts reference videos", "支持参考视频"),
    ("task", "per task", "按次"),
    ("undisputed_from", "docs disagree below", "低于此值文档说法不一"),
    ("unit", "Billed", "计费"),
    ("with_frames", "together with frames", "与首尾帧并用"),
    ("with_references", "only with reference media", "须有参考素材"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(within: &str, value: &Value) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let said = format!("{within}{name}");
            assert!(value.is_object() || word(&said, Lang::Zh) != said, "{said}");
            check(if name == "schemes" { "schemes." } else { "" }, value);
        }
    }

    /// Every name within a cell has words; the cells themselves are request fields, or have words, too.
    #[test]
    fn every_change_can_be_worded() {
        for row in Edition::ALL.into_iter().flat_map(Edition::models) {
            for (name, cell) in &cells(row) {
                assert!(Field::named(name).is_some() || word(name, Lang::Zh) != name, "{name}");
                check("", cell);
            }
        }
    }

    #[test]
    fn a_change_is_said_in_both_languages() {
        let all = diff(Edition::V2026_07, Edition::V2026_09);
        let of =
            |model, field| all.iter().find(|it| it.model == model && it.field == field).unwrap();
        for (model, field, lang, words) in [
            (
                "seedance2.0-md",
                "frames",
                Lang::En,
                [
                    "First and last frame: one frame without the other",
                    "not accepted",
                    "no frames accepted",
                ],
            ),
            (
                "seedance2.0-md",
                "frames",
                Lang::Zh,
                ["首帧与尾帧：只用其中一帧", "不可以", "不支持首尾帧"],
            ),
            (
                "seedance2.0-fast-sp",
                "contests_videos",
                Lang::En,
                ["Docs disagree about reference videos", "–", "yes"],
            ),
            (
                "seedance2.0-sp",
                "reference_audios",
                Lang::En,
                ["Reference audio: URLs accepted", "https, asset", "https"],
            ),
            (
                "seedance2.0-sp",
                "reference_audios",
                Lang::Zh,
                ["参考音频：可用链接", "https、asset", "https"],
            ),
            ("seedance2.0-md", "ratio", Lang::Zh, ["画面比例：默认值", "16:9", "–"]),
            ("seedance2.0-fast-sp", "resolution", Lang::Zh, ["分辨率：文档说法不一", "–", "480p"]),
        ] {
            let [what, from, to] = words.map(String::from);
            assert_eq!(of(model, field).changes(lang)[0], Change { what, from, to });
        }
    }
}
