//! Every way in which a program ends, by its exit status and by what is said of it.

use crate::{
    guests,
    support::{Ran, Scratch},
};

fn run(text: &str, options: &[&str]) -> Ran {
    let scratch = Scratch::new();
    scratch.module(text);
    scratch.raddle(&[&["run"], options, &["module.wasm"]].concat())
}

#[test]
fn the_status_is_what_main_returned() {
    let ran = run(guests::RETURNS_7, &[]).assert(7, &[]).assert_stdout("");
    assert_eq!(ran.stderr, "");
}

#[test]
fn exit_gives_its_code_and_streams_are_the_programs_own() {
    let ran = run(guests::EXITS_42, &[]).assert(42, &[]).assert_stdout("out\nhalf");
    assert_eq!(ran.stderr, "err\n");
}

#[test]
fn a_trap_names_thread_kind_and_functions() {
    let says = ["thread 2 'worker' trapped: division-by-zero", "0: divide", "1: start"];
    run(guests::TRAPS, &[]).assert(134, &says).assert_stdout("");
}

#[test]
fn an_abort_says_what_the_program_said() {
    run(guests::ABORTS, &[]).assert(134, &["thread 1 aborted the program: nothing to be done\n"]);
}

#[test]
fn a_deadlock_says_who_waits_for_what() {
    run(guests::DEADLOCKS, &[]).assert(125, &["deadlock", "thread 1 waits for a notify of address 0x100"]);
}

#[test]
fn a_time_out_ends_what_computes() {
    // Long enough to compile it: that counts, too.
    run(guests::SPINS, &["--time-limit", "1s"]).assert(124, &["--time-limit"]).assert_stdout("ready\n");
}

#[test]
fn a_stack_overflow_is_found_where_stacks_are_checked() {
    run(guests::OVERFLOWS, &["--stack-check"]).assert(134, &["thread 1 trapped: stack-overflow", "recurse"]);
}
