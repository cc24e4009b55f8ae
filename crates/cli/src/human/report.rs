//! The answer to `check`.

use seedance_batch::plural;
use seedance_core::{Finding, Lang, Report};
use seedance_ledger::request::Foreign;

use super::findings::Shown;
use crate::input::Document;
use crate::plain::plain;

/// Every finding in its place, then the verdict.
pub fn report(report: &Report<'_>, document: &Document, lang: Lang) -> String {
    let text = String::from_utf8_lossy(&document.text);
    let mut shown = Shown::new(document, &text, lang).all(&report.findings, report.omitted);
    shown += &verdict(report, lang);
    shown + &foreign(document, lang).unwrap_or_default()
}

fn verdict(report: &Report<'_>, lang: Lang) -> String {
    let errors = report.findings.iter().filter(|finding| finding.is_error()).count();
    let model = report.model.as_ref().zip(report.route.as_ref());
    let model = model.map(|(model, route)| {
        let (model, route) = (plain(model), route.name());
        lang.pick(format!("{model} (route {route})"), format!("{model}（{route} 线路）"))
    });
    let counts = counts(errors, report.findings.len() - errors, lang);
    let what: Vec<String> = model.into_iter().chain(counts).collect();
    let what = what.join(lang.pick(", ", "，"));
    let verdict = match report.accepted {
        true => lang.pick("accepted: ", "校验通过："),
        false => lang.pick("not accepted: ", "校验未通过："),
    };
    let (rules, edition) = (lang.pick("rules", "规则版本"), &report.edition);
    let mut shown = format!("{verdict}{what} [{rules} {edition}]\n");
    if !report.findings.is_empty() {
        shown += lang.pick(
            "about the sources: `seedance explain RULE`\n",
            "来源说明：`seedance explain 规则名`\n",
        );
    }
    shown
}

/// The reports of two editions, then the difference in a line.
pub fn against<'r>(
    report: &Report<'r>,
    against: &Report<'r>,
    document: &Document,
    lang: Lang,
) -> String {
    let both = [report, against];
    let said = both.map(|it| {
        let (edition, errors) =
            (it.edition, it.findings.iter().filter(|finding| finding.is_error()));
        let errors: Vec<&str> = errors.map(|error| error.rule.name()).collect();
        let errors = errors.join(lang.pick(", ", "、"));
        match it.accepted {
            true => lang.pick(format!("accepted in {edition}"), format!("{edition} 校验通过")),
            false => lang.pick(
                format!("not accepted in {edition}: {errors}"),
                format!("{edition} 校验未通过：{errors}"),
            ),
        }
    });
    let reports = both.map(|it| self::report(it, document, lang));
    format!("{}\n{}\n", reports.join("\n"), said.join(lang.pick("; ", "；")))
}

/// Whose request this is, where it is another vendor's.
fn foreign(document: &Document, lang: Lang) -> Option<String> {
    let body = serde_json::from_slice(&document.text).ok()?;
    let name = Foreign::of(&body)?.name();
    let from = name.to_lowercase();
    let en = format!("this looks like {name}'s shape; convert it with `--from {from}`\n");
    let zh = format!("这像是 {name} 格式的请求，可用 `--from {from}` 转换\n");
    Some(lang.pick(en, zh))
}

/// How many errors and warnings, in words; nothing where there are none.
pub fn counts(errors: usize, warnings: usize, lang: Lang) -> Option<String> {
    let zh = lang == Lang::Zh;
    let many = |count: usize, one: &str, one_in_chinese: &str| match (count, zh) {
        (0, _) => None,
        (_, true) => Some(format!("{count} 个{one_in_chinese}")),
        (_, false) => Some(plural(count as u64, one)),
    };
    let counts = [many(errors, "error", "错误"), many(warnings, "warning", "警告")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let joint = if zh { "，" } else { ", " };
    (!counts.is_empty()).then(|| counts.join(joint))
}

/// How many of the findings are errors and how many are not, in words.
pub fn count_of(findings: &[Finding], lang: Lang) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    counts(errors, findings.len() - errors, lang).unwrap_or_default()
}
