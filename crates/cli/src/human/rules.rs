//! The answers of `explain`, for people.

use seedance_core::Edition;
use seedance_core::table::{ConflictInfo, Rule, Severity, SourceInfo};

use super::table::{LabelledColumn, table};
use crate::lang::{lang, pick, say};

const COLUMNS: [LabelledColumn<Rule>; 3] = [
    ("RULE", "规则", |rule| rule.id.name().into()),
    ("SEVERITY", "级别", |rule| severity(rule).into()),
    ("FIRES WHEN", "触发条件", |rule| rule.fires().get(lang()).into()),
];

/// All rules with what makes them fire, one per row.
pub fn list(edition: Edition) -> String {
    table(&COLUMNS, edition.rules())
}

/// One rule with its sources, and where they disagree.
pub fn explain(rule: &Rule) -> String {
    let in_words = PATHS.iter().find(|(path, ..)| *path == rule.path);
    let path = in_words.map_or(rule.path, |(_, en, zh)| pick(en, zh));
    let (name, severity) = (rule.id.name(), severity(rule));
    let mut shown = say!("{name} ({severity})\n", "{name}（{severity}）\n");
    line(&mut shown, "  ", ("fires when: ", "触发条件："), rule.fires().get(lang()));
    line(&mut shown, "  ", ("message: ", "消息："), rule.message.get(lang()));
    line(&mut shown, "  ", ("location: ", "位置："), path);
    sources(&mut shown, rule.sources.iter().map(|source| source.info()));
    if !rule.conflicts.is_empty() {
        line(&mut shown, "  ", ("where they disagree:", "分歧之处："), "");
    }
    for conflict in rule.conflicts {
        let info = conflict.info();
        line(&mut shown, "    ", ("", ""), &topic(info));
        sides(&mut shown, "      ", info);
    }
    shown
}

/// One disagreement between sources, with those that it names.
pub fn disagreement(info: &ConflictInfo, named: &[&SourceInfo]) -> String {
    let mut shown = topic(info) + "\n";
    sides(&mut shown, "  ", info);
    sources(&mut shown, named.iter().copied());
    shown
}

fn topic(info: &ConflictInfo) -> String {
    format!("{}{}{}", info.conflict.id(), colon(), info.topic.get(lang()))
}

fn colon() -> &'static str {
    pick(": ", "：")
}

fn sides(shown: &mut String, indent: &str, info: &ConflictInfo) {
    line(shown, indent, ("A: ", "A："), info.a.get(lang()));
    line(shown, indent, ("B: ", "B："), info.b.get(lang()));
    // The edition of the conflict is perhaps not the one that was asked for.
    let edition = Edition::ALL.into_iter().find(|edition| edition.conflicts().contains(info));
    let edition = edition.map_or("", Edition::name);
    let settled = say!("settled in {edition}: ", "{edition} 版处理：");
    line(shown, indent, (&settled, &settled), info.settled.get(lang()));
    for (tag, about) in info.cited() {
        line(shown, indent, ("", ""), &format!("{tag}{}{}", colon(), about.get(lang())));
    }
}

fn sources<'a>(shown: &mut String, sources: impl Iterator<Item = &'a SourceInfo>) {
    line(shown, "  ", ("sources:", "来源："), "");
    for info in sources {
        let (title, about) = (info.title.get(lang()), info.about.get(lang()));
        let joint = pick(". ", "。");
        line(
            shown,
            "    ",
            ("", ""),
            &format!("{}{}{title}{joint}{about}", info.source.id(), colon()),
        );
        if !info.address.is_empty() {
            // The vendor keeps its Chinese pages beside the English ones.
            let address =
                info.address.replace("jimmyai.cn/en/", pick("jimmyai.cn/en/", "jimmyai.cn/zh/"));
            line(shown, "      ", ("", ""), &address);
        }
    }
}

fn line(shown: &mut String, indent: &str, (en, zh): (&str, &str), text: &str) {
    *shown += &format!("{indent}{}{text}\n", pick(en, zh));
}

/// The locations that are no JSON Pointers, in words.
const PATHS: [(&str, &str, &str); 6] = [
    ("", "the whole body", "整个请求体"),
    ("the value", "the value", "该值"),
    ("the field", "the field", "该字段"),
    ("the item", "the item", "该项"),
    ("the URL", "the URL", "该 URL"),
    ("the missing frame", "the missing frame", "缺少的那一帧"),
];

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => pick("error", "错误"),
        Severity::Warning => pick("warning", "警告"),
    }
}
