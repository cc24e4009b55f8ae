//! The companion as a separate process, which runs this very test program.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use clap::Parser;
use tempfile::TempDir;

use super::desk::{Line, Pass, enter, text};
use super::{ATTEMPT, Ask, CREATE, Gateway, Heard};

pub(crate) const KEY_VARIABLE: &str = "JIMMYAI_API_KEY";
const LINE_VARIABLE: &str = "SEEDANCE_TEST_SERVE_LINE";
/// The environment variable that makes this program a companion.
const ARGUMENTS: [&str; 4] =
    ["--exact", "support::running::companion_process", "--nocapture", "--test-threads=1"];

/// Not a test of its own: the process that other tests start, running this very program.
#[test]
fn companion_process() {
    let Ok(line) = std::env::var(LINE_VARIABLE) else {
        return;
    };
    let line = Line::try_parse_from(["serve"].into_iter().chain(line.lines()))
        .unwrap_or_else(|error| error.exit());
    match seedance_serve::run(line.options) {
        Ok(()) => std::process::exit(0),
        Err(error) => {
            eprintln!("error: {error}");
            std::process::exit(2);
        }
    }
}

/// A running companion process.
pub(crate) struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) port: u16,
    pub(crate) pass: Pass,
    pub(crate) link: String,
    printed: String,
}

pub(crate) fn command(line: &[&str], key: Option<&str>) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(ARGUMENTS);
    set_up(&mut command, line, key);
    command
}

fn set_up(command: &mut Command, line: &[&str], key: Option<&str>) {
    command.env(LINE_VARIABLE, line.join("\n")).env_remove(KEY_VARIABLE);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(key) = key {
        command.env(KEY_VARIABLE, key);
    }
}

impl Running {
    pub(crate) fn start(gateway: &Gateway, journal: &Path, key: Option<&str>) -> Self {
        Self::of(command(
            &["--port=0", "--api-origin", &gateway.origin(), "--journal", text(journal)],
            key,
        ))
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        let link = loop {
            let mut line = String::new();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "the companion starts");
            printed.push_str(&line);
            if let Some(at) = line.find("http://") {
                break line[at..].trim_end().to_owned();
            }
        };
        let port = link.split(&[':', '/'][..]).nth(4).unwrap().parse().unwrap();
        let pass = enter(port, &link);
        Self { child, stdout, port, pass, link, printed }
    }

    pub(crate) fn get(&self, target: &str) -> Heard {
        self.pass.on(Ask::get(self.port, target)).send()
    }

    pub(crate) fn create(&self, body: &str) -> Ask {
        self.pass.on(Ask::post(self.port, CREATE, body)).header("Seedance-Attempt", ATTEMPT)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(name, self.id());
    }

    /// The next line on standard output.
    pub(crate) fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    /// The input that the companion reads as typed.
    pub(crate) fn typing(&mut self) -> &mut ChildStdin {
        self.child.stdin.as_mut().unwrap()
    }

    /// Sends a signal and waits for the end, as [`end`](Self::end) does.
    pub(crate) fn end_by(self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        self.end()
    }

    /// Waits for the end; gives the exit code and everything that was printed.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        let mut errors = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut errors).unwrap();
        }
        let status = self.child.wait().unwrap();
        (status.code(), format!("{}{rest}\n{errors}", self.printed))
    }
}

/// A failed test leaves no companion behind.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn signal(name: &str, process: u32) {
    let status = Command::new("kill").args([name, &process.to_string()]).status().unwrap();
    assert!(status.success());
}

/// The command that starts a companion through a shell: `script` does `exec "$0" "$@"`, or the like.
#[cfg(unix)]
pub(crate) fn by_shell(script: &str, line: &[&str], key: Option<&str>) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(std::env::current_exe().unwrap()).args(ARGUMENTS);
    set_up(&mut command, line, key);
    command
}

pub(crate) fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal");
    (folder, journal)
}

/// What a companion prints that does not start, without the test harness's own output.
pub(crate) fn refusal_to_start(line: &[&str], key: Option<&str>) -> String {
    let Output { status, stderr, .. } = command(line, key).output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}
