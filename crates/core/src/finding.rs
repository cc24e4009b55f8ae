//! A finding: a rule that fired, where, why, and how to fix it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::params::{Param, Params};
use crate::table::{RuleId, Severity, Source};

/// An error or a warning about a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that fired.
    pub rule: RuleId,
    /// Whether it is an error, which stops the request, or a warning.
    pub severity: Severity,
    /// A JSON Pointer (RFC 6901) to the value concerned.
    pub path: String,
    /// JSON Pointers to the other values involved.
    pub related: Vec<String>,
    /// The values that the message mentions.
    pub params: Params,
    /// One sentence in the requested language.
    pub message: String,
    /// The sources that the finding is based on; never empty.
    pub sources: Cow<'static, [Source]>,
    /// Ways to fix it: applying any one of them to the parsed body removes this finding and adds no error.
    pub fixes: Vec<Fix>,
}

/// A proven way to fix a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// What it does, in the requested language.
    pub label: String,
    /// A JSON Patch (RFC 6902) on the parsed body; never empty.
    pub patch: Vec<PatchOp>,
}

/// One operation of a JSON Patch (RFC 6902).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[non_exhaustive]
pub enum PatchOp {
    /// Adds a value.
    Add {
        /// A JSON Pointer to where it goes.
        path: String,
        /// The value.
        value: Param,
    },
    /// Moves a value.
    Move {
        /// A JSON Pointer to the value.
        from: String,
        /// A JSON Pointer to where it goes.
        path: String,
    },
    /// Removes a value.
    Remove {
        /// A JSON Pointer to the value.
        path: String,
    },
    /// Replaces a value.
    Replace {
        /// A JSON Pointer to the old value.
        path: String,
        /// The new value.
        value: Param,
    },
}

impl Finding {
    /// Whether the finding stops the request.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
