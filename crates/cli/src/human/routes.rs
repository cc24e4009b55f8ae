//! The answers of `routes`, for people.

use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::{
    Alone, Audios, Difference, Resolution, Route, Scheme, Schemes, Unit, VideoLimits, WithFrames,
};

use super::table::{LabelledColumn, cell, header, table_of};
use crate::export::Column;
use crate::lang::{lang, pick, say};

/// The columns, one row per route: the name for programs, then the column for people.
const COLUMNS: [(&str, LabelledColumn<Route>); 11] = [
    ("route", ("ROUTE", "线路", |route| route.id.name().into())),
    (MODELS, ("MODELS", "模型", |route| route.models.iter().map(|model| model.name).join(" "))),
    ("billed", ("BILLED", "计费", |route| billed(route.unit.value).into())),
    ("duration", ("DURATION", "视频时长", duration)),
    ("resolution", ("RESOLUTION", "分辨率", resolution)),
    ("ratio", ("ASPECT RATIO", "画面比例", ratio)),
    ("images", ("IMAGES", "参考图", images)),
    ("frames", ("FRAMES", "首尾帧", frames)),
    ("videos", ("REFERENCE VIDEOS", "参考视频", videos)),
    ("audios", ("REFERENCE AUDIO", "参考音频", audios)),
    ("urls", ("URLS", "链接", urls)),
];
const MODELS: &str = "models";

/// The columns for programs.
pub fn route_columns() -> [Column<Route, String>; 11] {
    COLUMNS.map(|(name, (.., cell))| (name, cell))
}

