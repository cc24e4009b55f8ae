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
    let path = if rule.path.is_empty() { "\"\"" } else { rule.path };
    let severity = severity(rule);
    let mut shown = format!("{} ({severity})\n", rule.id.name());
    let mut say = |en: &str, zh: &str, text: &str| shown += &format!("  {}{text}\n", pick(en, zh));
    say("fires when: ", "触发条件：", rule.fires().get(lang()));
    say("message: ", "消息：", rule.message.get(lang()));
    say("location: ", "位置：", path);
    say("sources:", "来源：", "");
    for source in rule.sources {
        let info = source.info();
        let (title, about) = (info.title.get(lang()), info.about.get(lang()));
        let joint = pick(". ", "。");
        say("", "", &format!("  {}: {title}{joint}{about}", source.id()));
        if !info.address.is_empty() {
            say("    ", "    ", info.address);
        }
    }
    if !rule.conflicts.is_empty() {
        say("where they disagree:", "分歧之处：", "");
    }
    for conflict in rule.conflicts {
        let info = conflict.info();
        say("", "", &format!("  {}: {}", conflict.id(), info.topic.get(lang())));
        say("    A: ", "    A: ", info.a.get(lang()));
        say("    B: ", "    B: ", info.b.get(lang()));
        say("    settled: ", "    本版处理：", info.settled.get(lang()));
    }
    shown
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => pick("error", "错误"),
        Severity::Warning => pick("warning", "警告"),
    }
}
