//! The same objects where they come part by part, and are no text.

use super::{Flat, Holds, Member};
use crate::is_blank;

impl<'a> Flat<'a> {
    /// Begins one of these members. Returns what it has to hold; `None`, here and below, says that the object is not ordinary.
    pub fn begin(&mut self, members: &[Member], place: usize) -> Option<Holds> {
        let member = members.get(place)?;
        self.note(place, self.there < 1 << place)?;
        self.is_compact = false;
        let items = self.items.len() as u8;
        *self.lists.get_mut(place)? = (items, items);
        Some(member.holds)
    }

    /// Puts a member's string in.
    pub fn put_text(&mut self, place: usize, text: &'a str) -> Option<()> {
        *self.texts.get_mut(place)? = text;
        (!is_blank(text)).then_some(())
    }

    /// Puts a member's number in.
    pub fn put_whole(&mut self, place: usize, number: u32) -> Option<()> {
        *self.wholes.get_mut(place)? = number;
        Some(())
    }

    /// Puts the next string of a member's list in, of which there is one at least.
    pub fn put_item(&mut self, place: usize, text: &'a str) -> Option<()> {
        self.items.try_push(text).ok()?;
        let (_, end) = self.lists.get_mut(place)?;
        *end = self.items.len() as u8;
        (!is_blank(text)).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Blanks;

    const MEMBERS: [Member; 3] = [
        Member::new("name", Holds::Text),
        Member::new("count", Holds::Whole),
        Member::new("links", Holds::Texts),
    ];

    fn put<'a>(flat: &mut Flat<'a>, place: usize, texts: &[&'a str]) -> Option<()> {
        match flat.begin(&MEMBERS, place)? {
            Holds::Text => flat.put_text(place, texts[0]),
            Holds::Whole => flat.put_whole(place, 7),
            Holds::Texts => texts.iter().try_for_each(|text| flat.put_item(place, text)),
        }
    }

    #[test]
    fn parts_and_text_make_the_same_object() {
        for (text, places) in [
            (r#"{"name":"fox","count":7,"links":["a","b"]}"#, [0, 1, 2]),
            (r#"{"links":["a","b"],"name":"fox","count":7}"#, [2, 0, 1]),
        ] {
            let mut read = Flat::new(text);
            assert!(read.read(&MEMBERS, Blanks::Refused));
            let mut put_together = Flat::new("");
            for place in places {
                let texts: &[&str] = if place == 0 { &["fox"] } else { &["a", "b"] };
                assert_eq!(put(&mut put_together, place, texts), Some(()));
            }
            assert_eq!(put_together.there(), read.there());
            assert_eq!(put_together.is_ordered(), read.is_ordered());
            assert_eq!(put_together.text(0), read.text(0));
            assert_eq!(put_together.whole(1), read.whole(1));
            assert_eq!(put_together.list(2), read.list(2));
            assert_eq!(put_together.compact(), None);
        }
    }

    #[test]
    fn what_is_not_ordinary_is_not_taken() {
        let mut flat = Flat::new("");
        assert_eq!(put(&mut flat, 3, &[]), None);
        assert_eq!(put(&mut flat, 0, &[" "]), None);
        assert_eq!(put(&mut flat, 0, &["a second time"]), None);
        for texts in [&["a", ""][..], &["a"; crate::MOST_ITEMS + 1]] {
            assert_eq!(put(&mut Flat::new(""), 2, texts), None, "{texts:?}");
        }
    }
}
