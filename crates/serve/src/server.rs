//! Starting the companion from its options, accepting connections, and stopping cleanly.

use std::io::{self, ErrorKind::AddrInUse};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use futures_util::FutureExt;
use futures_util::future::select_all;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use hyper_util::service::TowerToHyperService;
use seedance_core::{Lang, PriceBook};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_util::task::TaskTracker;
use tower::Layer;

use crate::error::ServeError;
use crate::guard::cap::Cap;
use crate::guard::gate::{Gate, authority};
use crate::guard::seats::{Seat, Seats};
use crate::guard::session::Session;
use crate::guard::{key, own_name};
use crate::journal::Journal;
use crate::options::Options;
use crate::routes::App;
use crate::routes::pages::{self, Folder};
use crate::routes::router::router;
use crate::terminal::Terminal;
use crate::text::Words;
use crate::upstream::Upstream;

/// How long a client may take to send the head of a request, and a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long a stopping companion waits for connections to finish, once before it waits for creates and once after.
const FAREWELL_TIME: Duration = Duration::from_secs(5);
/// How long a client may take to read some more of an answer before its connection is closed.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// The most bytes of a request's head, or of an answer, that a connection buffers.
const MAX_BUFFER: usize = 64 * 1024;
const JOURNAL_NAME: &str = "seedance/attempts.ndjson";

/// A companion that has taken its port but does not answer yet.
#[derive(Debug)]
pub struct Companion {
    pub(crate) app: Arc<App>,
    /// The journal's folder, which also gets the file for `--open`.
    pub(crate) folder: PathBuf,
    listeners: Vec<TcpListener>,
    pub(crate) warnings: Vec<Words>,
}

impl Companion {
    /// Reads the key, the prices and the journal, and takes the port, on loopback only.
    ///
    /// # Errors
    /// [`ServeError`] for the first problem found.
    pub async fn bind(options: &Options) -> Result<Self, ServeError> {
        let key = key::read(options.key_file.as_deref())?;
        let (book, prices) = read_prices(options)?.unzip();
        let warnings = warnings(book.as_ref(), key.is_some());
        if options.max_cost.is_some() && book.is_none() {
            return Err(ServeError::new(words!(
                "--max-cost needs a price book: name one with --prices",
                "--max-cost 需要价格表，请用 --prices 指定"
            )));
        }
        let allow_unknown = options.allow_unknown;
        let cap =
            options.max_cost.zip(book).map(|(limit, book)| Cap { book, limit, allow_unknown });
        let upstream = Upstream::new(options)?;
        let path = journal_path(options)?;
        let journal = Journal::open(&path, options.repeat_window)?;
        let own_name = own_name::kept_beside(&path);
        let (port, listeners) = listen(options.port).await?;
        let app = App {
            gate: Gate::new(&own_name, port),
            session: Session::new(port),
            folder: Folder::new(),
            own_name,
            key,
            upstream,
            journal,
            cap,
            prices,
            creates: TaskTracker::new(),
            terminal: Terminal::new(options.lang),
            options: Options { port, ..options.clone() },
        };
        Ok(Self {
            app: Arc::new(app),
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            listeners,
            warnings,
        })
    }

    /// The port that was taken.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.app.options.port
    }

    /// Makes links for this companion, even while it serves.
    #[must_use]
    pub fn links(&self) -> Links {
        Links(Arc::clone(&self.app))
    }

    /// Serves until `stop` completes. Then it waits a few seconds for connections to finish, and for creates as long as they
    /// take.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let router = router(Arc::clone(&self.app));
        let (connections, seats) = (GracefulShutdown::new(), Arc::<Seats>::default());
        let accepting = async {
            loop {
                let (stream, seat) = accept(&self.listeners, &seats).await;
                let connection = connection(stream, router.clone(), Arc::clone(&seat));
                let connection = connections.watch(connection);
                tokio::spawn(async move {
                    tokio::select! {
                        // An error concerns this connection alone.
                        _ = connection => {}
                        () = seat.is_needed() => {}
                    }
                });
            }
        };
        tokio::select! {
            () = stop => {}
            () = accepting => {}
        }
        drop(self.listeners);
        farewell(&self.app.creates, connections).await;
    }
}

