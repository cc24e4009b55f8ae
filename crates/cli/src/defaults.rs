//! Defaults of options, from environment variables or else from a file in the system's folder for settings.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};
use itertools::Itertools;
use seedance_core::Lang;
use seedance_ledger::problem::Problem;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::args::Options;
use crate::chinese;
use crate::failure::Failure;
use crate::lang::{lang, pick, say, speak};

/// What `settings.json` may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The price book; a relative path starts at the settings file's folder.
    prices: Option<PathBuf>,
    /// The language of messages.
    lang: Option<String>,
    /// The edition of the rules.
    edition: Option<String>,
}

/// The command line with these defaults, and what is wrong with one that would be needed. Also sets the language of the run, and
/// translates the help into it.
pub fn command() -> Result<(Command, Option<Failure>), Failure> {
    let folder = dirs::config_dir().map(|folder| folder.join("seedance"));
    // Without a folder for settings the path is empty, and no file is found.
    let path = folder.map(|folder| folder.join("settings.json")).unwrap_or_default();
    let text = fs::read(&path);
    let settings = settings(&text);
    let of_settings = || settings.as_ref()?.lang.as_ref()?.parse().ok();
    let of_variable = || env::var("SEEDANCE_LANG").ok()?.parse().ok();
    let asked = asked_for("lang").and_then(|name| name.parse().ok()).or_else(of_variable);
    speak(asked.or_else(of_settings).unwrap_or_default());
    let settings = settings.ok_or_else(|| unusable(&path, &text))?;
    let from_settings = |prices| path.with_file_name(prices);
    let prices = env::var_os("SEEDANCE_PRICES").map(PathBuf::from);
    let prices = prices.or_else(|| settings.prices.map(from_settings));

    let mut command = Options::command();
    let mut wrong = None;
    let named = [
        ("lang", "SEEDANCE_LANG", settings.lang),
        ("edition", "SEEDANCE_EDITION", settings.edition),
    ];
    for (name, variable, setting) in named {
        let path = path.display();
        let of_variable = env::var(variable).ok().filter(|value| !value.is_empty());
        let of_variable = of_variable.map(|value| (value, format!("`{variable}`")));
        let of_setting = || Some((setting?, say!("`{name}` in `{path}`", "`{path}` 中 `{name}`")));
        let Some((value, place)) = of_variable.or_else(of_setting) else {
            continue;
        };
        if asked_for(name).is_some() {
            continue;
        }
        let option = command.get_arguments().find(|option| option.get_id() == name);
        let possible = option.map(Arg::get_possible_values).unwrap_or_default();
        if possible.iter().any(|possible| possible.matches(&value, false)) {
            command = command.mut_arg(name, |option| option.default_value(value));
        } else {
            let possible = possible.iter().map(PossibleValue::get_name).join(pick(", ", "、"));
            wrong = Some(Failure::Told(say!(
                "invalid value '{value}' for {place} [possible values: {possible}]",
                "{place} 的值 `{value}` 无效，可选 {possible}"
            )));
        }
    }
    if let Some(prices) = prices.filter(|prices| !prices.as_os_str().is_empty()) {
        command = command.mut_subcommands(|command| {
            command.mut_args(|option| match option.get_id() == "prices" {
                true => option.required(false).default_value(prices.as_os_str().to_owned()),
                false => option,
            })
        });
    }
    // Where the help is not read on a terminal, its lines stay whole.
    let command = if io::stdout().is_terminal() { command } else { command.term_width(0) };
    let command = match lang() {
        Lang::Zh => chinese::translated(command),
        Lang::En => command,
    };
    Ok((command, wrong))
}

/// The value of an option of every command, found before the options are parsed: their help and errors are in the language asked
/// for, and defaults that are not needed may be wrong.
fn asked_for(name: &str) -> Option<String> {
    let option = format!("--{name}");
    let words = env::args_os().map(|word| word.to_string_lossy().into_owned());
    // After `--` there are no options.
    let mut words = words.take_while(|word| word != "--");
    let mut value = None;
    while let Some(word) = words.next() {
        let named = match word.strip_prefix(&option) {
            Some("") => words.next(),
            Some(joined) => joined.strip_prefix('=').map(Into::into),
            None => None,
        };
        value = named.or(value);
    }
    value
}

/// The settings, which are empty if there is no file; `None` if the file cannot be read or has something else.
fn settings(text: &io::Result<Vec<u8>>) -> Option<Settings> {
    match text {
        Err(error) => (error.kind() == io::ErrorKind::NotFound).then(Settings::default),
        Ok(text) => {
            // Through an object: serde would take a list for the settings, too.
            let object: Map<String, Value> = serde_json::from_slice(text).ok()?;
            serde_json::from_value(object.into()).ok()
        }
    }
}

fn unusable(path: &Path, text: &io::Result<Vec<u8>>) -> Failure {
    let name = path.to_string_lossy();
    match text {
        Err(error) => Failure::reading(&name, error),
        Ok(text) => {
            let en = "not settings with `prices`, `lang` and `edition`";
            let zh = "不是含 `prices`、`lang` 和 `edition` 的设置";
            Failure::about(&name, &Problem::unlike(text, en, zh).message(lang()))
        }
    }
}
