//! Objects as programs write them, read at once and without a copy: of known members, with strings that have no escapes and
//! short whole numbers.

mod parts;

use arrayvec::ArrayVec;

use crate::is_blank;
use crate::plain::plain_len;

/// The most members that such an object may have.
pub const MOST_MEMBERS: usize = 12;
/// The most strings that its lists hold together, without an allocation: a dozen each, which is more than any page shows.
pub const MOST_ITEMS: usize = 36;
/// A whole number of so many digits is a binary64, and spelled as it would be written.
const MOST_DIGITS: usize = 9;

/// A member that an object may have: its name, and what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    name: u128,
    /// Where the word has bytes of the name.
    mask: u128,
    length: usize,
    holds: Holds,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Whole,
    /// A string.
    Text,
    /// A list of strings.
    Texts,
}

/// Whether there may be blanks between values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// As JSON has them, line breaks included.
    Taken,
    /// At none is looked, so that nothing behind a line is read.
    Refused,
}

/// What was read of an object: all strings in it have something in them, and its lists are not empty.
#[derive(Debug, Clone)]
pub struct Flat<'a> {
    text: &'a str,
    /// Where the object ends.
    end: usize,
    there: u16,
    is_ordered: bool,
    is_compact: bool,
    texts: [&'a str; MOST_MEMBERS],
    wholes: [u32; MOST_MEMBERS],
    /// Which of the items are a list's.
    lists: [(u8, u8); MOST_MEMBERS],
    items: ArrayVec<&'a str, MOST_ITEMS>,
}

impl Member {
    /// Of this name.
    ///
    /// # Panics
    /// Where the name is longer than sixteen bytes.
    #[must_use]
    pub const fn new(name: &str, holds: Holds) -> Self {
        let bytes = name.as_bytes();
        let (mut word, mut mask, mut at) = (0, 0, 0);
        while at < bytes.len() {
            word |= (bytes[at] as u128) << (8 * at);
            mask |= 0xff << (8 * at);
            at += 1;
        }
        Self {
            name: word,
            mask,
            length: bytes.len(),
            holds,
        }
    }
}

impl<'a> Flat<'a> {
    /// Nothing of a text.
    #[must_use]
    #[inline]
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            end: 0,
            there: 0,
            is_ordered: true,
            is_compact: true,
            texts: [""; MOST_MEMBERS],
            wholes: [0; MOST_MEMBERS],
            lists: [(0, 0); MOST_MEMBERS],
            items: ArrayVec::new_const(),
        }
    }

    /// Reads the object with which the text begins, where it has some of these members, each once, and no others. `false` says
    /// that it is not ordinary, which is no fault: then a reader has the answer.
    // A function of its own, so that it is compiled as this crate is wherever it is called.
    #[inline(never)]
    pub fn read(&mut self, members: &[Member], blanks: Blanks) -> bool {
        self.object(members, blanks).is_some()
    }

    /// The members that are there, a bit each, the first being the lowest.
    #[must_use]
    #[inline(always)]
    pub const fn there(&self) -> u16 {
        self.there
    }

    /// Whether they stand in the order of the members that were asked for.
    #[must_use]
    #[inline(always)]
    pub const fn is_ordered(&self) -> bool {
        self.is_ordered
    }

    /// The text of the object, where it has no blanks between values.
    #[must_use]
    #[inline]
    pub fn compact(&self) -> Option<&'a str> {
        let object = self.text.get(..self.end);
        object.filter(|_| self.is_compact)
    }

    /// Whether nothing but blanks stands behind the object.
    #[must_use]
    pub fn is_all(&self) -> bool {
        blanks(self.text.as_bytes(), self.end) == self.rest().len()
    }

    /// What stands behind the object.
    #[must_use]
    #[inline]
    pub fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.end..).unwrap_or_default()
    }

    /// The string of a member that is there and holds one.
    #[must_use]
    #[inline(always)]
    pub const fn text(&self, member: usize) -> &'a str {
        self.texts[member]
    }

    /// The number of a member that is there and holds one.
    #[must_use]
    #[inline(always)]
    pub const fn whole(&self, member: usize) -> u32 {
        self.wholes[member]
    }

    /// The strings of a member that is there and holds them.
    #[must_use]
    #[inline(always)]
    pub fn list(&self, member: usize) -> &[&'a str] {
        let (start, end) = self.lists[member];
        let items = self.items.get(start.into()..end.into());
        items.unwrap_or_default()
    }

    /// Notes that a member is there, which it was not before, and whether it stands behind all others.
    #[inline(always)]
    fn note(&mut self, place: usize, is_last: bool) -> Option<()> {
        let bit = 1 << place;
        if self.there & bit != 0 {
            return None;
        }
        self.is_ordered &= is_last;
        self.there |= bit;
        Some(())
    }

    #[inline(always)]
    fn object(&mut self, members: &[Member], blanks: Blanks) -> Option<()> {
        let mut cursor = Cursor {
            text: self.text,
            at: 0,
            blanks,
            is_compact: true,
        };
        cursor.pass(b'{')?;
        let mut likely = 0;
        loop {
            let place = cursor.name(members, likely)?;
            self.note(place, place >= likely)?;
            likely = place + 1;
            match members[place].holds {
                Holds::Text => self.texts[place] = cursor.string()?,
                Holds::Whole => self.wholes[place] = cursor.number()?,
                Holds::Texts => self.lists[place] = cursor.strings(&mut self.items)?,
            }
            match cursor.mark()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        self.end = cursor.at;
        self.is_compact = cursor.is_compact;
        Some(())
    }
}

