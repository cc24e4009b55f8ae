//! `docs/rules.md`: each rule with when it fires, on whose word, a request that breaks it, and what the program says to that.

use std::collections::BTreeMap;

use anyhow::Context;
use seedance_core::table::{Rule, Severity};
use seedance_core::{Edition, Lang};
use serde_json::Value;

use super::examples::{Example, cut};
use super::markdown::{codes, conflict_links, file, source_titles, speak, table};
use crate::run::Outcome;

pub fn page(
    edition: Edition,
    examples: &BTreeMap<&'static str, Example>,
    lang: Lang,
) -> Outcome<String> {
    let mut text = intro(edition, lang);
    let titles = lang.pick("Rule | Severity | Path | Fires when", "规则 | 级别 | 位置 | 触发条件");
    let rows = edition.rules().map(|rule| {
        let (name, severity) = (rule.id.name(), severity(&rule, lang).into());
        let fires = rule.fires().get(lang).into();
        [format!("[`{name}`](#{name})"), severity, path(&rule, lang), fires]
    });
    text.push_str(&table(titles, rows));
    for rule in edition.rules() {
        let example = examples.get(rule.id.name()).context("every rule has an example")?;
        text.push_str(&section(edition, &rule, example, lang)?);
    }
    Ok(text)
}

fn intro(edition: Edition, lang: Lang) -> String {
    let (routes, conflicts) = (file("routes", edition, lang), file("conflicts", edition, lang));
    let rules = edition.rules().count();
    speak!(
        lang,
        "# Rules, edition {edition}\n\nThere are {rules}. An **error** means that the request would be refused, or would fail or bill \
         in a way that the documents exclude; a **warning** stops nothing. Paths are JSON Pointers (RFC 6901), fixes are JSON \
         Patches (RFC 6902). The examples are test cases, and the messages and fixes under them are what the program really \
         prints; long strings are cut, with their length in characters behind them. The limits of each route are in \
         [the table of routes]({routes}), and whose word they rest on in [sources and conflicts]({conflicts}).\n\n",
        "# 规则（{edition} 版）\n\n共 {rules} 条。**错误**表示请求会被拒绝，或者会失败、会以文档未允许的方式计费；\
         **警告**不阻止请求。位置是 RFC 6901 的 JSON Pointer，修正是 RFC 6902 的 JSON Patch。\
         示例都是测试用例，下面的提示与修正是程序的真实输出；过长的字符串已截短，括号中为原字符数。\
         各线路的限制见[线路总表]({routes})，依据见[来源与分歧]({conflicts})。\n\n"
    )
}

fn section(edition: Edition, rule: &Rule, example: &Example, lang: Lang) -> Outcome<String> {
    let name = rule.id.name();
    let mut text = format!("\n## `{name}`\n\n");
    let (severity, path, fires) = (severity(rule, lang), path(rule, lang), rule.fires().get(lang));
    text.push_str(&speak!(
        lang,
        "**{severity}** at {path}: {fires}.\n\n",
        "**{severity}**（位置：{path}）：{fires}。\n\n"
    ));
    let sources = source_titles(rule.sources, lang);
    text.push_str(&speak!(lang, "- Rests on: {sources}\n", "- 依据：{sources}\n"));
    if !rule.conflicts.is_empty() {
        let conflicts = conflict_links(rule.conflicts, edition, lang);
        text.push_str(&speak!(
            lang,
            "- The pages disagree: {conflicts}\n",
            "- 文档分歧：{conflicts}\n"
        ));
    }
    text.push_str(&format!("\n```json\n{}\n```\n", example.shown));
    if let Some(media) = &example.media {
        let about = lang.pick("with these media facts:", "以及这些素材信息：");
        text.push_str(&format!("\n{about}\n\n```json\n{media}\n```\n"));
    }
    let findings = example.findings(name, lang)?;
    let finding = findings.first();
    let finding = finding.with_context(|| {
        format!(
            "the core does not report `{name}` for the case that says it does: {}",
            example.shown
        )
    })?;
    text.push_str(&shown(finding, lang)?);
    Ok(text)
}

fn shown(finding: &Value, lang: Lang) -> Outcome<String> {
    let word =
        |name: &str| finding[name].as_str().with_context(|| format!("a finding without `{name}`"));
    let place = match word("path")? {
        "" => lang.pick("the whole body", "整个请求体").to_owned(),
        path => format!("`{path}`"),
    };
    let mut text = format!("\n> {place}{}{}\n", lang.pick(": ", "："), word("message")?);
    let fixes = finding["fixes"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, fix) in fixes.iter().enumerate() {
        if index == 0 {
            text.push_str(lang.pick("\nFixes:\n\n", "\n修正：\n\n"));
        }
        let label = fix["label"].as_str().context("a fix without a label")?;
        let patch = cut(&fix["patch"]);
        text.push_str(&speak!(lang, "- {label}: `{patch}`\n", "- {label}：`{patch}`\n"));
    }
    Ok(text)
}

fn severity(rule: &Rule, lang: Lang) -> &'static str {
    match rule.severity {
        Severity::Error => lang.pick("error", "错误"),
        Severity::Warning => lang.pick("warning", "警告"),
    }
}

/// A pointer as code; what is no pointer, such as "the URL", in words.
fn path(rule: &Rule, lang: Lang) -> String {
    let words = match rule.path {
        "" => lang.pick("the whole body", "整个请求体"),
        "the value" => lang.pick("the value", "该值"),
        "the field" => lang.pick("the field", "该字段"),
        "the item" => lang.pick("the item", "该项"),
        "the URL" => lang.pick("the URL", "该 URL"),
        "the missing frame" => lang.pick("the missing frame", "缺少的那一帧"),
        pointers => return codes(pointers.split(", "), ", "),
    };
    words.to_owned()
}
