//! The steps of `cargo xtask test`, every test of every surface, and of `cargo xtask prove`, the suites that try everything that can
//! be tried exhaustively, and millions of random inputs. Each installs what it needs.

pub mod javascript;
mod rust;

pub use self::rust::soak;
use crate::run::{SUITES, cargo, output};
use crate::steps::{Step, Tally, is_chosen};
use crate::{fuzz, r#gen};

/// Cargo's builds for this machine, which would wait for each other. Quick steps, and those that others build on, come first.
const RUST: &[Step] = &[
    ("formatting", || output(&mut cargo("fmt --all --check")), &[]),
    (
        "generated files are the table's (gen --check)",
        || r#gen::run(true).map(|()| String::new()),
        &[],
    ),
    ("lints", || output(&mut cargo("clippy --workspace --all-targets --quiet -- -Dwarnings")), &[]),
    (
        "the documentation of the crates that others embed, without broken links",
        || {
            let doc =
                "doc --package=seedance-core --package=seedance-batch --no-deps --quiet --locked";
            output(cargo(doc).env("RUSTDOCFLAGS", "-Dwarnings"))
        },
        &[],
    ),
    ("cargo test --workspace", || rust::test(&format!("{SUITES} --no-fail-fast")), &[]),
    ("cargo test --package=xtask", || rust::test("--package=xtask"), &[]),
    // The feature is off by default. The tests write Parquet files and read them back.
    (
        "the command line with Parquet",
        || {
            let parquet = "--features=seedance-preflight/parquet --test=cli -- plan::";
            rust::test(&format!("{SUITES} {parquet}"))
        },
        &[],
    ),
    ("the core without std", rust::no_std, &["target/bare"]),
    ("the oldest compiler", rust::oldest, &["target/oldest"]),
    ("the core beside arbitrary_precision", rust::arbitrary_precision, &[]),
    ("the command line compiles for Windows", rust::windows, &["target/x86_64-pc-windows-gnu"]),
    ("release suites", rust::release, &[]),
];

/// Steps that mostly wait, use a single core, or build into folders of their own: they run beside those of [`RUST`]. What needs the
/// command line's program comes last, when it is there.
const BESIDE: &[Step] = &[
    ("pkg, its suites and the edge example: formatting", javascript::formatted, &[]),
    ("pkg, its suites and the edge example: types", javascript::typed, &[]),
    ("pkg: publint and attw over the tarball", javascript::packed, &[]),
    ("page: formatting and types", javascript::page_sources, &[]),
    (
        "pkg in the tools that people build and test with",
        javascript::environments,
        &["tests/environments/node_modules"],
    ),
    (
        "openapi.json and JSON Schemas in linters, generators and a mock",
        javascript::openapi,
        &["tests/openapi/node_modules", "target/python/openapi"],
    ),
    ("pkg is what the sources make", javascript::rebuilt, &["target/webassembly"]),
    ("the crates as crates.io takes them", rust::packed, &["target/packed"]),
    ("licences and sources of what is built in (cargo deny)", rust::deny, &[]),
    ("fuzzing, a short run", fuzz::short, &["fuzz/target"]),
    ("examples: the batch on Apache Spark", rust::spark, &["target/python/spark"]),
    ("examples: the Worker at the edge, in workerd", javascript::edge, &[]),
    ("the companion under load, a short soak", || soak(40, 1), &[]),
];

/// Steps that keep all cores busy and look at the time that something takes.
const ALONE: &[Step] = &[
    ("pkg: JavaScript suites", javascript::committed, &[]),
    ("page: end to end in Chromium", javascript::page, &["tests/page/node_modules"]),
];

const PROVE: &[Step] = &[
    ("hostile input, each in seconds", || rust::whole("release_hostile"), &[]),
    (
        "the JSON Schemas by the jsonschema crate and the core, on twenty million requests",
        || rust::whole("release_schemas"),
        &[],
    ),
    (
        "the JSON Schemas by ajv and the core, on two million requests",
        javascript::whole_schemas,
        &[],
    ),
    ("oracle and core on two million seeded jobs", || rust::whole("release_differential"), &[]),
    (
        "oracle and core on the whole decision space, and every quote",
        || rust::whole("release_exhaustive"),
        &[],
    ),
];

/// Runs or lists the steps of `cargo xtask test` whose name contains `only`, and returns whether all of them passed.
pub fn run(only: Option<&str>, list: bool) -> bool {
    if list {
        let all = [RUST, BESIDE, ALONE].into_iter().flatten();
        all.filter(|step| is_chosen(step, only)).for_each(|(name, ..)| println!("{name}"));
        return true;
    }
    let mut tally = Tally::default();
    tally.run(&[RUST, BESIDE], only);
    tally.run(&[ALONE], only);
    tally.close()
}

/// Runs the steps of `cargo xtask prove` whose name contains `only`, and returns whether all of them passed.
pub fn prove(only: Option<&str>) -> bool {
    let mut tally = Tally::default();
    tally.run(&[PROVE], only);
    tally.close()
}
