//! Seeded generators: the same seed gives the same jobs, on every machine and in every suite.
//!
//! Valid values come from the core's table, so that no limit is stated a second time here. Invalid ones come from pools of values
//! near every limit, combined at random.

pub mod mutate;
pub mod pools;
pub mod side;
pub mod text;
pub mod urls;
pub mod valid;
pub mod wild;

use fastrand::Rng;
use seedance_core::Edition;
use serde::Serialize;
use serde_json::Value;

/// A body with the inputs that may accompany it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobCase {
    /// The edition to check it under.
    pub edition: Edition,
    /// The body to check.
    #[serde(flatten)]
    pub body: JobBody,
    /// Media facts, valid or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<Value>,
    /// A price book, valid or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<Value>,
}

/// A body in one of the forms that the core takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobBody {
    /// A parsed value.
    Request(Value),
    /// JSON text, valid or not.
    Text(String),
    /// Bytes that are not UTF-8.
    Bytes(Vec<u8>),
}

impl JobBody {
    /// The body as text, with bytes that are not UTF-8 replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.wire()).into_owned()
    }

    /// The bytes that go over the wire.
    #[must_use]
    pub fn wire(&self) -> Vec<u8> {
        match self {
            Self::Request(value) => value.to_string().into_bytes(),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

/// The first `n` jobs of a seed, from clean requests to meaningless bytes.
pub fn jobs(edition: Edition, seed: u64, n: usize) -> impl Iterator<Item = JobCase> {
    let mut rng = Rng::with_seed(seed);
    (0..n).map(move |_| job(edition, &mut rng))
}

/// The first `n` bodies of a seed's jobs that are parsed values.
pub fn requests(edition: Edition, seed: u64, n: usize) -> impl Iterator<Item = Value> {
    let mut rng = Rng::with_seed(seed);
    let bodies = std::iter::repeat_with(move || job(edition, &mut rng).body);
    let values = bodies.filter_map(|body| match body {
        JobBody::Request(request) => Some(request),
        _ => None,
    });
    values.take(n)
}

/// One job.
pub fn job(edition: Edition, rng: &mut Rng) -> JobCase {
    let request = match rng.u8(..10) {
        0 => valid::clean(edition, rng),
        1 => wild::request(edition, rng),
        _ => wild::near(edition, rng),
    };
    let media = (rng.u8(..3) > 0).then(|| side::facts(rng, &request));
    let prices = (rng.u8(..3) > 0).then(|| side::book(edition, rng));
    JobCase { edition, body: body(rng, request), media, prices }
}

fn body(rng: &mut Rng, request: Value) -> JobBody {
    match rng.u8(..20) {
        0..9 => JobBody::Request(request),
        9..17 => JobBody::Text(text::spell(rng, &request)),
        17 => JobBody::Text(text::broken(rng, &request)),
        18 => JobBody::Request(wild::json(rng, 4)),
        _ => match String::from_utf8(text::garbage(rng, &request)) {
            Ok(text) => JobBody::Text(text),
            Err(bytes) => JobBody::Bytes(bytes.into_bytes()),
        },
    }
}

/// A random item of a list.
pub fn pick<T: Clone>(rng: &mut Rng, list: &[T]) -> T {
    list[rng.usize(..list.len())].clone()
}
