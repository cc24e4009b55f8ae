//! The balances of an account and of an API key, in [`CHARGE_CURRENCY`](crate::CHARGE_CURRENCY).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::envelope::{Envelope, Object};
use crate::decimal::Decimal;

/// The balance of an account (`GET /api/open-api/v1/user/balance`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountBalance {
    /// The total that was paid in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Decimal>,
    /// The total that the account's keys have used, minus refunds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_coin: Option<Decimal>,
    /// What is left to spend; zero if more was used than was paid in.
    pub available: Decimal,
}

/// The quota of an API key (`GET /api/open-api/v1/key/balance`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyBalance {
    /// The key's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The key's quota; 0 means unlimited.
    pub total_quota: Decimal,
    /// How much the key has used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_quota: Option<Decimal>,
    /// What is left of the quota; `None` if the key is unlimited (then only the account's balance counts), or if the answer says
    /// neither what is left nor what was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_quota: Option<Decimal>,
}

/// Reads the balance of an account from an answer's bytes and, if known, its HTTP status.
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

/// Reads the quota of an API key from an answer's bytes and, if known, its HTTP status.
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

/// The amount left: the member `name` (zero if it is negative) or, if the answer has none, `of` minus `used` (at least zero).
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
