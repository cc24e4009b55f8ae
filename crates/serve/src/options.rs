//! The command-line options of `seedance serve`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use seedance_core::{Decimal, DecimalError, Edition, Lang, RuleId};

use crate::origin::{ApiOrigin, DEFAULT_API_ORIGIN};

/// Fixed, because browsers store the form's history of tasks separately for each port.
const DEFAULT_PORT: u16 = 8323;
/// A little less than the page's own time-out, so that the page gets the companion's answer first.
const DEFAULT_ANSWER_SECONDS: u64 = 50;
/// Long enough that scripts have given up retrying by themselves.
const DEFAULT_REPEAT_SECONDS: u64 = 15 * 60;

/// How the companion runs. The API key is never an option: it comes from JIMMYAI_API_KEY or from a file.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
The API key is read from JIMMYAI_API_KEY or, with --key-file, from a file that only you can
read (chmod 600). Without one the form can check and price, but not send.

Examples:
  seedance serve --open --prices prices.json
  seedance serve --prices prices.json --max-cost 2.00   # refuse what could cost more
  seedance serve --key-file ~/.config/jimmyai.key --port 9000
  seedance serve --edition latest --allow duration-out-of-range

Scripts: use the companion as the API's base URL, with your own bearer token. Each create
request is checked, and priced against --max-cost, before it is passed on.")]
pub struct Options {
    /// Port on 127.0.0.1 and ::1; 0 picks a free one (the form's history is separate for each port)
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT)]
    pub port: u16,

    /// Open the form in your browser
    #[arg(long)]
    pub open: bool,

    /// The API that calls are passed on to: https, or http on this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_API_ORIGIN)]
    pub api_origin: ApiOrigin,

    /// Price book (JSON) for the form and for --max-cost
    #[arg(long, value_name = "BOOK")]
    pub prices: Option<PathBuf>,

    /// Refuse create requests that could cost more than this, in the price book's currency
    #[arg(long, value_name = "AMOUNT", requires = "prices", value_parser = amount)]
    pub max_cost: Option<Decimal>,

    /// With --max-cost: also pass on requests whose highest price is unknown, and unknown fields
    #[arg(long, requires = "max_cost")]
    pub allow_unknown: bool,

    /// Pass on what these rules refuse, with a warning: for what the vendor has changed since the edition
    #[arg(long, value_name = "RULE", value_delimiter = ',', hide_possible_values = true, value_parser = rule())]
    pub allow: Vec<RuleId>,

    /// Read the API key from this file, which only you may be able to read
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,

    /// Keep the journal of attempts here [default: your state directory]
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// Trust the certificate authorities in this PEM file too
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,

    /// How long to wait for the API's response
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_ANSWER_SECONDS, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub answer_time: u64,

    /// For how long a request whose response was lost or undecided is not sent again by itself; 0 always sends it
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_REPEAT_SECONDS)]
    pub repeat_window: u64,

    /// The edition of the rules that requests are checked against; the command line has a separate option for it
    #[arg(skip)]
    pub edition: Edition,

    /// The language for callers that ask for none; the command line has a separate option for it
    #[arg(skip)]
    pub lang: Lang,

    /// Do not list requests on standard error
    #[arg(long)]
    pub quiet: bool,
}

fn rule() -> impl TypedValueParser<Value = RuleId> {
    PossibleValuesParser::new(allowable().map(RuleId::name)).try_map(|name| name.parse())
}

/// The rules that a request may break if its sender wants to, for when the vendor has changed something since the edition. A body
/// that could be read in different ways stays refused, since nobody can say what it costs.
pub(crate) fn allowable() -> impl Iterator<Item = RuleId> {
    let is_ambiguous =
        |rule| matches!(rule, RuleId::InvalidJson | RuleId::BodyNotObject | RuleId::DuplicateField);
    RuleId::ALL.into_iter().filter(move |rule| rule.is_error() && !is_ambiguous(*rule))
}

/// Reads an amount of money.
///
/// # Errors
/// What to write instead.
pub fn amount(text: &str) -> Result<Decimal, &'static str> {
    text.parse().map_err(|error| match error {
        DecimalError::TooManyDigits => "too many digits",
        _ => "write an amount such as 2 or 0.50, without a sign or a currency",
    })
}
