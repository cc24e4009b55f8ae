//! A gateway that misbehaves on request, a client that sends exactly these bytes, and a companion between them.

pub(crate) mod ask;
pub(crate) mod desk;
pub(crate) mod gateway;
pub(crate) mod running;

pub(crate) use ask::{Ask, Heard};
pub(crate) use desk::Desk;
pub(crate) use gateway::{Gateway, Reply};

/// A key that must appear nowhere but in one header.
pub(crate) const CANARY: &str = "sk_CANARY_5d41402abc4b2a76";

pub(crate) const CREATE: &str = "/api/open-api/v1/seedance/videos";

/// A request that the rules accept, with unusual white space.
pub(crate) const DRAFT: &str =
    "{ \"model\" : \"seedance2.0-mini\",\n\t\"prompt\":\"rain\", \"duration\":5 }\n";

/// A request that the rules refuse: Mini makes no video of 16 seconds.
pub(crate) const BAD_DRAFT: &str = r#"{"model":"seedance2.0-mini","prompt":"rain","duration":16}"#;

pub(crate) const CREATED: &str =
    r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued"},"msg":"ok"}"#;

pub(crate) const ATTEMPT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
