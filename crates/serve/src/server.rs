//! From options to a listening companion, and from Ctrl-C to a clean end.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use seedance_core::PriceBook;
use serde_json::value::RawValue;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use crate::error::ServeError;
use crate::guard::cap::Cap;
use crate::guard::gate::Gate;
use crate::guard::key;
use crate::guard::session::Session;
use crate::journal::{self, Journal};
use crate::options::Options;
use crate::routes::app::{App, router};
use crate::routes::pages;
use crate::upstream::Upstream;

/// How long a client may take for the head of a request, and a connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long a stopping companion waits for requests that are being sent and answers that are being read.
const FAREWELL_TIME: Duration = Duration::from_secs(5);
const MAX_CONNECTIONS: usize = 256;
const JOURNAL_NAME: &str = "seedance/attempts.ndjson";

/// A companion that listens and does not answer yet.
#[derive(Debug)]
pub struct Companion {
    app: Arc<App>,
    port: u16,
    listeners: Vec<TcpListener>,
    warnings: Vec<String>,
}

impl Companion {
    /// Reads key, prices and journal, and takes the port, on loopback only.
    ///
    /// # Errors
    /// [`ServeError`] names the one thing that stands in the way.
    pub async fn bind(options: &Options) -> Result<Self, ServeError> {
        let key = key::read(options.key_file.as_deref())?;
        let (book, prices) = read_prices(options)?;
        let mut warnings = warnings(book.as_ref(), key.is_some());
        let cap = match (book, options.max_cost) {
            (_, None) => None,
            (None, Some(_)) => return Err(ServeError::NoPrices),
            (Some(book), Some(limit)) => Some(Cap::new(book, limit, options.allow_unknown)),
        };
        let upstream = Upstream::new(
            options.api_origin.clone(),
            options.ca_file.as_deref(),
            options.answer_time(),
        )?;
        journal::survive_file_size_limits().map_err(ServeError::Runtime)?;
        let journal = Arc::new(Journal::open(
            &journal_path(options)?,
            options.repeat_window(),
        )?);
        let (port, listeners) = listen(options.port).await?;
        if listeners.len() == 1 {
            warnings
                .push("this machine has no IPv6 loopback; serving on 127.0.0.1 alone".to_owned());
        }
        let app = App {
            gate: Gate::new(port),
            session: Session::new(port),
            key,
            upstream,
            journal,
            cap,
            prices,
            creates: TaskTracker::new(),
            lang: options.lang,
            quiet: options.quiet,
        };
        Ok(Self {
            app: Arc::new(app),
            port,
            listeners,
            warnings,
        })
    }

    /// The port that was taken.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the person at the terminal should know.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Makes links for this companion, also while it serves.
    #[must_use]
    pub fn links(&self) -> Links {
        Links {
            app: Arc::clone(&self.app),
            port: self.port,
        }
    }

    /// Answers until `stop` is done, then lets what has begun come to its end: answers for a moment, creates for as long as
    /// they take.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let router = router(Arc::clone(&self.app));
        let connections = GracefulShutdown::new();
        {
            let mut stop = pin!(stop);
            let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
            loop {
                tokio::select! {
                    () = &mut stop => break,
                    (stream, seat) = accept(&self.listeners, &seats) => {
                        let connection = connections.watch(connection(stream, router.clone()));
                        tokio::spawn(async move {
                            // A connection that breaks concerns nobody but its client.
                            let _ = connection.await;
                            drop(seat);
                        });
                    }
                }
            }
        }
        drop(self.listeners);
        farewell(&self.app.creates, connections).await;
    }
}

/// A moment for whoever still sends or reads, creates for as long as they take, and a moment for their answers.
async fn farewell(creates: &TaskTracker, connections: GracefulShutdown) {
    let mut closed = pin!(connections.shutdown());
    let all_closed = timeout(FAREWELL_TIME, &mut closed).await.is_ok();
    // From here on no create begins, so that none is under way when the wait is over.
    creates.close();
    creates.wait().await;
    if !all_closed {
        let _ = timeout(FAREWELL_TIME, closed).await;
    }
}

/// Makes one-time links to the form. Each new link ends the one before.
#[derive(Clone, Debug)]
pub struct Links {
    app: Arc<App>,
    port: u16,
}

impl Links {
    /// A fresh link; it opens the form in one browser, once.
    #[must_use]
    pub fn new_link(&self) -> String {
        format!(
            "http://127.0.0.1:{}{}#{}",
            self.port,
            pages::OPEN_PATH,
            self.app.session.new_link_token()
        )
    }
}

type Connection = http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>>;

fn connection(stream: TcpStream, router: Router) -> Connection {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}

/// The next connection, as soon as there is a seat for it.
async fn accept(
    listeners: &[TcpListener],
    seats: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let seat = Arc::clone(seats)
        .acquire_owned()
        .await
        .expect("nobody closes the semaphore");
    loop {
        let accepting = listeners.iter().map(|listener| Box::pin(listener.accept()));
        match futures_util::future::select_all(accepting).await.0 {
            Ok((stream, _)) => return (stream, seat),
            // Out of file handles, for one: what is open now will be closed soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Takes the port on both loopback addresses; a machine without IPv6 has one. Never on any other address.
async fn listen(port: u16) -> Result<(u16, Vec<TcpListener>), ServeError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortBusy(port),
        _ => ServeError::Listen { port, source },
    };
    let first = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .map_err(failed)?;
    let taken = first.local_addr().map_err(failed)?.port();
    match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, taken))).await {
        Ok(second) => Ok((taken, vec![first, second])),
        // Somebody else there would be taken for the companion under the name `localhost`.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(ServeError::PortBusy(taken)),
        Err(_) => Ok((taken, vec![first])),
    }
}

type Prices = (Option<PriceBook>, Option<Box<RawValue>>);

fn read_prices(options: &Options) -> Result<Prices, ServeError> {
    let Some(path) = &options.prices else {
        return Ok((None, None));
    };
    let text = std::fs::read(path).map_err(|source| ServeError::BookUnreadable {
        path: path.clone(),
        source,
    })?;
    let book = PriceBook::from_text(&text).map_err(|source| ServeError::Book {
        path: path.clone(),
        source,
    })?;
    let raw = serde_json::from_slice(&text).expect("a price book is JSON");
    Ok((Some(book), Some(raw)))
}

fn warnings(book: Option<&PriceBook>, has_key: bool) -> Vec<String> {
    let names = book
        .iter()
        .flat_map(|book| book.warnings())
        .map(|warning| format!("price book: {warning}"));
    let key = (!has_key).then(|| {
        format!(
            "no API key: set {} or use --key-file; the form checks and prices, but cannot send",
            key::KEY_VARIABLE
        )
    });
    names.chain(key).collect()
}

fn journal_path(options: &Options) -> Result<PathBuf, ServeError> {
    let usual = || {
        Some(
            dirs::state_dir()
                .or_else(dirs::data_local_dir)?
                .join(JOURNAL_NAME),
        )
    };
    options
        .journal
        .clone()
        .or_else(usual)
        .ok_or(ServeError::NoStateDirectory)
}
