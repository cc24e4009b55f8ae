//! Defaults of options, from environment variables or else from a file in the system's folder for settings.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::{Command, CommandFactory};
use seedance_core::Lang;
use seedance_ledger::problem::Problem;
use serde::Deserialize;

use crate::args::Options;
use crate::chinese;
use crate::failure::Failure;
use crate::lang::{lang, speak};

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

/// The command line, and its words with these defaults among them. Also sets the language of the run, and translates the help
/// into it.
pub fn command() -> Result<(Command, Vec<OsString>), Failure> {
    let mut words: Vec<OsString> = env::args_os().collect();
    // Without a folder for settings the path is empty, and no file is found.
    let folder = dirs::config_dir().map(|folder| folder.join("seedance"));
    let path = folder.map(|folder| folder.join("settings.json")).unwrap_or_default();
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(b"{}".to_vec()),
        read => read,
    };
    // Only from an object: serde would take a list for the settings, too.
    let object = text.as_ref().ok().filter(|text| text.trim_ascii_start().starts_with(b"{"));
    let settings = object.and_then(|text| serde_json::from_slice(text).ok());
    let settings: Option<&Settings> = settings.as_ref();

    let lang_default = variable("SEEDANCE_LANG").or_else(|| settings?.lang.clone());
    let name = option(&words, "lang").or_else(|| lang_default.clone());
    speak(name.and_then(|name| name.parse().ok()).unwrap_or_default());
    // Only now is it known in which language to say what is wrong with the settings.
    let settings = settings.ok_or_else(|| unusable(&path, &text))?;

    let edition_default = variable("SEEDANCE_EDITION").or_else(|| settings.edition.clone());
    // Behind the other options, so that `--help` is shown even if a default is wrong; but behind the command `help` only names of
    // commands may follow.
    let place = match words.iter().any(|word| word == "help") {
        true => words.len().min(1),
        false => words.iter().position(|word| word == "--").unwrap_or(words.len()),
    };
    for (name, default) in [("lang", lang_default), ("edition", edition_default)] {
        if let (None, Some(value)) = (option(&words, name), default) {
            words.insert(place, format!("--{name}={value}").into());
        }
    }
    let mut command = Options::command();
    let from_settings = |prices| path.with_file_name(prices).into_os_string();
    let prices = env::var_os("SEEDANCE_PRICES").filter(|prices| !prices.is_empty());
    if let Some(prices) = prices.or_else(|| settings.prices.as_ref().map(from_settings)) {
        command = command.mut_subcommands(|command| {
            command.mut_args(|option| match option.get_id() == "prices" {
                true => option.required(false).default_value(prices.clone()),
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
    Ok((command, words))
}

/// The value of an environment variable, unless it is empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The value of an option of every command, found before the words are parsed: help and errors are in the language asked for.
fn option(words: &[OsString], name: &str) -> Option<String> {
    let option = format!("--{name}");
    // After `--` there are no options.
    let mut words = words.iter().map(|word| word.to_string_lossy()).take_while(|it| it != "--");
    let mut value = None;
    while let Some(word) = words.next() {
        let named = match word.strip_prefix(&option) {
            Some("") => words.next().map(Into::into),
            Some(joined) => joined.strip_prefix('=').map(Into::into),
            None => None,
        };
        value = named.or(value);
    }
    value
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
