//! What becomes of the hits of a check: all are noted, or only whether there is any. The rules are compiled for both, so that a
//! request against which nothing can be said, as nearly all are, takes a fraction of the time.

use alloc::vec::Vec;

use super::{Hit, Place};
use crate::body::{Lent, Look, View};
use crate::finding::Params;
use crate::table::{Field, RuleId, Source, Subject};

/// What becomes of a hit.
pub(super) trait Notes {
    /// There may be a hit. Says whether to look closer.
    fn suspect(&mut self) -> bool;

    /// Notes it and gives its parameters, where they count, to be filled in: what the rule is about stands there.
    fn note<L: Look + ?Sized>(
        &mut self,
        rule: RuleId,
        place: Place,
        sources: &'static [Source],
        fields: View<'_, L>,
    ) -> Option<&mut Params>;
}

/// All hits, in the order of the rules.
pub(super) struct Hits {
    pub hits: Vec<Hit>,
    /// The name of a known model.
    pub model: Option<&'static str>,
    pub with_params: bool,
}

impl Notes for Hits {
    fn suspect(&mut self) -> bool {
        true
    }

    // Every rule comes here: once is enough in the code, and a hit is rare.
    #[inline(never)]
    fn note<L: Look + ?Sized>(
        &mut self,
        rule: RuleId,
        place: Place,
        sources: &'static [Source],
        fields: View<'_, L>,
    ) -> Option<&mut Params> {
        if is_silenced(rule, place, fields) {
            return None;
        }
        let mut hit = Hit {
            rule,
            place,
            params: Params::default(),
            related: Vec::new(),
            sources,
        };
        if points_at_frames(rule) {
            for frame in [Field::FirstImage, Field::LastImage] {
                if fields.has(frame) {
                    hit.related.push(frame);
                }
            }
        }
        if self.with_params {
            match rule.finding().subject {
                Subject::Model => hit.params.text_if("model", self.model),
                Subject::Field => {
                    hit.params.text("field", place.name(fields.unknown()));
                    if let Place::Item(_, index) = place {
                        hit.params.count("index", index);
                    }
                }
                Subject::Other => {}
            }
        }
        self.hits.push(hit);
        let hit = self.hits.last_mut().filter(|_| self.with_params)?;
        Some(&mut hit.params)
    }
}

/// Whether the findings of a rule are about the frames that are there, too.
const fn points_at_frames(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::ImagesWithFrames | RuleId::FramePairIncomplete | RuleId::AudioWithFrames
    )
}

/// At the path of a wrong type nothing else is said but that the field is repeated.
fn is_silenced<L: Look + ?Sized>(rule: RuleId, place: Place, fields: View<'_, L>) -> bool {
    !matches!(rule, RuleId::WrongType | RuleId::DuplicateField)
        && matches!(place, Place::Field(field) if matches!(fields.slot(field), Lent::Wrong(_)))
}

/// Whether there is any hit, or may be one.
pub(super) struct Anything(pub bool);

impl Notes for Anything {
    #[inline(always)]
    fn suspect(&mut self) -> bool {
        self.0 = true;
        false
    }

    #[inline(always)]
    fn note<L: Look + ?Sized>(
        &mut self,
        _: RuleId,
        _: Place,
        _: &'static [Source],
        _: View<'_, L>,
    ) -> Option<&mut Params> {
        self.0 = true;
        None
    }
}