/// Waits a moment for connections to finish, then for creates as long as they take, then a moment for their answers.
async fn farewell(creates: &TaskTracker, connections: GracefulShutdown) {
    let closed = connections.shutdown().shared();
    let _ = timeout(FAREWELL_TIME, closed.clone()).await;
    // No create begins after this, so that none is under way when the wait is over.
    creates.close();
    creates.wait().await;
    let _ = timeout(FAREWELL_TIME, closed).await;
}

/// Makes one-time links to the form. Each new link invalidates the previous one.
#[derive(Clone, Debug)]
pub struct Links(Arc<App>);

impl Links {
    /// A new link, which opens the form in one browser, once.
    #[must_use]
    pub fn new_link(&self) -> String {
        let App { own_name, options, folder, session, .. } = &*self.0;
        let (host, door) = (authority(own_name, options.port), folder.path(pages::OPEN));
        format!("http://{host}{door}#{}", session.new_link_token())
    }
}

fn connection(
    stream: TcpStream,
    router: Router,
    seat: Arc<Seat>,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = TowerToHyperService::new(Extension(seat).layer(router));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_BUFFER)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

/// Waits for the next connection and a seat for it.
async fn accept(listeners: &[TcpListener], seats: &Arc<Seats>) -> (TcpStream, Arc<Seat>) {
    loop {
        let accepting = listeners.iter().map(|listener| Box::pin(listener.accept()));
        match select_all(accepting).await.0 {
            Ok((stream, _)) => return (stream, seats.take().await),
            // For instance, no file handle is free; some will be once other connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Listens on both loopback addresses (IPv4 alone on a machine without IPv6) and no others. Returns the port that was taken.
async fn listen(port: u16) -> Result<(u16, Vec<TcpListener>), ServeError> {
    let failed = |error| cannot_listen(port, &error);
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let taken = first.local_addr().map_err(failed)?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, taken)).await {
        Ok(second) => Ok((taken, vec![first, second])),
        // Another program there would get requests for `localhost` that are meant for the companion.
        Err(error) if error.kind() == AddrInUse => Err(cannot_listen(taken, &error)),
        Err(_) => Ok((taken, vec![first])),
    }
}

fn cannot_listen(port: u16, error: &io::Error) -> ServeError {
    match error.kind() {
        AddrInUse => ServeError::new(words!(
            "port {port} is taken: stop the program that uses it, or choose another with --port",
            "端口 {port} 已被占用：请停止占用它的程序，或用 --port 另选端口"
        )),
        _ => ServeError::new(words!(
            "cannot listen on port {port} of this machine: {error}",
            "无法监听本机端口 {port}：{error}"
        )),
    }
}

/// The price book, both parsed and as its JSON text.
fn read_prices(options: &Options) -> Result<Option<(PriceBook, Vec<u8>)>, ServeError> {
    let Some(path) = &options.prices else {
        return Ok(None);
    };
    let text = std::fs::read(path).map_err(ServeError::unreadable(path))?;
    let book = PriceBook::from_slice_for(options.edition, &text);
    let book = book.map_err(|source| ServeError::Book { path: path.clone(), source })?;
    Ok(Some((book, text)))
}

fn warnings(book: Option<&PriceBook>, has_key: bool) -> Vec<Words> {
    let variable = key::KEY_VARIABLE;
    let no_key = words!(
        "no API key: set {variable} or use --key-file; the form can check and price, but not send",
        "没有 API 密钥：请设置 {variable} 或使用 --key-file；表单可以校验和计价，但不能发送"
    );
    let names = book.iter().flat_map(|book| book.warnings()).map(|warning| {
        let (en, zh) = (warning.message(Lang::En), warning.message(Lang::Zh));
        words!("price book: {en}", "价格表：{zh}")
    });
    names.chain((!has_key).then_some(no_key)).collect()
}

fn journal_path(options: &Options) -> Result<PathBuf, ServeError> {
    let usual = || dirs::state_dir().or_else(dirs::data_local_dir);
    let path = options.journal.clone();
    path.or_else(|| Some(usual()?.join(JOURNAL_NAME))).ok_or_else(|| {
        ServeError::new(words!(
            "no state directory on this system: set the journal's path with --journal",
            "系统没有存放程序状态的目录，请用 --journal 指定日志位置"
        ))
    })
}

#[cfg(test)]
mod tests;
