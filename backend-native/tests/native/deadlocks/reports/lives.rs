//! Threads that wait while they begin or end, or that nobody joins.

use super::{deadlocks, join, memory};

#[test]
fn detached_threads() {
    deadlocks(
        &["waiter"],
        r#"
        (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
        (func $main (export "main")
          (call $ok (call $thread_detach (call $spawn (global.get $waiter) (i32.const 0))))
          (call $await (i32.const 132) (i32.const 1)))"#,
        &[(1, "", memory(132), &["await", "main"]), (2, "", memory(128), &["await", "waiter"])],
        &[],
    );
}

#[test]
fn a_destructor_that_waits() {
    deadlocks(
        &["child", "destructor"],
        r#"
        (func $destructor (param i32) (call $await (i32.const 128) (i32.const 1)))
        (func $child (param i32) (result i32)
          (call $ok (call $tls_set (i32.load (i32.const 132)) (i32.const 1)))
          (i32.const 0))
        (func $main (export "main")
          (call $ok (call $tls_create (global.get $destructor) (i32.const 132)))
          (call $join (call $spawn (global.get $child) (i32.const 0))))"#,
        &[(1, "", join(2), &["join", "main"]), (2, "", memory(128), &["await", "destructor"])],
        &[],
    );
}

#[test]
fn a_constructor_that_waits() {
    deadlocks(
        &[],
        r#"
        (func $constructors (export "_initialize") (call $await (i32.const 128) (i32.const 1)))
        (func $main (export "main"))"#,
        &[(1, "", memory(128), &["await", "constructors"])],
        &[],
    );
}

#[test]
fn a_thread_that_ends_last_and_leaves_the_others_behind() {
    deadlocks(
        &["waiter", "leaver"],
        r#"
        (func $waiter (param i32) (result i32) (call $await (i32.const 128) (i32.const 1)) (i32.const 0))
        (func $leaver (param i32) (result i32) (call $sleep (i32.const 2)) (i32.const 0))
        (func $main (export "main") (local $waiter i32)
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          (drop (call $spawn (global.get $leaver) (i32.const 0)))
          (call $join (local.get $waiter)))"#,
        &[(1, "", join(2), &["join", "main"]), (2, "", memory(128), &["await", "waiter"])],
        &[],
    );
}
