//! What can be wrong with a price book, and what is merely odd about it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use crate::Lang;
use crate::decimal::{PRICE_DIGITS_AFTER_POINT, PRICE_DIGITS_BEFORE_POINT};
use crate::message::listed;
use crate::node::{ShapeError, one_line, place};
use crate::table::Unit;

/// A price book that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct BookError(pub(super) Problem);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Shape(ShapeError),
    Blank {
        path: String,
    },
    NotAPrice {
        path: String,
        written: Option<String>,
    },
    TooManyDigits {
        path: String,
        written: Option<String>,
    },
    UnknownUnit {
        path: String,
    },
    OtherUnit {
        path: String,
        route: Unit,
    },
}

impl BookError {
    /// The JSON Pointer of the entry; empty for the whole book.
    #[must_use]
    pub fn path(&self) -> &str {
        match &self.0 {
            Problem::Shape(shape) => shape.path(),
            Problem::Blank { path }
            | Problem::NotAPrice { path, .. }
            | Problem::TooManyDigits { path, .. }
            | Problem::UnknownUnit { path }
            | Problem::OtherUnit { path, .. } => path,
        }
    }

    /// The one sentence that says what is wrong and where.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let at = place(self.path(), lang);
        let (before, after) = (PRICE_DIGITS_BEFORE_POINT, PRICE_DIGITS_AFTER_POINT);
        let text = match &self.0 {
            Problem::Shape(shape) => shape.message(lang),
            Problem::Blank { .. } if zh => format!("{at}不能为空白"),
            Problem::Blank { .. } => format!("{at}must not be blank"),
            Problem::NotAPrice { written, .. } if zh => {
                format!(
                    "{at}{}不是有效的价格，请写成不带符号的十进制数，例如 `\"0.05\"`",
                    quoted(written, "该数字")
                )
            }
            Problem::NotAPrice { written, .. } => {
                format!(
                    "{at}{} is not a price, write a decimal without a sign such as `\"0.05\"`",
                    quoted(written, "the number")
                )
            }
            Problem::TooManyDigits { written, .. } if zh => {
                format!(
                    "{at}{}位数过多，小数点前最多 {before} 位，小数点后最多 {after} 位",
                    quoted(written, "该数字")
                )
            }
            Problem::TooManyDigits { written, .. } => {
                format!(
                    "{at}{} has too many digits, at most {before} before and {after} after the point",
                    quoted(written, "the number")
                )
            }
            Problem::UnknownUnit { .. } if zh => format!("{at}计费单位只能是 `second` 或 `task`"),
            Problem::UnknownUnit { .. } => format!("{at}the unit must be `second` or `task`"),
            Problem::OtherUnit { route, .. } if zh => {
                format!(
                    "{at}与线路不符，该计费模型名按 `{}` 计费",
                    unit_name(*route)
                )
            }
            Problem::OtherUnit { route, .. } => {
                format!(
                    "{at}contradicts the route, which bills this name per `{}`",
                    unit_name(*route)
                )
            }
        };
        if zh {
            format!("价格表：{text}")
        } else {
            format!("price book: {text}")
        }
    }
}

impl From<ShapeError> for BookError {
    fn from(shape: ShapeError) -> Self {
        Self(Problem::Shape(shape))
    }
}

/// A name in a price book that no route can produce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BookWarning {
    /// The name as it stands in the book.
    pub name: String,
    /// Billing names that it is probably meant to be, the nearest first.
    pub suggestions: Vec<String>,
}

impl BookWarning {
    /// The one sentence that says so.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let name = one_line(&self.name);
        let meant = listed(&self.suggestions, lang);
        match (lang, meant.is_empty()) {
            (Lang::Zh, true) => format!("没有任何线路会产生计费模型名 `{name}`"),
            (Lang::Zh, false) => {
                format!("没有任何线路会产生计费模型名 `{name}`，是否想写 {meant}")
            }
            (_, true) => format!("no route has the billing name `{name}`"),
            (_, false) => format!("no route has the billing name `{name}`, did you mean {meant}"),
        }
    }
}

impl fmt::Display for BookWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

fn quoted(written: &Option<String>, otherwise: &str) -> String {
    written
        .as_ref()
        .map_or_else(|| otherwise.into(), |text| format!("`{}`", one_line(text)))
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "second",
        Unit::Task => "task",
    }
}
