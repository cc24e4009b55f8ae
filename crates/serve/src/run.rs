//! The command: starts the companion, prints its link, opens a browser, and stops on request.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::error::ServeError;
use crate::guard::key::KEY_VARIABLE;
use crate::options::Options;
use crate::privacy::protect_memory;
use crate::server::Companion;
use crate::terminal::{at_enter, stop_requested};
use crate::text::Words;

const THREADS: usize = 2;
/// How long to wait at the end for the last lines to be written to the terminal.
const LAST_LINES: Duration = Duration::from_secs(1);

/// Serves until Ctrl-C. Links to the form go to standard output, one as the first line; all else goes to standard error.
///
/// # Errors
/// [`ServeError`] when the companion cannot start.
pub fn run(options: Options) -> Result<(), ServeError> {
    protect_memory().map_err(ServeError::system)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::system)?;
    let served = runtime.block_on(serve(&options));
    // Does not wait for tasks that hang, such as one behind a disk that does not respond.
    runtime.shutdown_background();
    served
}

async fn serve(options: &Options) -> Result<(), ServeError> {
    let companion = Companion::bind(options).await?;
    let terminal = companion.app.terminal.clone();
    let stop = stop_requested(terminal.clone()).map_err(ServeError::system)?;
    // The file is removed when the companion ends; the link in it works only once.
    let _file = greet(&companion, options);
    companion.serve(stop).await;
    terminal.finish(LAST_LINES);
    Ok(())
}

fn greet(companion: &Companion, options: &Options) -> Option<NamedTempFile> {
    let (links, terminal) = (companion.links(), companion.app.terminal.clone());
    let link = links.new_link();
    let (port, name, api) = (companion.port(), &companion.app.own_name, &options.api_origin);
    let on_terminal = io::stdin().is_terminal();
    terminal.print(link.clone());
    terminal.tell(words!(
        "Serving the form, and a checking proxy for {api}, on 127.0.0.1:{port}.",
        "表单与校验代理（转发到 {api}）已在 127.0.0.1:{port} 启动。"
    ));
    let (new_link, new_link_zh) = match on_terminal {
        true => ("; press Enter for a new one", "按回车换新链接，"),
        false => ("", ""),
    };
    terminal.tell(words!(
        "The link above works once{new_link}. Press Ctrl-C to stop.",
        "上面的链接只能用一次；{new_link_zh}按 Ctrl-C 停止。"
    ));
    terminal.tell(words!(
        "If your browser cannot open it (Safari), write 127.0.0.1 in place of {name}. Other programs may have used that address before and left scripts there.",
        "如果浏览器打不开（如 Safari），请把 {name} 换成 127.0.0.1。其他程序可能用过该地址并留有脚本。"
    ));
    for Words { en, zh } in &companion.warnings {
        terminal.tell(words!("warning: {en}", "警告：{zh}"));
    }
    let file = options.open.then(|| open_browser(&companion.folder, &link));
    if let Some(Err(error)) = &file {
        terminal.tell(words!(
            "No browser could be started ({error}). Open the link yourself.",
            "无法启动浏览器（{error}），请自行打开链接。"
        ));
    }
    if on_terminal {
        at_enter(move || terminal.print(links.new_link()));
    }
    file?.ok()
}

/// Writes a file that redirects to the link, and tries the system's ways of opening it. The link itself is not passed as an
/// argument, because every user of this machine can see those; nor does the browser inherit the key.
fn open_browser(folder: &Path, link: &str) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("open-").suffix(".html").tempfile_in(folder)?;
    writeln!(
        file,
        "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url={link}\"><title>Seedance Preflight</title>\
         <a href=\"{link}\">Seedance Preflight</a>"
    )?;
    let mut why = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(file.path()) {
        command.env_remove(KEY_VARIABLE).stdin(Stdio::null());
        match command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
            Ok(_) => return Ok(file),
            Err(error) => why = error,
        }
    }
    Err(why)
}
