//! Spawns, joins and ends of threads at the moment when everybody else is blocked.

use super::{STEPS, always, ends_well};
use crate::common::{guest::guest, program, returned};

#[test]
fn a_spawner_that_waits_for_a_thread_that_begins() {
    ends_well(
        &["child"],
        r#"
        (global $word i32 (i32.const 128))
        (func $child (param i32) (result i32) (call $count (global.get $word)) (i32.const 0))
        (func $run (local $i i32) (local $child i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $child (call $spawn (global.get $child) (i32.const 0)))
            (call $await (global.get $word) (local.get $i))
            (call $join (local.get $child))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_join_of_a_thread_that_ends() {
    ends_well(
        &["child"],
        r#"
        (func $child (param i32) (result i32) (i32.const 0))
        (func $run (local $i i32)
          (loop $again
            (call $join (call $spawn (global.get $child) (i32.const 0)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_join_whose_time_is_over_as_the_thread_ends() {
    ends_well(
        &["child"],
        r#"
        (func $child (param i32) (result i32) (i32.const 7))
        (func $run (local $i i32) (local $child i32) (local $status i32)
          (loop $again
            (i32.store (i32.const 128) (i32.const 0))
            (local.set $child (call $spawn (global.get $child) (i32.const 0)))
            (local.set $status (call $thread_join (local.get $child) (i64.const 20000) (i32.const 128)))
            (if (local.get $status) (then
              (call $status (local.get $status) (i32.const 6))
              (call $ok (call $thread_join (local.get $child) (i64.const -1) (i32.const 128)))))
            (call $status (i32.load (i32.const 128)) (i32.const 7))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_chain_of_joins_that_unwinds() {
    // Each thread joins the one that it has spawned; the last one ends.
    ends_well(
        &["link"],
        r#"
        (func $link (param $left i32) (result i32)
          (if (local.get $left) (then
            (call $join (call $spawn (global.get $link) (i32.sub (local.get $left) (i32.const 1))))))
          (i32.const 0))
        (func $run (local $i i32)
          (loop $again
            (call $join (call $spawn (global.get $link) (i32.const 10)))
            (local.set $i (i32.add (local.get $i) (i32.const 10)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn two_who_join_each_other_of_whom_one_is_refused() {
    ends_well(
        &["joiner"],
        r#"
        (global $ids i32 (i32.const 256)) (global $told i32 (i32.const 128)) (global $ended i32 (i32.const 132))
        (func $joiner (param $place i32) (result i32) (local $status i32) (local $round i32)
          (local.set $round (i32.shr_u (local.get $place) (i32.const 1)))
          (call $await (global.get $told) (i32.add (local.get $round) (i32.const 1)))
          (local.set $status (call $thread_join
            (i32.load (i32.add (global.get $ids) (i32.shl (i32.and (local.get $place) (i32.const 1)) (i32.const 2))))
            (i64.const -1) (i32.const 0)))
          (drop (i32.atomic.rmw.add (i32.const 136) (local.get $status)))
          (call $count (global.get $ended))
          (i32.const 0))
        (func $run (local $i i32)
          (loop $again
            (i32.store (i32.const 260) (call $spawn (global.get $joiner) (i32.shl (local.get $i) (i32.const 1))))
            (i32.store (i32.const 256) (call $spawn (global.get $joiner) (i32.add (i32.shl (local.get $i) (i32.const 1)) (i32.const 1))))
            (call $count (global.get $told))
            (call $await (global.get $ended) (i32.mul (i32.add (local.get $i) (i32.const 1)) (i32.const 2)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            ;; One joined the other, and that one was told of the deadlock.
            (call $status (i32.load (i32.const 136)) (i32.shl (local.get $i) (i32.const 2)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_detached_thread_that_ends_when_it_has_told() {
    ends_well(
        &["detached"],
        r#"
        (global $word i32 (i32.const 128))
        (func $detached (param i32) (result i32) (call $count (global.get $word)) (i32.const 0))
        (func $run (local $i i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $ok (call $thread_detach (call $spawn (global.get $detached) (i32.const 0))))
            (call $await (global.get $word) (local.get $i))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn threads_that_go_on_after_main() {
    // Main leaves, and two wake each other until both are done; the last to end ends the process.
    let wat = guest(
        &["player"],
        &format!(
            r#"
            (global $turn i32 (i32.const 128))
            (func $player (param $me i32) (result i32) (local $i i32)
              (loop $again
                (call $await (global.get $turn) (i32.add (i32.shl (local.get $i) (i32.const 1)) (local.get $me)))
                (call $count (global.get $turn))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $again (i32.lt_u (local.get $i) (i32.const {STEPS}))))
              (i32.const 0))
            (func (export "main")
              (drop (call $spawn (global.get $player) (i32.const 0)))
              (call $ok (call $thread_detach (call $spawn (global.get $player) (i32.const 1))))
              (call $thread_exit (i32.const 0)))"#
        ),
    );
    always(&program(&wat), 5, &returned(&[]));
}

#[test]
fn a_thread_that_begins_as_main_leaves() {
    // Main has gone or goes, and the new thread is the last one or spawns the next.
    let wat = guest(
        &["next"],
        &format!(
            r#"
            (func $next (param $left i32) (result i32)
              (if (local.get $left) (then
                (call $ok (call $thread_detach (call $spawn (global.get $next) (i32.sub (local.get $left) (i32.const 1)))))))
              (i32.const 0))
            (func (export "main")
              (drop (call $next (i32.const {STEPS})))
              (call $thread_exit (i32.const 0)))"#
        ),
    );
    always(&program(&wat), 5, &returned(&[]));
}
