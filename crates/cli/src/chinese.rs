//! Help and errors about arguments in Chinese: clap's own are in English.

use std::error::Error;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use itertools::Itertools;

/// The lines of the help, and the ends of errors about values, each followed by a tab and its translation.
const WORDS: &str = include_str!("chinese.tsv");

/// The command line with its help in Chinese.
pub fn translated(mut command: Command) -> Command {
    command.build();
    in_chinese(command)
}

fn in_chinese(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage: ")
        .replace("[OPTIONS]", "[选项]")
        .replace("<COMMAND>", "<命令>");
    let mut template = String::from("{about}\n\n用法：{usage}\n");
    for (part, is_there) in [
        ("命令：\n{subcommands}", command.has_subcommands()),
        ("参数：\n{positionals}", command.get_positionals().next().is_some()),
        ("选项：\n{options}", true),
    ] {
        if is_there {
            template = template + "\n" + part + "\n";
        }
    }
    let about = of_lines(command.get_about());
    let after = of_lines(command.get_after_help());
    command
        .mut_subcommands(in_chinese)
        .mut_args(argument)
        .override_usage(usage)
        .help_template(template.trim_end().to_owned() + "{after-help}")
        .about(about)
        .after_help(after)
}

fn argument(argument: Arg) -> Arg {
    let mut help = match argument.get_id().as_str() {
        "help" => "显示帮助".into(),
        "version" => "显示版本".into(),
        _ => of_lines(argument.get_help()),
    };
    let values = argument.get_possible_values();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !values.is_empty() {
        help += &format!("（可选 {}）", values.iter().map(|it| it.get_name()).join("、"));
    }
    let shows_default = takes_value && !argument.is_hide_default_value_set();
    if let Some(default) = argument.get_default_values().first().filter(|_| shows_default) {
        help += &format!("（默认 {}）", default.to_string_lossy());
    }
    // The long help is replaced, too, because it is in English.
    argument.help(help.clone()).long_help(help).hide_default_value(true).hide_possible_values(true)
}

fn of_lines(text: Option<&StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    let in_chinese = |line| words().find(|(en, _)| *en == line).map_or(line, |(_, zh)| zh);
    text.lines().map(in_chinese).join("\n")
}

fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.lines().filter_map(|words| words.split_once('\t'))
}

/// An error about arguments in one sentence.
pub fn misuse(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("`、`"),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let mut sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` 缺少值"),
        ErrorKind::InvalidValue => format!("`{argument}` 的值 `{value}` 无效"),
        ErrorKind::ValueValidation => {
            return format!("`{argument}` 的值 `{value}` 无效：{}", why(error));
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("没有选项 `{argument}`"),
        ErrorKind::UnknownArgument => format!("`{argument}` 是多余的参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 `{argument}`"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior == argument || prior.is_empty() => format!("`{argument}` 只能出现一次"),
            prior => format!("`{argument}` 不能与 `{prior}` 同时使用"),
        },
        _ if argument.is_empty() => "命令行有误".into(),
        _ => format!("`{argument}` 的写法不对"),
    };
    let possible = context(ContextKind::ValidValue).replace('`', "");
    if !possible.is_empty() {
        sentence += &format!("，可选 {possible}");
    }
    let meant =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .map(context);
    match meant.iter().find(|meant| !meant.is_empty()) {
        Some(meant) => format!("{sentence}，是否想写 `{meant}`？"),
        None if possible.is_empty() => format!("{sentence}，用法见 `seedance --help`"),
        None => sentence,
    }
}

/// Why a value is invalid. Most parsers already say so in the language of the run.
fn why(error: &clap::Error) -> String {
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    // clap's wording for a number out of range.
    if let Some((_, range)) = text.split_once(" is not in ") {
        return format!("应在 {} 之内", range.replace("..=", "–"));
    }
    words().find(|(en, _)| text.ends_with(en)).map_or(text, |(_, zh)| zh.into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Options;

    /// Whether a line is not translated: it is no example, not blank, and has no Chinese character.
    fn is_english(line: &str) -> bool {
        let is_example = line.starts_with("  ");
        !is_example && !line.is_empty() && !line.contains(|it| ('一'..='龥').contains(&it))
    }

    /// All lines of the help of a command and its subcommands.
    fn lines(command: &Command) -> Vec<String> {
        let texts = [command.get_about(), command.get_after_help()].into_iter();
        let texts = texts.chain(command.get_arguments().map(Arg::get_help)).flatten();
        let texts: Vec<String> = texts.map(ToString::to_string).collect();
        let own = texts.iter().flat_map(|text| text.lines()).map(Into::into);
        own.chain(command.get_subcommands().flat_map(lines)).collect()
    }

    #[test]
    fn the_help_is_chinese_throughout() {
        let mut left = lines(&translated(Options::command()));
        left.retain(|line| is_english(line));
        assert_eq!(left, Vec::<String>::new(), "add a row to src/chinese.tsv for each");
    }

    #[test]
    fn every_translation_is_of_a_line_of_the_help() {
        let mut command = Options::command();
        command.build();
        let english = lines(&command);
        let reasons = WORDS.split_once("# Why").map(|(_, reasons)| reasons).unwrap();
        let is_reason = |en: &&str| reasons.contains(&format!("\n{en}\t"));
        let left = words().map(|(en, _)| en).filter(|en| !is_reason(en));
        let left = left.filter(|en| !english.iter().any(|line| line == en));
        let left: Vec<&str> = left.collect();
        assert_eq!(left, Vec::<&str>::new(), "remove the row of each from src/chinese.tsv");
    }
}
