//! What a request would cost on other models, and what they would change.

use itertools::Itertools;
use seedance_core::{Candidate, Decimal, Finding, Job, Lang, PriceBook};

use super::row::Offer;

/// All offers for a job, the cheapest first. `own` is the requested model, and `lowest` the lowest cost there.
pub fn offers(
    job: &Job<'_>,
    book: &PriceBook,
    own: Option<&str>,
    lowest: Option<Decimal>,
) -> Vec<Offer> {
    let candidates = job.compare(Some(book), Lang::En);
    let requested = candidates.iter().find(|candidate| Some(candidate.model.as_ref()) == own);
    let offered = candidates.iter().filter(|candidate| candidate.accepted);
    let offers = offered.filter_map(|candidate| {
        let model = candidate.edition.find_model(&candidate.model)?.1.name;
        let quote = candidate.quote.as_ref()?;
        let saving = lowest.zip(quote.highest()).and_then(|(own, other)| own.checked_sub(other));
        Some(Offer {
            model,
            lowest: quote.lowest()?,
            saving: saving.filter(|saving| Some(model) != own && !saving.is_zero()),
            changes: changes(candidate, requested),
        })
    });
    offers.collect()
}

/// The fields that have findings on this model but not on the requested one, and `resolution` if the video's resolution differs.
fn changes(candidate: &Candidate, own: Option<&Candidate>) -> Vec<String> {
    let before = own.map_or(&[][..], |own| &own.findings);
    let is_new = |finding: &&Finding| {
        let said = |before: &Finding| before.rule == finding.rule && before.path == finding.path;
        !before.iter().any(said)
    };
    let new = candidate.findings.iter().filter(is_new);
    let named = new.filter_map(|finding| finding.path.split('/').nth(1));
    let is_other = own.is_some_and(|own| delivered(candidate) != delivered(own));
    let changes = named.chain(is_other.then_some("resolution"));
    changes.sorted().dedup().map(Into::into).collect()
}

/// The resolution of the resulting video: the model's fixed one, or the one in the billing name.
fn delivered(candidate: &Candidate) -> Option<&'static str> {
    let (route, model) = candidate.edition.find_model(&candidate.model)?;
    if let Some(own) = model.delivers {
        return Some(own);
    }
    let name = candidate.quote.as_ref()?.terms().billing_model.as_deref()?;
    let mut offered = route.resolution.value.offered.iter();
    offered.find(|resolution| model.billing_name(resolution) == name).copied()
}
