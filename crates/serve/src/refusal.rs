//! The companion's own error answers: one JSON shape, a kind that a program can branch on, a sentence in both languages. The table of
//! all kinds is at the end.

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use seedance_core::{Decimal, Lang, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::attempt::AttemptId;
use crate::text::{self, Words};

/// An error answer of the companion itself, as opposed to one of the API.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Refusal {
    pub(crate) error: Box<Body>,
}

/// An error answer as JSON: `code` and `msg`, which clients of the API look for, and the companion's own members.
#[derive(Serialize)]
pub(crate) struct Spoken<'a, T> {
    pub(crate) code: i32,
    pub(crate) msg: &'a str,
    #[serde(flatten)]
    pub(crate) own: &'a T,
}

/// The API's codes for a bad key, bad parameters, and a fault of a server.
const BAD_KEY: i32 = 20001;
pub(crate) const BAD_PARAMETERS: i32 = 20002;
const SERVER_FAULT: i32 = -1;
/// Where a task may have been made: a code that readers of the API's answers take neither for success nor for a refusal.
const UNKNOWN_OUTCOME: i32 = 409;

#[skip_serializing_none]
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Body {
    kind: Kind,
    message: Words,
    charge: Option<ChargeRisk>,
    upstream: Option<UpstreamFacts>,
    pub(crate) quote: Option<Quote>,
    pub(crate) max_cost: Option<Decimal>,
    pub(crate) repeats: Option<Earlier>,
}

/// What the API sent instead of a usable answer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct UpstreamFacts {
    pub(crate) status: Option<u16>,
    pub(crate) cause: Option<String>,
    /// The task that a damaged response to a create names, if what it says of it is an error or unclear.
    pub(crate) task_id: Option<String>,
    /// The beginning of the response, with the key redacted.
    pub(crate) received: Option<String>,
}

/// The earlier attempt that a refused request would repeat.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Earlier {
    pub(crate) attempt: AttemptId,
    /// The hash of the request body.
    pub(crate) draft: String,
    /// When it ended or, if a crash lost its end, when it began; in seconds since 1970.
    pub(crate) at: u64,
    /// The task that its answer names.
    pub(crate) task_id: Option<String>,
}

impl Refusal {
    /// States the charge, in the message as well. A kind with a charge of its own says it already.
    pub(crate) fn with_charge(mut self, charge: ChargeRisk) -> Self {
        if self.error.charge.is_some() {
            return self;
        }
        let Words { en, zh } = &self.error.message;
        self.error.message = match charge {
            ChargeRisk::None => words!("{en} Nothing was charged.", "{zh}没有扣费。"),
            ChargeRisk::Possible => words!(
                "{en} The task may have been created and charged. Check the console before you send it again.",
                "{zh}任务可能已创建并计费，重新发送前请先到控制台确认。"
            ),
        };
        self.error.charge = Some(charge);
        self
    }

    pub(crate) fn with_upstream(mut self, facts: UpstreamFacts) -> Self {
        self.error.upstream = Some(facts);
        self
    }

    /// The status of the kind. If there may be a charge it is 409, after which clients do not retry by themselves.
    pub(crate) fn status(&self) -> StatusCode {
        let (status, ..) = self.error.kind.row();
        if self.may_be_charged() { StatusCode::CONFLICT } else { status }
    }

    fn may_be_charged(&self) -> bool {
        matches!(self.error.charge, Some(ChargeRisk::Possible))
    }

    pub(crate) fn to_json(&self, lang: Lang) -> String {
        let code = match self.status() {
            _ if self.may_be_charged() || self.error.kind == Kind::PossibleRepeat => {
                UNKNOWN_OUTCOME
            }
            StatusCode::UNAUTHORIZED => BAD_KEY,
            status if status.is_server_error() => SERVER_FAULT,
            _ => BAD_PARAMETERS,
        };
        let Words { en, zh } = &self.error.message;
        text::json(&Spoken { code, msg: lang.pick(en, zh), own: self })
    }
}

