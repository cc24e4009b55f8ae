//! Turns hits into findings, with their messages and proven fixes.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::check::{Hit, Hits, Ordered};
use crate::finding::Finding;
use crate::fix::Fixer;
use crate::{Lang, message, pointer};

/// Findings with their proven fixes, and the number of findings left out.
pub(crate) struct Findings {
    pub findings: Vec<Finding>,
    pub omitted: usize,
}

/// The findings of these hits, which are some or all of those found.
pub(crate) fn of(
    found: &Hits<'_>,
    Ordered { hits, omitted }: Ordered<'_, '_>,
    lang: Lang,
) -> Findings {
    if hits.is_empty() {
        return Findings { findings: Vec::new(), omitted };
    }
    let fields = found.ask.fields;
    let mut fixer = Fixer::new(found, lang);
    let in_words = |hit: &Hit<'_>| {
        let (params, related) = (hit.cause.params(), hit.related(fields));
        Finding {
            rule: hit.rule,
            severity: hit.rule.severity(),
            path: hit.place.pointer(fields),
            related: related.iter().map(|field| pointer::member(field.name())).collect(),
            message: message::of(hit, &found.ask, &params, lang),
            params,
            sources: Cow::Borrowed(hit.sources),
            fixes: fixer.fixes(hit),
        }
    };
    Findings { findings: hits.into_iter().map(in_words).collect(), omitted }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
pub(crate) const fn is_zero(it: &usize) -> bool {
    *it == 0
}
