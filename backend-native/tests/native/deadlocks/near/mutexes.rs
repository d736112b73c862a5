//! Mutexes that the last running thread hands over, gives up or dies with.

use super::ends_well;

#[test]
fn a_mutex_whose_owner_ends() {
    ends_well(
        &["owner"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $held i32 (i32.const 132))
        (func $owner (param i32) (result i32)
          (call $lock (global.get $mutex)) (call $count (global.get $held))
          (i32.const 0))
        (func $run (local $i i32) (local $owner i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $owner (call $spawn (global.get $owner) (i32.const 0)))
            (call $await (global.get $held) (local.get $i))
            ;; Before, while or after it ends.
            (call $status (call $mutex_lock (global.get $mutex) (i64.const -1)) (i32.const 10))
            (call $unlock (global.get $mutex))
            (call $join (local.get $owner))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_mutex_that_goes_from_one_dying_owner_to_the_next() {
    // Four threads take the mutex one after another, and each ends with it; main is the fifth.
    ends_well(
        &["owner"],
        r#"
        (global $mutex i32 (i32.const 128))
        (func $owner (param i32) (result i32) (local $status i32)
          (local.set $status (call $mutex_lock (global.get $mutex) (i64.const -1)))
          (if (local.get $status) (then (call $status (local.get $status) (i32.const 10))))
          (i32.const 0))
        (func $run (local $i i32) (local $a i32) (local $b i32) (local $c i32) (local $d i32)
          (loop $again
            (call $lock (global.get $mutex))
            (local.set $a (call $spawn (global.get $owner) (i32.const 0)))
            (local.set $b (call $spawn (global.get $owner) (i32.const 0)))
            (local.set $c (call $spawn (global.get $owner) (i32.const 0)))
            (local.set $d (call $spawn (global.get $owner) (i32.const 0)))
            (call $unlock (global.get $mutex))
            (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c)) (call $join (local.get $d))
            (call $status (call $mutex_lock (global.get $mutex) (i64.const -1)) (i32.const 10))
            (call $unlock (global.get $mutex))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps)))))"#,
    );
}

#[test]
fn a_lock_whose_time_is_over_as_the_mutex_is_freed() {
    ends_well(
        &["holder"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $step i32 (i32.const 132))
        (func $holder (param i32) (result i32) (local $i i32)
          (loop $again
            (call $lock (global.get $mutex))
            (call $count (global.get $step))
            (call $thread_yield)
            (call $unlock (global.get $mutex))
            (local.set $i (i32.add (local.get $i) (i32.const 2)))
            (call $await (global.get $step) (local.get $i))
            (br_if $again (i32.lt_u (local.get $i) (i32.shl (global.get $steps) (i32.const 1)))))
          (i32.const 0))
        (func $run (local $i i32) (local $holder i32) (local $status i32)
          (local.set $holder (call $spawn (global.get $holder) (i32.const 0)))
          (loop $again
            (call $await (global.get $step) (i32.add (local.get $i) (i32.const 1)))
            (local.set $status (call $mutex_lock (global.get $mutex) (i64.const 5000)))
            (if (local.get $status) (then
              (call $status (local.get $status) (i32.const 6))
              (call $lock (global.get $mutex))))
            (call $unlock (global.get $mutex))
            (local.set $i (i32.add (local.get $i) (i32.const 2)))
            (call $count (global.get $step))
            (br_if $again (i32.lt_u (local.get $i) (i32.shl (global.get $steps) (i32.const 1)))))
          (call $join (local.get $holder)))"#,
    );
}

#[test]
fn two_mutexes_in_opposite_orders_with_a_way_back() {
    // Who does not get the second at once, or soon, gives the first one up.
    for timeout in [0, 50_000] {
        ends_well(
            &["crosser"],
            &format!(
                r#"
                (func $crosser (param $mine i32) (result i32) (local $i i32)
                  (loop $again
                    (call $lock (local.get $mine))
                    (if (call $mutex_lock (i32.xor (local.get $mine) (i32.const 4)) (i64.const {timeout})) (then
                      (call $unlock (local.get $mine))
                      (call $thread_yield)
                      (br $again)))
                    (call $unlock (i32.xor (local.get $mine) (i32.const 4)))
                    (call $unlock (local.get $mine))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
                  (i32.const 0))
                (func $run (local $other i32)
                  (local.set $other (call $spawn (global.get $crosser) (i32.const 260)))
                  (drop (call $crosser (i32.const 256)))
                  (call $join (local.get $other)))"#
            ),
        );
    }
}

#[test]
fn philosophers_of_whom_one_is_left_handed() {
    ends_well(
        &["philosopher"],
        r#"
        (global $forks i32 (i32.const 256))
        (func $fork (param $place i32) (result i32)
          (i32.add (global.get $forks) (i32.shl (i32.rem_u (local.get $place) (i32.const 5)) (i32.const 2))))
        (func $philosopher (param $place i32) (result i32) (local $first i32) (local $second i32) (local $meals i32)
          ;; The last one takes the other fork first.
          (local.set $first (i32.add (local.get $place) (i32.eq (local.get $place) (i32.const 4))))
          (local.set $second (i32.add (local.get $place) (i32.ne (local.get $place) (i32.const 4))))
          (loop $again
            (call $lock (call $fork (local.get $first)))
            (call $thread_yield)
            (call $lock (call $fork (local.get $second)))
            (call $unlock (call $fork (local.get $first)))
            (call $unlock (call $fork (local.get $second)))
            (local.set $meals (i32.add (local.get $meals) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $meals) (global.get $steps))))
          (i32.const 0))
        (func $run (local $a i32) (local $b i32) (local $c i32) (local $d i32)
          (local.set $a (call $spawn (global.get $philosopher) (i32.const 1)))
          (local.set $b (call $spawn (global.get $philosopher) (i32.const 2)))
          (local.set $c (call $spawn (global.get $philosopher) (i32.const 3)))
          (local.set $d (call $spawn (global.get $philosopher) (i32.const 4)))
          (drop (call $philosopher (i32.const 0)))
          (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c)) (call $join (local.get $d)))"#,
    );
}
