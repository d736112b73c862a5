//! Waits for words in memory, of which one at a time goes on.

use super::ends_well;

#[test]
fn a_ring_of_threads_that_wake_each_other() {
    // A token goes round: each of five waits until its word counts, and then counts the next one's.
    ends_well(
        &["member"],
        r#"
        (global $words i32 (i32.const 256)) (global $ready i32 (i32.const 128))
        (func $word (param $place i32) (result i32)
          (i32.add (global.get $words) (i32.shl (i32.rem_u (local.get $place) (i32.const 5)) (i32.const 2))))
        (func $member (param $place i32) (result i32) (local $i i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $await (call $word (local.get $place)) (local.get $i))
            (call $count (call $word (i32.add (local.get $place) (i32.const 1))))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (i32.const 0))
        (func $run (local $first i32) (local $second i32) (local $third i32) (local $fourth i32)
          (local.set $first (call $spawn (global.get $member) (i32.const 1)))
          (local.set $second (call $spawn (global.get $member) (i32.const 2)))
          (local.set $third (call $spawn (global.get $member) (i32.const 3)))
          (local.set $fourth (call $spawn (global.get $member) (i32.const 4)))
          (call $count (call $word (i32.const 0)))
          (drop (call $member (i32.const 0)))
          (call $join (local.get $first)) (call $join (local.get $second))
          (call $join (local.get $third)) (call $join (local.get $fourth)))"#,
    );
}

#[test]
fn one_woken_at_a_time_of_many_on_one_word() {
    // Five wait for the same word; each notify wakes one, which wakes another before it waits again.
    ends_well(
        &["member"],
        r#"
        (global $baton i32 (i32.const 128)) (global $stop i32 (i32.const 132)) (global $passed i32 (i32.const 136))
        (func $pass
          (i32.atomic.store (global.get $baton) (i32.const 1))
          (drop (memory.atomic.notify (global.get $baton) (i32.const 1))))
        (func $member (param i32) (result i32)
          (loop $again
            (if (i32.eqz (i32.atomic.rmw.cmpxchg (global.get $baton) (i32.const 1) (i32.const 0))) (then
              (drop (memory.atomic.wait32 (global.get $baton) (i32.const 0) (i64.const -1)))
              (br $again)))
            (if (i32.ge_u (i32.atomic.rmw.add (global.get $passed) (i32.const 1)) (global.get $steps)) (then
              (call $pass)
              (return (i32.const 0))))
            (call $pass)
            (br $again))
          (unreachable))
        (func $run (local $a i32) (local $b i32) (local $c i32) (local $d i32)
          (local.set $a (call $spawn (global.get $member) (i32.const 0)))
          (local.set $b (call $spawn (global.get $member) (i32.const 0)))
          (local.set $c (call $spawn (global.get $member) (i32.const 0)))
          (local.set $d (call $spawn (global.get $member) (i32.const 0)))
          (call $pass)
          (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c)) (call $join (local.get $d)))"#,
    );
}

#[test]
fn a_wait_whose_time_is_over_as_it_is_notified() {
    // Whoever says that it was woken was, and nobody else.
    ends_well(
        &["waiter"],
        r#"
        (global $word i32 (i32.const 128)) (global $begun i32 (i32.const 132)) (global $ended i32 (i32.const 136))
        (global $woken i32 (i32.const 140))
        (func $waiter (param i32) (result i32) (local $i i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $count (global.get $begun))
            (if (i32.eqz (memory.atomic.wait32 (global.get $word) (i32.const 0) (i64.const 20000)))
              (then (drop (i32.atomic.rmw.add (global.get $woken) (i32.const 1)))))
            (call $count (global.get $ended))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (i32.const 0))
        (func $run (local $i i32) (local $notified i32) (local $waiter i32)
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $await (global.get $begun) (local.get $i))
            (loop $until_ended
              (local.set $notified (i32.add (local.get $notified) (memory.atomic.notify (global.get $word) (i32.const 1))))
              (br_if $until_ended (i32.lt_u (i32.atomic.load (global.get $ended)) (local.get $i))))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (call $join (local.get $waiter))
          (call $status (i32.load (global.get $woken)) (local.get $notified)))"#,
    );
}
