//! The rules themselves.

use seedance_core::table::{Rule, Severity};
use seedance_core::{Edition, Lang};

use super::table::{lines, new_table};

/// All rules with what makes them fire, one a row.
pub fn list(edition: Edition, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut table = new_table(&if zh {
        ["规则", "级别", "触发条件"]
    } else {
        ["RULE", "SEVERITY", "FIRES WHEN"]
    });
    for rule in edition.rules() {
        table.add_row([rule.id.name(), severity(&rule, zh), rule.fires().get(lang)]);
    }
    lines(&mut table, &[])
}

/// The same for programs: the columns, and a row a rule.
pub fn rule_rows(
    edition: Edition,
    lang: Lang,
) -> ([&'static str; 3], impl Iterator<Item = Vec<Option<String>>>) {
    let rows = edition.rules().map(move |rule| rule_row(&rule, lang));
    (["rule", "severity", "fires_when"], rows)
}

/// The row of one rule.
pub fn rule_row(rule: &Rule, lang: Lang) -> Vec<Option<String>> {
    let cells = [
        rule.id.name(),
        severity(rule, false),
        rule.fires().get(lang),
    ];
    cells.map(|cell| Some(cell.into())).to_vec()
}

/// One rule with its sources, and where they disagree.
pub fn explain(rule: &Rule, lang: Lang) -> String {
    let path = if rule.path.is_empty() {
        "\"\""
    } else {
        rule.path
    };
    let severity = severity(rule, lang == Lang::Zh);
    let mut shown = format!("{} ({severity})\n", rule.id.name());
    let mut say =
        |en: &str, zh: &str, text: &str| shown += &format!("  {}{text}\n", lang.pick(en, zh));
    say("fires when: ", "触发条件：", rule.fires().get(lang));
    say("message: ", "消息：", rule.message.get(lang));
    say("location: ", "位置：", path);
    say("sources:", "来源：", "");
    for source in rule.sources {
        let info = source.info();
        let (title, about) = (info.title.get(lang), info.about.get(lang));
        let joint = lang.pick(". ", "。");
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
        say(
            "",
            "",
            &format!("  {}: {}", conflict.id(), info.topic.get(lang)),
        );
        say("    A: ", "    A: ", info.a.get(lang));
        say("    B: ", "    B: ", info.b.get(lang));
        say("    settled: ", "    本版处理：", info.settled.get(lang));
    }
    shown
}

fn severity(rule: &Rule, zh: bool) -> &'static str {
    match (rule.severity, zh) {
        (Severity::Error, false) => "error",
        (Severity::Error, true) => "错误",
        (Severity::Warning, false) => "warning",
        (Severity::Warning, true) => "警告",
    }
}
