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
mod tests {
    use std::io::{Read, Write};

    use clap::Parser;
    use tokio::io::AsyncWriteExt;

    use super::*;
    use crate::journal::tests::SlowDisk;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    /// A companion with these options that does not serve yet.
    async fn companion(folder: &tempfile::TempDir, more: &[&str]) -> Companion {
        let journal = folder.path().join("journal");
        let line = ["serve", "--quiet", "--port=0", "--journal"].into_iter();
        let line = line.chain(journal.to_str()).chain(more.iter().copied());
        let options = Line::parse_from(line).options;
        Companion::bind(&options).await.unwrap()
    }

    #[tokio::test]
    async fn a_name_that_no_route_bills_under_is_warned_of_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.json");
        std::fs::write(&book, r#"{"currency":"USD","prices":{"seedance2.0-mini-720":"1"}}"#)
            .unwrap();
        let companion = companion(&folder, &["--prices", book.to_str().unwrap()]).await;
        let Words { en, zh } = &companion.warnings[0];
        let start = "price book: unknown billing name `seedance2.0-mini-720`; did you mean ";
        assert!(en.starts_with(start), "{en}");
        let start = "价格表：没有线路使用计费模型名 `seedance2.0-mini-720`，是否想写 ";
        assert!(zh.starts_with(start), "{zh}");
    }

    /// The clock is paused: it advances whenever all tasks are idle.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_of_its_answers_is_hung_up_on() {
        let folder = tempfile::tempdir().unwrap();
        let companion = companion(&folder, &[]).await;
        let (port, looks) = (companion.port(), companion.app.folder.path(pages::FRONT));
        tokio::spawn(companion.serve(std::future::pending()));
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        let ask = format!("GET {looks}css/tokens.css HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        // Fills the buffers of both sides, then waits for the companion to hang up.
        let asking = async { while stream.write_all(ask.as_bytes()).await.is_ok() {} };
        assert!(timeout(2 * WRITE_TIME, asking).await.is_ok());
    }

    /// The status of the answer to a script's request.
    fn ask(port: u16, line: &str, body: &str) -> u16 {
        let mut stream = std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer sk_script\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap();
        status.parse().unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_slow_disk_stalls_only_who_waits_for_it() {
        const CREATE: &str = "POST /api/open-api/v1/seedance/videos";
        let gateway = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let origin = format!("http://{}", gateway.local_addr().unwrap());
        let (called, calls) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for stream in gateway.incoming() {
                let (mut stream, mut call) = (stream.unwrap(), [0; 4096]);
                let length = stream.read(&mut call).unwrap();
                let call = String::from_utf8_lossy(&call[..length]);
                called.send(call.starts_with(CREATE)).unwrap();
                let answer = r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued"}}"#;
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
                stream.write_all((head + answer).as_bytes()).unwrap();
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let mut companion = companion(&folder, &["--api-origin", &origin]).await;
        let (journal, disk) = SlowDisk::with_journal();
        let app = Arc::get_mut(&mut companion.app).unwrap();
        app.journal = journal;
        let port = companion.port();
        tokio::spawn(companion.serve(std::future::pending()));
        let create = move |duration: u8| {
            let body =
                format!(r#"{{"model":"seedance2.0-mini","prompt":"rain","duration":{duration}}}"#);
            ask(port, CREATE, &body)
        };
        // More than the runtime has threads.
        let creates: Vec<_> =
            (4..10).map(|duration| std::thread::spawn(move || create(duration))).collect();
        let task = || ask(port, "GET /api/open-api/v1/videos/vid_1", "");
        for _ in 0..20 {
            assert_eq!((task(), create(99)), (200, 422));
        }
        let only_queries = calls.try_iter().all(|is_create| !is_create);
        assert!(only_queries && creates.iter().all(|create| !create.is_finished()));
        // Each create writes two lines: its beginning and its end.
        (0..2 * creates.len()).for_each(|_| disk.take());
        for create in creates {
            assert_eq!(create.join().unwrap(), 200);
        }
    }
}
