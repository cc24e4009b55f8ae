//! The answers of `explain`, for people.

use seedance_core::Edition;
use seedance_core::table::{Rule, Severity};

use super::table::{LabelledColumn, table};
use crate::lang::{lang, pick};

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
    let (name, severity, colon) = (rule.id.name(), severity(rule), pick(": ", "："));
    let mut shown = crate::lang::say!("{name} ({severity})\n", "{name}（{severity}）\n");
    let mut say = |en: &str, zh: &str, text: &str| shown += &format!("  {}{text}\n", pick(en, zh));
    say("fires when: ", "触发条件：", rule.fires().get(lang()));
    say("message: ", "消息：", rule.message.get(lang()));
    say("location: ", "位置：", path);
    say("sources:", "来源：", "");
    for source in rule.sources {
        let info = source.info();
        let (title, about) = (info.title.get(lang()), info.about.get(lang()));
        let joint = pick(". ", "。");
        say("", "", &format!("  {}{colon}{title}{joint}{about}", source.id()));
        if !info.address.is_empty() {
            // The vendor keeps its Chinese pages beside the English ones.
            say("    ", "    ", &info.address.replace("/en/", pick("/en/", "/zh/")));
        }
    }
    if !rule.conflicts.is_empty() {
        say("where they disagree:", "分歧之处：", "");
    }
    for conflict in rule.conflicts {
        let info = conflict.info();
        say("", "", &format!("  {}{colon}{}", conflict.id(), info.topic.get(lang())));
        say("    A: ", "    A：", info.a.get(lang()));
        say("    B: ", "    B：", info.b.get(lang()));
        say("    settled: ", "    本版处理：", info.settled.get(lang()));
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