impl Kind {
    /// A refusal with a message of its own, such as one that names values.
    pub(crate) fn saying(self, message: Words) -> Refusal {
        let (_, charge, _) = self.row();
        let error = Box::new(Body {
            kind: self,
            message,
            charge,
            upstream: None,
            quote: None,
            max_cost: None,
            repeats: None,
        });
        Refusal { error }
    }

    /// `Ok` if this holds, otherwise a refusal of this kind.
    pub(crate) fn unless(self, holds: bool) -> Result<(), Refusal> {
        if holds { Ok(()) } else { Err(self.into()) }
    }
}

impl From<Kind> for Refusal {
    fn from(kind: Kind) -> Self {
        let (_, _, message) = kind.row();
        let [en, zh] = message.map(str::to_owned);
        kind.saying(Words { en, zh })
    }
}

/// The body is still missing: `routes::finish` writes it, in the caller's language.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

/// Whether a refused create may have been charged.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChargeRisk {
    /// Certainly not: it was not sent, or the API refused it.
    None,
    /// It was sent, and whether it made a task is unknown.
    Possible,
}

/// The message of kinds that are always given one of their own, with [`Kind::saying`]; never shown.
const OWN: &str = "";

/// One row per kind: its status, the charge if it follows from the kind alone, and the message in English and Chinese. The message
/// of a kind with a charge says what it means.
macro_rules! kinds {
    ($($kind:ident, $status:ident, $charge:expr, $en:expr, $zh:expr;)*) => {
        /// Why the companion refuses a request. The names, in snake case, are part of its interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Kind {
            $($kind,)*
        }

        impl Kind {
            const fn row(self) -> (StatusCode, Option<ChargeRisk>, [&'static str; 2]) {
                match self {
                    $(Self::$kind => (StatusCode::$status, $charge, [$en, $zh]),)*
                }
            }
        }
    };
}

