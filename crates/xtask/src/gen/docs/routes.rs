//! `docs/routes.md`: the table, route by route, with the sources of every cell.

use seedance_core::table::{Model, Route};
use seedance_core::{Edition, Lang};

use super::cells::{
    self, audios_words, duration_words, frames_words, images_words, ratio_words, resolution_words,
    schemes_words, takers, unit_words,
};
use super::markdown::{codes, comma, conflict_links, file, source_ids, speak, table};

pub fn page(edition: Edition, lang: Lang) -> String {
    let models = edition.models().count();
    let routes = edition.routes().len();
    let mut text = speak!(
        lang,
        "# Routes, edition {edition}\n\n`POST /api/open-api/v1/seedance/videos` has {routes} routes and {models} models. \
         `model` picks the route, and the route decides everything else.\n\n",
        "# 线路总表（{edition} 版）\n\n`POST /api/open-api/v1/seedance/videos` 共 {routes} 条线路、{models} 个模型。\
         `model` 决定线路，线路决定其余一切。\n\n"
    );
    text.push_str(&overview(edition, lang));
    text.push_str(&everywhere(edition, lang));
    for route in edition.routes() {
        text.push_str(&section(edition, route, lang));
    }
    text
}

/// What holds on every route.
fn everywhere(edition: Edition, lang: Lang) -> String {
    let (rules, conflicts) = (file("rules", edition, lang), file("conflicts", edition, lang));
    let is_optional = |route: &Route| route.duration.value.optional;
    match (edition.routes().iter().any(is_optional), lang) {
        (false, Lang::Zh) => format!(
            "\n`duration` 在所有线路上都必填，尽管各页面又写默认 5（[C4]({conflicts}#c4)）。\
             `images` 在所有线路上都不能与 `first_image`、`last_image` 同时使用。违反限制的后果见[规则]({rules})。\n"
        ),
        (false, _) => format!(
            "\n`duration` is required everywhere, although every page gives it a default of 5 ([C4]({conflicts}#c4)). \
             `images` excludes `first_image` and `last_image` everywhere. What breaks a limit is told in [the rules]({rules}).\n"
        ),
        (true, Lang::Zh) => format!(
            "\n除非线路注明可省略，`duration` 必填（[N1]({conflicts}#n1)）。\
             在接受首尾帧的线路上，`images` 都不能与 `first_image`、`last_image` 同时使用。违反限制的后果见[规则]({rules})。\n"
        ),
        (true, _) => format!(
            "\n`duration` is required but where a route says otherwise ([N1]({conflicts}#n1)). `images` excludes `first_image` and \
             `last_image` on every route that takes frames. What breaks a limit is told in [the rules]({rules}).\n"
        ),
    }
}

/// All routes in one table: one row each.
pub fn overview(edition: Edition, lang: Lang) -> String {
    let titles = lang.pick("Route | Models | Billed | Duration | Resolution | Ratio | Images | Frames | Reference videos | Reference audios | URLs",
        "线路 | 模型 | 计费 | 视频时长 | 分辨率 | 画面比例 | 参考图 | 首尾帧 | 参考视频 | 参考音频 | URL",
    );
    let rows = edition.routes().iter().map(|route| {
        let videos =
            route.videos.value.max.filter(|_| route.models.iter().any(|model| model.takes_videos));
        let most = videos.map(|max| speak!(lang, "at most {max}", "最多 {max} 个"));
        [
            format!("`{}` {}", route.id.name(), route.title.get(lang)),
            codes(route.models.iter().map(|model| model.name), "<br>"),
            unit_words(&route.unit.value, lang).into(),
            duration_words(&route.duration.value, lang),
            resolution_words(&route.resolution.value, route.models, lang),
            ratio_words(&route.ratio.value, lang),
            images_words(&route.images.value, lang),
            frames_words(&route.frames.value, lang),
            most.unwrap_or_else(|| takers(route.models, lang).replace(comma(lang), "<br>")),
            audios_words(&route.audios.value, lang),
            schemes_words(&route.media_schemes.value, lang),
        ]
    });
    table(titles, rows)
}

fn section(edition: Edition, route: &Route, lang: Lang) -> String {
    let (name, title) = (route.id.name(), route.title.get(lang));
    let mut text = format!("\n## `{name}`\n\n{title}\n\n");
    let titles = lang.pick(
        "Model | Billing name | Delivers | Reference videos | Partner",
        "模型 | 计费模型名 | 输出分辨率 | 参考视频 | 对应模型",
    );
    let rows = route.models.iter().map(|model| {
        let videos = match model {
            Model { takes_videos: false, .. } => lang.pick("no", "不支持"),
            Model { requires_videos: true, .. } => lang.pick("required", "必须提供"),
            Model { contests_videos: true, .. } => lang.pick("contested", "有争议"),
            Model { expects_videos: true, .. } => lang.pick("made for them", "专用"),
            _ => lang.pick("yes", "支持"),
        };
        let mut billing = format!("`{}`", model.billing);
        if model.bills_first_video {
            billing.push_str(
                lang.pick(", the first reference video billed on top", "，首个参考视频另计时长"),
            );
        }
        if let Some(name) = model.billing_with_videos {
            billing.push_str(&speak!(
                lang,
                ", with reference videos `{name}`",
                "，带参考视频时为 `{name}`"
            ));
        }
        let names = std::iter::once(&model.name).chain(model.aliases);
        [
            codes(names, lang.pick(", also ", "，又名 ")),
            billing,
            delivers(model, lang),
            videos.into(),
            model.partner.map_or_else(String::new, |name| format!("`{name}`")),
        ]
    });
    text.push_str(&table(titles, rows));
    text.push('\n');
    let titles = lang.pick("What | Value | Sources | Conflicts", "项目 | 内容 | 来源 | 分歧");
    let rows = cells::of(route, lang).into_iter().map(|cell| {
        let sources = match cell.sources {
            [] => lang.pick("no page speaks of it", "没有页面提及").into(),
            sources => source_ids(sources, lang),
        };
        [cell.about, cell.value, sources, conflict_links(cell.conflicts, edition, lang)]
    });
    text + &table(titles, rows)
}

/// The resolution that its videos have.
fn delivers(model: &Model, lang: Lang) -> String {
    let asked = lang.pick("as asked", "按请求");
    match (model.delivers, model.resolution) {
        (Some(delivered), _) => delivered.into(),
        (None, Some(own)) => {
            format!("{asked}{}{}", lang.pick(": ", "："), own.offered.join(comma(lang)))
        }
        (None, None) => asked.into(),
    }
}
