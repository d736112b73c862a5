//! `--invoke`: exports that are called with numbers.

use crate::{
    guests,
    support::{Ran, Scratch},
};

fn invoke(export: &str, args: &[&str]) -> Ran {
    let scratch = Scratch::new();
    scratch.module(guests::FUNCTIONS);
    scratch.raddle(&[&["run", "--invoke", export, "module.wasm"], args].concat())
}

#[test]
fn numbers_are_read_by_the_exports_types() {
    invoke("add", &["-2", "0x10"]).assert(0, &["add returned 14\n"]).assert_stdout("");
    invoke("divide", &["1", "-4"]).assert(0, &["divide returned -0.25\n"]);
    invoke("divide", &["0", "0"]).assert(0, &["divide returned NaN\n"]);
    invoke("both", &[]).assert(0, &["both returned -3 0.5\n"]);
    let ran = invoke("nothing", &[]).assert(0, &[]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_wrong_number_is_named_with_its_type() {
    let says = ["argument 1 of `add` is `1.5`", "an i32", "usage: --invoke add i32 i64 -> i64"];
    invoke("add", &["1.5", "2"]).assert(2, &says);
    invoke("add", &["1", "99999999999999999999"]).assert(2, &["argument 2 of `add`", "an i64"]);
    invoke("divide", &["1", "two"]).assert(2, &["argument 2 of `divide` is `two`", "an f64"]);
}

#[test]
fn too_many_or_too_few_are_counted() {
    invoke("add", &["1"]).assert(2, &["`add` takes 2 arguments, not 1", "usage: --invoke add i32 i64 -> i64"]);
    invoke("nothing", &["1"]).assert(2, &["`nothing` takes 0 arguments, not 1"]);
}

#[test]
fn an_unknown_export_is_told_what_there_is() {
    let ran = invoke("ad", &[]).assert(1, &["no function `ad`", "--invoke add i32 i64 -> i64", "--invoke nothing\n"]);
    assert!(!ran.stderr.contains("raddle_enter"), "{}", ran.stderr);
}

#[test]
fn without_an_entry_the_exports_are_listed() {
    let scratch = Scratch::new();
    scratch.module(guests::FUNCTIONS);
    scratch.raddle(&["run", "module.wasm"]).assert(1, &["neither `_start` nor `main`", "--invoke both -> i32 f32"]);
}

#[test]
fn arguments_want_an_export() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    scratch
        .raddle(&["run", "module.wasm", "5"])
        .assert(2, &["`main` is run as the program's entry", "--invoke EXPORT"]);
    scratch.raddle(&["run", "--invoke", "main", "module.wasm", "5", "6"]).assert(7, &[]);
}
