//! What becomes of the hits of a check: all are noted, or only whether there is any. The rules are compiled for both, so that a
//! request against which nothing can be said, as nearly all are, takes a fraction of the time.

use alloc::vec::Vec;

use super::{Check, Counts, Hit, Place};
use crate::body::{Lent, Look, View};
use crate::finding::Params;
use crate::table::{RuleId, Source, Subject};

/// What becomes of a hit.
pub(super) trait Notes: Sized {
    /// There may be a hit. Says whether to look closer.
    fn suspect(&mut self) -> bool;

    /// Notes it and gives its parameters, where they count, to be filled in: what the rule is about stands there.
    /// It rests on the rule's own pages where no others are given.
    fn note<'n, L: Look + ?Sized>(
        check: &'n mut Check<'_, L, Self>,
        rule: RuleId,
        place: Place,
        sources: Option<&'static [Source]>,
    ) -> Option<&'n mut Params>;
}

/// All hits, in the order of the rules.
pub(super) struct Hits<'c> {
    pub hits: Vec<Hit>,
    /// The name of a known model.
    pub model: Option<&'static str>,
    pub with_params: bool,
    /// Where they are counted, and not kept.
    pub counts: Option<&'c mut Counts>,
}

impl Notes for Hits<'_> {
    fn suspect(&mut self) -> bool {
        true
    }

    // Every rule comes here: once is enough in the code, and a hit is rare.
    #[inline(never)]
    fn note<'n, L: Look + ?Sized>(
        check: &'n mut Check<'_, L, Self>,
        rule: RuleId,
        place: Place,
        sources: Option<&'static [Source]>,
    ) -> Option<&'n mut Params> {
        let fields = check.fields;
        if is_silenced(rule, place, fields) {
            return None;
        }
        if let Some(counts) = &mut check.notes.counts {
            counts.note(rule, place);
            return None;
        }
        let about = rule.finding();
        let mut params = Params::default();
        if check.notes.with_params {
            match about.subject {
                Subject::Model => params.text_if("model", check.notes.model),
                Subject::Field => {
                    params.text("field", place.name(fields.unknown()));
                    if let (Some(_), Some(index)) = (place.field(), place.index()) {
                        params.count("index", index);
                    }
                }
                Subject::Other => {}
            }
        }
        check.notes.hits.push(Hit {
            rule,
            place,
            params,
            related: if points_at_frames(rule) {
                fields.frames()
            } else {
                &[]
            },
            sources: sources.unwrap_or(about.sources),
        });
        let with_params = check.notes.with_params;
        let hit = check.notes.hits.last_mut().filter(|_| with_params)?;
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
        && place.index().is_none()
        && matches!(place.field(), Some(field) if matches!(fields.slot(field), Lent::Wrong(_)))
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
    fn note<'n, L: Look + ?Sized>(
        check: &'n mut Check<'_, L, Self>,
        _: RuleId,
        _: Place,
        _: Option<&'static [Source]>,
    ) -> Option<&'n mut Params> {
        check.notes.0 = true;
        None
    }
}
