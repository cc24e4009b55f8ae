//! `seedance`: checks and prices Seedance 2.0 video requests before they are sent.

mod args;
mod batch;
mod chinese;
mod commands;
mod defaults;
mod export;
mod failure;
mod human;
mod input;
mod lang;
mod output;
mod plan;
mod request;
mod spans;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, FromArgMatches};
use clap_complete::CompleteEnv;
use itertools::Itertools;
use seedance_core::Lang;

use crate::args::Options;
use crate::failure::Failure;
use crate::lang::{lang, pick};

/// Exit code when the answer is no, such as a request that is not accepted or has no price.
const NO: u8 = 1;
/// Exit code when there is no answer, such as for bad arguments or an unreadable file.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    end_without_memory();
    // If a shell asks for completions, this prints them and exits.
    CompleteEnv::with_factory(Options::command).var(commands::COMPLETE).complete();
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(NO),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(FAILED)
        }
    }
}

/// Runs the command line; `false` if the answer is no.
fn run() -> Result<bool, Failure> {
    let (command, words) = defaults::command()?;
    let matches = command.try_get_matches_from(words);
    let options = match matches.and_then(|matches| Options::from_arg_matches(&matches)) {
        Ok(options) => options,
        Err(error) => return misused(&error),
    };
    match options.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    commands::run(options)
}

/// Makes a run that is out of memory end with exit code `FAILED`: the standard library reports it in one line and then aborts.
fn end_without_memory() {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGABRT, flag::register_conditional_shutdown};
        let always = std::sync::Arc::new(true.into());
        let _ = register_conditional_shutdown(SIGABRT, FAILED.into(), always);
    }
}

/// Prints help and version as clap does; any other error is told in one line, where clap would write several.
fn misused(error: &clap::Error) -> Result<bool, Failure> {
    use ErrorKind::{DisplayHelpOnMissingArgumentOrSubcommand, MissingSubcommand};
    // Help and version were asked for.
    if !error.use_stderr() {
        let _ = error.print();
        return Ok(true);
    }
    let told = match (error.kind(), lang()) {
        (DisplayHelpOnMissingArgumentOrSubcommand | MissingSubcommand, _) => pick(
            "no command given; see `seedance --help`",
            "没有给出命令，用法见 `seedance --help`",
        )
        .into(),
        (_, Lang::Zh) => chinese::misuse(error),
        (_, Lang::En) => in_one_line(&error.to_string()),
    };
    Err(Failure::Told(told))
}

/// clap's error text in one line. The error is what comes before the first blank line, sometimes with a list; hints follow.
fn in_one_line(text: &str) -> String {
    let message = text.lines().map(str::trim).take_while(|line| !line.is_empty()).join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let mut tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    let tip = tips.find(|tip| tip.contains("similar")).unwrap_or("see `seedance --help`");
    // clap words a range as Rust does.
    let message = match message.rsplit_once(" is not in ") {
        Some((value, range)) => format!("{value} is not in {}", range.replace("..=", "–")),
        None => message.to_owned(),
    };
    format!("{message}; {tip}")
}
