//! What options are when nobody gives them: the environment says, or else a file in the system's place for settings.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::{Command, CommandFactory};
use seedance_core::Lang;
use serde::Deserialize;

use crate::args::Options;
use crate::chinese;
use crate::failure::Failure;
use crate::lang::{lang, speak};

/// The commands that price.
const PRICING: [&str; 5] = ["quote", "compare", "plan", "reconcile", "serve"];

/// `settings.json`, as people write it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The price book; a relative path begins at the settings.
    prices: Option<PathBuf>,
    /// The language of messages.
    lang: Option<String>,
    /// The edition of the rules.
    edition: Option<String>,
}

/// The command line with these defaults, in the language of whoever calls it, which is the run's from now on.
pub fn command() -> Result<Command, Failure> {
    let folder = dirs::config_dir().map(|folder| folder.join("seedance"));
    let asked = asked_for().or_else(|| env::var("SEEDANCE_LANG").ok()?.parse().ok());
    speak(asked.unwrap_or_default());
    let settings = match &folder {
        Some(folder) => settings(folder)?,
        None => Settings::default(),
    };
    let from_settings = |prices| folder.map(|folder: PathBuf| folder.join(prices));
    let prices = env::var_os("SEEDANCE_PRICES").map(PathBuf::from);
    let prices = prices.or_else(|| settings.prices.and_then(from_settings));

    let mut command = Options::command();
    let of_settings = || settings.lang.as_ref().and_then(|it| it.parse().ok());
    speak(asked.or_else(of_settings).unwrap_or_default());
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
        for name in PRICING {
            let prices = prices.clone().into_os_string();
            command = command.mut_subcommand(name, |command| {
                command.mut_arg("prices", |option| option.required(false).default_value(prices))
            });
        }
    }
    Ok(match lang() {
        Lang::Zh => chinese::translated(command),
        Lang::En => command,
    })
}

/// The language of the call, where it names one: whoever asks for help, or asks in a wrong way, does so all the same.
fn asked_for() -> Option<Lang> {
    let mut words = env::args_os().map(|word| word.to_string_lossy().into_owned());
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

fn settings(folder: &Path) -> Result<Settings, Failure> {
    let path = folder.join("settings.json");
    let name = path.to_string_lossy();
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(Failure::reading(&name, &error)),
        Ok(text) => text,
    };
    serde_json::from_slice(&text).map_err(|error| {
        let en = format!("`{name}`: not settings with `prices`, `lang` and `edition`: {error}");
        let zh = format!("`{name}`：不是含 `prices`、`lang` 和 `edition` 的设置：{error}");
        Failure::new(en, zh)
    })
}
