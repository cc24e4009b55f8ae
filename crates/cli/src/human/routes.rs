//! The answers of `routes`, for people.

use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::{Alone, Difference, Route, Scheme, Unit};

use super::table::{LabelledColumn, table_of};
use crate::export::Column;
use crate::lang::{lang, pick, say};

/// The columns, one row per route. The English names are those for programs; people see them in capitals.
const COLUMNS: [LabelledColumn<Route>; 11] = [
    ("route", "线路", |route| route.id.name().into()),
    (MODELS, "模型", |route| route.models.iter().map(|model| model.name).join(" ")),
    ("billed", "计费", |route| billed(route.unit.value).into()),
    ("duration", "时长", duration),
    ("resolution", "分辨率", resolution),
    ("ratio", "画面比例", ratio),
    ("images", "参考图", images),
    ("frames", "首尾帧", frames),
    ("videos", "参考视频", videos),
    ("audios", "参考音频", audios),
    ("urls", "链接", urls),
];
const MODELS: &str = "models";

/// The columns for programs.
pub fn route_columns() -> [Column<Route, String>; 11] {
    COLUMNS.map(|(name, _, cell)| (name, cell))
}

/// Routes as a table, and the edition.
pub fn routes(edition: Edition, routes: &[Route]) -> String {
    let header = COLUMNS.map(|(name, zh, _)| pick(name.to_uppercase(), zh.into()));
    let cells = |route| {
        let cells = COLUMNS.map(|(name, _, cell)| match name {
            // People see each model on a line of its own; no name has a blank.
            MODELS => cell(route).replace(' ', "\n"),
            _ => cell(route),
        });
        cells.to_vec()
    };
    let of = pick("rules of edition", "规则版本");
    format!("{}{of} {edition}\n", table_of(header, routes.iter().map(cells)))
}

/// How two editions differ, in words: one row per model and change.
pub fn differences([from, to]: [Edition; 2], differences: &[Difference]) -> String {
    let header = [pick("MODEL", "模型"), pick("FIELD", "项目"), from.name(), to.name()];
    let rows = differences.iter().flat_map(|difference| {
        let changes = difference.changes(lang()).into_iter();
        changes.map(|it| vec![difference.model.into(), it.what, it.from, it.to])
    });
    table_of(header, rows)
}

/// What one unit price buys, as `per second`.
pub fn billed(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => pick("per second", "按秒"),
        Unit::Task => pick("per task", "按次"),
        Unit::MillionTokens => pick("per million tokens", "按百万 tokens"),
    }
}

fn ratio(route: &Route) -> String {
    let ratio = &route.ratio.value;
    ratio.list.join(" ") + if ratio.closed { "" } else { " …" }
}

fn frames(route: &Route) -> String {
    let (en, zh) = match route.frames.value.alone {
        Alone::Fine => ("first, last or both", "首帧、尾帧均可单独使用"),
        Alone::LastUnstated | Alone::LastRefused => ("first or both", "首帧或首尾帧"),
        Alone::NotTaken => ("no", "不支持"),
        Alone::Refused => ("both or none", "首尾帧须成对"),
    };
    pick(en, zh).into()
}

fn duration(route: &Route) -> String {
    let duration = &route.duration.value;
    let range = format!("{}–{}", duration.min, duration.max);
    let Some(from) = duration.undisputed_from else {
        return say!("{range} s", "{range} 秒");
    };
    say!("{range} s (docs disagree below {from} s)", "{range} 秒（{from} 秒以下文档说法不一）")
}

fn resolution(route: &Route) -> String {
    let resolution = &route.resolution.value;
    if !resolution.is_fixed() {
        return resolution.offered.join(" ");
    }
    let mut delivered = route.models.iter().filter_map(|model| model.delivers);
    delivered.all_equal_value().unwrap_or(pick("by model", "由模型决定")).into()
}

fn images(route: &Route) -> String {
    let images = &route.images.value;
    match (images.max, images.counts_frames) {
        (None, _) => pick("no stated limit", "未写明上限").into(),
        (Some(max), false) => format!("≤ {max}"),
        (Some(max), true) => format!("≤ {max}{}", pick(" incl. frames", "（含首尾帧）")),
    }
}

fn videos(route: &Route) -> String {
    let takers = route.models.iter().filter(|model| model.takes_videos).count();
    match (takers, route.videos.value.max) {
        (0, _) => pick("none", "不支持").into(),
        (_, Some(max)) => format!("≤ {max}"),
        (some, None) if some < route.models.len() => pick("on video models", "仅视频模型").into(),
        _ => pick("no stated limit", "未写明上限").into(),
    }
}

fn audios(route: &Route) -> String {
    let audios = &route.audios.value;
    match (audios.taken, audios.max) {
        (false, _) => pick("none", "不支持").into(),
        (true, Some(max)) => format!("≤ {max}"),
        (true, None) if audios.paired => pick("not alone", "不可单独使用").into(),
        (true, None) => pick("no stated limit", "未写明上限").into(),
    }
}

fn urls(route: &Route) -> String {
    let schemes = &route.media_schemes.value;
    let names =
        |schemes: &[Scheme]| schemes.iter().map(|scheme| format!("{}://", scheme.name())).join(" ");
    let (accepted, contested) = (names(schemes.accepted), names(schemes.contested));
    if contested.is_empty() {
        return accepted;
    }
    say!("{accepted} ({contested}: docs disagree)", "{accepted}（{contested} 文档说法不一）")
}
