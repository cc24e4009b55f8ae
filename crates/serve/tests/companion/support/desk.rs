//! A companion that serves in a thread of the test, with journal and key in its own folder.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use clap::Parser;
use seedance_core::{Edition, Lang};
use seedance_serve::{Companion, Links, Options};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::{Ask, CANARY, CREATE, Gateway, Heard};

/// The command line, parsed as the program does.
#[derive(Debug, Parser)]
pub(crate) struct Line {
    #[command(flatten)]
    pub(crate) options: Options,
    #[arg(long, default_value = "2026-07")]
    edition: Edition,
}

pub(crate) struct Desk {
    pub(crate) port: u16,
    pub(crate) links: Links,
    pub(crate) pass: Pass,
    files: String,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// A companion with a key, in front of this gateway.
    pub(crate) fn before(gateway: &Gateway) -> Self {
        Self::with(&gateway.origin(), &[])
    }

    pub(crate) fn with(origin: &str, more: &[&str]) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), origin, more)
    }

    pub(crate) fn speaking_chinese(gateway: &Gateway) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::speaking(Lang::Zh, folder, &gateway.origin(), &[])
    }

    pub(crate) fn in_folder(folder: TempDir, origin: &str, more: &[&str]) -> Self {
        Self::speaking(Lang::En, folder, origin, more)
    }

    fn speaking(lang: Lang, folder: TempDir, origin: &str, more: &[&str]) -> Self {
        write_key(&folder.path().join("key"));
        let (journal, key) = (folder.path().join("journal"), folder.path().join("key"));
        let fixed = [
            "serve",
            "--quiet",
            "--port=0",
            "--api-origin",
            origin,
            "--journal",
            text(&journal),
            "--key-file",
            text(&key),
        ];
        let Line { mut options, edition } = Line::parse_from(fixed.iter().chain(more));
        (options.lang, options.edition) = (lang, edition);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let companion = Companion::bind(&options).await.unwrap();
                tell.send((companion.port(), companion.links())).unwrap();
                companion.serve(async { drop(stopped.await) }).await;
            });
        });
        let (port, links) = told.recv().expect("the companion starts");
        let link = links.new_link();
        Self {
            port,
            links,
            pass: enter(port, &link),
            files: folder_of(&link),
            folder,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal")
    }

    /// The path of a file of the page, in this run.
    pub(crate) fn file(&self, path: &str) -> String {
        format!("{}{path}", self.files)
    }

    /// A GET of the page.
    pub(crate) fn get(&self, target: &str) -> Ask {
        self.as_page(Ask::get(self.port, target))
    }

    /// A link of the page that saves the result of a task.
    pub(crate) fn save(&self, task: &str) -> Ask {
        let saves = saves_of(&self.get("/api/companion").send());
        self.get(&format!("{saves}/{task}"))
    }

    /// A POST of the page.
    pub(crate) fn post(&self, target: &str, body: impl Into<Vec<u8>>) -> Ask {
        self.as_page(Ask::post(self.port, target, body))
    }

    /// A create of the page, under an attempt id.
    pub(crate) fn create(&self, attempt: &str, body: impl Into<Vec<u8>>) -> Ask {
        self.post(CREATE, body).header("Seedance-Attempt", attempt)
    }

    fn as_page(&self, ask: Ask) -> Ask {
        self.pass
            .on(ask)
            .header("Origin", &format!("http://127.0.0.1:{}", self.port))
            .header("Sec-Fetch-Site", "same-origin")
    }

    /// Stops as Ctrl-C does, and gives back the folder for a next companion.
    pub(crate) fn stop(mut self) -> TempDir {
        self.end();
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    fn end(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.end();
    }
}

/// The secrets that let the page in.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) cookie: String,
    pub(crate) token: String,
}

impl Pass {
    pub(crate) fn on(&self, ask: Ask) -> Ask {
        ask.header("Cookie", &self.cookie).header("Seedance-Session", &self.token)
    }
}

/// Does what the page behind a link does; returns what it got.
pub(crate) fn enter(port: u16, link: &str) -> Pass {
    let (_, token) = link.split_once('#').unwrap();
    let heard = Ask::post(port, "/companion/session", format!(r#"{{"token":"{token}"}}"#)).send();
    assert_eq!(heard.status, 200, "{heard:?}");
    pass_of(&heard)
}

pub(crate) fn pass_of(heard: &Heard) -> Pass {
    let cookie = heard.header("set-cookie").unwrap();
    Pass {
        cookie: cookie.split(';').next().unwrap().to_owned(),
        token: heard.json()["token"].as_str().unwrap().to_owned(),
    }
}

/// The path of links that save results, as the page is told it.
pub(crate) fn saves_of(about: &Heard) -> String {
    about.json()["saves"].as_str().unwrap().to_owned()
}

/// The folder of this run's files: `/<32 hexadecimal digits>`.
pub(crate) fn folder_of(link: &str) -> String {
    let (_, path) = link.strip_prefix("http://").unwrap().split_once('/').unwrap();
    format!("/{}", path.split_once('/').unwrap().0)
}

pub(crate) fn write_key(path: &Path) {
    std::fs::write(path, format!("{CANARY}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
