//! Where JSON values come from, whatever they are written in.

use alloc::borrow::Cow;
use alloc::vec::Vec;

/// Values that come one after the other, each read once.
pub trait Source<'a> {
    /// Why it cannot go on.
    type Error;

    /// Whether this is JSON text.
    const IS_TEXT: bool = false;

    /// The next value. Of a list or an object that is only its beginning: [`more`](Self::more) or [`key`](Self::key) is
    /// called until it says that there is no more, and every time a value read in between.
    ///
    /// # Errors
    /// Where no value can be read.
    fn value(&mut self) -> Result<Value<'a>, Self::Error>;

    /// Whether the list that was begun last has another item.
    ///
    /// # Errors
    /// Where neither an item nor the end follows.
    fn more(&mut self) -> Result<bool, Self::Error>;

    /// Which of the names that writer and reader have numbered is the next member's, in the object that was begun last; where it
    /// is none of them, or nobody numbered any, [`key`](Self::key) says the name.
    ///
    /// # Errors
    /// Where neither a member nor the end follows.
    #[inline(always)]
    fn numbered_key(&mut self) -> Result<Option<usize>, Self::Error> {
        Ok(None)
    }

    /// The name of the next member of the object that was begun last.
    ///
    /// # Errors
    /// Where neither a member nor the end follows.
    fn key(&mut self) -> Result<Option<Cow<'a, str>>, Self::Error>;

    /// The next value as it is written, where this is JSON text; otherwise nothing is read.
    ///
    /// # Errors
    /// Where no value can be read.
    fn raw(&mut self) -> Result<&'a str, Self::Error> {
        Ok("")
    }

    /// Reads what is left of a value that was begun, without recursion.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn skip(&mut self, begun: &Value<'a>) -> Result<(), Self::Error> {
        let mut lists = Vec::new();
        let mut is_list = match begun {
            Value::List => true,
            Value::Object => false,
            _ => return Ok(()),
        };
        loop {
            let goes_on = if is_list {
                self.more()?
            } else {
                self.key()?.is_some()
            };
            if goes_on {
                let value = self.value()?;
                if matches!(value, Value::List | Value::Object) {
                    lists.push(is_list);
                    is_list = matches!(value, Value::List);
                }
            } else if let Some(outer) = lists.pop() {
                is_list = outer;
            } else {
                return Ok(());
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
