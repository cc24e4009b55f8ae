//! The answers of `routes`, for people.

use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::{
    Alone, Audios, Difference, Duration, Images, Ratio, Resolution, Route, Scheme, Schemes, Unit,
    Videos,
};
use seedance_ledger::sheet::Column;

use super::table::table_of;
use crate::export::DIFFERENCES;
use crate::lang::{pick, say};

/// The columns of routes, each with its name in Chinese: one row per route, with its models on one line.
const COLUMNS: [(Column<&Route>, &str); 11] = [
    (("route", |route| Some(route.id.name().into())), "线路"),
    (("models", |route| Some(route.models.iter().map(|model| model.name).join(" "))), "模型"),
    (("billed", |route| Some(billed(route.unit.value).into())), "计费"),
    (("duration", |route| Some(duration(&route.duration.value))), "时长"),
    (("resolution", |route| Some(resolution(route, &route.resolution.value))), "分辨率"),
    (("ratio", |route| Some(ratio(&route.ratio.value))), "画面比例"),
    (("images", |route| Some(images(&route.images.value))), "参考图"),
    (("frames", |route| Some(frames(route.frames.value.alone).into())), "首尾帧"),
    (("videos", |route| Some(videos(route, &route.videos.value))), "参考视频"),
    (("audios", |route| Some(audios(&route.audios.value))), "参考音频"),
    (("urls", |route| Some(schemes(&route.media_schemes.value))), "链接"),
];

/// The columns for programs.
pub fn route_columns() -> [Column<&'static Route>; 11] {
    COLUMNS.map(|(column, _)| column)
}

/// Routes as a table with each model on a line of its own, and the edition.
pub fn routes(edition: Edition, routes: &[&'static Route]) -> String {
    let header = COLUMNS.map(|((en, _), zh)| pick(en.to_uppercase(), zh.to_owned()));
    let rows = routes.iter().map(|route| {
        let cells = COLUMNS.map(|((name, cell), _)| (name, cell(route).unwrap_or_default()));
        let cells = cells.map(|(name, cell)| match name {
            "models" => cell.replace(' ', "\n"),
            _ => cell,
        });
        cells.to_vec()
    });
    let of = pick("rules of edition", "规则版本");
    let header = header.iter().map(String::as_str).collect();
    format!("{}{of} {edition}\n", table_of(header, rows))
}

/// How two editions differ, one row per difference.
pub fn differences([from, to]: [Edition; 2], differences: &[Difference]) -> String {
    let header = vec![pick("MODEL", "模型"), pick("FIELD", "项目"), from.name(), to.name()];
    let cells = |row| DIFFERENCES.map(|(_, cell)| cell(row).unwrap_or_default()).to_vec();
    table_of(header, differences.iter().map(cells))
}

fn billed(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => pick("per second", "按秒"),
        Unit::Task => pick("per task", "按次"),
        Unit::MillionTokens => pick("per million tokens", "按百万 tokens"),
    }
}

fn ratio(ratio: &Ratio) -> String {
    ratio.list.join(" ") + if ratio.closed { "" } else { " …" }
}

fn frames(alone: Alone) -> &'static str {
    match alone {
        Alone::Fine => pick("first, last or both", "首帧、尾帧均可单独使用"),
        Alone::LastUnstated | Alone::LastRefused => pick("first or both", "首帧或首尾帧"),
        Alone::NotTaken => pick("no", "不支持"),
        Alone::Refused => pick("both or none", "首尾帧须成对"),
    }
}

fn duration(duration: &Duration) -> String {
    let range = format!("{}–{}", duration.min, duration.max);
    let Some(from) = duration.undisputed_from else {
        return say!("{range} s", "{range} 秒");
    };
    say!("{range} s (docs disagree below {from} s)", "{range} 秒（{from} 秒以下文档说法不一）")
}

fn resolution(route: &Route, resolution: &Resolution) -> String {
    if !resolution.is_fixed() {
        return resolution.offered.join(" ");
    }
    let mut delivered = route.models.iter().filter_map(|model| model.delivers);
    delivered.all_equal_value().unwrap_or(pick("by model", "由模型决定")).into()
}

fn images(images: &Images) -> String {
    match (images.max, images.counts_frames) {
        (None, _) => pick("no stated limit", "未写明上限").into(),
        (Some(max), false) => format!("≤ {max}"),
        (Some(max), true) => format!("≤ {max}{}", pick(" incl. frames", "（含首尾帧）")),
    }
}

fn videos(route: &Route, videos: &Videos) -> String {
    let takers = route.models.iter().filter(|model| model.takes_videos).count();
    match (takers, videos.max) {
        (0, _) => pick("none", "不支持").into(),
        (_, Some(max)) => format!("≤ {max}"),
        (some, None) if some < route.models.len() => pick("on video models", "仅视频模型").into(),
        _ => pick("no stated limit", "未写明上限").into(),
    }
}

fn audios(audios: &Audios) -> String {
    match (audios.taken, audios.max) {
        (false, _) => pick("none", "不支持").into(),
        (true, Some(max)) => format!("≤ {max}"),
        (true, None) if audios.paired => pick("not alone", "不可单独使用").into(),
        (true, None) => pick("no stated limit", "未写明上限").into(),
    }
}

fn schemes(schemes: &Schemes) -> String {
    let names =
        |schemes: &[Scheme]| schemes.iter().map(|scheme| format!("{}://", scheme.name())).join(" ");
    let (accepted, contested) = (names(schemes.accepted), names(schemes.contested));
    if contested.is_empty() {
        return accepted;
    }
    say!("{accepted} ({contested}: docs disagree)", "{accepted}（{contested} 文档说法不一）")
}
