//! `docs/editions.md`: what two editions say differently, row by row, from their tables.

use std::collections::BTreeSet;

use itertools::Itertools;
use seedance_core::table::{Difference, diff};
use seedance_core::{Edition, Lang};
use serde_json::Value;

use super::markdown::{codes, comma, file, speak, table};

pub fn page(from: Edition, to: Edition, lang: Lang) -> String {
    let differences = diff(from, to);
    let mut text = intro(from, to, lang);
    text.push_str(lang.pick("## Models\n\n", "## 模型\n\n"));
    text.push_str(&models(&differences, to, lang));
    text.push_str(lang.pick("\n## Limits\n\n", "\n## 限制\n\n"));
    text.push_str(&limits(&differences, from, to, lang));
    text.push_str(lang.pick("\n## Rules\n\n", "\n## 规则\n\n"));
    text.push_str(&rules(from, to, lang));
    text
}

fn intro(from: Edition, to: Edition, lang: Lang) -> String {
    let links = [from, to].map(|edition| {
        let pages = [
            ("routes", lang.pick("routes", "线路总表")),
            ("rules", lang.pick("rules", "规则")),
            ("conflicts", lang.pick("conflicts", "来源与分歧")),
        ];
        let pages = pages.map(|(name, title)| format!("[{title}]({})", file(name, edition, lang)));
        let pages = pages.join(comma(lang));
        speak!(lang, "- `{edition}`: {pages}\n", "- `{edition}`：{pages}\n")
    });
    let links = links.concat();
    speak!(
        lang,
        "# What changed between the editions\n\nRules are kept in editions: `{from}` is the default and holds July's documents; \
             `{to}` holds the vendor's newest. What an edition says does not change with newer documents; a caller chooses one by \
             name.\n\n{links}\n",
        "# 各版之间的变化\n\n规则分版保存：`{from}` 是默认版，依据 7 月的文档；`{to}` 依据厂商最新的文档。\
             旧版的结论不会因新文档而改变，由调用方按名称选择。\n\n{links}\n"
    )
}

/// The models that only one of the two has.
fn models(differences: &[Difference], to: Edition, lang: Lang) -> String {
    let (new, gone): (Vec<_>, Vec<_>) = differences
        .iter()
        .filter(|it| it.field == "route" && (it.from.is_null() || it.to.is_null()))
        .partition(|it| it.from.is_null());
    let rows = to.routes().iter().filter_map(|route| {
        let of_route = new.iter().filter(|it| it.to == route.id.name());
        let names = codes(of_route.map(|it| &it.model), "<br>");
        (!names.is_empty()).then(|| [format!("`{}`", route.id.name()), names])
    });
    let mut text = table(lang.pick("Route | New models", "线路 | 新增模型"), rows);
    if !gone.is_empty() {
        let names = codes(gone.iter().map(|it| &it.model), comma(lang));
        text.push_str(&speak!(lang, "\nGone: {names}\n", "\n移除：{names}\n"));
    }
    text
}

/// Every value that the two give otherwise, the models for which it is the same in one row.
fn limits(differences: &[Difference], from: Edition, to: Edition, lang: Lang) -> String {
    let mut rows: Vec<([String; 3], Vec<String>)> = Vec::new();
    for it in differences {
        if it.field == "route" && (it.from.is_null() || it.to.is_null()) {
            continue;
        }
        for (member, from, to) in members(&it.from, &it.to) {
            let cells = [format!("`{}{member}`", it.field), words(from, lang), words(to, lang)];
            let model = format!("`{}`", it.model);
            match rows.iter_mut().find(|(known, _)| *known == cells) {
                Some((_, models)) => models.push(model),
                None => rows.push((cells, vec![model])),
            }
        }
    }
    let (models, what) = (lang.pick("Models", "模型"), lang.pick("What", "项目"));
    let rows = rows.into_iter();
    let rows = rows.map(|([what, from, to], models)| [models.join("<br>"), what, from, to]);
    table(&format!("{models} | {what} | {from} | {to}"), rows)
}

/// The members in which two objects differ, under their names, nothing being an object without any; of other values the two
/// themselves.
fn members<'a>(from: &'a Value, to: &'a Value) -> Vec<(String, &'a Value, &'a Value)> {
    let both = [from, to];
    if !both.iter().all(|value| value.is_object() || value.is_null()) {
        return vec![(String::new(), from, to)];
    }
    let objects = both.into_iter().filter_map(Value::as_object);
    let names: BTreeSet<_> = objects.flat_map(|object| object.keys()).collect();
    let differ = names.into_iter().flat_map(|name| {
        let [from, to] = both.map(|value| value.get(name).unwrap_or(&Value::Null));
        let inner = (from != to).then(|| members(from, to));
        let named = inner.into_iter().flatten();
        named.map(move |(member, from, to)| (format!(".{name}{member}"), from, to))
    });
    differ.collect()
}

fn words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => "–".into(),
        Value::Bool(true) => lang.pick("yes", "是").into(),
        Value::Bool(false) => lang.pick("no", "否").into(),
        Value::Array(items) if items.is_empty() => "–".into(),
        Value::Array(items) => items.iter().map(|item| words(item, lang)).join(comma(lang)),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The rules that only one of the two has.
fn rules(from: Edition, to: Edition, lang: Lang) -> String {
    let only = |here: Edition, there: Edition| {
        let rules = here.rules().filter(move |rule| there.rule(rule.id).is_none());
        rules.map(move |rule| {
            let name = rule.id.name();
            let link = format!("[`{name}`]({}#{name})", file("rules", here, lang));
            [link, here.name().into(), rule.fires().get(lang).into()]
        })
    };
    let titles = lang.pick("Rule | Edition | Fires when", "规则 | 版本 | 触发条件");
    table(titles, only(to, from).chain(only(from, to)))
}
