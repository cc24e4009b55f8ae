//! What an account and a key still have, in [`CHARGE_CURRENCY`](crate::CHARGE_CURRENCY).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, Object};
use super::refusal::Answer;
use crate::decimal::Decimal;

/// What an account has (`GET /api/open-api/v1/user/balance`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountBalance {
    /// What was paid in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Decimal>,
    /// What all its keys have used, refunds taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_coin: Option<Decimal>,
    /// What is left; nothing where more was used than there is.
    pub available: Decimal,
}

/// What a key may use (`GET /api/open-api/v1/key/balance`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyBalance {
    /// What the key is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it was allowed; 0 where it is unlimited.
    pub total_quota: Decimal,
    /// What it has used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_quota: Option<Decimal>,
    /// What is left of its quota; `None` where it has none, and the account's balance alone counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_quota: Option<Decimal>,
}

/// Reads the balance of an account from an answer's bytes and, where it is known, its HTTP status.
///
/// ```
/// use seedance_core::{Answer, read_account_balance};
/// let answer = br#"{"code": 20000, "msg": "ok", "data": {"balance": 100.5, "used_coin": 20.3, "available": 80.2}}"#;
/// let Answer::Read(account) = read_account_balance(answer, 200) else { panic!("it can be read") };
/// assert_eq!(account.available.to_string(), "80.2");
/// ```
#[must_use]
pub fn read_account_balance(
    text: &[u8],
    http_status: impl Into<Option<u16>>,
) -> Answer<AccountBalance> {
    Envelope::read(text, http_status.into()).answer(|data| {
        let [balance, used_coin] = ["balance", "used_coin"].map(|name| data.decimal(name));
        Some(AccountBalance {
            balance,
            used_coin,
            available: left(data, "available", balance, used_coin)?,
        })
    })
}

/// Reads what a key may use from an answer's bytes and, where it is known, its HTTP status.
///
/// ```
/// use seedance_core::{Answer, read_key_balance};
/// let answer = br#"{"code": 20000, "data": {"name": "a", "total_quota": 0, "used_quota": 120.5, "available_quota": 0, "unlimited": true}}"#;
/// let Answer::Read(key) = read_key_balance(answer, 200) else { panic!("it can be read") };
/// assert_eq!(key.available_quota, None);
/// ```
#[must_use]
pub fn read_key_balance(text: &[u8], http_status: impl Into<Option<u16>>) -> Answer<KeyBalance> {
    Envelope::read(text, http_status.into()).answer(|data| {
        let [total, used_quota] = ["total_quota", "used_quota"].map(|name| data.decimal(name));
        let is_unlimited = data.spelled("unlimited") == Some("true");
        let total_quota = total.or(is_unlimited.then_some(Decimal::ZERO))?;
        let has_quota = !is_unlimited && !total_quota.is_zero();
        Some(KeyBalance {
            name: data.text("name"),
            total_quota,
            used_quota,
            available_quota: has_quota
                .then(|| left(data, "available_quota", total, used_quota))
                .flatten(),
        })
    })
}

/// What an answer says to be left or, where it does not, what follows from the rest.
fn left(
    data: &Object<'_>,
    name: &str,
    of: Option<Decimal>,
    used: Option<Decimal>,
) -> Option<Decimal> {
    let is_negative = data.spelled(name).is_some_and(|amount| amount.starts_with('-'));
    let said = data.decimal(name).or(is_negative.then_some(Decimal::ZERO));
    said.or_else(|| Some(of?.checked_sub(used?).unwrap_or(Decimal::ZERO)))
}
