//! Fields that the core only warns about, but that could change what is made and charged.

use std::collections::BTreeMap;

use seedance_core::{Edition, Field};
use serde::de::IgnoredAny;
use unicase::UniCase;

use crate::refusal::{ChargeRisk, Kind, Refusal};

/// Refuses a field that differs from a known one only in case, since another reader may take it for that one. If
/// `refuses_unknown`, refuses every field that the edition does not document.
pub(crate) fn judge(body: &[u8], edition: Edition, refuses_unknown: bool) -> Result<(), Refusal> {
    let names: BTreeMap<String, IgnoredAny> = serde_json::from_slice(body)
        .map_err(|_| Refusal::from(Kind::BadRequest).with_charge(ChargeRisk::None))?;
    let unknown: Vec<_> = names
        .into_keys()
        .filter(|name| edition.fields().iter().all(|field| field.name != name))
        .collect();
    let double = unknown.iter().find_map(|name| Some((name, differs_in_case(name)?)));
    if let Some((name, field)) = double {
        let name = shown(name);
        let words = words!(
            "Field `{name}` differs from `{field}` only in case, so another program may read it as `{field}`. Remove or rename it; nothing was sent.",
            "字段 `{name}` 与 `{field}` 仅大小写不同，其他程序可能会把它当作 `{field}`。请移除或改名；本次没有发送。"
        );
        return Err(Kind::AmbiguousField.saying(words));
    }
    match unknown.first() {
        Some(name) if refuses_unknown => Err(undocumented(name)),
        _ => Ok(()),
    }
}

/// The refusal of a field whose effect on the price is not documented.
pub(crate) fn undocumented(name: &str) -> Refusal {
    let name = shown(name);
    let words = words!(
        "Field `{name}` is not documented for this model: it might change the price, and --max-cost is set, so nothing was sent. Remove it, or use --allow-unknown to allow such requests.",
        "没有文档为该模型列出字段 `{name}`：它可能影响价格，而已设置 --max-cost，因此没有发送。请移除该字段；如需放行，请使用 --allow-unknown。"
    );
    Kind::UnknownField.saying(words)
}

/// The field whose name differs from this one in case alone; all fields have lowercase names.
fn differs_in_case(name: &str) -> Option<&'static str> {
    let field = Field::named(&UniCase::new(name).to_folded_case())?.name();
    // The exact name of a field of another edition is merely unknown here.
    (field != name).then_some(field)
}

/// The beginning of a client's text for use in a message, without control characters, which a terminal could obey.
fn shown(name: &str) -> String {
    const MOST: usize = 64;
    name.chars().take(MOST).map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
