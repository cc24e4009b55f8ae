//! The command itself: serve, say where, open a browser, stop on Ctrl-C.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::error::ServeError;
use crate::guard::key::KEY_VARIABLE;
use crate::options::Options;
use crate::routes::pages;
use crate::server::{Companion, Links};

const THREADS: usize = 2;

/// Serves until Ctrl-C. The first line on standard output is the link to the form; all else goes to standard error.
///
/// # Errors
/// [`ServeError`] when the companion cannot start.
pub fn run(options: Options) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(async {
        let companion = Companion::bind(&options).await?;
        let stop = stop_signal().map_err(ServeError::Runtime)?;
        greet(&companion, &options);
        companion.serve(stop).await;
        Ok(())
    })
}

fn greet(companion: &Companion, options: &Options) {
    let links = companion.links();
    let link = links.new_link();
    say_link(&link);
    let on_terminal = io::stdin().is_terminal();
    let mut lines = vec![
        format!(
            "The form and a checked way to {} on 127.0.0.1:{}.",
            options.api_origin,
            companion.port()
        ),
        format!(
            "The link above works once{}. Ctrl-C stops.",
            if on_terminal {
                "; press Enter for a new one"
            } else {
                ""
            }
        ),
    ];
    if !pages::has_page() {
        lines.push(
            "warning: this build holds no page; it was made without the folder www".to_owned(),
        );
    }
    lines.extend(
        companion
            .warnings()
            .iter()
            .map(|warning| format!("warning: {warning}")),
    );
    say(&lines.join("\n"));
    if options.open && !open_browser(&link) {
        say("No browser could be started; open the link yourself.");
    }
    if on_terminal {
        // A thread of its own, because reading a terminal cannot be interrupted; it ends with the process.
        std::thread::spawn(move || renew_links(&links));
    }
}

fn renew_links(links: &Links) {
    for line in io::stdin().lock().lines() {
        if line.is_err() {
            return;
        }
        say_link(&links.new_link());
    }
}

/// Tries the system's ways of opening a link, without handing the key on to the browser.
fn open_browser(link: &str) -> bool {
    open::commands(link).into_iter().any(|mut command| {
        command.env_remove(KEY_VARIABLE);
        command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.spawn().is_ok()
    })
}

/// Done at the first Ctrl-C or request to end; the second ends the process at once.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut signals = Signals::new()?;
    Ok(async move {
        signals.next().await;
        say("Stopping; creates under way are waited for. Ctrl-C again stops at once.");
        tokio::spawn(async move {
            signals.next().await;
            std::process::exit(130);
        });
    })
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // Without a way to listen for Ctrl-C the system's own way of ending a process remains.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn say_link(link: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{link}").and_then(|()| out.flush());
}

fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
