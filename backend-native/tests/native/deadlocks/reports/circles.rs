//! Threads that wait for each other.

use super::{condvar, deadlocks, join, memory, mutex};

#[test]
fn two_mutexes_in_opposite_orders() {
    deadlocks(
        &["first", "second"],
        r#"
        (data (i32.const 512) "first") (data (i32.const 520) "second")
        (global $a i32 (i32.const 128)) (global $b i32 (i32.const 132)) (global $held i32 (i32.const 136))
        (func $first (param i32) (result i32)
          (call $name (i32.const 512) (i32.const 5))
          (call $lock (global.get $a)) (call $count (global.get $held)) (call $await (global.get $held) (i32.const 2))
          (call $lock (global.get $b))
          (i32.const 0))
        (func $second (param i32) (result i32)
          (call $name (i32.const 520) (i32.const 6))
          (call $lock (global.get $b)) (call $count (global.get $held)) (call $await (global.get $held) (i32.const 2))
          (call $lock (global.get $a))
          (i32.const 0))
        (func $main (export "main") (local $first i32)
          (local.set $first (call $spawn (global.get $first) (i32.const 0)))
          (drop (call $spawn (global.get $second) (i32.const 0)))
          (call $join (local.get $first)))"#,
        &[
            (1, "", join(2), &["join", "main"]),
            (2, "first", mutex(132, 3), &["lock", "first"]),
            (3, "second", mutex(128, 2), &["lock", "second"]),
        ],
        &[&[2, 3]],
    );
}

#[test]
fn a_join_and_a_mutex() {
    deadlocks(
        &["child"],
        r#"
        (func $child (param i32) (result i32) (call $lock (i32.const 128)) (i32.const 0))
        (func $main (export "main")
          (call $lock (i32.const 128))
          (call $join (call $spawn (global.get $child) (i32.const 0))))"#,
        &[(1, "", join(2), &["join", "main"]), (2, "", mutex(128, 1), &["lock", "child"])],
        &[&[1, 2]],
    );
}

#[test]
fn a_ring_of_a_join_and_two_mutexes() {
    deadlocks(
        &["joiner", "outer", "inner"],
        r#"
        (global $m i32 (i32.const 128)) (global $n i32 (i32.const 132)) (global $held i32 (i32.const 136))
        (func $joiner (param i32) (result i32)
          (call $lock (global.get $n)) (call $count (global.get $held)) (call $await (global.get $held) (i32.const 2))
          (call $join (i32.const 3))
          (i32.const 0))
        (func $outer (param i32) (result i32)
          (call $await (global.get $held) (i32.const 2))
          (call $lock (global.get $m))
          (i32.const 0))
        (func $inner (param i32) (result i32)
          (call $lock (global.get $m)) (call $count (global.get $held)) (call $await (global.get $held) (i32.const 2))
          (call $lock (global.get $n))
          (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $joiner) (i32.const 0)))
          (drop (call $spawn (global.get $outer) (i32.const 0)))
          (drop (call $spawn (global.get $inner) (i32.const 0)))
          (call $lock (i32.const 140))
          (call $wait_on (i32.const 144) (i32.const 140)))"#,
        &[
            (1, "", condvar(144), &["wait_on", "main"]),
            (2, "", join(3), &["join", "joiner"]),
            (3, "", mutex(128, 4), &["lock", "outer"]),
            (4, "", mutex(132, 2), &["lock", "inner"]),
        ],
        &[&[2, 3, 4]],
    );
}

#[test]
fn a_cycle_that_was_none_while_a_join_had_a_time_out() {
    // Each joins the other, which is allowed as one of the joins ends by itself. But then that thread wants what the
    // other holds.
    deadlocks(
        &["patient", "holder"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $held i32 (i32.const 132))
        (func $patient (param i32) (result i32)
          (call $await (global.get $held) (i32.const 1))
          (if (i32.ne (call $thread_join (i32.const 3) (i64.const 5000000) (i32.const 0)) (i32.const 6)) (then unreachable))
          (call $lock (global.get $mutex))
          (i32.const 0))
        (func $holder (param i32) (result i32)
          (call $lock (global.get $mutex))
          (call $count (global.get $held))
          (call $join (i32.const 2))
          (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $patient) (i32.const 0)))
          (drop (call $spawn (global.get $holder) (i32.const 0)))
          (call $thread_exit (i32.const 0)))"#,
        &[(2, "", mutex(128, 3), &["lock", "patient"]), (3, "", join(2), &["join", "holder"])],
        &[&[2, 3]],
    );
}

