//! `compare`: the same request for every model.

use seedance_core::{Edition, Job, Lang, PriceBook, Quote};
use seedance_tests::generate::requests;
use serde_json::{Map, Value, json};

#[test]
fn the_cheapest_offer_is_the_first_of_the_comparison() {
    let prices: Map<String, Value> = Edition::default()
        .billing_names()
        .zip([7, 3, 5, 3, 9, 1, 8].into_iter().cycle())
        .filter(|(name, _)| name.len() % 5 > 0)
        .map(|(name, cents)| (name, json!(format!("0.0{cents}"))))
        .collect();
    let book = PriceBook::from_value(&json!({ "currency": "USD", "prices": prices }));
    let book = book.expect("a good book");
    let mut offered = 0;
    for request in requests(Edition::default(), 23, 2_000) {
        let job = Job::new(&request);
        let compared = job.compare(Some(&book), Lang::En).into_iter();
        let priced = |quote: &Quote| quote.lowest().is_some();
        let first =
            compared.filter(|one| one.accepted).find(|one| one.quote.as_ref().is_some_and(priced));
        let offer = job.cheapest(&book);
        offered += usize::from(offer.is_some());
        assert_eq!(
            offer.map(|offer| (offer.model.to_owned(), Some(offer.lowest), Some(offer.quote))),
            first.map(|one| (
                one.model.into_owned(),
                one.quote.as_ref().and_then(Quote::lowest),
                one.quote
            )),
            "{request}"
        );
    }
    assert!(offered > 300, "{offered}");
}

/// "The same request, with only `model` replaced": a model that is named twice is no error any more, but other errors stay.
#[test]
fn a_model_named_twice_is_replaced_like_any_other() {
    let text = r#"{"model":"a","model":"b","prompt":"x","duration":5,"ratio":"1:1","ratio":"1:1"}"#;
    for candidate in Job::new(text).compare(None, Lang::En) {
        let errors = candidate.findings.iter().filter(|it| it.rule.is_error());
        let errors: Vec<_> = errors.map(|it| (it.rule.name(), it.path.as_str())).collect();
        assert_eq!(errors, [("duplicate-field", "/ratio")], "{}", candidate.model);
    }
}
