//! `cargo deny`: under which licences, from where and how often each crate comes that is built in, and what is known against it.

use std::process::Command;

use crate::run::{Outcome, cargo, command, output, with_tool};

const CARGO_DENY: &str = "0.20.2";
/// Each part takes seconds. A download that hangs, or another run that holds the lock of the database, would take for ever.
const MOST_SECONDS: &str = "60";

/// Licences, sources and duplicates always; advisories where their database can be had.
pub fn run() -> Outcome<String> {
    let said = output(&mut deny(&["check", "licenses", "sources", "bans"])?)?;
    let advisories = match output(&mut deny(&["fetch", "db"])?) {
        Ok(_) => output(&mut deny(&["check", "--disable-fetch", "advisories"])?)?,
        Err(_) => format!(
            "measured: advisories: not looked at, their database could not be fetched within {MOST_SECONDS} s\n"
        ),
    };
    Ok(said + &advisories)
}

fn deny(words: &[&str]) -> Outcome<Command> {
    let cargo = cargo(["deny", "--workspace"]);
    let mut command = command("timeout");
    command.arg(MOST_SECONDS).arg(cargo.get_program());
    command.args(cargo.get_args()).args(words);
    with_tool(&mut command, "deny", CARGO_DENY)?;
    Ok(command)
}
