//! `cargo deny`: under which licences, from where and how often each crate comes that is built in, and what is known against it.

use crate::run::{Outcome, cargo, output, with_tool};

const CARGO_DENY: &str = "0.20.2";

/// Licences, sources and duplicates always; advisories where their database can be had.
pub fn run() -> Outcome<String> {
    let said = output(&mut deny(&["check", "licenses", "sources", "bans"])?)?;
    let advisories = match output(&mut deny(&["fetch", "db"])?) {
        Ok(_) => output(&mut deny(&["check", "--disable-fetch", "advisories"])?)?,
        Err(_) => {
            "measured: advisories: not looked at, their database could not be fetched\n".to_owned()
        }
    };
    Ok(said + &advisories)
}

fn deny(words: &[&str]) -> Outcome<std::process::Command> {
    let mut command = cargo(["deny", "--workspace"]);
    command.args(words);
    with_tool(&mut command, "deny", CARGO_DENY)?;
    Ok(command)
}
