//! One thread after another.

use std::thread;

use crate::{
    guest,
    row::{Row, Target},
    timing::{ROUNDS, alternate, time},
};

pub(crate) const ROWS: &[Row] = &[Row {
    name: "spawn and join / std::thread",
    target: Target::AtMost(0.7),
    measure: || {
        let program = guest::program(SPAWN_JOIN);
        Ok(alternate(ROUNDS, || guest::time(&program, COUNT), || time(native)).each(COUNT))
    },
}];

const COUNT: u32 = 1000;

fn native() {
    for number in 0..COUNT {
        assert_eq!(thread::spawn(move || number).join().ok(), Some(number));
    }
}

/// Spawns and joins `count` threads, one after another.
const SPAWN_JOIN: &str = r#"
    (func $child (param i32) (result i32) (local.get 0))
    (func (export "main") (param $count i32)
      (call $say)
      (loop $again
        (call $join (call $spawn (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))
      (call $say))"#;
