//! The companion as a process that can be restarted on the same port and journal. Its program is this very test.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use clap::Parser;
use seedance_serve::Options;

use crate::Outcome;

/// The environment variable that makes this program a companion, with its options.
const LINE: &str = "SEEDANCE_SOAK_LINE";
/// How long a start, and an orderly end, may take.
const PATIENCE: Duration = Duration::from_secs(40);

pub struct Companion {
    folder: PathBuf,
    port: u16,
    gateway: u16,
    child: Child,
    /// When each process started and ended; the last one still runs.
    lives: Vec<(Instant, Option<Instant>)>,
}

impl Companion {
    pub fn start(gateway: u16) -> Outcome<Self> {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("soak-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let child = spawn(&folder, port, gateway)?;
        let mut companion =
            Self { folder, port, gateway, child, lives: vec![(Instant::now(), None)] };
        companion.wait_until_it_listens()?;
        Ok(companion)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn starts(&self) -> usize {
        self.lives.len()
    }

    /// Whether a single process lived all the time between these two.
    pub fn lived(&self, from: Instant, to: Instant) -> bool {
        self.lives
            .iter()
            .any(|(begun, ended)| *begun <= from && ended.is_none_or(|ended| to <= ended))
    }

    pub fn signal(&self, name: &str) -> Outcome {
        let done = Command::new("kill").args([name, &self.child.id().to_string()]).status()?;
        ensure!(done.success(), "`kill {name}` ended with {done}");
        Ok(())
    }

    pub fn kill(&mut self) -> Outcome {
        self.end_and_start("-KILL").map(drop)
    }

    /// Ends it by a signal and starts it again.
    pub fn end_and_start(&mut self, signal: &str) -> Outcome {
        self.end(signal)?;
        self.child = spawn(&self.folder, self.port, self.gateway)?;
        self.lives.push((Instant::now(), None));
        self.wait_until_it_listens()
    }

    /// Ends it as Ctrl-C does, which must work whatever is under way.
    pub fn stop(&mut self) -> Outcome {
        let status = self.end("-INT")?;
        ensure!(status.success(), "the companion ended with {status}");
        Ok(())
    }

    fn end(&mut self, signal: &str) -> Outcome<ExitStatus> {
        // From the signal on, the process may end at any time.
        if let Some((_, ended)) = self.lives.last_mut() {
            *ended = Some(Instant::now());
        }
        self.signal(signal)?;
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            ensure!(begun.elapsed() < PATIENCE, "{signal} does not end the companion");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_until_it_listens(&mut self) -> Outcome {
        let begun = Instant::now();
        while std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let said = || fs::read_to_string(self.folder.join("stderr")).unwrap_or_default();
            ensure!(
                self.child.try_wait()?.is_none() && begun.elapsed() < PATIENCE,
                "the companion does not start: {}",
                said()
            );
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    pub fn memory_kb(&self) -> Outcome<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.strip_suffix("kB")?.trim().parse().ok())
            .context("the system tells no memory of the companion")
    }

    pub fn journal(&self) -> Outcome<String> {
        Ok(fs::read_to_string(self.folder.join("journal"))?)
    }

    /// Removes the journal and the log, which nobody needs after a good run.
    pub fn clear(self) -> Outcome {
        Ok(fs::remove_dir_all(&self.folder)?)
    }
}

/// A run that fails leaves no process behind.
impl Drop for Companion {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Not a test of its own: the process that the soak starts.
#[test]
fn companion_process() -> Outcome {
    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }
    let Ok(line) = std::env::var(LINE) else {
        return Ok(());
    };
    let Line { options } = Line::try_parse_from(line.lines())?;
    seedance_serve::run(options)?;
    std::process::exit(0)
}

fn spawn(folder: &Path, port: u16, gateway: u16) -> Outcome<Child> {
    let errors = File::options().create(true).append(true).open(folder.join("stderr"))?;
    let journal = folder.join("journal");
    let line = format!(
        "serve\n--answer-time=1\n--port={port}\n--api-origin=http://127.0.0.1:{gateway}\n--journal={}",
        journal.display()
    );
    Command::new(std::env::current_exe()?)
        .args(["--exact", "companion::companion_process", "--nocapture", "--test-threads=1"])
        .env(LINE, line)
        .env_remove("JIMMYAI_API_KEY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn()
        .context("cannot start the companion")
}
