//! The answers of `explain`, for people.

use seedance_core::Edition;
use seedance_core::table::{ConflictInfo, Rule, Severity, SourceInfo};

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
    let mut shown = format!("{} ({})\n", rule.id.name(), severity(rule));
    line(&mut shown, "  ", ("fires when: ", "触发条件："), rule.fires().get(lang()));
    line(&mut shown, "  ", ("message: ", "消息："), rule.message.get(lang()));
    line(&mut shown, "  ", ("location: ", "位置："), path);
    sources(&mut shown, rule.sources.iter().map(|source| source.info()));
    if !rule.conflicts.is_empty() {
        line(&mut shown, "  ", ("where they disagree:", "分歧之处："), "");
    }
    for conflict in rule.conflicts {
        let info = conflict.info();
        let topic = info.topic.get(lang());
        line(&mut shown, "    ", ("", ""), &format!("{}: {topic}", conflict.id()));
        sides(&mut shown, "      ", info);
    }
    shown
}

/// One disagreement between sources, with those that it names.
pub fn disagreement(info: &ConflictInfo, named: &[&SourceInfo]) -> String {
    let mut shown = format!("{}: {}\n", info.conflict.id(), info.topic.get(lang()));
    sides(&mut shown, "  ", info);
    sources(&mut shown, named.iter().copied());
    shown
}

fn sides(shown: &mut String, indent: &str, info: &ConflictInfo) {
    line(shown, indent, ("A: ", "A: "), info.a.get(lang()));
    line(shown, indent, ("B: ", "B: "), info.b.get(lang()));
    line(shown, indent, ("settled: ", "本版处理："), info.settled.get(lang()));
}

fn sources<'a>(shown: &mut String, sources: impl Iterator<Item = &'a SourceInfo>) {
    line(shown, "  ", ("sources:", "来源："), "");
    for info in sources {
        let (title, about) = (info.title.get(lang()), info.about.get(lang()));
        let joint = pick(". ", "。");
        line(shown, "    ", ("", ""), &format!("{}: {title}{joint}{about}", info.source.id()));
        if !info.address.is_empty() {
            line(shown, "      ", ("", ""), info.address);
        }
    }
}

fn line(shown: &mut String, indent: &str, (en, zh): (&str, &str), text: &str) {
    *shown += &format!("{indent}{}{text}\n", pick(en, zh));
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => pick("error", "错误"),
        Severity::Warning => pick("warning", "警告"),
    }
}