/// Routes as a table, and the edition.
pub fn routes(edition: Edition, routes: &[Route]) -> String {
    let header = header(&COLUMNS.map(|(_, column)| column));
    let cells = |route| {
        // People see each model and each limit on a line of its own; no model's name has a blank.
        let cells = COLUMNS.map(|(name, (.., cell))| match name {
            MODELS => cell(route).replace(' ', "\n"),
            _ => cell(route).replace("; ", ";\n").replace('；', "；\n"),
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
        Unit::MillionTokens => pick("per million tokens", "按百万 token"),
    }
}

/// Values in a row, with the default and those marked that the docs disagree about.
fn choices(list: &[&str], default: Option<&str>, contested: &[&str]) -> String {
    let marked = list.iter().map(|value| match value {
        value if default == Some(value) => say!("{value} (default)", "{value}（默认）"),
        value if contested.contains(value) => {
            say!("{value} (docs disagree)", "{value}（文档说法不一）")
        }
        value => (*value).into(),
    });
    marked.collect_vec().join(joint())
}

fn joint() -> &'static str {
    pick(", ", "、")
}

/// The limits of a field, as far as there are any.
fn limits<const N: usize>(limits: [Option<String>; N]) -> String {
    limits.into_iter().flatten().join(pick("; ", "；"))
}

fn at_most(max: Option<u32>) -> String {
    max.map_or(pick("no stated limit", "未写明上限").into(), |max| format!("≤ {max}"))
}

fn no_files(endings: &[&str]) -> Option<String> {
    let named = endings.iter().map(|ending| format!(".{ending}")).join(joint());
    (!endings.is_empty()).then(|| say!("no {named}", "不可为 {named}"))
}

fn not_with_frames() -> String {
    pick("not with frames", "不可与首尾帧并用").into()
}

fn no() -> String {
    pick("no", "不支持").into()
}

fn duration(route: &Route) -> String {
    let duration = &route.duration.value;
    let seconds = match duration.choices {
        [] => format!("{}–{}", duration.min, duration.max),
        choices => choices.iter().join(joint()),
    };
    let contested = duration
        .undisputed_from
        .map(|from| say!(" (docs disagree below {from} s)", "（{from} 秒以下文档说法不一）"));
    let default = duration.default;
    let optional = duration
        .optional
        .then(|| say!(", may be left out: {default} s", "，可省略，默认 {default} 秒"));
    let (contested, optional) = (cell(contested), cell(optional));
    say!("{seconds} s{contested}{optional}", "{seconds} 秒{contested}{optional}")
}

fn resolution(route: &Route) -> String {
    let delivered = route.models.iter().filter_map(|model| model.delivers).unique().collect_vec();
    let delivered = match (&*delivered, route.resolution.value.is_fixed()) {
        ([only], true) => return say!("always {only}", "固定 {only}"),
        (several, true) => {
            return pick("by model: ", "由模型决定：").to_owned() + &several.join(joint());
        }
        ([], false) => "",
        (_, false) => pick(", or by name", "，或由模型名决定"),
    };
    let offered = |it: Resolution| choices(it.offered, it.default, it.contested);
    let own = route.models.iter().filter_map(|model| {
        let own = model.resolution.filter(|own| *own != route.resolution.value)?;
        let (name, own) = (model.name, offered(own));
        Some(say!("{name}: {own}", "{name}：{own}"))
    });
    let all = offered(route.resolution.value) + delivered;
    [all].into_iter().chain(own).join(pick("; ", "；"))
}

fn ratio(route: &Route) -> String {
    let ratio = &route.ratio.value;
    let mut shown = choices(ratio.list, ratio.default, &[]);
    if !ratio.with_references.is_empty() {
        let some = ratio.with_references.join(joint());
        shown += &say!(" ({some} with references only)", "（{some} 须有参考素材）");
    }
    shown
        + if ratio.closed {
            ""
        } else {
            pick(", others with a warning", "，其他值给出警告")
        }
}

fn images(route: &Route) -> String {
    let images = &route.images.value;
    let frames =
        if images.counts_frames { pick(" incl. frames", "（含首尾帧）") } else { "" };
    limits([
        Some(at_most(images.max) + frames),
        images.expected.then(|| pick("expected", "应当提供").into()),
        no_files(images.refused_files),
    ])
}

fn frames(route: &Route) -> String {
    let (en, zh) = match route.frames.value.alone {
        Alone::Fine => ("first, last or both", "首帧、尾帧或首尾帧"),
        Alone::LastUnstated => {
            ("first or both; last alone with a warning", "首帧或首尾帧；只有尾帧时给出警告")
        }
        Alone::LastRefused => ("first or both", "首帧或首尾帧"),
        Alone::NotTaken => return no(),
        Alone::Refused => ("both or none", "首尾帧须同时提供"),
    };
    pick(en, zh).into()
}

fn videos(route: &Route) -> String {
    let (videos, models) = (&route.videos.value, route.models);
    if !models.iter().any(|model| model.takes_videos) {
        return no();
    }
    let is_for_all = models.iter().all(|model| model.takes_videos);
    let only = || pick("reference-video models only", "仅参考视频专用模型").into();
    let is_required = models.iter().any(|model| model.requires_videos);
    let required = || pick("required on reference-video models", "参考视频专用模型必须提供").into();
    let contested = models.iter().filter(|model| model.contests_videos);
    let contested = contested.map(|model| model.name).join(joint());
    limits([
        Some(at_most(videos.max)),
        (!is_for_all).then(only),
        is_required.then(required),
        (!contested.is_empty())
            .then(|| say!("docs disagree about {contested}", "{contested} 能否使用，文档说法不一")),
        no_files(videos.refused_files),
        videos.excludes_frames.then(not_with_frames),
        videos.limits.as_ref().map(of_files),
    ])
}

/// The limits on the reference videos themselves.
fn of_files(of: &VideoLimits) -> String {
    let VideoLimits { max_seconds: most, min_side: side, max_side: longest, .. } = of;
    let (rate, contested, fastest) =
        (of.min_frame_rate, of.contested_frame_rate, of.max_frame_rate);
    let mib = of.max_bytes >> 20;
    let least = of
        .min_seconds
        .map(|least| say!(" (docs disagree below {least} s)", "（{least} 秒以下文档说法不一）"));
    let least = cell(least);
    say!(
        "together at most {most} s{least} and {mib} MiB; sides of {side}–{longest} px; {rate}–{fastest} fps (docs disagree about {contested} up to {rate})",
        "总时长最多 {most} 秒{least}，总大小最多 {mib} MiB；每边 {side}–{longest} 像素；帧率 {rate}–{fastest} fps（{contested} 起、不足 {rate} 文档说法不一）"
    )
}

fn audios(route: &Route) -> String {
    let Audios { taken, max, max_seconds, paired, not_with_frames_alone, with_frames, .. } =
        route.audios.value;
    if !taken {
        return no();
    }
    let companions = match not_with_frames_alone {
        true => pick("only with images or reference videos", "须搭配参考图或参考视频"),
        false => pick("not alone", "不可单独使用"),
    };
    let contested = pick("docs disagree about use with frames", "能否与首尾帧并用，文档说法不一");
    limits([
        Some(at_most(max)),
        max_seconds.map(|most| say!("together at most {most} s", "总时长最多 {most} 秒")),
        paired.then(|| companions.into()),
        match with_frames {
            WithFrames::Fine => None,
            WithFrames::Contested => Some(contested.into()),
            WithFrames::Refused => Some(not_with_frames()),
        },
    ])
}

/// The schemes of all URLs, then those of images and of reference audio where they differ.
fn urls(route: &Route) -> String {
    let of = |schemes: &Schemes| {
        let names = |schemes: &[Scheme]| {
            schemes.iter().map(|scheme| format!("{}://", scheme.name())).join(" ")
        };
        let (accepted, contested) = (names(schemes.accepted), names(schemes.contested));
        match contested.as_str() {
            "" => accepted,
            _ => say!(
                "{accepted} ({contested}: docs disagree)",
                "{accepted}（{contested} 文档说法不一）"
            ),
        }
    };
    let all = &route.media_schemes.value;
    let other = |label: &str, schemes: &Schemes| {
        (schemes != all).then(|| format!("{label}{}", of(schemes)))
    };
    let images = route.image_schemes.as_ref();
    limits([
        Some(of(all)),
        images.and_then(|schemes| other(pick("images: ", "参考图："), &schemes.value)),
        other(pick("reference audio: ", "参考音频："), &route.audio_schemes.value),
    ])
}
