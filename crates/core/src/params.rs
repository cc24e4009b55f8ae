//! The values that a finding's message mentions, as JSON types.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number;

/// The values that a finding's message mentions, by name.
///
/// ```
/// use seedance_core::{Job, Lang, Param};
/// let job = Job::new(r#"{"model": "seedance2.0-mini", "prompt": "a fox", "duration": 3}"#);
/// let report = job.check(Lang::En);
/// assert_eq!(report.findings[0].params.get("max"), Some(&Param::Number(15.0)));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(Cow<'static, str>, Param)>);

/// One value of [`Params`], or of a [`PatchOp`](crate::PatchOp).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Param {
    /// A number.
    Number(#[serde(serialize_with = "number::serialize")] f64),
    /// A string.
    Text(String),
    /// A list of strings.
    List(Vec<String>),
    /// A list of numbers.
    Numbers(#[serde(serialize_with = "number::serialize_all")] Vec<f64>),
}

impl Params {
    /// The value with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Param> {
        let mut params = self.0.iter();
        params.find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// All names and values, in the order in which the rule lists them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Adds a value under a name, unless there is none.
    pub(crate) fn put(&mut self, name: &'static str, value: Option<Param>) {
        self.0.extend(value.map(|value| (Cow::Borrowed(name), value)));
    }
}

// The members of a JSON object have no order, and some readers sort them.
impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        let has = |(name, value)| other.get(name) == Some(value);
        self.0.len() == other.0.len() && self.iter().all(has)
    }
}

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
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
