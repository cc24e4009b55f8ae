//! The answers of `explain`, for people.

use seedance_core::Edition;
use seedance_core::table::{ConflictInfo, Rule, Severity, SourceInfo};

use super::table::{LabelledColumn, table};
use crate::lang::{lang, pick, say};

const COLUMNS: [LabelledColumn<Rule>; 3] = [
    ("RULE", "规则", |rule| rule.id.name().into()),
    ("SEVERITY", "级别", |rule| severity(rule).into()),
    ("FIRES WHEN", "触发条件", |rule| rule.fires.get(lang()).into()),
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
    let (fires, message) = (rule.fires.get(lang()), rule.message.get(lang()));
    let mut shown = say!(
        "{name} ({severity})\n  fires when: {fires}\n  message: {message}\n  location: {path}\n",
        "{name}（{severity}）\n  触发条件：{fires}\n  消息：{message}\n  位置：{path}\n"
    );
    shown += &sources(rule.sources.iter().map(|source| source.info()));
    if !rule.conflicts.is_empty() {
        shown += pick("  where they disagree:\n", "  分歧之处：\n");
    }
    for conflict in rule.conflicts {
        shown += &disagreement(conflict.info());
    }
    shown
}

/// The topic of a disagreement, the two sides, how it is settled, and what it cites.
fn disagreement(info: &ConflictInfo) -> String {
    // The edition of the conflict is perhaps not the one that was asked for.
    let edition = Edition::ALL.into_iter().find(|edition| edition.conflicts().contains(info));
    let edition = edition.map_or("", Edition::name);
    let [topic, a, b, settled] =
        [&info.topic, &info.a, &info.b, &info.settled].map(|it| it.get(lang()));
    let (id, colon) = (info.conflict.id(), pick(": ", "："));
    let mut lines = vec![
        format!("{id}{colon}{topic}"),
        say!("  A: {a}", "  A：{a}"),
        say!("  B: {b}", "  B：{b}"),
        say!("  settled in {edition}: {settled}", "  {edition} 版处理：{settled}"),
    ];
    for (tag, about) in info.cited() {
        lines.push(format!("  {tag}{colon}{}", about.get(lang())));
    }
    lines.iter().map(|line| format!("    {line}\n")).collect()
}

fn sources<'a>(sources: impl Iterator<Item = &'a SourceInfo>) -> String {
    let mut shown = String::from(pick("  sources:\n", "  来源：\n"));
    for info in sources {
        let id = info.source.id();
        let (title, about) = (info.title.get(lang()), info.about.get(lang()));
        shown += &say!("    {id}: {title}. {about}\n", "    {id}：{title}。{about}\n");
        if !info.address.is_empty() {
            // The vendor keeps its Chinese pages beside the English ones.
            let address =
                info.address.replace("jimmyai.cn/en/", pick("jimmyai.cn/en/", "jimmyai.cn/zh/"));
            shown += &format!("      {address}\n");
        }
    }
    shown
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
