//! Quotes compared with charges: every cause of a difference.

use serde_json::{Value, json};

use crate::support::{Run, fed, seedance, write};

const BOOK: &str = r#"{"currency":"USD","prices":{"seedance2.0-mini-720p":"0.05","seedance2.0-mini-1080p":"0.09",
    "seedance2.0-mini-720p-video":"0.05","seedance2.0-mini-1080p-video":"0.09","seedance2.0-md":"0.60","sd2_mx_720p":"0.0333"}}"#;

/// The causes of these charges against the quotes of eight jobs.
fn reconciled(charges: &str, ending: &str) -> (Run, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    let book = write(&folder, "book.json", BOOK);
    let video = |id: &str, media: &str| {
        let request = r#"{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}"#;
        format!(
            "{{\"id\":\"{id}\",\"request\":{request},\"media\":{{\"reference_videos\":[{media}]}}}}\n"
        )
    };
    let mini = |id: &str| {
        format!(
            "{{\"id\":\"{id}\",\"request\":{{\"model\":\"seedance2.0-mini\",\"prompt\":\"a\",\"duration\":6}}}}\n"
        )
    };
    let jobs = mini("exact")
        + &video("unread", r#"{"seconds":3.4}"#)
        + &video("rounded", r#"{"seconds":3.4}"#)
        + &mini("resolution")
        + &mini("price")
        + &mini("odd")
        + &video("unknown", "null")
        + &mini("currency")
        + &mini("free");
    let quotes = fed(&["quote", "--ndjson", "--quiet", "--prices", &book], jobs.as_bytes());
    let quotes = write(&folder, "quotes.ndjson", &quotes.out);
    let charges = write(&folder, &format!("charges.{ending}"), charges);
    let run = seedance(&["reconcile", &quotes, &charges, "--prices", &book, "--format", "json"]);
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    (run, jobs)
}

#[test]
fn every_difference_has_its_cause() {
    let charges = "id,amount,currency\nexact,0.30,USD\nunread,0.4,USD\nrounded,0.60,USD\nresolution,0.54,\nprice,0.36,USD\nodd,0.31,USD\nunknown,0.55,USD\ncurrency,0.30,EUR\nelse,1,USD\n";
    let (run, jobs) = reconciled(charges, "csv");
    assert_eq!(run.code, 1);
    let causes: Vec<(&str, &str)> = jobs
        .iter()
        .map(|job| (job["id"].as_str().unwrap(), job["cause"].as_str().unwrap()))
        .collect();
    assert_eq!(
        causes,
        [
            ("exact", "exact"),
            ("unread", "reference-not-read"),
            ("rounded", "other-rounding"),
            ("resolution", "other-resolution"),
            ("price", "other-price"),
            ("odd", "unexplained"),
            ("unknown", "exact"),
            ("currency", "other-currency"),
            ("free", "not-charged"),
            ("else", "not-quoted"),
        ]
    );
    assert_eq!(
        (&jobs[2]["seconds"], &jobs[3]["billing_model"], &jobs[4]["unit_price"]),
        (&json!(4), &json!("seedance2.0-mini-1080p"), &json!("0.06"))
    );
    assert_eq!(run.json()["summary"]["charged"], json!({ "EUR": "0.30", "USD": "4.06" }));
}

#[test]
fn charges_come_as_json_lines_too() {
    let (_, jobs) = reconciled(
        "{\"id\":\"exact\",\"amount\":0.30}\n{\"id\":\"unread\",\"amount\":\"0.55\"}\n",
        "ndjson",
    );
    assert_eq!(
        (&jobs[0]["cause"], &jobs[0]["charged"], &jobs[1]["cause"]),
        (&json!("exact"), &json!("0.30"), &json!("exact"))
    );
}

#[test]
fn bad_charges_name_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", "");
    let fails = |name: &str, text: &str, message: &str| {
        let charges = write(&folder, name, text);
        seedance(&["reconcile", &quotes, &charges])
            .fails_with(&format!("`{charges}`, line {message}"));
    };
    fails(
        "a.csv",
        "id,amount\na,x\n",
        "2: `x` is not a valid amount: not a plain decimal number such as `0.05`",
    );
    fails(
        "b.csv",
        "id,amount\na,\"1,234\"\n",
        "2: the amount `1,234` can be read in two ways; write it without a thousands separator, or with a fourth decimal place",
    );
    fails(
        "commas.csv",
        "id;amount\na;1.234\nb;0,30\n",
        "2: the amount `1.234` can be read in two ways; write it without a thousands separator, or with a fourth decimal place",
    );
    fails(
        "signs.csv",
        "id,amount\na,(-0.30)\n",
        "2: `(-0.30)` is not a valid amount: not a plain decimal number such as `0.05`",
    );
    fails(
        "c.csv",
        "id,amount,currency\na,1,USD\na,1,CNY\n",
        "3: the id `a` is charged in two currencies, USD and CNY",
    );
    fails(
        "d.csv",
        "ID,Amount\na,1\nb,1,USD\n",
        "3: fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks",
    );
    fails(
        "e.csv",
        "job;amount\na;1\n",
        "1: the header has no column `id`; it has `job`, `amount`; if one of these holds it, name that with `--id-column`",
    );
    fails(
        "total.csv",
        "id,amount\na,0.30\n,0.30\n",
        "3: the id is missing; delete a row that is not a charge, such as a total",
    );
    let table = "\r\nid,amount\r\n\r\na,1\r\n\"b\r\nc\",1\r\nd,1,USD\r\n";
    fails(
        "crlf.csv",
        table,
        "7: fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks",
    );
    fails(
        "cr.csv",
        "id,amount\r\ra,1\rb,x\r",
        "4: `x` is not a valid amount: not a plain decimal number such as `0.05`",
    );
    fails("g.csv", "\n\n", "1: the table has no header; its first line must name the columns");
    fails(
        "f.csv",
        "id,amount\n,1\n",
        "2: the id is missing; delete a row that is not a charge, such as a total",
    );
    fails(
        "g.ndjson",
        "{\"id\":null,\"amount\":1}\n",
        "1: the id is missing; delete a row that is not a charge, such as a total",
    );
    fails(
        "h.ndjson",
        "[1]\n",
        "1: a JSON array, but not a history that the form exported; charges are read one per line, and `jq -c '.[]'` writes them so",
    );
    fails("i.ndjson", "{\"id\":1}\n", "1: the amount is missing");
    fails(
        "j.ndjson",
        "{\"id\":1,\"amount\":\"x\"}\n",
        "1: `x` is not a valid amount: not a plain decimal number such as `0.05`",
    );
    seedance(&["reconcile", &quotes])
        .fails_with(&format!("`{quotes}` has quotes but no charges; name a file of charges, too"));
    let bad = write(&folder, "bad.ndjson", "{}\n");
    let run = seedance(&["reconcile", &bad, &quotes]);
    assert!(
        run.code == 2 && run.err.contains("line 1: not a line of `seedance quote --ndjson`"),
        "{}",
        run.err
    );
}

const MINI: &str = r#"{"model":"seedance2.0-mini","prompt":"a","duration":6}"#;
const MD: &str = r#"{"model":"seedance2.0-md","prompt":"a","duration":6}"#;
const FINE: &str = r#"{"model":"sd2_mx_720p","prompt":"a","duration":5}"#;
const VIDEO: &str = r#"{"model":"seedance2.0-mini-video","prompt":"a","duration":8,"reference_videos":["https://e.example/v"]}"#;

/// The causes of jobs' charges: request, facts of its reference video, amount; quoted with `BOOK`, compared with `now`.
fn causes(jobs: &[(&str, &str, &str)], now: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let (mut lines, mut charges) = (String::new(), String::from("id,amount\n"));
    for (id, (request, facts, amount)) in jobs.iter().enumerate() {
        let media = format!(r#"{{"reference_videos":[{facts}]}}"#);
        let media = if *request == VIDEO { media.as_str() } else { "{}" };
        lines += &format!("{{\"id\":{id},\"request\":{request},\"media\":{media}}}\n");
        charges += &format!("{id},{amount}\n");
    }
    let (book, now) = (write(&folder, "book.json", BOOK), write(&folder, "now.json", now));
    let quotes = fed(&["quote", "--ndjson", "--quiet", "--prices", &book], lines.as_bytes());
    let (quotes, charges) =
        (write(&folder, "quotes.ndjson", &quotes.out), write(&folder, "charges.csv", &charges));
    let run = seedance(&["reconcile", &quotes, &charges, "--prices", &now, "--format", "json"]);
    let strip = |mut job: Value| {
        let job = job.as_object_mut().unwrap();
        job.retain(|name, _| {
            !["id", "quoted", "charged", "difference", "currency"].contains(&name.as_str())
        });
        Value::Object(job.clone())
    };
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    jobs.into_iter().map(strip).collect()
}

#[test]
fn each_cause_up_to_its_edge() {
    let (known, between) = (r#"{"seconds":3.4}"#, r#"{"seconds":{"min":3.4,"max":4.6}}"#);
    let exact = || json!({ "cause": "exact" });
    let unexplained = || json!({ "cause": "unexplained" });
    let unread = || json!({ "cause": "reference-not-read" });
    let exact_with = |seconds: u64| json!({ "cause": "exact", "reference_seconds": seconds });
    let digits = |digits: u8| json!({ "cause": "other-rounding", "digits": digits });
    let seconds = |seconds: Value| json!({ "cause": "other-rounding", "seconds": seconds });
    let priced = |price: &str| json!({ "cause": "other-price", "unit_price": price });
    let named = |name: &str| json!({ "cause": "other-resolution", "billing_model": name });
    let cases = [
        // 6 × 0.05
        (MINI, "", "0.3000", exact()),
        (MINI, "", "0.36", priced("0.06")),
        (MINI, "", "0.3600", priced("0.06")),
        (MINI, "", "0.60", priced("0.10")),
        (MINI, "", "0.31", unexplained()),
        // 0.055 would have more digits than the quoted price, and such a price exists for every second amount.
        (MINI, "", "0.33", unexplained()),
        (MINI, "", "0.54", named("seedance2.0-mini-1080p")),
        (MINI, "", "0", json!({ "cause": "not-charged" })),
        // (8 + 3) × 0.05, the 3 from 3.4 s
        (VIDEO, known, "0.55", exact()),
        (VIDEO, known, "0.40", unread()),
        (VIDEO, known, "0.60", seconds(json!(4))),
        (VIDEO, known, "0.57", seconds(json!(3.4))),
        (VIDEO, known, "0.99", named("seedance2.0-mini-1080p-video")),
        (VIDEO, known, "0.66", priced("0.06")),
        (VIDEO, known, "0.56", unexplained()),
        // (8 + 3…5) × 0.05
        (VIDEO, between, "0.55", exact()),
        (VIDEO, between, "0.60", exact()),
        (VIDEO, between, "0.65", exact()),
        (VIDEO, between, "0.58", seconds(json!(3.6))),
        (VIDEO, between, "0.56", unexplained()),
        (VIDEO, between, "0.70", unexplained()),
        (VIDEO, between, "0.40", unread()),
        (VIDEO, between, "0.63", seconds(json!(4.6))),
        (VIDEO, between, "1.08", named("seedance2.0-mini-1080p-video")),
        // 8 × 0.05 and more
        (VIDEO, "null", "0.40", unread()),
        (VIDEO, "null", "0.45", exact_with(1)),
        (VIDEO, "null", "0.46", unexplained()),
        (VIDEO, "null", "0.35", unexplained()),
        (VIDEO, "null", "4320.40", exact_with(86_400)),
        (VIDEO, "null", "4320.45", unexplained()),
        (MD, "", "0.60", exact()),
        (MD, "", "0.65", priced("0.65")),
        (MD, "", "0.605", unexplained()),
        // 5 × 0.0333 in hundredths, up or down, and in thousandths
        (FINE, "", "0.1665", exact()),
        (FINE, "", "0.17", digits(2)),
        (FINE, "", "0.160", digits(2)),
        (FINE, "", "0.167", digits(3)),
        (FINE, "", "0.18", priced("0.0360")),
    ];
    let jobs: Vec<_> =
        cases.iter().map(|(request, facts, amount, _)| (*request, *facts, *amount)).collect();
    for ((request, facts, amount, expected), found) in cases.iter().zip(causes(&jobs, BOOK)) {
        assert_eq!(*expected, found, "{amount} for {request} with {facts}");
    }
}

/// A price with more digits than the quoted one counts if the current price book has it.
#[test]
fn a_finer_price_is_one_of_the_price_book() {
    let finer = json!({ "cause": "other-price", "unit_price": "0.055" });
    let now =
        BOOK.replace(r#""seedance2.0-mini-720p":"0.05""#, r#""seedance2.0-mini-720p":"0.055""#);
    assert_eq!(causes(&[(MINI, "", "0.33")], &now), [finer]);
}

/// The answer to charges against quotes that are given line by line.
fn answered(quotes: &str, charges: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", quotes);
    let charges = write(&folder, "charges.csv", charges);
    seedance(&["reconcile", &quotes, &charges, "--format", "json"])
}

/// The causes of these charges by id, against a quote of 0.30 for `a` and one of at least 0.40 for `b`.
fn causes_by_id(charges: &[u8], more: &[&str]) -> Vec<(String, String, Value)> {
    let folder = tempfile::tempdir().unwrap();
    let jobs =
        format!("{{\"id\":\"a\",\"request\":{MINI}}}\n{{\"id\":\"b\",\"request\":{VIDEO}}}\n");
    let quotes = write(&folder, "quotes.ndjson", &quotes_of(&jobs));
    let path = folder.path().join("charges.txt");
    std::fs::write(&path, charges).unwrap();
    let words = ["reconcile", &quotes, path.to_str().unwrap(), "--format", "json"];
    let run = seedance(&[&words[..], more].concat());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    jobs.into_iter()
        .map(|job| (text(&job["id"]), text(&job["cause"]), job["difference"].clone()))
        .collect()
}

#[test]
fn bills_are_read_as_they_are() {
    let charges = "id;created;amount;model\na;2026-07-01;$0,30;m\nb;2026-07-02;0.55 USD;m\n\n";
    let marked = format!("\u{feff}{charges}");
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let tabs = charges.replace(';', "\t");
    let excel = format!("sep=;\r\n{charges}");
    let quoted = "id,amount\na,\"0.30\"\nb,(−0.55)\n".replace("(−0.55)", "+0.55");
    let lines = "{\"id\":\"a\",\"model\":\"m\",\"amount\":0.30}\n{\"id\":\"b\",\"amount\":\"US$0.55\",\"at\":1}\n";
    let bills = [
        charges.as_bytes(),
        marked.as_bytes(),
        &utf16,
        &big,
        tabs.as_bytes(),
        excel.as_bytes(),
        quoted.as_bytes(),
        lines.as_bytes(),
    ];
    for bill in bills {
        let causes = causes_by_id(bill, &[]);
        let exact = |id: &str| (id.to_owned(), "exact".to_owned(), Value::Null);
        assert_eq!(causes, [exact("a"), exact("b")], "{}", String::from_utf8_lossy(bill));
    }
    let named = "Job No.,Amount Due,amount\na,0.30,7\nb,0.55,7\n";
    let causes = causes_by_id(
        named.as_bytes(),
        &["--id-column", "job no.", "--amount-column", "Amount Due"],
    );
    assert!(causes.iter().all(|(_, cause, _)| cause == "exact"), "{causes:?}");
}

#[test]
fn thousands_are_told_where_they_are_unmistakable() {
    let quotes = quoted("a", "205.75", "1234.50", 6);
    for amount in [
        "1,234.50",
        "1.234,50",
        "1 234,50",
        "1'234.50",
        "1\u{a0}234.50",
        "1234,50",
        "$1,234.50",
        "USD 1,234.50",
        "+1,234.50",
    ] {
        let run =
            answered(&quotes.replace("JimiCoin", "USD"), &format!("id,amount\na,\"{amount}\"\n"));
        assert_eq!(run.json()["jobs"][0]["cause"], "exact", "{amount}");
    }
    for refund in ["(1,234.50)", "-1.234,50", "\u{2212}1,234.50", "1,234.50-"] {
        let run = answered(&quotes, &format!("id,amount\na,\"{refund}\"\n"));
        assert_eq!(run.json()["jobs"][0]["charged"], "-1234.50", "{refund}");
    }
    for amount in ["1,23,456.00", "12,34.5", "1_234", "1.2.3"] {
        answered(&quotes, &format!("id,amount\na,\"{amount}\"\n"))
            .fails_with_part("is not a valid amount");
    }
}

/// PowerShell's `>` writes UTF-16: this program reads its own answers in that encoding, too.
#[test]
fn answers_are_read_as_powershell_wrote_them() {
    let folder = tempfile::tempdir().unwrap();
    let wide = |name: &str, text: &str| {
        let units = format!("\u{feff}{text}").replace('\n', "\r\n");
        let bytes: Vec<u8> = units.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let quotes = wide("quotes.ndjson", &quoted("a", "0.05", "0.30", 6));
    let charges = wide("charges.csv", "id,amount\na,0.30\n");
    assert_eq!(seedance(&["reconcile", &quotes, &charges]).code, 0);
    let jobs = ["plan", "jobs.ndjson", "--prices", "prices.json", "--summary"];
    let before = wide("plan.json", &seedance(&[&jobs[..4], &["--format", "json"]].concat()).out);
    let diff = seedance(&[&jobs[..], &["--diff", &before]].concat()).out;
    assert!(diff.contains("\nagainst the earlier plan: 0 added, 0 removed, 0 changed\n"), "{diff}");
    let catalog = wide("catalog.json", r#"{"code":0,"data":{"list":[]}}"#);
    assert_eq!(seedance(&["prices", "catalog", &catalog]).code, 0);
}

/// An amount with the sign of another currency is not taken as one in the quote's currency.
#[test]
fn a_sign_of_another_currency_is_not_the_quotes() {
    for sign in ["€", "£", "¥", "￥", "₩", "EUR "] {
        let causes = causes_by_id(format!("id,amount\na,{sign}0.30\nz,$1\n").as_bytes(), &[]);
        assert_eq!(causes[0].1, "other-currency", "{sign}");
        assert_eq!(causes[2], ("z".into(), "not-quoted".into(), json!("1")));
    }
    let quotes = quoted("a", "0.30", "0.30", 1).replace("JimiCoin", "CNY");
    for amount in ["¥0.30", "￥0.30", "0.30元", "0.30 CNY", "0.30"] {
        let run = answered(&quotes, &format!("id,amount\na,{amount}\n"));
        let (job, total) = (&run.json()["jobs"][0], &run.json()["summary"]["charged"]);
        assert_eq!(
            (&job["cause"], total),
            (&json!("exact"), &json!({ "CNY": "0.30" })),
            "{amount}"
        );
    }
    for sign in ["$", "€", "¥"] {
        let points = quoted("a", "0.30", "0.30", 1);
        let points = answered(&points, &format!("id,amount\na,{sign}0.30\n"));
        assert_eq!(points.json()["jobs"][0]["cause"], "other-currency", "{sign}");
    }
}

/// Whatever stands beside a number says what it is an amount of.
#[test]
fn a_word_beside_an_amount_is_its_currency() {
    let against = |quoted_in: &str, amount: &str| {
        let quotes = quoted("a", "0.30", "0.30", 1).replace("JimiCoin", quoted_in);
        let answer = answered(&quotes, &format!("id,amount\na,{amount}\n")).json();
        let text = |member: &str| answer["jobs"][0][member].as_str().unwrap().to_owned();
        (text("cause"), text("currency"))
    };
    for (amount, currency) in [
        ("0.30 JimiCoin", "JimiCoin"),
        ("HK$0.30", "HK$"),
        ("A$0.30", "A$"),
        ("CN¥0.30", "CN¥"),
        ("jpy 0.30", "jpy"),
        ("0.30 人民币", "人民币"),
        ("0.30 usdt", "usdt"),
        ("0.30 foo", "foo"),
    ] {
        assert_eq!(against("USD", amount), ("other-currency".into(), currency.into()), "{amount}");
    }
    for (quoted_in, amount) in [
        ("JimiCoin", "0.30 jimicoin"),
        ("USD", "$0.30 USD"),
        ("USD", "us$0.30"),
        ("USD", "0.30 usd"),
        ("HKD", "HK$ 0.30"),
        ("RMB", "0.30 人民币"),
        ("RMB", "¥0.30 cny"),
    ] {
        let expected = ("exact".into(), quoted_in.into());
        assert_eq!(against(quoted_in, amount), expected, "{amount}");
    }
    let quotes = quoted("a", "0.30", "0.30", 1);
    for (row, names) in [("¥0.30,USD", "¥ and USD"), ("€0.30 CAD,", "€ and CAD")] {
        answered(&quotes, &format!("id,amount,currency\na,{row}\n"))
            .fails_with_part(&format!("line 2: the amount is in two currencies, {names}"));
    }
}

/// Amounts of two currencies are never added.
#[test]
fn charges_for_one_id_are_in_one_currency() {
    let quotes = quoted("a", "0.30", "0.30", 1).replace("JimiCoin", "USD");
    for (rows, names) in [
        ("a,$0.30,\na,0.30,CAD\n", "USD and CAD"),
        ("a,0.10,\na,0.20,EUR\n", "USD and EUR"),
        ("a,0.20,EUR\na,0.10,\n", "EUR and USD"),
        ("z,0.10,\nz,0.20,EUR\n", "USD and EUR"),
    ] {
        let id = &rows[..1];
        answered(&quotes, &format!("id,amount,currency\n{rows}")).fails_with_part(&format!(
            "line 3: the id `{id}` is charged in two currencies, {names}"
        ));
    }
    let run = answered(&quotes, "id,amount,currency\na,$0.10,\na,0.10,\na,US$0.10,usd\n");
    assert_eq!(run.json()["jobs"][0]["cause"], "exact", "{run:?}");
    answered("", "id,amount,currency\na,1,\na,1,EUR\n")
        .fails_with_part("two currencies, ? and EUR");
    for (rows, names) in
        [("a,$1\na,1 USD\na,1 CAD\n", "$ and USD"), ("a,1 元\na,1 ¥\na,1 JPY\n", "元 and ¥")]
    {
        answered("", &format!("id,amount\n{rows}"))
            .fails_with_part(&format!("line 3: the id `a` is charged in two currencies, {names}"));
    }
}

/// Charges do not vanish into a cell, and no column stands for another.
#[test]
fn no_charge_of_a_bill_is_lost() {
    let quotes = quoted("a", "0.30", "0.30", 1);
    answered(&quotes, "id,amount,note\na,0.30,\"x\nb,9,\nc,9,\n")
        .fails_with_part("line 2: a quotation mark opens on this line and is not closed");
    answered(&quotes, "id,amount,Amount\na,0.30,9.99\n")
        .fails_with_part("line 1: the columns `amount` and `Amount` mean the same; keep one");
    answered(&quotes, "id,amount,currency,currency\na,0.30,USD,EUR\n")
        .fails_with_part("line 1: the columns `currency` and `currency` mean the same; keep one");
    answered(&quotes, r#"{"id":"a","amount":0.30,"amount":9.99}"#)
        .fails_with_part("line 1: `amount` appears twice; keep one");
    answered(&quotes, r#"{"id":"a","amount":0.30,"Amount":9.99}"#)
        .fails_with_part("line 1: the columns `amount` and `Amount` mean the same; keep one");
    let run = answered(&quotes, "id,amount,note,note\na,0.30,x,y\n");
    assert_eq!(run.code, 0, "{run:?}");
    // Only a refusal says nothing about charges.
    for line in [
        r#"{"order":"a","price":0.30,"code":"USD"}"#,
        r#"{"code":"20000","data":{"status":"completed","cost":0.30}}"#,
        r#"{"code":0,"data":[{"task_id":"a","cost":0.30}]}"#,
        r#"{"code":0,"cost":0.30}"#,
    ] {
        answered(&quotes, line).fails_with_part("line 1: not a charge");
    }
    answered(&quotes, r#"{"order":"a","amount":0.30,"code":"USD"}"#).fails_with_part(
        "line 1: the line has no `id`; if the id has another name, name that with `--id-column`",
    );
    for cost in ["\"0.30 JimiCoin\"", "\"0,30\"", "-0.5"] {
        let line = format!(r#"{{"code":0,"data":{{"task_id":"a","cost":{cost}}}}}"#);
        answered(&quotes, &line)
            .fails_with_part(&format!("line 1: the response's cost `{cost}` cannot be read"));
    }
    for refusal in [
        r#"{"code":20002,"msg":"x","data":{}}"#,
        r#"{"code":503,"msg":"busy","data":null}"#,
        r#"{"code":429,"msg":"busy"}"#,
    ] {
        let run = answered(&quotes, refusal);
        assert_eq!(run.json()["jobs"][0]["cause"], "not-charged", "{run:?}");
    }
}

#[test]
fn refunds_and_repeated_charges_have_their_causes() {
    let cases: [(&str, &str, Value); 25] = [
        ("a,0.30\na,0.30\n", "charged-twice", json!("0.30")),
        ("a,0.30\na,0.30\na,0.30\n", "charged-twice", json!("0.60")),
        ("a,0.30\na,0.30\na,-0.30\n", "exact", json!(null)),
        ("a,0.10\na,0.20\n", "exact", json!(null)),
        // 0.72 would be 0.12 per second.
        ("a,0.36\na,0.36\n", "unexplained", json!("0.42")),
        ("a,0.30\na,-0.30\n", "refunded", json!("-0.30")),
        ("a,-0.30\n", "unexplained", json!("-0.60")),
        ("a,0.30000000000000004\n", "binary-noise", json!("0.00000000000000004")),
        ("a,0.29999999999999999\n", "binary-noise", json!("-0.00000000000000001")),
        ("a,0.3100000000001\n", "unexplained", json!("0.0100000000001")),
        ("a,0.30,failed\n", "failed-not-refunded", json!(null)),
        ("a,0.30,失败\n", "failed-not-refunded", json!(null)),
        ("a,0.30,failed\na,-0.30,refund\n", "refunded", json!("-0.30")),
        ("a,0.30,Failed (timeout)\n", "failed-not-refunded", json!(null)),
        ("a,0.30,已失败：超时\n", "failed-not-refunded", json!(null)),
        ("a,0.30,cancelled\n", "exact", json!(null)),
        // An attempt that failed and cost nothing, then one that was charged.
        ("a,0,failed\na,0.30,completed\n", "exact", json!(null)),
        ("a,,failed\na,0.30,completed\n", "exact", json!(null)),
        ("a,,failed\n", "not-charged", json!("-0.30")),
        // A refund gives back a charge of its amount, of equal ones that of a failed task, in whatever order the rows are.
        ("a,0.30,failed\na,-0.30,refund\na,0.30,completed\n", "exact", json!(null)),
        ("a,0.30,completed\na,-0.30,refund\na,0.30,failed\n", "exact", json!(null)),
        ("a,-0.30\na,0.30\na,0.30\na,0.30\n", "charged-twice", json!("0.30")),
        ("a,0.30,failed\na,-0.20,refund\n", "failed-not-refunded", json!("-0.20")),
        (
            "a,0.30000000000000004\na,0.30000000000000004\n",
            "charged-twice",
            json!("0.30000000000000004"),
        ),
        // The longest amount that can be read.
        (
            "a,3402823669209384634633.74607431768211455\n",
            "unexplained",
            json!("3402823669209384634633.44607431768211455"),
        ),
    ];
    for line in [r#"{"id":"a","amount":null,"status":"failed"}"#, r#"{"id":"a","status":"failed"}"#]
    {
        let found = causes_by_id(line.as_bytes(), &[]);
        assert_eq!(found[0].1, "not-charged", "{line}");
    }
    for (charges, cause, difference) in cases {
        let header = "id,amount,status\n";
        let found = causes_by_id(format!("{header}{charges}").as_bytes(), &[]);
        let (_, found, off) = &found[0];
        assert_eq!((found.as_str(), off), (cause, &difference), "{charges}");
    }
}

#[test]
fn what_differs_is_shown_and_the_totals() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = quotes_of(&format!(
        "{{\"id\":\"a\",\"request\":{MINI}}}\n{{\"id\":\"b\",\"request\":{MINI}}}\n{{\"id\":\"c\",\"request\":{MINI}}}\n"
    ));
    let quotes = write(&folder, "quotes.ndjson", &quotes);
    let charges = write(&folder, "charges.csv", "id,amount\na,0.30\nb,0.30\nb,0.30\n=x,1\n");
    let shown = seedance(&["reconcile", &quotes, &charges]);
    let expected = "\x20ID  QUOTED  CHARGED  DIFFERENCE  CURRENCY  CAUSE
 b   0.30    0.60     +0.30       USD       charged repeatedly: 2 times the same amount
 c   0.30             -0.30       USD       quoted but not charged
 =x          1        +1          USD       charged without a quote

4 jobs: 1 × charged repeatedly, 1 × charged without a quote, 1 × exact, 1 × quoted but not charged
quoted 0.90 USD, charged 1.90 USD, over 1.30 USD, under 0.30 USD
";
    assert_eq!((shown.code, shown.out.as_str()), (1, expected));
    let all = seedance(&["reconcile", &quotes, &charges, "--all"]).out;
    assert!(all.contains("\n a   0.30    0.30                 USD       exact\n"), "{all}");

    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let written = |name: &str, more: &[&str]| {
        let out = file(name);
        let words = ["reconcile", &quotes, &charges, "--out", &out];
        assert_eq!(seedance(&[&words[..], more].concat()).code, 1);
        std::fs::read_to_string(out).unwrap()
    };
    let csv = "\
id,quoted,charged,difference,currency,cause,detail
a,0.30,0.30,,USD,exact,exact
b,0.30,0.60,0.30,USD,charged-twice,charged repeatedly: 2 times the same amount
c,0.30,,-0.30,USD,not-charged,quoted but not charged
=x,,1,1,USD,not-quoted,charged without a quote
";
    assert_eq!(written("bill.csv", &[]), csv);
    let excel = format!("\u{feff}{}", csv.replace("=x", "'=x"));
    assert_eq!(written("excel.csv", &["--excel"]), excel);
    let markdown = written("bill.md", &[]);
    let last = "| =x |  | 1 | 1 | USD | not-quoted | charged without a quote |\n";
    assert!(markdown.ends_with(last), "{markdown}");
    let json: Value = serde_json::from_str(&written("bill.json", &[])).unwrap();
    assert_eq!(json["summary"]["over"], json!({ "USD": "1.30" }));
    let words = ["reconcile", &quotes, &charges, "--out", &charges];
    seedance(&words).fails_with_part("is an input of this command");
}

fn quotes_of(jobs: &str) -> String {
    let words = ["quote", "--ndjson", "--quiet", "--prices", "prices.json"];
    fed(&words, jobs.as_bytes()).out
}

#[test]
fn what_could_not_be_priced_and_was_not_charged_is_no_difference() {
    let quotes = quotes_of(&format!(
        "{{\"id\":\"good\",\"request\":{MINI}}}\n{}\n{{\"id\":\"bad\",\"request\":{MINI},\"typo\":1}}\n",
        MINI.replace('6', "99")
    ));
    let run = answered(&quotes, "id,amount\ngood,0.30\n");
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(
        run.json()["summary"],
        json!({ "jobs": 3, "causes": { "exact": 1, "nothing-due": 2 }, "quoted": { "USD": "0.30" }, "open": {}, "charged": { "USD": "0.30" }, "over": {}, "under": {} })
    );
    // A charge for a refused job is a difference.
    let run = answered(&quotes, "id,amount\ngood,0.30\n2,0.05\n");
    assert_eq!((run.code, &run.json()["jobs"][1]["cause"]), (1, &json!("not-quoted")));
}

#[test]
fn all_that_was_charged_is_counted() {
    let quotes = quotes_of(&format!("{{\"id\":\"good\",\"request\":{MINI}}}\n"));
    let run = answered(&quotes, "id,amount\ngood,0.30\nmore,7\n");
    assert_eq!(run.json()["summary"]["charged"], json!({ "USD": "7.30" }));
    let run = answered("", "id,amount\nmore,7\n");
    assert_eq!(run.json()["summary"]["charged"], json!({ "": "7" }));
    let most = u128::MAX;
    answered("", &format!("id,amount\na,{most}\nb,{most}\n"))
        .fails_with("the charges are too large to add up");
}

/// A job without an id is named by its line number, which is no id of another job.
#[test]
fn a_line_is_not_the_id_of_another_job() {
    let md = format!("{{\"id\":2,\"request\":{MD}}}\n");
    let run = answered(&quotes_of(&format!("{md}{MINI}\n{MINI}\n")), "id,amount\n");
    run.fails_with_part("line 2: the id `2` was already used on line 1");
    // Told before anything is spent.
    let words = ["quote", "--ndjson", "--quiet", "--prices", "prices.json"];
    assert_eq!(
        fed(&words, format!("{md}{MINI}\n").as_bytes()).err,
        "seedance: warning: the id `2` is given twice, on line 1 and line 2 (a job without an id is identified by its line number)\n"
    );
    let run = answered(&quotes_of(&format!("{MINI}\n{MINI}\n")), "id,amount\n2,0.30\n");
    assert_eq!(run.json()["jobs"][1]["cause"], "exact", "{run:?}");
}

#[test]
fn reports_are_no_quotes_and_standard_input_is_read_once() {
    let reports = fed(&["check", "--ndjson", "--quiet"], MINI.as_bytes()).out;
    answered(&reports, "id,amount\n").fails_with_part(
        "line 1: not a line of `seedance quote --ndjson`, which has `line` and `quote` or `error`",
    );
    seedance(&["reconcile", "-", "-"])
        .fails_with("only one input can come from standard input; give a file for the others");
}

/// The companion's journal, with records of attempts and tasks.
const JOURNAL: &str = r#"{"record":"begun","attempt":"0c9f6f3c-0000-4000-8000-000000000001","draft":"x","caller":"","at":1}
{"record":"ended","attempt":"0c9f6f3c-0000-4000-8000-000000000001","at":2,"state":"answered","status":200,"answer":"{\"code\":0,\"data\":{\"task_id\":\"vid_1\",\"cost\":0.30}}"}
{"record":"ended","attempt":"0c9f6f3c-0000-4000-8000-000000000002","at":3,"state":"answered","status":200,"answer":"{\"code\":0,\"data\":{\"task_id\":\"vid_2\"}}"}
{"record":"charged","task":"vid_2","at":4,"cost":"0.2454","usage":{"total_tokens":245400}}
{"record":"ended","attempt":"0c9f6f3c-0000-4000-8000-000000000003","at":5,"state":"failed","status":502,"answer":"{}"}
"#;

fn quoted(id: &str, price: &str, amount: &str, quantity: u64) -> String {
    format!(
        r#"{{"line":1,"id":"{id}","quote":{{"kind":"exact","edition":"2026-07","model":"seedance2.0-mini","route":"mini","billing_model":"seedance2.0-mini-720p","basis":"documented","unit":"second","unit_price":"{price}","quantity":{quantity},"amount":"{amount}","currency":"JimiCoin","parts":[{{"of":"/duration","quantity":{quantity}}}]}}}}"#
    ) + "\n"
}

/// For each id its cause and the note on it.
fn told(run: &Run) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let answer = run.json();
    let jobs = answer["jobs"].as_array().unwrap().iter();
    jobs.map(|job| (text(&job["id"]), text(&job["cause"]))).collect()
}

#[test]
fn the_companions_journal_is_a_bill() {
    let folder = tempfile::tempdir().unwrap();
    let journal = write(&folder, "journal.jsonl", JOURNAL);
    let by_usage = r#"{"line":2,"id":"vid_2","quote":{"kind":"not-priceable","edition":"2026-09","model":"seedance2.0-gz","route":"gz","billing_model":"seedance2.0-gz","basis":"documented","unit":"million-tokens","unit_price":"1.00","currency":"JimiCoin","reason":"billed-by-usage"}}"#;
    // A job is identified by its attempt or by its task.
    for id in ["vid_1", "0c9f6f3c-0000-4000-8000-000000000001"] {
        let quotes = quoted(id, "0.05", "0.30", 6) + by_usage;
        let quotes = write(&folder, "quotes.ndjson", &quotes);
        let run = seedance(&["reconcile", &quotes, &journal, "--format", "json"]);
        assert_eq!(
            told(&run),
            [(id.into(), "exact".into()), ("vid_2".into(), "token-usage".into())],
            "{run:?}"
        );
        assert_eq!(run.code, 0);
        let all = seedance(&["reconcile", &quotes, &journal, "--all"]);
        assert!(all.out.contains("token usage: billed for 245400 tokens"), "{all:?}");
    }
    let other = by_usage.replace("1.00", "2.00");
    let quotes = write(&folder, "quotes.ndjson", &other);
    let run = seedance(&["reconcile", &quotes, &journal]);
    assert!(run.code == 1 && run.out.contains("different unit price: 1.0000 per unit"), "{run:?}");
    let torn = write(&folder, "torn.jsonl", &JOURNAL.replace("\"status\":502", "\"status\":"));
    seedance(&["reconcile", &quotes, &torn]).fails_with_part("line 5: not a charge");
}

#[test]
fn the_forms_history_is_both() {
    let folder = tempfile::tempdir().unwrap();
    let task = |id: &str, amount: &str, charged: &str| {
        format!(
            r#"{{"attempt":"a-{id}","task_id":"{id}","state":"done","model":"seedance2.0-mini","route":"mini",
            "quoted":{{"text":"x","kind":"exact","amount":"{amount}","currency":"JimiCoin","quantity":6,"unit_price":"0.05"}},
            "charged":{charged}}}"#
        )
    };
    let charged = |amount: &str, currency: &str| {
        format!(r#"{{"amount":"{amount}","currency":"{currency}","tokens":null}}"#)
    };
    let tasks = [
        task("t1", "0.30", &charged("0.30", "JimiCoin")),
        task("t2", "0.30", &charged("0.60", "JimiCoin")),
        task("t3", "0.30", &charged("0.30", "USD")),
        task("t4", "0.30", "null"),
    ];
    let history = write(&folder, "history.json", &format!("[{}]", tasks.join(",")));
    let run = seedance(&["reconcile", &history, "--format", "json"]);
    let expected =
        [("t1", "exact"), ("t2", "other-price"), ("t3", "other-currency"), ("t4", "not-charged")];
    assert_eq!(
        told(&run),
        expected.map(|(id, cause)| (id.to_owned(), cause.to_owned())),
        "{run:?}"
    );
    // Quotes of uncertain lengths and by usage are there, too.
    let open = |id: &str, model: &str, quoted: &str, amount: &str| {
        format!(
            r#"{{"attempt":"a-{id}","task_id":"{id}","state":"done","edition":"2026-09","model":"{model}","route":null,
            "quoted":{{"text":"x","currency":"JimiCoin","unit_price":"0.05",{quoted}}},
            "charged":{{"amount":"{amount}","currency":"JimiCoin","tokens":200000}}}}"#
        )
    };
    let video = "seedance2.0-mini-video";
    let at_least = r#""kind":"at-least","amount":"0.40","quantity":{"min":8}"#;
    let range = r#""kind":"range","amount":"0.60","quantity":{"min":11,"max":12}"#;
    let usage = r#""kind":"not-priceable","amount":null"#;
    let uncertain = [
        open("t5", video, at_least, "0.55"),
        open("t6", video, range, "0.60"),
        open("t7", video, range, "0.65"),
        open("t8", "seedance2.0-gz", usage, "0.01"),
        open("t9", video, usage, "0.01"),
    ];
    let history = write(&folder, "open.json", &format!("[{}]", uncertain.join(",")));
    let run = seedance(&["reconcile", &history, "--format", "json"]);
    let expected = [
        ("t5", "exact"),
        ("t6", "exact"),
        ("t7", "unexplained"),
        ("t8", "token-usage"),
        ("t9", "not-quoted"),
    ];
    assert_eq!(
        told(&run),
        expected.map(|(id, cause)| (id.to_owned(), cause.to_owned())),
        "{run:?}"
    );
    assert_eq!(run.json()["summary"]["open"], json!({ "JimiCoin": "0.26" }), "{run:?}");
    // A quote that cannot be read is that of its own task alone.
    let edition = task("t3", "0.30", &charged("0.30", "JimiCoin"));
    let broken = [
        task("t1", "0.30", &charged("0.30", "JimiCoin")),
        task("t2", "1,234.5", &charged("0.30", "JimiCoin")),
        edition.replace("\"model\"", "\"edition\":\"2027-01\",\"model\""),
        open("t4", video, r#""kind":"range","amount":"0.60","quantity":5.5"#, "0.60"),
    ];
    let history = write(&folder, "broken.json", &format!("[{}]", broken.join(",")));
    let all = told(&seedance(&["reconcile", &history, "--format", "json"]));
    let causes: Vec<_> = all.iter().map(|(_, cause)| cause.as_str()).collect();
    assert_eq!(causes, ["exact", "not-quoted", "not-quoted", "not-quoted"]);
    // A charge in another currency is reported, but is not a difference.
    let history =
        write(&folder, "history.json", &format!("[{}]", [tasks[0].as_str(), &tasks[2]].join(",")));
    let run = seedance(&["reconcile", &history]);
    assert!(run.code == 0 && run.out.contains("other currency: not compared"), "{run:?}");
    seedance(&["reconcile", &write(&folder, "no.json", "[{}]")])
        .fails_with_part("not a history that the form exported");
}

#[test]
fn list_prices_are_a_cause_and_tokens_of_a_job_by_the_second_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = quoted("a", "0.05", "0.30", 6) + &quoted("b", "0.05", "0.30", 6);
    let quotes = write(&folder, "quotes.ndjson", &quotes);
    let charges = write(&folder, "bill.csv", "id,amount,total_tokens\na,2.10,\nb,0.2417,241700\n");
    let list = r#"{"currency":"JimiCoin","prices":{"seedance2.0-mini-720p":"0.35"}}"#;
    let list = write(&folder, "list.json", list);
    let run = seedance(&["reconcile", &quotes, &charges, "--list", &list]);
    assert!(
        run.out.contains("list price: the platform's 0.35 per unit, not your own price"),
        "{run:?}"
    );
    assert!(run.code == 1 && run.out.contains("-0.0583     JimiCoin  unexplained"), "{run:?}");
}

/// A quote of `gz1`, which is billed by its tokens at this price per million.
fn by_usage(price: &str) -> String {
    format!(
        r#"{{"line":1,"id":"gz1","quote":{{"kind":"not-priceable","edition":"2026-09","model":"seedance2.0-gz","route":"gz","billing_model":"seedance2.0-gz","basis":"documented","unit":"million-tokens","unit_price":"{price}","currency":"JimiCoin","reason":"billed-by-usage"}}}}"#
    ) + "\n"
}

/// Completion tokens are what is billed; the total is read where they are absent.
#[test]
fn a_charge_by_usage_is_for_its_completion_tokens() {
    let tokens = |number: u64| json!({ "cause": "token-usage", "tokens": number });
    let unexplained = || json!({ "cause": "unexplained" });
    let (paid, whole) = (|| json!("4.6"), || json!("5.0094"));
    let cases = [
        (
            json!({ "completion_tokens": 100_000, "total_tokens": 108_900 }),
            paid(),
            tokens(100_000),
            None,
        ),
        (json!({ "completion_tokens": 100_000 }), paid(), tokens(100_000), None),
        (json!({ "total_tokens": 108_900 }), whole(), tokens(108_900), None),
        (json!({ "total_tokens": 108_900 }), paid(), unexplained(), Some("-0.4094")),
        (
            json!({ "completion_tokens": 100_000, "total_tokens": 108_900 }),
            whole(),
            json!({ "cause": "other-price", "unit_price": "50.0940" }),
            Some("0.4094"),
        ),
    ];
    for (usage, amount, cause, difference) in cases {
        let cell = |name: &str| usage.get(name).map(ToString::to_string).unwrap_or_default();
        let (total, completion) = (cell("total_tokens"), cell("completion_tokens"));
        let digits = amount.as_str().unwrap();
        let table = format!(
            "id,amount,total_tokens,completion_tokens\ngz1,{digits},{total},{completion}\n"
        );
        let mut flat = usage.clone();
        (flat["id"], flat["amount"]) = (json!("gz1"), amount.clone());
        let data = format!(r#"{{"task_id":"gz1","cost":{digits},"usage":{usage}}}"#);
        let answer = format!(r#"{{"code":0,"msg":"ok","data":{data}}}"#);
        for charges in [table, flat.to_string(), answer] {
            let run = answered(&by_usage("46"), &charges);
            let mut job = run.json()["jobs"][0].clone();
            assert_eq!(job["difference"].as_str(), difference, "{charges}");
            job.as_object_mut().unwrap().retain(|name, _| cause.get(name).is_some());
            assert_eq!(job, cause, "{charges}");
        }
    }
    answered(&by_usage("46"), "id,amount,completion_tokens\ngz1,1,1.5\n")
        .fails_with_part("line 2: `1.5` is not a number of tokens");
}

#[test]
fn what_is_due_by_usage_is_known_with_price_and_tokens() {
    let charged = |amount: &str, more: &str| {
        let charges =
            format!("{{\"id\":\"gz1\",\"amount\":{amount},\"total_tokens\":108900{more}}}\n");
        let job = answered(&by_usage("46.00"), &charges).json()["jobs"][0].clone();
        (job["cause"].clone(), job["digits"].clone(), job["difference"].clone())
    };
    let found = |cause: &str, digits: Value, difference: Value| (json!(cause), digits, difference);
    for (amount, more, expected) in [
        ("5.01", "", found("other-rounding", json!(2), json!("0.0006"))),
        ("5.00", "", found("other-rounding", json!(2), json!("-0.0094"))),
        ("5.009", "", found("other-rounding", json!(3), json!("-0.0004"))),
        ("5.02", "", found("unexplained", Value::Null, json!("0.0106"))),
        ("5.009400", "", found("token-usage", Value::Null, Value::Null)),
        ("5.009400000000001", "", found("binary-noise", Value::Null, json!("0.000000000000001"))),
        ("0", "", found("nothing-due", Value::Null, Value::Null)),
        ("-1", "", found("unexplained", Value::Null, json!("-1"))),
        (
            "5.0094",
            ",\"status\":\"failed\"",
            found("failed-not-refunded", Value::Null, Value::Null),
        ),
        ("4.6", ",\"currency\":\"USD\"", found("other-currency", Value::Null, Value::Null)),
    ] {
        assert_eq!(charged(amount, more), expected, "{amount}{more}");
    }
    let most = u64::MAX;
    let much = format!("{{\"id\":\"gz1\",\"amount\":1,\"completion_tokens\":{most}}}\n");
    let run = answered(&by_usage("999999999999.999999999999"), &much);
    assert_eq!(run.json()["jobs"][0]["cause"], "unexplained", "{run:?}");
    // A price may have more digits than a quotient.
    let fine = "{\"id\":\"gz1\",\"amount\":0.000005000000000003,\"completion_tokens\":3}\n";
    let run = answered(&by_usage("1.666666666667"), fine);
    assert_eq!(run.json()["jobs"][0]["difference"], "0.000000000000000002", "{run:?}");
    // As in a response, the tokens may be in an object.
    let inside = r#"{"id":"gz1","amount":1,"usage":{"completion_tokens":30000}}"#;
    let run = answered(&by_usage("10"), inside);
    assert_eq!(run.json()["jobs"][0]["difference"], "0.7", "{run:?}");
}

/// What was refunded was not used.
#[test]
fn tokens_of_refunded_charges_do_not_count() {
    let job = |rows: &str| {
        let table = format!("id,amount,completion_tokens,status\n{rows}");
        let run = answered(&by_usage("7.5"), &table);
        let job = run.json()["jobs"][0].clone();
        (job["cause"].clone(), job["tokens"].clone(), job["difference"].clone(), run.code)
    };
    let failed = "gz1,1.5,200000,failed\ngz1,-1.5,,refunded\n";
    let exact = |tokens: u64| (json!("token-usage"), json!(tokens), Value::Null, 0);
    assert_eq!(job(&format!("{failed}gz1,1.65,220000,completed\n")), exact(220_000));
    assert_eq!(job(&format!("gz1,1.5,200000,completed\n{failed}")), exact(200_000));
    // Failed tasks mostly have none.
    let untold = "gz1,3.0,,failed\ngz1,-3.0,,refunded\n";
    let (cause, _, difference, code) = job(&format!("{untold}gz1,3.0,200000,completed\n"));
    assert_eq!((cause, difference, code), (json!("other-price"), json!("1.5"), 1));
    // A refund may say for which of two equal charges it is.
    let two = "gz1,1.5,200000,\ngz1,1.5,400000,\ngz1,-1.5,400000,\n";
    assert_eq!(job(two), exact(200_000));
    let (cause, _, difference, code) = job(&format!("{failed}gz1,3.0,200000,completed\n"));
    assert_eq!((cause, difference, code), (json!("other-price"), json!("1.5"), 1));
    // Part of a charge is no price of its tokens.
    let (cause, _, difference, _) = job("gz1,1.5,200000,completed\ngz1,-0.5,,refunded\n");
    assert_eq!((cause, difference), (json!("unexplained"), json!("-0.5")));
}

#[test]
fn tokens_that_are_no_whole_number_are_an_error() {
    for tokens in ["\"200000.0\"", "200000.5", "2e5", "-1", "\"many\""] {
        let answer = format!(
            r#"{{"code":0,"data":{{"task_id":"gz1","cost":1,"usage":{{"total_tokens":{tokens}}}}}}}"#
        );
        answered(&by_usage("46"), &answer).fails_with_part("is not a number of tokens");
    }
    let answer = r#"{"code":0,"data":{"task_id":"gz1","cost":9.2,"usage":{"completion_tokens":"","total_tokens":"200000"}}}"#;
    let run = answered(&by_usage("46"), answer);
    assert_eq!((run.code, &run.json()["jobs"][0]["tokens"]), (0, &json!(200_000)), "{run:?}");
}

#[test]
fn a_header_may_be_in_capitals_or_in_chinese() {
    let quotes = quotes_of(&format!("{{\"id\":\"a\",\"request\":{MINI}}}\n"));
    let run = answered(&quotes, "ID;Created, at, by;AMOUNT\na;x, y, z;0,30\n");
    assert_eq!((run.code, &run.json()["jobs"][0]["cause"]), (0, &json!("exact")), "{run:?}");
    for (header, row, cause) in [
        ("id,amount,状态", "a,0.30,失败", "failed-not-refunded"),
        ("id,amount,币种", "a,0.30,CNY", "other-currency"),
        ("id,amount,货币", "a,0.30,CNY", "other-currency"),
        ("id,amount,currency,币种,status,状态", "a,0.30,USD,人民币,ok,", "exact"),
        ("编号,金额", "a,0.30", "exact"),
        ("编号;备注, 说明;实扣", "a;x, y;0,30", "exact"),
        // The name itself counts before a Chinese one, and what was charged before another amount.
        ("编号,id,amount,金额", "1,a,0.30,0.50", "exact"),
        ("编号,金额,实扣", "a,0.50,0.30", "exact"),
    ] {
        let run = answered(&quotes, &format!("{header}\n{row}\n"));
        assert_eq!(run.json()["jobs"][0]["cause"], cause, "{header}");
    }
    answered(&quotes, "编号,编号,amount\na,b,0.30\n")
        .fails_with_part("`编号` and `编号` mean the same");
}

/// The names of members are those of a table's columns: capitals do not matter, and Chinese ones are read.
#[test]
fn members_are_named_as_columns_are() {
    let quotes = quoted("a", "0.05", "0.30", 6);
    for (line, cause, currency) in [
        (r#"{"ID":"a","Amount":"0.30","Currency":"EUR"}"#, "other-currency", "EUR"),
        (r#"{"Id":"a","AMOUNT":0.30,"Status":"Failed"}"#, "failed-not-refunded", "JimiCoin"),
        (r#"{"编号":"a","实扣":0.30,"币种":"JimiCoin"}"#, "exact", "JimiCoin"),
        (r#"{"编号":"b","id":"a","amount":0.30,"金额":0.50}"#, "exact", "JimiCoin"),
        (r#"{"id":"a","amount":0.30,"note":{"Amount":9}}"#, "exact", "JimiCoin"),
    ] {
        let job = answered(&quotes, line).json()["jobs"][0].clone();
        assert_eq!((&job["cause"], &job["currency"]), (&json!(cause), &json!(currency)), "{line}");
    }
}

/// A cell of a spreadsheet may have blanks around its id, and one in a bill, too.
#[test]
fn blanks_around_an_id_are_none_of_it() {
    let jobs = "id,model,prompt,duration\na ,seedance2.0-mini,x,6\n b,seedance2.0-mini,x,6\n";
    let quotes = &quotes_of(jobs);
    for bill in [
        "id,amount\n a,0.30\nb,0.30\n",
        "{\"id\":\"a \",\"amount\":\"0.30\"}\n{\"id\":\"b\",\"amount\":\"0.30\"}\n",
    ] {
        both_are_exact(quotes, bill);
    }
}

/// Its ids have the name that they have in a Chinese bill.
#[test]
fn a_table_of_jobs_may_have_the_chinese_name_of_the_id() {
    let jobs = "编号,model,prompt,duration\n1,seedance2.0-mini,x,4\n2,seedance2.0-mini,x,8\n";
    both_are_exact(&quotes_of(jobs), "编号,实扣\n1,0.20\n2,0.40\n");
}

/// The two quotes are matched with the two charges, which are as quoted.
#[track_caller]
fn both_are_exact(quotes: &str, charges: &str) {
    let run = answered(quotes, charges);
    assert_eq!(
        (run.code, &run.json()["summary"]["causes"]),
        (0, &json!({ "exact": 2 })),
        "{run:?}"
    );
}

/// Of a quote without an exact amount, a failed task may have been charged any that it allows.
#[test]
fn what_a_failed_task_was_charged_may_be_any_quoted_amount() {
    let video = "[\"https://media.example/a.mp4\"]";
    let job = |id: &str, media: &str| {
        format!(
            "{{\"id\":\"{id}\",\"request\":{{\"model\":\"seedance2.0-mini-video\",\"prompt\":\"x\",\"duration\":8,\"resolution\":\"720p\",\"reference_videos\":{video}}}{media}}}\n"
        )
    };
    let range = r#","media":{"reference_videos":[{"seconds":{"min":2.4,"max":4.6}}]}"#;
    let quotes = quotes_of(&(job("range", range) + &job("least", "")));
    for (amounts, differences) in [
        (&["0.60,failed"][..], [None, None]),
        (&["0.35,failed"], [Some("-0.15"), Some("-0.05")]),
        // Of two charges, one is too much.
        (&["0.60,failed", "0.60,ok"], [Some("0.60"), Some("0.60")]),
        (&["0.50,failed", "0.55,ok"], [Some("0.40"), Some("0.65")]),
        (&["0.600000000000001,failed"], [Some("0.000000000000001"), Some("0.000000000000001")]),
    ] {
        let row = |id: &str| amounts.iter().map(|it| format!("{id},{it}\n")).collect::<String>();
        let rows = ["range", "least"].map(row);
        let jobs = answered(&quotes, &format!("id,amount,status\n{}", rows.concat())).json();
        for (job, difference) in jobs["jobs"].as_array().unwrap().iter().zip(differences) {
            assert_eq!(job["cause"], "failed-not-refunded", "{job}");
            assert_eq!(job["difference"].as_str(), difference, "{job}");
        }
    }
}

/// Charges by usage are looked at for what is wrong with any: repeated, failed, or not to be checked.
#[test]
fn a_charge_by_usage_is_not_taken_on_trust() {
    let charged = |price: &str, rows: &str| {
        let run = answered(
            &by_usage(price),
            &format!("id,amount,completion_tokens,status\n{}", rows.replace("g,", "gz1,")),
        );
        let answer = run.json();
        let job = &answer["jobs"][0];
        let text = |member: &str| job[member].as_str().unwrap_or_default().to_owned();
        (run.code, text("cause"), text("difference"), answer["summary"]["open"].clone())
    };
    let found = |code, cause: &str, difference: &str, due: &str| {
        (code, cause.to_owned(), difference.to_owned(), json!({ "JimiCoin": due }))
    };
    let nothing = |code, cause: &str| (code, cause.to_owned(), String::new(), json!({}));
    let twice = "g,0.12345,12345,\ng,0.12345,12345,\n";
    let once = || found(1, "charged-twice", "0.12345", "0.12345");
    for (price, rows, expected) in [
        ("10", twice, once()),
        ("10", "g,0.12345,12345,\ng,0.12345,,\n", once()),
        ("10", "g,0.12345,,\ng,0.12345,,\n", once()),
        ("10", "g,0.12345,12345,\n", found(0, "token-usage", "", "0.12345")),
        ("10", "g,0.12345,12345,failed\n", found(1, "failed-not-refunded", "", "0.12345")),
        ("10", "g,0.05,5000,\ng,0.07345,7345,\n", found(0, "token-usage", "", "0.12345")),
        ("11", twice, once()),
        ("10", "g,9,,\n", found(0, "token-usage", "", "9")),
        // What cost nothing and what was given back has tokens too, which are not due.
        (
            "10",
            "g,0,5000,failed\ng,0.12345,12345,completed\n",
            found(0, "token-usage", "", "0.12345"),
        ),
        ("10", "g,0.25,12345,\ng,-0.12655,12345,\n", found(0, "token-usage", "", "0.12345")),
        // Of two charges one was given back.
        (
            "10",
            "g,0.12345,12345,\ng,0.12345,12345,\ng,-0.12345,12345,\n",
            found(0, "token-usage", "", "0.12345"),
        ),
        // Repeated charges may be rounded, too, or have the noise of binary floating point.
        ("10", "g,0.12,12345,\ng,0.12,12345,\n", found(1, "charged-twice", "0.12", "0.12")),
        (
            "10",
            "g,0.12345000000000001,12345,\ng,0.12345000000000001,12345,\n",
            found(1, "charged-twice", "0.12345000000000001", "0.12345000000000001"),
        ),
        ("10", "g,0.12345,12345,\ng,-0.12345,12345,\n", nothing(1, "refunded")),
    ] {
        assert_eq!(charged(price, rows), expected, "{price} {rows}");
    }
    let no_price = by_usage("10").replace(r#""unit_price":"10","#, "");
    let in_usd = |quote: &str| quote.replace("JimiCoin", "USD");
    let folder = tempfile::tempdir().unwrap();
    let shown = |quotes: &str, rows: &str| {
        let quotes = write(&folder, "quotes.ndjson", quotes);
        let charges = write(&folder, "bill.csv", &format!("id,amount,completion_tokens\n{rows}"));
        seedance(&["reconcile", &quotes, &charges, "--all"])
    };
    // What could not be checked is shown without `--all`, too.
    for (rows, is_shown) in [("gz1,9,\n", true), ("gz1,0.05,5000\n", false)] {
        let quotes = write(&folder, "quotes.ndjson", &by_usage("10"));
        let charges = write(&folder, "bill.csv", &format!("id,amount,completion_tokens\n{rows}"));
        let run = seedance(&["reconcile", &quotes, &charges]);
        assert_eq!((run.code, run.out.contains("gz1")), (0, is_shown), "{run:?}");
    }
    for (quotes, rows, code, told) in [
        (
            &no_price,
            "gz1,99999,1\n",
            0,
            "token usage: not checked, the tokens or their price are unknown",
        ),
        (&no_price, "gz1,1,5\ngz1,1,5\n", 1, "charged repeatedly: 2 times the same amount"),
        (
            &in_usd(&by_usage("10")),
            "gz1,1 JimiCoin,5\n",
            0,
            "quoted 0, charged 1 JimiCoin, over 0, under 0\n",
        ),
        (&by_usage("10"), "gz1,1,\n", 0, "token usage: not checked, the tokens or"),
        (&by_usage("10"), "gz1,0.00001,1\n", 0, "token usage: billed for 1 token\n"),
    ] {
        let run = shown(quotes, rows);
        assert!(run.code == code && run.out.contains(told), "{run:?}");
    }
}

/// An unknown length explains any charge: what it adds is counted apart, so that the totals add up.
#[test]
fn what_an_unknown_length_explains_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let jobs =
        format!("{{\"id\":\"a\",\"request\":{MINI}}}\n{{\"id\":\"b\",\"request\":{VIDEO}}}\n");
    let quotes = write(&folder, "quotes.ndjson", &quotes_of(&jobs));
    let run = |rows: &str, more: &[&str]| {
        let charges = write(&folder, "bill.csv", &format!("id,amount\n{rows}"));
        seedance(&[&["reconcile", &quotes, &charges][..], more].concat())
    };
    let told = run("a,0.60\nb,400.00\n", &[]);
    let last = "quoted 0.70 USD, plus 399.60 USD for lengths and tokens unknown when quoted, charged 400.60 USD, over 0.30 USD, under 0\n";
    assert!(told.code == 1 && told.out.ends_with(last), "{told:?}");
    let zh = run("b,0.45\n", &["--lang", "zh"]).out;
    assert!(
        zh.contains("\n报价 0.70 USD，另有报价时未知的时长和 token 0.05 USD，实扣 0.45 USD，"),
        "{zh}"
    );
    let json = run("a,0.30\nb,0.40\n", &["--format", "json"]).json();
    assert_eq!(json["summary"]["open"], json!({}));
    // Several charges of one id would add up to some length.
    for rows in ["b,0.45\nb,0.55\n", "b,0.20\nb,0.20\n"] {
        let run = run(rows, &["--format", "json"]);
        assert_eq!((run.code, &run.json()["jobs"][1]["cause"]), (1, &json!("unexplained")));
    }
    let refunded = run("b,0.45\nb,0.45\nb,-0.45\n", &["--format", "json"]).json();
    assert_eq!(refunded["jobs"][1]["cause"], "exact");
    // A refund of another amount does not make them one charge.
    let partly = run("b,0.45\nb,0.45\nb,-0.05\n", &["--format", "json"]).json();
    assert_eq!(partly["jobs"][1]["cause"], "unexplained");
    // The noise of binary floating point is no length.
    let noisy = run("b,0.5500000000000001\n", &["--format", "json"]).json();
    let (job, summary) = (&noisy["jobs"][1], &noisy["summary"]);
    assert_eq!(
        (&job["cause"], &job["difference"]),
        (&json!("binary-noise"), &json!("0.0000000000000001"))
    );
    assert_eq!(summary["open"]["USD"], "0.150000000");
}

/// The list price explains a charge by tokens as it does one by seconds, if it is in the quote's currency.
#[test]
fn a_charge_by_usage_may_be_at_the_list_price() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = write(&folder, "quotes.ndjson", &by_usage("46"));
    let charges = write(&folder, "charges.csv", "id,amount,completion_tokens\ngz1,5.25,105000\n");
    for (currency, cause) in [("JimiCoin", "list-price"), ("USD", "other-price")] {
        let list = format!(
            r#"{{"currency":"{currency}","prices":{{"seedance2.0-gz":{{"price":"50.00","per":"million-tokens"}}}}}}"#
        );
        let list = write(&folder, "list.json", &list);
        let words = ["reconcile", &quotes, &charges, "--list", &list, "--edition", "2026-09"];
        let run = seedance(&[&words[..], &["--format", "json"]].concat());
        let job = &run.json()["jobs"][0];
        assert_eq!((run.code, &job["cause"]), (1, &json!(cause)), "{run:?}");
    }
}

/// Quoted, by usage and over are what was charged and under.
#[test]
fn the_totals_add_up_with_jobs_billed_by_usage() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = quoted("a", "0.05", "0.30", 6) + &quoted("b", "0.05", "0.30", 6);
    let other = by_usage("46").replace("gz1", "gz2");
    let unknown = by_usage("46").replace("gz1", "gz3");
    let quotes = write(&folder, "quotes.ndjson", &(quotes + &by_usage("46") + &other + &unknown));
    let charges =
        "id,amount,completion_tokens\na,0.60,\ngz1,5.01,108900\ngz2,4.6,108900\ngz3,1.5,\n";
    let charges = write(&folder, "charges.csv", charges);
    let run = seedance(&["reconcile", &quotes, &charges]);
    // 0.60 + 11.5188 + 0.3006 = 11.71 + 0.7094
    let last = "quoted 0.60 JimiCoin, plus 11.5188 JimiCoin for lengths and tokens unknown when quoted, charged 11.71 JimiCoin, over 0.3006 JimiCoin, under 0.7094 JimiCoin\n";
    assert!(run.out.ends_with(last), "{run:?}");
    let run = seedance(&["reconcile", &quotes, &charges, "--lang", "zh"]);
    assert!(
        run.out
            .contains("报价 0.60 JimiCoin，另有报价时未知的时长和 token 11.5188 JimiCoin，实扣 "),
        "{run:?}"
    );
    let run = seedance(&["reconcile", &quotes, &charges, "--format", "json"]);
    assert_eq!(run.json()["summary"]["open"], json!({ "JimiCoin": "11.5188" }));
}

/// Responses of the API are charges as they came: the last one about a task counts, and those without a cost are none.
#[test]
fn responses_of_the_api_are_charges() {
    let quotes = quoted("vid_1", "0.05", "0.30", 6) + &quoted("vid_2", "0.05", "0.30", 6);
    let charges = r#"{"code":0,"msg":"ok","data":{"task_id":"vid_1","status":"queued","cost":0.25}}
{"code":20001,"msg":"no such key"}
{"code":"20000","data":{"task_id":"vid_2","status":"processing"}}
{"code":"20000","data":{"task_id":"vid_1","status":"completed","cost":0.30}}
{"code":1,"data":{"task_id":"vid_2","status":"failed","cost":0.30}}
{"id":"vid_3","amount":1.50}
{"id":"vid_4","amount":"1.50","currency":"USD"}
"#;
    let run = answered(&quotes, charges);
    let jobs = run.json()["jobs"].as_array().unwrap().clone();
    let told: Vec<_> = jobs
        .iter()
        .map(|job| ["id", "cause", "charged", "currency"].map(|it| job[it].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["vid_1", "exact", "0.30", "JimiCoin"],
            ["vid_2", "failed-not-refunded", "0.30", "JimiCoin"],
            ["vid_3", "not-quoted", "1.50", "JimiCoin"],
            ["vid_4", "not-quoted", "1.50", "USD"],
        ],
        "{run:?}"
    );
}

/// What a later response does not say, an earlier one has said.
#[test]
fn responses_about_one_task_are_put_together() {
    let quotes = quoted("vid_1", "0.05", "0.30", 6) + &by_usage("10").replace("gz1", "vid_2");
    let create = r#"{"code":0,"data":{"task_id":"vid_1","status":"queued","cost":0.30}}"#;
    let failed = r#"{"code":"20000","data":{"task_id":"vid_1","status":"failed"}}"#;
    let cost = r#"{"code":"20000","data":{"task_id":"vid_1","cost":0.30}}"#;
    let paid = r#"{"code":0,"data":{"task_id":"vid_2","cost":0.12345}}"#;
    let usage = r#"{"code":0,"data":{"task_id":"vid_2","usage":{"completion_tokens":12345}}}"#;
    for [first, second] in [[create, failed], [failed, cost]] {
        let run = answered(&quotes, &[first, second, paid, usage].join("\n"));
        let answer = run.json();
        let [task, used] = [0, 1].map(|place| answer["jobs"][place].clone());
        assert_eq!((run.code, &task["cause"]), (1, &json!("failed-not-refunded")), "{run:?}");
        assert_eq!((&used["cause"], &used["tokens"]), (&json!("token-usage"), &json!(12345)));
    }
    let run = answered(&quotes, failed);
    assert_eq!(run.json()["jobs"][0]["cause"], "not-charged", "{run:?}");
}

/// One of equal charges is due, also where the quote has a range.
#[test]
fn a_repeated_charge_is_measured_against_one_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = format!(
        "{{\"id\":\"b\",\"request\":{VIDEO},\"media\":{{\"reference_videos\":[{{\"seconds\":{{\"min\":0.1,\"max\":4.2}}}}]}}}}\n"
    );
    let quotes = write(&folder, "quotes.ndjson", &quotes_of(&jobs));
    let charges = write(&folder, "bill.csv", "id,amount\nb,0.55\nb,0.55\n");
    let run = seedance(&["reconcile", &quotes, &charges, "--format", "json"]).json();
    assert_eq!(run["jobs"][0]["quoted"], json!({ "min": "0.40", "max": "0.60" }));
    let summary = &run["summary"];
    assert_eq!(
        (&summary["causes"], &summary["over"], &summary["open"]),
        (&json!({ "charged-twice": 1 }), &json!({ "USD": "0.55" }), &json!({ "USD": "0.15" }))
    );
}

/// Amounts in JSON are decimals; text for people is in the language asked for, in files too.
#[test]
fn a_quote_without_a_maximum_has_its_lower_end() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = format!("{{\"id\":\"a\",\"request\":{VIDEO}}}\n");
    let quotes = write(&folder, "quotes.ndjson", &quotes_of(&jobs));
    let charges = write(&folder, "bill.csv", "id,amount\na,0.40\n");
    let out = folder.path().join("out.csv");
    let words = ["reconcile", &quotes, &charges, "--format", "json", "--lang", "zh", "--out"];
    let run = seedance(&[&words[..], &[out.to_str().unwrap()]].concat());
    assert_eq!(run.json()["jobs"][0]["quoted"], json!({ "min": "0.40" }));
    let csv = std::fs::read_to_string(out).unwrap();
    assert!(csv.contains("a,≥ 0.40,0.40,,USD,reference-not-read,参考视频未计费：只按"), "{csv}");
}

#[test]
fn what_is_wrong_with_a_bill_is_told_with_advice() {
    let quotes = quoted("0012", "0.30", "0.30", 1);
    let fails = |bill: &str, part: &str| answered(&quotes, bill).fails_with_part(part);
    fails("id,amount\na,\n", "line 2: the amount is missing");
    fails(
        "{\"id\":\"\",\"amount\":1}\n",
        "line 1: the id is missing; delete a row that is not a charge, such as a total",
    );
    fails(
        "id,amount,total_tokens\na,1,\"1,000\"\n",
        "line 2: `1,000` is not a number of tokens; write a whole number without separators",
    );
    fails("PK\u{3}\u{4}", "is a workbook (.xlsx) or a ZIP file; save it as CSV, or unpack it");
    fails(
        "{\"id\":1,\"amount\":1}\n{\n",
        "line 2: not a charge, which has `id`, `amount` and perhaps `currency`: invalid JSON at column 1: the object is not closed",
    );
    let twice = quotes.repeat(2);
    answered(&twice, "id,amount\n").fails_with_part(
        "line 2: the id `0012` was already used on line 1; give every job its own and quote again",
    );
}
