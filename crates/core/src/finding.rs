//! A finding: a rule that fired, where, why, and how to mend it.

mod wire;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::Lang;
use crate::body::Unknown;
use crate::check::Hit;
use crate::message;
use crate::pointer;
use crate::table::{RuleId, Severity, Source};

/// One thing to say about a request.
///
/// ```
/// use seedance_core::{Job, Lang};
/// let job = Job::new(r#"{"model": "seedance2.0-mini", "prompt": "a fox", "duration": 3}"#);
/// let report = job.check(Lang::En);
/// let finding = &report.findings[0];
/// assert_eq!(finding.rule.name(), "duration-out-of-range");
/// assert_eq!(finding.path, "/duration");
/// assert_eq!(finding.message, "`duration` is 3 s; it must be 4–15 s on `seedance2.0-mini`");
/// assert_eq!(finding.fixes[0].label, "set the duration to 4 s");
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that fired.
    pub rule: RuleId,
    /// Whether it stops the request.
    pub severity: Severity,
    /// A JSON Pointer (RFC 6901) to the value to look at.
    pub path: String,
    /// JSON Pointers to the other values involved.
    pub related: Vec<String>,
    /// The values that the message speaks of.
    pub params: Params,
    /// One sentence in the language that was asked for.
    pub message: String,
    /// The pages that the finding rests on; never empty.
    pub sources: Cow<'static, [Source]>,
    /// Ways to mend it: each, applied to the parsed body, removes this finding and adds no error.
    pub fixes: Vec<Fix>,
}

/// A proven way to mend a finding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// What it does, in the language that was asked for.
    pub label: String,
    /// A JSON Patch (RFC 6902) on the parsed body; never empty.
    pub patch: Vec<PatchOp>,
}

/// One operation of a JSON Patch (RFC 6902).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[non_exhaustive]
pub enum PatchOp {
    /// Adds a value that was not there.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Param,
    },
    /// Moves a value.
    Move {
        /// From where.
        from: String,
        /// To where.
        path: String,
    },
    /// Removes a value.
    Remove {
        /// Which.
        path: String,
    },
    /// Replaces a value.
    Replace {
        /// Which.
        path: String,
        /// By what.
        value: Param,
    },
}

/// The values that a finding's message speaks of, by name.
///
/// ```
/// use seedance_core::{Job, Lang, Param};
/// let job = Job::new(r#"{"model": "seedance2.0-mini", "prompt": "a fox", "duration": 3}"#);
/// let report = job.check(Lang::En);
/// assert_eq!(report.findings[0].params.get("max"), Some(&Param::Number(15.0)));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(Cow<'static, str>, Param)>);

/// One value of [`Params`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Param {
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// A list of strings.
    List(Vec<String>),
}

impl Finding {
    pub(crate) fn of(hit: &Hit, unknown: &[Unknown<'_>], fixes: Vec<Fix>, lang: Lang) -> Self {
        let mut related = Vec::new();
        for field in hit.related {
            related.push(pointer::member(field.name()));
        }
        Self {
            rule: hit.rule,
            severity: hit.rule.finding().severity,
            path: hit.place.pointer(unknown),
            related,
            params: hit.params.clone(),
            message: message::of(hit, lang),
            sources: Cow::Borrowed(hit.sources),
            fixes,
        }
    }

    /// Whether it stops the request.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Params {
    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Param> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// All names and values, in the order in which the rule lists them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    pub(crate) fn put(&mut self, name: &'static str, value: Param) {
        self.0.push((Cow::Borrowed(name), value));
    }

    // Most rules have some: once is enough in the code.
    #[inline(never)]
    pub(crate) fn number(&mut self, name: &'static str, value: f64) {
        self.put(name, Param::Number(value));
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON's numbers are read as binary64 anyway"
    )]
    pub(crate) fn integer(&mut self, name: &'static str, value: u64) {
        self.number(name, value as f64);
    }

    pub(crate) fn count(&mut self, name: &'static str, value: usize) {
        self.integer(name, value as u64);
    }

    /// Microseconds, given as seconds.
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most days in microseconds: exact"
    )]
    pub(crate) fn micros(&mut self, name: &'static str, micros: u64) {
        self.number(name, micros as f64 / 1e6);
    }

    pub(crate) fn text(&mut self, name: &'static str, value: &str) {
        self.put(name, Param::Text(value.into()));
    }

    pub(crate) fn text_if(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(crate) fn list(&mut self, name: &'static str, values: &[&str]) {
        let mut list = Vec::with_capacity(values.len());
        for value in values {
            list.push(String::from(*value));
        }
        self.put(name, Param::List(list));
    }

    pub(crate) fn list_if_any(&mut self, name: &'static str, values: Vec<String>) {
        if !values.is_empty() {
            self.put(name, Param::List(values));
        }
    }
}

impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Params;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of parameters")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Params, M::Error> {
                let mut params = Params::default();
                while let Some((name, value)) = map.next_entry::<String, Param>()? {
                    params.0.push((Cow::Owned(name), value));
                }
                Ok(params)
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

// An object's members have no order, and some readers sort them.
impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        let has = |(name, value)| other.get(name) == Some(value);
        self.0.len() == other.0.len() && self.iter().all(has)
    }
}
