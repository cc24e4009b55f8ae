//! The routes, the state that they share, and the key that each call is sent with.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::value::RawValue;
use tokio_util::task::TaskTracker;

use crate::guard::cap::Cap;
use crate::guard::gate::Gate;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::guard::session::Session;
use crate::journal::Journal;
use crate::options::Options;
use crate::refusal::{Kind, Refusal};
use crate::terminal::Terminal;
use crate::upstream::Upstream;
use pages::Folder;

mod around;
mod body;
mod calls;
mod check;
mod create;
pub(crate) mod pages;
pub(crate) mod router;
mod save;

/// What a route returns.
type Answered = Result<Response, Refusal>;

/// The state of one run of the companion.
#[derive(Debug)]
pub(crate) struct App {
    /// The port is the one that was taken.
    pub(crate) options: Options,
    pub(crate) gate: Gate,
    pub(crate) session: Session,
    pub(crate) folder: Folder,
    /// The host name of links to the form, unique to this installation.
    pub(crate) own_name: String,
    pub(crate) key: Option<ApiKey>,
    pub(crate) upstream: Upstream,
    pub(crate) journal: Journal,
    pub(crate) cap: Option<Cap>,
    /// The price book's own text, for the page.
    pub(crate) prices: Option<Box<RawValue>>,
    /// Creates under way, which outlive their connections.
    pub(crate) creates: TaskTracker,
    pub(crate) terminal: Terminal,
}

/// The key that a call is sent with: the companion's own for the page, whatever else it sends, and a script's own token.
impl FromRequestParts<Arc<App>> for ApiKey {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        refuse_query(&request.uri)?;
        match request.extensions.get() {
            Some(Peer::Page) => app.key.clone().ok_or(Kind::NoKey.into()),
            Some(Peer::Script(token)) => Ok(token.clone()),
            Some(Peer::Stranger) | None => Err(Kind::NoSession.into()),
        }
    }
}

/// Refuses a query string, for paths that take none.
pub(crate) fn refuse_query(uri: &Uri) -> Result<(), Refusal> {
    if uri.query().is_none() {
        return Ok(());
    }
    Err(Kind::BadRequest
        .saying(words!("This path does not accept a query string.", "该路径不接受查询参数。")))
}
