//! Defaults of options, from environment variables or else from a file in the system's folder for settings.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::{Command, CommandFactory};
use seedance_core::Lang;
use serde::Deserialize;

use crate::args::Options;
use crate::chinese;
use crate::failure::Failure;
use crate::lang::{lang, say, speak};

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

/// The command line with these defaults. Also sets the language of the run, and translates the help into it.
pub fn command() -> Result<Command, Failure> {
    let folder = dirs::config_dir().map(|folder| folder.join("seedance"));
    // Without a folder for settings the path is empty, and no file is found.
    let path = folder.map(|folder| folder.join("settings.json")).unwrap_or_default();
    let settings = settings(&path);
    let of_settings = || settings.as_ref().ok()?.lang.as_ref()?.parse().ok();
    let asked = asked_for().or_else(|| env::var("SEEDANCE_LANG").ok()?.parse().ok());
    speak(asked.or_else(of_settings).unwrap_or_default());
    let settings = settings.map_err(|error| unusable(&path, &error))?;
    let from_settings = |prices| path.with_file_name(prices);
    let prices = env::var_os("SEEDANCE_PRICES").map(PathBuf::from);
    let prices = prices.or_else(|| settings.prices.map(from_settings));

    let mut command = Options::command();
    let named = [
        ("lang", "SEEDANCE_LANG", settings.lang),
        ("edition", "SEEDANCE_EDITION", settings.edition),
    ];
    for (name, variable, setting) in named {
        if let Some(value) = env::var(variable).ok().or(setting) {
            command = command.mut_arg(name, |option| option.default_value(value));
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
    Ok(match lang() {
        Lang::Zh => chinese::translated(command),
        Lang::En => command,
    })
}

/// The value of `--lang`, found before the options are parsed: help and errors in the options are in this language, too.
fn asked_for() -> Option<Lang> {
    let words = env::args_os().map(|word| word.to_string_lossy().into_owned());
    // After `--` there are no options.
    let mut words = words.take_while(|word| word != "--");
    let mut lang = None;
    while let Some(word) = words.next() {
        let named = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(joined) => joined.strip_prefix('=').map(Into::into),
            None => None,
        };
        lang = named.and_then(|name| name.parse().ok()).or(lang);
    }
    lang
}

/// Reads the settings, which are empty if there is no file. If the file has other text, serde_json's error is inside the error.
fn settings(path: &Path) -> io::Result<Settings> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Settings::default()),
        text => Ok(serde_json::from_slice(&text?)?),
    }
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let name = path.to_string_lossy();
    let Some(error) = error.get_ref() else {
        return Failure::reading(&name, error);
    };
    Failure::Told(say!(
        "`{name}`: not settings with `prices`, `lang` and `edition`: {error}",
        "`{name}`：不是含 `prices`、`lang` 和 `edition` 的设置：{error}"
    ))
}
