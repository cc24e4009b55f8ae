//! Where JSON values come from, whatever they are written in.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use seedance_flat::{Flat, Member};

use crate::read::Fault;

/// Values that come one after the other, each read once.
///
/// Where it cannot go on, all that was begun ends, and what else is asked for is [`Foreign`](Value::Foreign);
/// [`fault`](Self::fault) says why.
pub trait Source<'a> {
    /// The next value. Of a list or an object that is only its beginning: [`more`](Self::more) or [`key`](Self::key) is
    /// called until it says that there is no more, and every time a value read in between.
    fn value(&mut self) -> Value<'a>;

    /// Whether the list that was begun last has another item.
    fn more(&mut self) -> bool;

    /// The name of the next member of the object that was begun last.
    fn key(&mut self) -> Option<Cow<'a, str>>;

    /// Reads the next value at once, where it is an ordinary object of these members; otherwise nothing is read.
    fn flat(&mut self, _: &[Member], _: &mut Flat<'a>) -> bool {
        false
    }

    /// The next value as it is written, where this is JSON text; otherwise nothing is read.
    fn raw(&mut self) -> Option<&'a str> {
        None
    }

    /// Why it could not go on, if so.
    fn fault(&self) -> Option<Fault> {
        None
    }
}

impl<'a> dyn Source<'a> + '_ {
    /// Reads what is left of a value that was begun, without recursion.
    pub fn skip(&mut self, begun: &Value<'_>) {
        let mut lists = Vec::new();
        let mut is_list = match begun {
            Value::List => true,
            Value::Object => false,
            _ => return,
        };
        loop {
            let goes_on = if is_list {
                self.more()
            } else {
                self.key().is_some()
            };
            if goes_on {
                let value = self.value();
                if matches!(value, Value::List | Value::Object) {
                    lists.push(is_list);
                    is_list = matches!(value, Value::List);
                }
            } else if let Some(outer) = lists.pop() {
                is_list = outer;
            } else {
                return;
            }
        }
    }
}

/// A value, or the beginning of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; of text the nearest binary64, which is never infinite.
    Number(f64),
    /// An integer that is kept exactly; never of text.
    Signed(i64),
    /// The same beyond `i64`.
    Unsigned(u64),
    /// A string.
    Text(Cow<'a, str>),
    /// The beginning of an array.
    List,
    /// The beginning of an object.
    Object,
    /// What JSON cannot hold; never of text.
    Foreign,
}

impl Value<'_> {
    /// The nearest binary64 of a number.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match *self {
            Self::Number(number) => Some(number),
            Self::Signed(number) => Some(number as f64),
            Self::Unsigned(number) => Some(number as f64),
            _ => None,
        }
    }
}