kinds! {
    AmbiguousField, UNPROCESSABLE_ENTITY, Some(ChargeRisk::None), OWN, OWN;
    AttemptReused, CONFLICT, Some(ChargeRisk::None),
        "This Seedance-Attempt ID was already used for a different request body. Use a new ID. Nothing was sent.",
        "该请求 ID（Seedance-Attempt）已用于另一个请求体，请换用新的 ID。本次没有发送。";
    BadContentType, UNSUPPORTED_MEDIA_TYPE, None,
        "Send `Content-Type: application/json`, or `multipart/form-data` with a boundary for a file upload.",
        "请使用 `Content-Type: application/json`；上传文件时请使用带 boundary 的 `multipart/form-data`。";
    BadMethod, METHOD_NOT_ALLOWED, None,
        "This address does not accept that method.",
        "该地址不支持此请求方法。";
    BadRequest, BAD_REQUEST, None,
        "The request cannot be read.",
        "无法读取该请求。";
    BodyTooLarge, PAYLOAD_TOO_LARGE, None, OWN, OWN;
    Busy, SERVICE_UNAVAILABLE, Some(ChargeRisk::None), OWN, OWN;
    CrossSite, FORBIDDEN, None,
        "This request comes from another site, and the companion serves its own page only.",
        "该请求来自其他网站；本地助手只为自己的页面服务。";
    JournalFailed, INSUFFICIENT_STORAGE, Some(ChargeRisk::None),
        "The request could not be written to the journal, so nothing was sent. Check that the disk has room. If the journal was replaced, changed or deleted while the companion was running, restore it and restart the companion.",
        "无法写入日志，因此没有发送。请检查磁盘空间；如果本地助手运行期间日志文件被替换、修改或删除，请恢复该文件并重新启动本地助手。";
    LinkUsed, FORBIDDEN, None,
        "This link was already used, or it belongs to an earlier run of the companion. Press Enter in the companion's terminal for a new one.",
        "链接已使用过，或属于本地助手上一次启动。请在本地助手的终端中按回车获取新链接。";
    LostAnswer, CONFLICT, Some(ChargeRisk::Possible),
        "The request was sent but no response arrived. The task may have been created and charged. Check the console before you send it again.",
        "请求已发出，但未收到响应。任务可能已创建并计费，重新发送前请先到控制台确认。";
    NoKey, SERVICE_UNAVAILABLE, None,
        "The companion has no API key. Set JIMMYAI_API_KEY or pass --key-file, then restart it.",
        "本地助手没有 API 密钥，请设置 JIMMYAI_API_KEY 或用 --key-file 指定密钥文件，再重新启动。";
    NoSession, UNAUTHORIZED, None,
        "Open the link that the companion shows in its terminal. A script sends its own `Authorization: Bearer` header instead.",
        "请打开本地助手在终端里显示的链接；脚本请自带 `Authorization: Bearer` 请求头。";
    NotCompleted, CONFLICT, None,
        "This task has no video to save yet.",
        "该任务还没有可保存的视频。";
    NotFound, NOT_FOUND, None,
        "There is nothing at this address.",
        "该地址没有内容。";
    OverLimit, PAYMENT_REQUIRED, Some(ChargeRisk::None), OWN, OWN;
    PossibleRepeat, CONFLICT, Some(ChargeRisk::None), OWN, OWN;
    PriceUnknown, PAYMENT_REQUIRED, Some(ChargeRisk::None), OWN, OWN;
    ResultGone, GONE, None,
        "This video is no longer available: results are kept for about three days.",
        "该视频已失效：生成结果只保留约三天。";
    ResultNotVideo, BAD_GATEWAY, None,
        "The storage did not return a whole video of at most 2 GB, so nothing was saved. Try again in a moment.",
        "存储端返回的不是完整的视频（最大 2 GB），因此没有保存。请稍后再试。";
    ResultRefused, BAD_GATEWAY, None,
        "The companion does not download from this address: only public https addresses without redirects are allowed.",
        "本地助手不会从该地址下载视频：仅允许公网 https 地址，且不跟随重定向。";
    ResultUnreachable, BAD_GATEWAY, None,
        "The storage that holds this video could not be reached; try again in a moment.",
        "无法连接存放该视频的服务器，请稍后再试。";
    Stopping, SERVICE_UNAVAILABLE, Some(ChargeRisk::None),
        "The companion is stopping, so nothing was sent; start it again and send once more.",
        "本地助手正在停止，因此没有发送；请重新启动后再发送。";
    UnknownField, UNPROCESSABLE_ENTITY, Some(ChargeRisk::None), OWN, OWN;
    UpstreamCut, BAD_GATEWAY, None,
        "The API's response was cut off. Try again.",
        "API 的响应中断，请重试。";
    UpstreamNotJson, BAD_GATEWAY, None,
        "The API did not return JSON. A proxy may be in between, or the service may be down.",
        "API 返回的不是 JSON；中间可能有代理或服务故障。";
    UpstreamRedirect, BAD_GATEWAY, None,
        "The API's response is a redirect, which is never followed; check --api-origin.",
        "API 的响应是重定向，本地助手从不跟随；请检查 --api-origin。";
    UpstreamTimeout, GATEWAY_TIMEOUT, None,
        "The API did not respond in time.",
        "API 未在时限内响应。";
    UpstreamTooLarge, BAD_GATEWAY, None,
        "The API's response is too large and was not read to its end.",
        "API 的响应过大，没有读完。";
    UpstreamUnreachable, BAD_GATEWAY, None,
        "The API could not be reached; nothing was sent.",
        "无法连接 API，没有发送。";
    WrongHost, FORBIDDEN, None,
        "Use the companion's own address (127.0.0.1).",
        "请使用本地助手自己的地址（127.0.0.1）访问。";
    WrongOrigin, FORBIDDEN, None,
        "This request comes from another origin, and the companion serves its own page only.",
        "该请求来自其他来源；本地助手只为自己的页面服务。";
}
