//! `--entry` and `--entry-args`: exports that are called with numbers.

use crate::{
    guests,
    support::{Ran, Scratch, entry_args_option},
};

fn call(entry: &str, args: &[&str]) -> Ran {
    let scratch = Scratch::new();
    scratch.module(guests::FUNCTIONS);
    let args = entry_args_option(args);
    scratch.raddle(
        &[&["run", "--entry", entry], &*args.as_deref().into_iter().collect::<Vec<_>>(), &["module.wasm"]].concat(),
    )
}

#[test]
fn numbers_are_read_by_the_exports_types() {
    call("add", &["-2", "0x10"]).assert(0, &["add returned 14\n"]).assert_stdout("");
    call("divide", &["1", "-4"]).assert(0, &["divide returned -0.25\n"]);
    call("divide", &["0", "0"]).assert(0, &["divide returned NaN\n"]);
    call("both", &[]).assert(0, &["both returned -3 0.5\n"]);
    let ran = call("nothing", &[]).assert(0, &[]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_wrong_number_is_named_with_its_type() {
    let says = ["argument 1 of `add` is `1.5`", "an i32", "usage: --entry add --entry-args i32,i64"];
    call("add", &["1.5", "2"]).assert(2, &says);
    call("add", &["1", "99999999999999999999"]).assert(2, &["argument 2 of `add`", "an i64"]);
    call("divide", &["1", "two"]).assert(2, &["argument 2 of `divide` is `two`", "an f64"]);
}

#[test]
fn too_many_or_too_few_are_counted() {
    call("add", &["1"]).assert(2, &["`add` takes 2 arguments, not 1", "usage: --entry add --entry-args i32,i64"]);
    call("nothing", &["1"]).assert(2, &["`nothing` takes 0 arguments, not 1"]);
}

#[test]
fn an_unknown_export_is_told_what_there_is() {
    let says = [
        "module.wasm: ST0003",
        "no function 'ad'",
        "\n  add(i32, i64) -> (i64)\n",
        "\nhint: name one of them with --entry\n",
    ];
    let ran = call("ad", &[]).assert(1, &says);
    assert!(!ran.stderr.contains("raddle_enter"), "{}", ran.stderr);
}

#[test]
fn without_an_entry_the_exports_are_listed() {
    let scratch = Scratch::new();
    scratch.module(guests::FUNCTIONS);
    let says = ["ST0004", "neither '_start' nor 'main'", "\n  both() -> (i32, f32)\n", "--entry"];
    scratch.raddle(&["run", "module.wasm"]).assert(1, &says);
}

#[test]
fn the_default_entry_takes_arguments_too() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    scratch.raddle(&["run", "module.wasm"]).assert(7, &[]);
    scratch.raddle(&["run", "--entry-args", "5,6", "module.wasm"]).assert(7, &[]);
    scratch.raddle(&["run", "--entry-args", "5", "--entry-args=-6", "module.wasm"]).assert(7, &[]);
    scratch.raddle(&["run", "--entry-args", "5", "module.wasm"]).assert(2, &["`main` takes 2 arguments, not 1"]);
}

#[test]
fn the_names_of_other_runtimes_will_do() {
    let scratch = Scratch::new();
    scratch.module(guests::FUNCTIONS);
    let ran =
        scratch.raddle(&["run", "--invoke", "divide", "--timeout", "1m", "--entry-args", "-inf,2", "module.wasm"]);
    ran.assert(0, &["divide returned -inf\n"]);
}

#[test]
fn arguments_of_a_program_that_cannot_read_them_are_refused() {
    let scratch = Scratch::new();
    scratch.module(guests::RETURNS_7);
    let says = ["RD0006: what follows the module is for the program itself", "nothing of WASI", "--entry-args"];
    for args in [&["5", "6"][..], &["-5"], &["word"], &["--max-threads", "5"], &["--", "-x"]] {
        scratch.raddle(&[&["run", "module.wasm"], args].concat()).assert(2, &says);
    }
}
