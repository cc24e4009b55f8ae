//! The answer of `check`, for people.

use itertools::Itertools;
use seedance_batch::plural;
use seedance_core::{Finding, Report};
use seedance_ledger::request::Foreign;

use super::findings::findings;
use crate::input::Document;
use crate::lang::{pick, say};
use crate::output::plain;

/// Every finding in its place, then the verdict.
pub fn report(report: &Report<'_>, document: &Document) -> String {
    let shown = findings(&report.findings, report.omitted, document);
    shown + &verdict(report) + &foreign(document).unwrap_or_default()
}

fn verdict(report: &Report<'_>) -> String {
    let model = report.model.as_ref().zip(report.route.as_ref());
    let model = model.map(|(model, route)| {
        let (model, route) = (plain(model), route.name());
        say!("{model} (route {route})", "{model}（{route} 线路）")
    });
    let said = model.into_iter().chain(counts(&report.findings));
    let omitted = report.omitted;
    let omitted = (omitted > 0).then(|| say!("{omitted} more", "另有 {omitted} 条"));
    let what = said.chain(omitted).join(pick(", ", "，"));
    let verdict = match report.accepted {
        true => pick("accepted: ", "校验通过："),
        false => pick("not accepted: ", "校验未通过："),
    };
    let (rules, edition) = (pick("rules", "规则版本"), &report.edition);
    let mut shown = format!("{verdict}{what} [{rules} {edition}]\n");
    if !report.findings.is_empty() {
        shown += pick(
            "about the sources: `seedance explain RULE`\n",
            "来源说明：`seedance explain 规则名`\n",
        );
    }
    shown
}

/// The reports of two editions, then both verdicts in one line.
pub fn against<'r>(report: &Report<'r>, against: &Report<'r>, document: &Document) -> String {
    let both = [report, against];
    let said = both.map(|it| {
        let errors = it.findings.iter().filter(|finding| finding.is_error());
        let errors = errors.map(|error| error.rule.name()).join(pick(", ", "、"));
        let edition = it.edition;
        match it.accepted {
            true => say!("accepted in {edition}", "{edition} 校验通过"),
            // All of them are left out.
            false if errors.is_empty() => {
                say!("not accepted in {edition}", "{edition} 校验未通过")
            }
            false => say!("not accepted in {edition}: {errors}", "{edition} 校验未通过：{errors}"),
        }
    });
    let reports = both.map(|it| self::report(it, document));
    format!("{}\n{}\n", reports.join("\n"), said.join(pick("; ", "；")))
}

/// A hint to convert the request, if it has another vendor's shape.
fn foreign(document: &Document) -> Option<String> {
    let body = serde_json::from_slice(&document.text).ok()?;
    let name = Foreign::of(&body)?.name();
    let from = name.to_lowercase();
    Some(say!(
        "this looks like {name}'s shape; convert it with `--from {from}`\n",
        "这像是 {name} 格式的请求，可用 `--from {from}` 转换\n"
    ))
}

/// The number of errors and of warnings in words, each only if there are any.
fn counts(findings: &[Finding]) -> impl Iterator<Item = String> {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let counts = [(errors, "error", "错误"), (findings.len() - errors, "warning", "警告")];
    let there = counts.into_iter().filter(|(count, ..)| *count > 0);
    there.map(|(count, en, zh)| pick(plural(count as u64, en), format!("{count} 个{zh}")))
}

/// The number of errors and of warnings in one text.
pub fn count_of(findings: &[Finding]) -> String {
    counts(findings).join(pick(", ", "，"))
}
