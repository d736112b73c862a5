//! Condition variables on which all but one wait.

use super::ends_well;

#[test]
fn two_who_take_turns_with_a_condition_variable() {
    ends_well(
        &["player"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $cond i32 (i32.const 132)) (global $turn i32 (i32.const 136))
        (func $player (param $me i32) (result i32) (local $i i32)
          (loop $again
            (call $lock (global.get $mutex))
            (loop $wait
              (if (i32.ne (i32.load (global.get $turn)) (local.get $me)) (then
                (call $wait_on (global.get $cond) (global.get $mutex))
                (br $wait))))
            (i32.store (global.get $turn) (i32.sub (i32.const 1) (local.get $me)))
            (drop (call $cond_notify (global.get $cond) (i32.const 1)))
            (call $unlock (global.get $mutex))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (i32.const 0))
        (func $run (local $other i32)
          (local.set $other (call $spawn (global.get $player) (i32.const 1)))
          (drop (call $player (i32.const 0)))
          (call $join (local.get $other)))"#,
    );
}

#[test]
fn a_barrier_of_a_condition_variable() {
    ends_well(
        &["member"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $cond i32 (i32.const 132))
        (global $arrived i32 (i32.const 136)) (global $generation i32 (i32.const 140))
        (func $barrier (local $generation i32)
          (call $lock (global.get $mutex))
          (local.set $generation (i32.load (global.get $generation)))
          (i32.store (global.get $arrived) (i32.add (i32.load (global.get $arrived)) (i32.const 1)))
          (if (i32.eq (i32.load (global.get $arrived)) (i32.const 4))
            (then
              (i32.store (global.get $arrived) (i32.const 0))
              (i32.store (global.get $generation) (i32.add (local.get $generation) (i32.const 1)))
              (drop (call $cond_notify (global.get $cond) (i32.const -1))))
            (else
              (loop $again
                (call $wait_on (global.get $cond) (global.get $mutex))
                (br_if $again (i32.eq (i32.load (global.get $generation)) (local.get $generation))))))
          (call $unlock (global.get $mutex)))
        (func $member (param i32) (result i32) (local $i i32)
          (loop $again
            (call $barrier)
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (i32.const 0))
        (func $run (local $a i32) (local $b i32) (local $c i32)
          (local.set $a (call $spawn (global.get $member) (i32.const 0)))
          (local.set $b (call $spawn (global.get $member) (i32.const 0)))
          (local.set $c (call $spawn (global.get $member) (i32.const 0)))
          (drop (call $member (i32.const 0)))
          (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c)))"#,
    );
}

#[test]
fn a_queue_with_room_for_one() {
    // Two put and two take; nearly always three of them wait on one of two condition variables.
    ends_well(
        &["producer", "consumer"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $not_full i32 (i32.const 132)) (global $not_empty i32 (i32.const 136))
        (global $item i32 (i32.const 140)) (global $sum i32 (i32.const 144))
        (func $producer (param $i i32) (result i32)
          (loop $again
            (call $lock (global.get $mutex))
            (loop $wait
              (if (i32.load (global.get $item)) (then
                (call $wait_on (global.get $not_full) (global.get $mutex))
                (br $wait))))
            (i32.store (global.get $item) (local.get $i))
            (drop (call $cond_notify (global.get $not_empty) (i32.const 1)))
            (call $unlock (global.get $mutex))
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (br_if $again (local.get $i)))
          (i32.const 0))
        (func $consumer (param $i i32) (result i32)
          (loop $again
            (call $lock (global.get $mutex))
            (loop $wait
              (if (i32.eqz (i32.load (global.get $item))) (then
                (call $wait_on (global.get $not_empty) (global.get $mutex))
                (br $wait))))
            (i32.store (global.get $sum) (i32.add (i32.load (global.get $sum)) (i32.load (global.get $item))))
            (i32.store (global.get $item) (i32.const 0))
            (drop (call $cond_notify (global.get $not_full) (i32.const 1)))
            (call $unlock (global.get $mutex))
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (br_if $again (local.get $i)))
          (i32.const 0))
        (func $run (local $a i32) (local $b i32) (local $c i32)
          (local.set $a (call $spawn (global.get $producer) (global.get $steps)))
          (local.set $b (call $spawn (global.get $producer) (global.get $steps)))
          (local.set $c (call $spawn (global.get $consumer) (global.get $steps)))
          (drop (call $consumer (global.get $steps)))
          (call $join (local.get $a)) (call $join (local.get $b)) (call $join (local.get $c))
          ;; Twice 1 + 2 + ... + steps.
          (call $status (i32.load (global.get $sum))
            (i32.mul (global.get $steps) (i32.add (global.get $steps) (i32.const 1)))))"#,
    );
}

#[test]
fn a_wait_on_a_condition_variable_whose_time_is_over_as_it_is_notified() {
    ends_well(
        &["waiter"],
        r#"
        (global $mutex i32 (i32.const 128)) (global $cond i32 (i32.const 132))
        (global $begun i32 (i32.const 136)) (global $ended i32 (i32.const 140)) (global $woken i32 (i32.const 144))
        (func $waiter (param i32) (result i32) (local $i i32) (local $status i32)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $lock (global.get $mutex))
            (call $count (global.get $begun))
            (local.set $status (call $cond_wait (global.get $cond) (global.get $mutex) (i64.const 20000)))
            (if (local.get $status)
              (then (call $status (local.get $status) (i32.const 6)))
              (else (drop (i32.atomic.rmw.add (global.get $woken) (i32.const 1)))))
            (call $unlock (global.get $mutex))
            (call $count (global.get $ended))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (i32.const 0))
        (func $run (local $i i32) (local $notified i32) (local $waiter i32)
          (local.set $waiter (call $spawn (global.get $waiter) (i32.const 0)))
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (call $await (global.get $begun) (local.get $i))
            (loop $until_ended
              (call $lock (global.get $mutex))
              (local.set $notified (i32.add (local.get $notified) (call $cond_notify (global.get $cond) (i32.const 1))))
              (call $unlock (global.get $mutex))
              (br_if $until_ended (i32.lt_u (i32.atomic.load (global.get $ended)) (local.get $i))))
            (br_if $again (i32.lt_u (local.get $i) (global.get $steps))))
          (call $join (local.get $waiter))
          (call $status (i32.load (global.get $woken)) (local.get $notified)))"#,
    );
}