/// A place in a text.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    blanks: Blanks,
    is_compact: bool,
}

impl<'a> Cursor<'a> {
    /// Passes the next byte that is no blank.
    #[inline(always)]
    fn mark(&mut self) -> Option<u8> {
        let mut mark = self.peek()?;
        if mark <= b' ' {
            if self.blanks == Blanks::Refused {
                return None;
            }
            self.is_compact = false;
            self.at += blanks(self.text.as_bytes(), self.at);
            mark = self.peek()?;
        }
        self.at += 1;
        Some(mark)
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn pass(&mut self, mark: u8) -> Option<()> {
        (self.mark()? == mark).then_some(())
    }

    /// The member whose name comes next, looked for from the place where it is likely.
    #[inline(always)]
    fn name(&mut self, members: &[Member], likely: usize) -> Option<usize> {
        self.pass(b'"')?;
        let bytes = self.text.as_bytes().get(self.at..)?;
        let word = first_word(bytes);
        let is_next = |member: &Member| {
            (word ^ member.name) & member.mask == 0 && bytes.get(member.length) == Some(&b'"')
        };
        let mut place = likely;
        loop {
            match members.get(place) {
                Some(member) if is_next(member) => break,
                Some(_) => place += 1,
                // A name that is out of its order.
                None => {
                    place = members.iter().position(is_next)?;
                    break;
                }
            }
        }
        self.at += members[place].length + 1;
        self.pass(b':')?;
        Some(place)
    }

    #[inline(always)]
    fn string(&mut self) -> Option<&'a str> {
        self.pass(b'"')?;
        let start = self.at;
        self.at += plain_len(self.text.as_bytes().get(start..)?);
        let text = self.text.get(start..self.at)?;
        if self.peek()? != b'"' || is_blank(text) {
            return None;
        }
        self.at += 1;
        Some(text)
    }

    #[inline(always)]
    fn strings(&mut self, items: &mut ArrayVec<&'a str, MOST_ITEMS>) -> Option<(u8, u8)> {
        self.pass(b'[')?;
        let start = items.len() as u8;
        loop {
            items.try_push(self.string()?).ok()?;
            match self.mark()? {
                b',' => {}
                b']' => return Some((start, items.len() as u8)),
                _ => return None,
            }
        }
    }

    #[inline(always)]
    fn number(&mut self) -> Option<u32> {
        let first = self.mark()?;
        let mut number = digit(first)?;
        let most = self.at + MOST_DIGITS - 1;
        while let Some(digit) = self.peek().and_then(digit) {
            if number == 0 || self.at == most {
                return None;
            }
            number = number * 10 + digit;
            self.at += 1;
        }
        // Of a number that goes on the next byte is no mark.
        Some(number)
    }
}

fn digit(byte: u8) -> Option<u32> {
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some(digit.into())
}

/// How many blanks there are from some place on.
#[cold]
fn blanks(bytes: &[u8], from: usize) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let rest = bytes.iter().skip(from);
    rest.take_while(is_blank).count()
}

/// The first sixteen bytes, or as many as there are.
#[inline(always)]
fn first_word(bytes: &[u8]) -> u128 {
    match bytes.first_chunk() {
        Some(word) => u128::from_le_bytes(*word),
        None => first_word_of_few(bytes),
    }
}

#[cold]
fn first_word_of_few(bytes: &[u8]) -> u128 {
    let backwards = bytes.iter().rev();
    backwards.fold(0, |word, byte| word << 8 | u128::from(*byte))
}
