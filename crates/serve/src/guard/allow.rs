//! Rules that a request may break because its sender knows better, as where the vendor has changed what the table says.

use seedance_core::RuleId;

/// The rules whose refusals can be allowed. A body that readers may read in several ways stays refused, since nobody can
/// say what it costs.
pub(crate) fn rules() -> impl Iterator<Item = RuleId> {
    let is_ambiguous =
        |rule| matches!(rule, RuleId::InvalidJson | RuleId::BodyNotObject | RuleId::DuplicateField);
    RuleId::ALL.into_iter().filter(move |rule| rule.is_error() && !is_ambiguous(*rule))
}

/// The one of this name.
pub(crate) fn rule(name: &str) -> Option<RuleId> {
    rules().find(|rule| rule.name() == name)
}
