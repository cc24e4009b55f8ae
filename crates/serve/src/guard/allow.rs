//! Rules that a request may break because its sender knows better, as where the vendor has changed what the table says.

use seedance_core::RuleId;

/// The rule of this name, if its refusals can be allowed. A body that readers may read in several ways stays refused, since
/// nobody can say what it costs.
pub(crate) fn rule(name: &str) -> Option<RuleId> {
    name.parse().ok().filter(|rule| can_be_allowed(*rule))
}

/// All names that [`rule`] knows.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let rules = RuleId::ALL.into_iter();
    rules.filter(|rule| can_be_allowed(*rule)).map(RuleId::name)
}

fn can_be_allowed(rule: RuleId) -> bool {
    let is_ambiguous =
        matches!(rule, RuleId::InvalidJson | RuleId::BodyNotObject | RuleId::DuplicateField);
    rule.is_error() && !is_ambiguous
}
