//! Tables for people.

use std::{io, iter};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use seedance_core::table::{
    Alone, Audios, Difference, Duration, Images, Resolution, Route, Scheme, Schemes, Unit, Videos,
};
use seedance_core::{Edition, Lang};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// A table without lines; on a terminal it keeps to the width, elsewhere each row is one line.
pub fn new_table(header: &[&str]) -> Table {
    let mut table = plain_table();
    table.set_header(header.to_vec());
    table
}

/// The same without a header.
pub fn plain_table() -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size_of(io::stdout()) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

/// A table that is known whole, as text.
pub fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = new_table(&header);
    table.add_rows(rows);
    lines(&mut table, &[])
}

/// So long a word is kept whole; of longer ones nobody expects it.
const WORD: usize = 48;

/// The width that keeps the words of each column whole: identifiers are there to be copied.
fn word_widths(table: &Table) -> Vec<u16> {
    let rows = table.header().into_iter().chain(table.row_iter());
    let mut widths = Vec::new();
    for row in rows {
        for (column, cell) in row.cell_iter().enumerate() {
            let words = cell.content();
            let words = words.split_whitespace().map(UnicodeWidthStr::width);
            let word = words.filter(|width| *width <= WORD).max().unwrap_or(0);
            if widths.len() <= column {
                widths.push(0);
            }
            if let (Some(width), Ok(word)) = (widths.get_mut(column), u16::try_from(word)) {
                *width = word.max(*width);
            }
        }
    }
    widths
}

/// Beside the content of a cell.
pub const PADDING: u16 = 2;

/// The rows of a table as text, without blanks at their ends; its columns at least so wide.
pub fn lines(table: &mut Table, least: &[u16]) -> String {
    let mut widths = word_widths(table);
    for (width, least) in widths.iter_mut().zip(least.iter().chain(iter::repeat(&0))) {
        *width = (*width).max(*least) + PADDING;
    }
    let at_least = |width| ColumnConstraint::LowerBoundary(Width::Fixed(width));
    table.set_constraints(widths.into_iter().map(at_least));
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

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
pub fn routes(edition: Edition, routes: &[&Route], lang: Lang) -> String {
    let header = COLUMNS.map(|(en, zh)| lang.pick(en.to_uppercase(), zh.into()));
    let header = header.each_ref().map(String::as_str);
    let rows = routes.iter().map(|route| Words(lang).row(route));
    let of = lang.pick("rules of edition", "规则版本");
    format!("{}{of} {edition}\n", table(header, rows))
}

/// The same for programs: the columns, and a row a route with its models on one line.
pub fn route_rows(
    routes: &[&Route],
    lang: Lang,
) -> ([&'static str; 11], impl Iterator<Item = Vec<Option<String>>>) {
    let one_line = |cell: String| Some(cell.replace('\n', " "));
    let rows = routes.iter();
    let rows = rows.map(move |route| Words(lang).row(route).map(one_line).to_vec());
    (COLUMNS.map(|(name, _)| name), rows)
}

/// What two editions say differently, a row each.
pub fn differences([from, to]: [Edition; 2], differences: &[Difference], lang: Lang) -> String {
    let (model, field) = (lang.pick("MODEL", "模型"), lang.pick("FIELD", "项目"));
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

/// What stands in the cells of routes.
struct Words(Lang);

impl Words {
    fn pick(&self, en: &str, zh: &str) -> String {
        self.0.pick(en, zh).into()
    }

    fn row(&self, route: &Route) -> [String; 11] {
        let models: Vec<&str> = route.models.iter().map(|model| model.name).collect();
        [
            route.id.name().into(),
            models.join("\n"),
            match route.unit.value {
                Unit::Second => self.pick("per second", "按秒"),
                Unit::Task => self.pick("per task", "按次"),
                Unit::MillionTokens => self.pick("per million tokens", "按百万 tokens"),
            },
            self.duration(&route.duration.value),
            self.resolution(route, &route.resolution.value),
            route.ratio.value.list.join(" ") + if route.ratio.value.closed { "" } else { " …" },
            self.images(&route.images.value),
            match route.frames.value.alone {
                Alone::Fine => self.pick("first, last or both", "首帧、尾帧均可单独使用"),
                Alone::LastUnstated => self.pick("first or both", "首帧或首尾帧"),
                Alone::LastRefused => self.pick("first or both", "首帧或首尾帧"),
                Alone::NotTaken => self.pick("no", "不支持"),
                Alone::Refused => self.pick("both or none", "首尾帧须成对"),
            },
            self.videos(route, &route.videos.value),
            self.audios(&route.audios.value),
            self.schemes(&route.media_schemes.value),
        ]
    }

    fn duration(&self, duration: &Duration) -> String {
        let range = format!("{}–{}", duration.min, duration.max);
        let Some(from) = duration.undisputed_from else {
            return self.0.pick(format!("{range} s"), format!("{range} 秒"));
        };
        self.0.pick(
            format!("{range} s (docs disagree below {from} s)"),
            format!("{range} 秒（{from} 秒以下文档说法不一）"),
        )
    }

    fn resolution(&self, route: &Route, resolution: &Resolution) -> String {
        if !resolution.is_fixed() {
            return resolution.offered.join(" ");
        }
        let mut delivered: Vec<&str> =
            route.models.iter().filter_map(|model| model.delivers).collect();
        delivered.sort_unstable();
        delivered.dedup();
        match delivered.as_slice() {
            [one] => String::from(*one),
            _ => self.pick("by model", "由模型决定"),
        }
    }

    fn images(&self, images: &Images) -> String {
        match (images.max, images.counts_frames) {
            (None, _) => self.pick("no stated limit", "未写明上限"),
            (Some(max), false) => format!("≤ {max}"),
            (Some(max), true) => format!("≤ {max}{}", self.pick(" incl. frames", "（含首尾帧）")),
        }
    }

    fn videos(&self, route: &Route, videos: &Videos) -> String {
        let takers: Vec<&str> = route
            .models
            .iter()
            .filter(|model| model.takes_videos)
            .map(|model| model.name)
            .collect();
        match (takers.len(), videos.max) {
            (0, _) => self.pick("none", "不支持"),
            (_, Some(max)) => format!("≤ {max}"),
            (some, None) if some < route.models.len() => self.pick("on video models", "仅视频模型"),
            _ => self.pick("no stated limit", "未写明上限"),
        }
    }

    fn audios(&self, audios: &Audios) -> String {
        match (audios.taken, audios.max) {
            (false, _) => self.pick("none", "不支持"),
            (true, Some(max)) => format!("≤ {max}"),
            (true, None) if audios.paired => self.pick("not alone", "不可单独使用"),
            (true, None) => self.pick("no stated limit", "未写明上限"),
        }
    }

    fn schemes(&self, schemes: &Schemes) -> String {
        let names = |schemes: &[Scheme]| {
            let names = schemes.iter().map(|scheme| scheme.name());
            let urls: Vec<String> = names.map(|name| format!("{name}://")).collect();
            urls.join(" ")
        };
        let (accepted, contested) = (names(schemes.accepted), names(schemes.contested));
        if contested.is_empty() {
            return accepted;
        }
        self.0.pick(
            format!("{accepted} ({contested}: docs disagree)"),
            format!("{accepted}（{contested} 文档说法不一）"),
        )
    }
}
