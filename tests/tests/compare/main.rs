//! `compare`: the same request for every model.

use seedance_core::{Edition, Job, Lang, PriceBook, Quote};
use seedance_tests::generate::requests;
use serde_json::{Map, Value, json};

#[test]
fn the_cheapest_that_accept_come_first() {
    let prices: Map<String, Value> = Edition::default()
        .billing_names()
        .zip([7, 3, 5, 3, 9, 1, 8].into_iter().cycle())
        .filter(|(name, _)| name.len() % 5 > 0)
        .map(|(name, cents)| (name, json!(format!("0.0{cents}"))))
        .collect();
    let book = PriceBook::from_value(&json!({ "currency": "USD", "prices": prices }));
    let book = book.expect("a good book");
    let mut priced = 0;
    for request in requests(Edition::default(), 23, 2_000) {
        let compared = Job::new(&request).compare(Some(&book), Lang::En);
        let ranks = compared.iter().map(|one| {
            let lowest = one.quote.as_ref().and_then(Quote::lowest).filter(|_| one.accepted);
            priced += usize::from(lowest.is_some());
            (!one.accepted, lowest.is_none(), lowest)
        });
        assert!(ranks.is_sorted(), "{request}");
    }
    assert!(priced > 300, "{priced}");
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
