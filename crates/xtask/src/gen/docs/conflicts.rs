//! `docs/conflicts.md`: the sources, and where they disagree.

use itertools::Itertools;
use seedance_core::table::{Conflict, Route};
use seedance_core::{Edition, Lang};

use super::cells;
use super::markdown::{address, comma, file, link, speak, table};

/// Documents that are no source of this edition, yet stand on one side of a conflict.
const OTHERS: [(&str, &str, &str); 5] = [
    (
        "src:PATH@VERSION",
        "a version of a page in the vendor's documentation repository",
        "厂商文档仓库中某页面的某个版本",
    ),
    (
        "skills",
        "the vendor's notes and command line for agents",
        "厂商给智能体用的说明与命令行工具",
    ),
    (
        "canvas",
        "the vendor's web client, which calls another, internal API",
        "厂商的网页端，调用的是另一套内部接口",
    ),
    (
        "3p",
        "a third party's client with the answers of real, paid runs",
        "第三方客户端，附真实付费任务的响应",
    ),
    ("upstream?", "another gateway with similar models", "另一个提供相似模型的网关"),
];

pub fn page(edition: Edition, lang: Lang) -> String {
    let mut text = intro(edition, lang);
    text.push_str(&sources(edition, lang));
    text.push_str(lang.pick("\n## Conflicts\n", "\n## 分歧\n"));
    for info in edition.conflicts() {
        let (id, topic) = (info.conflict.id(), info.topic.get(lang));
        let [a, b, settled] = [&info.a, &info.b, &info.settled].map(|text| text.get(lang));
        text.push_str(&speak!(
            lang,
            "\n### {id}\n\n**{topic}**\n\n- {a}\n- {b}\n- **Settled:** {settled}\n",
            "\n### {id}\n\n**{topic}**\n\n- {a}\n- {b}\n- **处理：** {settled}\n"
        ));
        let users = users(edition, info.conflict, lang);
        if !users.is_empty() {
            text.push_str(&speak!(lang, "- Bears on: {users}\n", "- 涉及：{users}\n"));
        }
    }
    text
}

fn intro(edition: Edition, lang: Lang) -> String {
    speak!(
        lang,
        "# Sources and conflicts, edition {edition}\n\nThe vendor's pages do not always agree. This page lists all sources, \
             every disagreement between them, and what this edition does about it:\n\n\
             - every source of the edition that speaks about a value forbids it: **error**;\n\
             - the sources of the edition disagree, or the value is accepted but ignored, overridden or unlisted: **warning**;\n\
             - no source speaks: no finding, except for a few warnings that are marked as inferred;\n\
             - later documents never change a verdict of this edition.\n\n",
        "# 来源与分歧（{edition} 版）\n\n厂商的各个页面对同一件事的说法并不总是一致。本页列出全部来源、它们之间的每一处分歧，以及本版的处理：\n\n\
             - 本版所有提及某个取值的来源都禁止它：**错误**。\n\
             - 本版来源说法不一，或者取值被接受但会被忽略、覆盖、未列出：**警告**。\n\
             - 没有来源提及：不给出结论，少数标为“推断”的警告除外。\n\
             - 后来的文档不改变本版的任何结论。\n\n"
    )
}

fn sources(edition: Edition, lang: Lang) -> String {
    let mut text = lang.pick("## Sources\n\n", "## 来源\n\n").to_owned();
    let titles = lang.pick("Tag | Document | What it decides", "标记 | 文档 | 内容");
    let rows = edition.sources().map(|info| {
        let title = link(info.title.get(lang), address(info.source, lang));
        [format!("`{}`", info.source.id()), title, info.about.get(lang).to_owned()]
    });
    text.push_str(&table(titles, rows));
    text.push_str(lang.pick(
        "\nDocuments that decide nothing here, and yet stand on one side of a conflict:\n\n",
        "\n以下文档不作为本版依据，但出现在某些分歧的一方：\n\n",
    ));
    let rows = OTHERS.map(|(tag, en, zh)| [format!("`{tag}`"), lang.pick(en, zh).to_owned()]);
    text.push_str(&table(lang.pick("Tag | Document", "标记 | 文档"), rows));
    text
}

/// The rules and the routes that a conflict bears on, as links.
fn users(edition: Edition, conflict: Conflict, lang: Lang) -> String {
    let rules = edition.rules().filter(|rule| rule.conflicts.contains(&conflict));
    let touched = |route: &&Route| {
        let cells = cells::of(route, lang);
        cells.iter().any(|cell| cell.conflicts.contains(&conflict))
    };
    let routes = edition.routes().iter().filter(touched);
    let link = |page, name| format!("[`{name}`]({}#{name})", file(page, edition, lang));
    let rules = rules.map(|rule| link("rules", rule.id.name()));
    let routes = routes.map(|route| link("routes", route.id.name()));
    rules.chain(routes).join(comma(lang))
}
