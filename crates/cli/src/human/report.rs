//! The answer to `check`.

use seedance_batch::plural;
use seedance_core::{Finding, Lang, Report};

use super::findings::Shown;
use crate::input::Document;
use crate::plain::plain;

/// Every finding in its place, then the verdict.
pub fn report(report: &Report<'_>, document: &Document, lang: Lang) -> String {
    let text = String::from_utf8_lossy(&document.text);
    let mut shown = Shown::new(document, &text, lang).all(&report.findings);
    shown.push_str(&verdict(report, lang));
    shown
}

fn verdict(report: &Report<'_>, lang: Lang) -> String {
    let errors = report
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .count();
    let counts = counts(errors, report.findings.len() - errors, lang);
    let edition = &report.edition;
    let zh = lang == Lang::Zh;
    let model = match (&report.model, &report.route) {
        (Some(model), Some(route)) if zh => format!("{}（{} 线路）", plain(model), route.name()),
        (Some(model), Some(route)) => format!("{} (route {})", plain(model), route.name()),
        _ => String::from(if zh { "请求" } else { "the request" }),
    };
    match (report.accepted, zh) {
        (true, false) => format!("accepted: {model}, {counts} [rules {edition}]\n"),
        (true, true) => format!("通过：{model}，{counts} [规则 {edition}]\n"),
        (false, false) => format!("refused: {model}, {counts} [rules {edition}]\n"),
        (false, true) => format!("不通过：{model}，{counts} [规则 {edition}]\n"),
    }
}

/// How many errors and warnings, in words.
pub fn counts(errors: usize, warnings: usize, lang: Lang) -> String {
    if lang == Lang::Zh {
        return format!("{errors} 个错误，{warnings} 个警告");
    }
    let many = |count: usize, one: &str| match count {
        0 => format!("no {one}s"),
        _ => plural(count as u64, one),
    };
    format!("{}, {}", many(errors, "error"), many(warnings, "warning"))
}

/// How many of the findings are errors and how many are not, in words.
pub fn count_of(findings: &[Finding], lang: Lang) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    counts(errors, findings.len() - errors, lang)
}
