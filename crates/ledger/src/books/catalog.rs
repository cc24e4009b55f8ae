//! A price book from the platform's public catalogue (`GET /api/openapi/model/catalog`).

use std::collections::BTreeMap;

use itertools::Itertools;
use seedance_core::table::Unit;
use seedance_core::{CHARGE_CURRENCY, CreateAnswer, Decimal, Edition, Lang, PriceBook, UnitPrice};
use seedance_core::{Refusal, UnknownAnswer, read_create_answer};
use serde::Deserialize;
use serde_json::Value;

use crate::problem::Problem;

/// The platform's default prices, as its catalogue lists them. An account's own prices are not in it and take precedence.
#[derive(Debug)]
pub struct Catalog {
    /// The usable prices, including those of names that no route bills under.
    pub book: PriceBook,
    /// The entries that cannot be used, in the catalogue's order.
    pub left_out: Vec<LeftOut>,
}

/// An entry of the catalogue that was not taken into the book.
#[derive(Debug)]
pub struct LeftOut {
    /// The billing name, or the entry's number if it has none.
    pub name: String,
    why: Problem,
}

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    list: Vec<Value>,
}

#[derive(Deserialize)]
struct Model {
    model_name: String,
    price_mode: Option<String>,
    #[serde(default)]
    unit_price: Value,
}

impl Catalog {
    /// Reads an answer of the catalogue. The edition's routes say by which unit each name is billed; `as_of` dates the prices.
    ///
    /// # Errors
    /// When the text is not an answer of the catalogue, or is a refusal, or `as_of` is blank.
    pub fn read(edition: Edition, answer: &[u8], as_of: Option<&str>) -> Result<Self, Problem> {
        let read: Result<Answer, _> = serde_json::from_slice(answer);
        let models = read.map(|answer| answer.data.list.iter().map(Model::read).collect_vec());
        let has_models = models.as_ref().is_ok_and(|models| models.iter().any(Option::is_some));
        refusal(answer, has_models).map_or(Ok(()), Err)?;
        let models = models.ok().filter(|models| has_models || models.is_empty());
        let models = models.ok_or_else(|| {
            Problem::unlike(
                answer,
                "not a response of the model catalogue, which has its models in `data.list`",
                "不是模型目录接口的响应，模型应在 `data.list` 中",
            )
        })?;
        let mut book = PriceBook::new_for(edition, CHARGE_CURRENCY)?;
        as_of.map_or(Ok(()), |as_of| book.set_as_of(as_of))?;
        let mut left_out = Vec::new();
        // `None` for a name with two prices.
        let mut prices: BTreeMap<String, Option<UnitPrice>> = BTreeMap::new();
        for (number, model) in (1..).zip(models) {
            let Some(model) = model else {
                let why = problem!(
                    "the entry has no `model_name`, or a `price_mode` that is not text",
                    "该条目缺少 `model_name`，或 `price_mode` 不是字符串"
                );
                left_out.push(LeftOut { name: format!("#{number}"), why });
                continue;
            };
            let (price, name) = (model.price(edition), model.model_name);
            match price {
                Err(why) => left_out.push(LeftOut { name, why }),
                Ok(price) => {
                    let known = prices.entry(name.clone()).or_insert(Some(price));
                    if known.take_if(|known| *known != price).is_some() {
                        let why = problem!(
                            "the catalogue has two prices for it; enter your account's own",
                            "目录中有两个不同的价格，请填写自己账户的价格"
                        );
                        left_out.push(LeftOut { name, why });
                    }
                }
            }
        }
        for (name, price) in prices {
            if let Some(price) = price {
                book.insert(&name, price)?;
            }
        }
        Ok(Self { book, left_out })
    }

    /// The names in the book that no route of the edition bills under.
    #[must_use]
    pub fn kept(&self) -> Vec<&str> {
        let kept = self.book.warnings().iter();
        kept.map(|warning| warning.name.as_str()).collect()
    }

    /// A sentence that lists the [`kept`](Self::kept) names; `None` if there are none.
    #[must_use]
    pub fn kept_message(&self, lang: Lang) -> Option<String> {
        let names = self.kept().join(lang.pick("`, `", "`、`"));
        let kept = say!(
            lang,
            "kept, though no route bills under these names: `{names}`",
            "没有线路使用以下计费模型名，已保留：`{names}`"
        );
        (!names.is_empty()).then_some(kept)
    }

    /// The note to show beside a book from the catalogue: the account's own prices take precedence.
    #[must_use]
    pub fn remark(lang: Lang) -> &'static str {
        lang.pick(
            "the catalogue has the platform's default prices; your account's own prices win",
            "目录中是平台的默认价格，你账户自己的价格优先",
        )
    }
}

/// What is wrong with an answer whose `code` is that of a refusal or, if it has no models, is unknown. Codes mean the same in the
/// answers of all endpoints.
fn refusal(answer: &[u8], has_models: bool) -> Option<Problem> {
    let message = match read_create_answer(answer, None) {
        CreateAnswer::Refused(Refusal { message, .. }) => message,
        CreateAnswer::Unknown(UnknownAnswer { code: Some(_), message, .. }) if !has_models => {
            message
        }
        _ => return None,
    };
    let said = |colon| message.as_ref().map_or(String::new(), |said| format!("{colon}{said}"));
    let (en, zh) = (said(": "), said("："));
    Some(problem!(
        "the platform refused to give its model catalogue{en}",
        "平台拒绝返回模型目录{zh}"
    ))
}

impl Model {
    /// Reads an entry; `None` if it has no name or is something else.
    fn read(entry: &Value) -> Option<Self> {
        let model = Self::deserialize(entry).ok();
        model.filter(|model| !model.model_name.trim().is_empty())
    }

    /// The price, or why it cannot be used.
    fn price(&self, edition: Edition) -> Result<UnitPrice, Problem> {
        let mode = self.price_mode.as_deref().unwrap_or("per_task");
        let unit = match mode {
            "per_second" => Unit::Second,
            "per_task" | "" => Unit::Task,
            "per_million_tokens" => Unit::MillionTokens,
            _ => {
                return Err(problem!(
                    "no video is billed as `{mode}`",
                    "目录中为 `{mode}`，视频不按此方式计费"
                ));
            }
        };
        if let Some(unit) = edition.billing_unit(&self.model_name).filter(|route| *route != unit) {
            let unit = unit.name();
            return Err(problem!(
                "the catalogue has it as `{mode}`, but its route bills per `{unit}`",
                "目录中为 `{mode}`，而该线路的计费单位是 `{unit}`"
            ));
        }
        let written = &self.unit_price;
        let price = match written {
            Value::String(price) => Decimal::from_price(price).ok(),
            price => price.as_f64().and_then(|price| Decimal::from_price_number(price).ok()),
        };
        let price = price.ok_or_else(|| {
            problem!(
                "its `unit_price` is {written}, which is not a price",
                "`unit_price` 是 {written}，不是有效的价格"
            )
        })?;
        Ok((price, unit).into())
    }
}

impl LeftOut {
    /// Why the entry was left out, as one sentence in a language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (name, why) = (&self.name, self.why.message(lang));
        say!(lang, "`{name}` is left out: {why}", "`{name}` 未收录：{why}")
    }
}

#[cfg(test)]
mod tests;