#[test]
fn a_join_that_is_refused_is_in_no_cycle() {
    // With a time-out it was allowed. For ever it would close a cycle of joins; so that thread waits for something
    // else.
    deadlocks(
        &["patient", "joiner"],
        r#"
        (global $step i32 (i32.const 128))
        (func $patient (param i32) (result i32)
          (call $await (global.get $step) (i32.const 1))
          (if (i32.ne (call $thread_join (i32.const 3) (i64.const 5000000) (i32.const 0)) (i32.const 6)) (then unreachable))
          (call $await (global.get $step) (i32.const 2))
          (if (i32.ne (call $thread_join (i32.const 3) (i64.const -1) (i32.const 0)) (i32.const 4)) (then unreachable))
          (call $await (i32.const 132) (i32.const 1))
          (i32.const 0))
        (func $joiner (param i32) (result i32) (call $join (i32.const 2)) (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $patient) (i32.const 0)))
          (drop (call $spawn (global.get $joiner) (i32.const 0)))
          (call $count (global.get $step))
          ;; Until it may not join the first any more: the second does.
          (loop $again
            (br_if $again (i32.ne (call $thread_join (i32.const 2) (i64.const 0) (i32.const 0)) (i32.const 2))))
          (call $count (global.get $step))
          (call $thread_exit (i32.const 0)))"#,
        &[(2, "", memory(132), &["await", "patient"]), (3, "", join(2), &["join", "joiner"])],
        &[],
    );
}

#[test]
fn philosophers_who_all_took_their_left_fork() {
    deadlocks(
        &["philosopher"],
        r#"
        (data (i32.const 512) "philosopher")
        (global $seated i32 (i32.const 128)) (global $forks i32 (i32.const 256))
        (func $fork (param $place i32) (result i32)
          (i32.add (global.get $forks) (i32.shl (i32.rem_u (local.get $place) (i32.const 5)) (i32.const 2))))
        (func $philosopher (param $place i32) (result i32)
          (call $name (i32.const 512) (i32.const 11))
          (call $lock (call $fork (local.get $place)))
          (call $count (global.get $seated))
          (call $await (global.get $seated) (i32.const 5))
          (call $lock (call $fork (i32.add (local.get $place) (i32.const 1))))
          (i32.const 0))
        (func $main (export "main") (local $place i32)
          (loop $next
            (drop (call $spawn (global.get $philosopher) (local.get $place)))
            (local.set $place (i32.add (local.get $place) (i32.const 1)))
            (br_if $next (i32.lt_u (local.get $place) (i32.const 5))))
          (call $join (i32.const 2)))"#,
        &[
            (1, "", join(2), &["join", "main"]),
            (2, "philosopher", mutex(260, 3), &["lock", "philosopher"]),
            (3, "philosopher", mutex(264, 4), &["lock", "philosopher"]),
            (4, "philosopher", mutex(268, 5), &["lock", "philosopher"]),
            (5, "philosopher", mutex(272, 6), &["lock", "philosopher"]),
            (6, "philosopher", mutex(256, 2), &["lock", "philosopher"]),
        ],
        &[&[2, 3, 4, 5, 6]],
    );
}

#[test]
fn two_cycles_and_one_who_waits_for_a_cycle() {
    // Threads 2 and 3, and 4 and 5, hold one of a pair of mutexes each and want the other.
    deadlocks(
        &["one_of_two", "hanger_on"],
        r#"
        (global $held i32 (i32.const 128))
        (func $one_of_two (param $mine i32) (result i32)
          (call $lock (local.get $mine))
          (call $count (global.get $held))
          (call $await (global.get $held) (i32.const 4))
          (call $lock (i32.xor (local.get $mine) (i32.const 4)))
          (i32.const 0))
        (func $hanger_on (param $mutex i32) (result i32)
          (call $await (global.get $held) (i32.const 4))
          (call $lock (local.get $mutex))
          (i32.const 0))
        (func $main (export "main")
          (drop (call $spawn (global.get $one_of_two) (i32.const 256)))
          (drop (call $spawn (global.get $one_of_two) (i32.const 260)))
          (drop (call $spawn (global.get $one_of_two) (i32.const 264)))
          (drop (call $spawn (global.get $one_of_two) (i32.const 268)))
          (call $join (call $spawn (global.get $hanger_on) (i32.const 264))))"#,
        &[
            (1, "", join(6), &["join", "main"]),
            (2, "", mutex(260, 3), &["lock", "one_of_two"]),
            (3, "", mutex(256, 2), &["lock", "one_of_two"]),
            (4, "", mutex(268, 5), &["lock", "one_of_two"]),
            (5, "", mutex(264, 4), &["lock", "one_of_two"]),
            (6, "", mutex(264, 4), &["lock", "hanger_on"]),
        ],
        &[&[2, 3], &[4, 5]],
    );
}
