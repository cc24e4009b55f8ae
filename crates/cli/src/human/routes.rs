//! The table of routes, and what two editions say differently.

use seedance_core::Edition;
use seedance_core::table::{
    Alone, Audios, Difference, Duration, Images, Resolution, Route, Scheme, Schemes, Unit, Videos,
};
use serde_json::Value;

use super::table::{lines, new_table, table};
use crate::lang::{pick, say};

/// The columns, for programs and in both languages.
const COLUMNS: [(&str, &str); 11] = [
    ("route", "线路"),
    ("models", "模型"),
    ("billed", "计费"),
    ("duration", "时长"),
    ("resolution", "分辨率"),
    ("ratio", "画面比例"),
    ("images", "参考图"),
    ("frames", "首尾帧"),
    ("videos", "参考视频"),
    ("audios", "参考音频"),
    ("urls", "链接"),
];

/// Routes as a table, and whose they are.
pub fn routes(edition: Edition, routes: &[&Route]) -> String {
    let header = COLUMNS.map(|(en, zh)| pick(en.to_uppercase(), zh.into()));
    let header = header.each_ref().map(String::as_str);
    let rows = routes.iter().map(|route| row(route));
    let of = pick("rules of edition", "规则版本");
    format!("{}{of} {edition}\n", table(header, rows))
}

/// The same for programs: the columns, and a row a route with its models on one line.
pub fn route_rows(
    routes: &[&Route],
) -> ([&'static str; 11], impl Iterator<Item = Vec<Option<String>>>) {
    let one_line = |cell: String| Some(cell.replace('\n', " "));
    let rows = routes.iter();
    let rows = rows.map(move |route| row(route).map(one_line).to_vec());
    (COLUMNS.map(|(name, _)| name), rows)
}

/// What two editions say differently, a row each.
pub fn differences([from, to]: [Edition; 2], differences: &[Difference]) -> String {
    let (model, field) = (pick("MODEL", "模型"), pick("FIELD", "项目"));
    let mut table = new_table(&[model, field, from.name(), to.name()]);
    let rows = difference_rows(differences).1;
    table.add_rows(rows.map(|row| row.into_iter().map(Option::unwrap_or_default)));
    lines(&mut table, &[])
}

/// The same for programs: the columns, and a row a difference.
pub fn difference_rows(
    differences: &[Difference],
) -> ([&'static str; 4], impl Iterator<Item = Vec<Option<String>>>) {
    let cell = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let rows = differences.iter().map(move |it| {
        let (model, field) = (Some(it.model.into()), Some(it.field.clone()));
        vec![model, field, cell(&it.from), cell(&it.to)]
    });
    (["model", "field", "from", "to"], rows)
}

fn row(route: &Route) -> [String; 11] {
    let models: Vec<&str> = route.models.iter().map(|model| model.name).collect();
    [
        route.id.name().into(),
        models.join("\n"),
        match route.unit.value {
            Unit::Second => pick("per second", "按秒").into(),
            Unit::Task => pick("per task", "按次").into(),
            Unit::MillionTokens => pick("per million tokens", "按百万 tokens").into(),
        },
        duration(&route.duration.value),
        resolution(route, &route.resolution.value),
        route.ratio.value.list.join(" ") + if route.ratio.value.closed { "" } else { " …" },
        images(&route.images.value),
        match route.frames.value.alone {
            Alone::Fine => pick("first, last or both", "首帧、尾帧均可单独使用").into(),
            Alone::LastUnstated => pick("first or both", "首帧或首尾帧").into(),
            Alone::LastRefused => pick("first or both", "首帧或首尾帧").into(),
            Alone::NotTaken => pick("no", "不支持").into(),
            Alone::Refused => pick("both or none", "首尾帧须成对").into(),
        },
        videos(route, &route.videos.value),
        audios(&route.audios.value),
        schemes(&route.media_schemes.value),
    ]
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
    let mut delivered: Vec<&str> = route.models.iter().filter_map(|model| model.delivers).collect();
    delivered.sort_unstable();
    delivered.dedup();
    match delivered.as_slice() {
        [one] => String::from(*one),
        _ => pick("by model", "由模型决定").into(),
    }
}

fn images(images: &Images) -> String {
    match (images.max, images.counts_frames) {
        (None, _) => pick("no stated limit", "未写明上限").into(),
        (Some(max), false) => format!("≤ {max}"),
        (Some(max), true) => format!("≤ {max}{}", pick(" incl. frames", "（含首尾帧）")),
    }
}

fn videos(route: &Route, videos: &Videos) -> String {
    let takers: Vec<&str> =
        route.models.iter().filter(|model| model.takes_videos).map(|model| model.name).collect();
    match (takers.len(), videos.max) {
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
    let names = |schemes: &[Scheme]| {
        let names = schemes.iter().map(|scheme| scheme.name());
        let urls: Vec<String> = names.map(|name| format!("{name}://")).collect();
        urls.join(" ")
    };
    let (accepted, contested) = (names(schemes.accepted), names(schemes.contested));
    if contested.is_empty() {
        return accepted;
    }
    say!("{accepted} ({contested}: docs disagree)", "{accepted}（{contested} 文档说法不一）")
}
