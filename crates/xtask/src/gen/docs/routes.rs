//! `docs/routes.md`: the table, route by route, with the sources of every cell.

use seedance_core::table::Route;
use seedance_core::{Edition, Lang};

use super::cells::{
    self, audios_words, duration_words, frames_words, images_words, ratio_words, resolution_words,
    schemes_words, takers, unit_words,
};
use super::markdown::{comma, conflict_links, header, row, say, source_ids};

pub fn page(lang: Lang) -> String {
    let edition = Edition::default();
    let models: usize = edition
        .routes()
        .iter()
        .map(|route| route.models.len())
        .sum();
    let mut text = match lang {
        Lang::Zh => format!(
            "# 线路总表（{edition} 版）\n\n`POST /api/open-api/v1/seedance/videos` 共 {} 条线路、{models} 个模型。\
             `model` 决定线路，线路决定其余一切。\n\n",
            edition.routes().len()
        ),
        _ => format!(
            "# Routes, edition {edition}\n\n`POST /api/open-api/v1/seedance/videos` has {} routes and {models} models. \
             `model` picks the route, and the route decides everything else.\n\n",
            edition.routes().len()
        ),
    };
    text.push_str(&overview(lang));
    text.push_str(say(
        lang,
        "\n`duration` is required everywhere, although every page gives it a default of 5 ([C4](conflicts.md#c4)). \
         `images` excludes `first_image` and `last_image` everywhere. What breaks a limit is told in [the rules](rules.md).\n",
        "\n`duration` 在所有线路上都必填，尽管各页面又写默认 5（[C4](conflicts.zh.md#c4)）。\
         `images` 在所有线路上都不能与 `first_image`、`last_image` 同时使用。违反限制的后果见[规则](rules.zh.md)。\n",
    ));
    for route in edition.routes() {
        text.push_str(&section(route, lang));
    }
    text
}

/// All routes in one table: one row each.
pub fn overview(lang: Lang) -> String {
    let titles = match lang {
        Lang::Zh => [
            "线路",
            "模型",
            "计费",
            "视频时长",
            "分辨率",
            "画面比例",
            "参考图",
            "首尾帧",
            "参考视频",
            "参考音频",
            "URL",
        ],
        _ => [
            "Route",
            "Models",
            "Billed",
            "Duration",
            "Resolution",
            "Ratio",
            "Images",
            "Frames",
            "Reference videos",
            "Reference audios",
            "URLs",
        ],
    };
    let rows = Edition::default().routes().iter().map(|route| {
        let videos = route
            .videos
            .value
            .max
            .filter(|_| route.models.iter().any(|model| model.takes_videos));
        let most = videos.map(|max| match lang {
            Lang::Zh => format!("最多 {max} 个"),
            _ => format!("at most {max}"),
        });
        row([
            format!("`{}` {}", route.id.name(), route.title.get(lang)),
            route
                .models
                .iter()
                .map(|model| format!("`{}`", model.name))
                .collect::<Vec<_>>()
                .join("<br>"),
            unit_words(&route.unit.value, lang).into(),
            duration_words(&route.duration.value, lang),
            resolution_words(&route.resolution.value, route.models, lang),
            ratio_words(&route.ratio.value, lang),
            images_words(&route.images.value, lang),
            frames_words(&route.frames.value, lang),
            most.unwrap_or_else(|| takers(route.models, lang).replace(comma(lang), "<br>")),
            audios_words(&route.audios.value, lang),
            schemes_words(&route.media_schemes.value, lang),
        ])
    });
    header(&titles) + &rows.collect::<String>()
}

fn section(route: &Route, lang: Lang) -> String {
    let mut text = format!(
        "\n## `{}`\n\n{}\n\n",
        route.id.name(),
        route.title.get(lang)
    );
    text.push_str(&header(match lang {
        Lang::Zh => &["模型", "计费模型名", "输出分辨率", "参考视频", "对应模型"],
        _ => &[
            "Model",
            "Billing name",
            "Delivers",
            "Reference videos",
            "Partner",
        ],
    }));
    for model in route.models {
        let videos = match (model.takes_videos, model.expects_videos) {
            (false, _) => say(lang, "no", "不支持"),
            (true, false) => say(lang, "yes", "支持"),
            (true, true) => say(lang, "made for them", "专用"),
        };
        let mut billing = format!("`{}`", model.billing);
        if model.bills_first_video {
            billing.push_str(say(
                lang,
                ", the first reference video billed on top",
                "，首个参考视频另计时长",
            ));
        }
        text.push_str(&row([
            format!("`{}`", model.name),
            billing,
            model
                .delivers
                .unwrap_or(say(lang, "as asked", "按请求"))
                .into(),
            videos.into(),
            model
                .partner
                .map_or_else(String::new, |name| format!("`{name}`")),
        ]));
    }
    text.push('\n');
    text.push_str(&header(match lang {
        Lang::Zh => &["项目", "内容", "来源", "分歧"],
        _ => &["What", "Value", "Sources", "Conflicts"],
    }));
    for cell in cells::of(route, lang) {
        let sources = match cell.sources {
            [] => say(lang, "no page speaks of it", "没有页面提及").into(),
            sources => source_ids(sources, lang),
        };
        text.push_str(&row([
            cell.about,
            cell.value,
            sources,
            conflict_links(cell.conflicts, lang),
        ]));
    }
    text
}
