//! Findings as the contract writes them. All their types are written by one function, so that each adds no more than a list of
//! its members to the code.

use alloc::string::String;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Finding, Fix, Param, Params, PatchOp};
use crate::table::{RuleId, Severity, Source};

/// Whatever stands in a finding.
#[derive(Clone, Copy)]
enum Value<'v> {
    Number(f64),
    Rule(RuleId),
    Severity(Severity),
    Source(Source),
    Text(&'v str),
    // Lists.
    Fixes(&'v [Fix]),
    Patch(&'v [PatchOp]),
    Sources(&'v [Source]),
    Texts(&'v [String]),
    // Objects.
    Finding(&'v Finding),
    Fix(&'v Fix),
    Op(&'v PatchOp),
    Params(&'v Params),
}

impl<'v> Value<'v> {
    /// The item of this index of a list.
    fn item(self, index: usize) -> Option<Self> {
        match self {
            Self::Fixes(fixes) => fixes.get(index).map(Self::Fix),
            Self::Patch(patch) => patch.get(index).map(Self::Op),
            Self::Sources(sources) => sources.get(index).copied().map(Self::Source),
            Self::Texts(texts) => texts.get(index).map(|text| Self::Text(text)),
            _ => None,
        }
    }

    /// The member of this index of an object.
    fn member(self, index: usize) -> Option<(&'static str, Self)> {
        Some(match (self, index) {
            (Self::Finding(finding), 0) => ("rule", Self::Rule(finding.rule)),
            (Self::Finding(finding), 1) => ("severity", Self::Severity(finding.severity)),
            (Self::Finding(finding), 2) => ("path", Self::Text(&finding.path)),
            (Self::Finding(finding), 3) => ("related", Self::Texts(&finding.related)),
            (Self::Finding(finding), 4) => ("params", Self::Params(&finding.params)),
            (Self::Finding(finding), 5) => ("message", Self::Text(&finding.message)),
            (Self::Finding(finding), 6) => ("sources", Self::Sources(&finding.sources)),
            (Self::Finding(finding), 7) => ("fixes", Self::Fixes(&finding.fixes)),
            (Self::Fix(fix), 0) => ("label", Self::Text(&fix.label)),
            (Self::Fix(fix), 1) => ("patch", Self::Patch(&fix.patch)),
            (Self::Op(op), index) => return op.member(index),
            _ => return None,
        })
    }
}

impl PatchOp {
    fn member(&self, index: usize) -> Option<(&'static str, Value<'_>)> {
        Some(match (self, index) {
            (Self::Add { .. }, 0) => ("op", Value::Text("add")),
            (Self::Move { .. }, 0) => ("op", Value::Text("move")),
            (Self::Remove { .. }, 0) => ("op", Value::Text("remove")),
            (Self::Replace { .. }, 0) => ("op", Value::Text("replace")),
            (Self::Move { from, .. }, 1) => ("from", Value::Text(from)),
            (Self::Move { path, .. }, 2)
            | (Self::Add { path, .. } | Self::Remove { path } | Self::Replace { path, .. }, 1) => {
                ("path", Value::Text(path))
            }
            (Self::Add { value, .. } | Self::Replace { value, .. }, 2) => ("value", value.into()),
            _ => return None,
        })
    }
}

impl<'v> From<&'v Param> for Value<'v> {
    fn from(param: &'v Param) -> Self {
        match param {
            Param::Number(number) => Self::Number(*number),
            Param::Text(text) => Self::Text(text),
            Param::List(list) => Self::Texts(list),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = *self;
        match value {
            Self::Number(number) => crate::number::serialize(number, serializer),
            Self::Rule(rule) => rule.serialize(serializer),
            Self::Severity(severity) => severity.serialize(serializer),
            Self::Source(source) => source.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Fixes(_) | Self::Patch(_) | Self::Sources(_) | Self::Texts(_) => {
                serializer.collect_seq((0..).map_while(|index| value.item(index)))
            }
            Self::Params(params) => {
                serializer.collect_map(params.iter().map(|(name, it)| (name, Self::from(it))))
            }
            Self::Finding(_) | Self::Fix(_) | Self::Op(_) => {
                let members = || (0..).map_while(|index| value.member(index));
                let mut object = serializer.serialize_struct("Finding", members().count())?;
                for (name, value) in members() {
                    object.serialize_field(name, &value)?;
                }
                object.end()
            }
        }
    }
}

macro_rules! written_as {
    ($($type:ident: $value:ident;)*) => {
        $(impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Value::$value(self).serialize(serializer)
            }
        })*
    };
}

written_as! {
    Finding: Finding;
    Fix: Fix;
    Params: Params;
    PatchOp: Op;
}

impl Serialize for Param {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from(self).serialize(serializer)
    }
}
