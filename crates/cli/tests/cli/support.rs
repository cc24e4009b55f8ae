//! Runs the binary as a user would.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run gave back.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `seedance` in the folder of the examples.
pub fn seedance(arguments: &[&str]) -> Run {
    fed(arguments, b"")
}

/// Runs `seedance` with this on standard input.
pub fn fed(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A run that fails early does not read its input to the end.
    let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Run {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seedance"));
    command
        .args(arguments)
        .current_dir(examples())
        .env("XDG_CONFIG_HOME", "no-settings")
        .env_remove("SEEDANCE_PRICES")
        .env_remove("SEEDANCE_LANG")
        .env_remove("SEEDANCE_EDITION")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Writes a file into the folder and gives its path.
pub fn write(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

impl Run {
    /// Nothing on standard output, one line on standard error, exit code 2.
    #[track_caller]
    pub fn fails_with(&self, line: &str) {
        assert_eq!(
            (self.code, self.out.as_str(), self.err.as_str()),
            (2, "", format!("seedance: {line}\n").as_str())
        );
    }

    /// Like `fails_with`, for only a part of the line.
    #[track_caller]
    pub fn fails_with_part(&self, part: &str) {
        let is_one = self.err.starts_with("seedance: ") && self.err.lines().count() == 1;
        assert!(
            self.code == 2 && self.out.is_empty() && is_one && self.err.contains(part),
            "{self:?}"
        );
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
