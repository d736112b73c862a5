//! The programs that the tests run.

/// Returns 7 from `main`.
pub(crate) const RETURNS_7: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (param i32 i32) (result i32) i32.const 7))"#;

/// Says something on both streams, without a line end on standard output, and exits with 42 from a second thread.
pub(crate) const EXITS_42: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (data (i32.const 16) "out\nhalf")
  (data (i32.const 32) "err\n")
  (func $start (param i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 8)))
    (drop (call $write (i32.const 2) (i32.const 32) (i32.const 4)))
    (call $exit (local.get 0))
    unreachable)
  (func (export "_start")
    (drop (call $spawn (i32.const 1) (i32.const 42) (i32.const 0) (i32.const 8)))
    (drop (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0)))))"#;

/// A thread named `worker` divides by zero in `$divide`.
pub(crate) const TRAPS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  ;; size 20, no flags, the default stack, the name at 64, its length
  (data (i32.const 16) "\14\00\00\00\00\00\00\00\00\00\00\00\40\00\00\00\06\00\00\00")
  (data (i32.const 64) "worker")
  (func $divide (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
  (func $start (param i32) (result i32) (call $divide (local.get 0)))
  (func (export "main") (param i32 i32) (result i32)
    (drop (call $spawn (i32.const 1) (i32.const 0) (i32.const 16) (i32.const 8)))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))"#;

/// Aborts with a message.
pub(crate) const ABORTS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "process_abort" (func $abort (param i32 i32)))
  (data (i32.const 16) "nothing to be done")
  (func (export "_start") (call $abort (i32.const 16) (i32.const 18))))"#;

/// Waits for a notify that nobody sends.
pub(crate) const DEADLOCKS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (func $start (export "_start")
    (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))))"#;

/// Writes a line and then computes for ever.
pub(crate) const SPINS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 16) "ready\n")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 6)))
    (loop $for_ever (br $for_ever))))"#;

/// Exports to call with numbers, and neither `main` nor `_start`.
pub(crate) const FUNCTIONS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "add") (param i32 i64) (result i64) (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1)))
  (func (export "divide") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func (export "both") (result i32 f32) i32.const -3 f32.const 0.5)
  (func (export "nothing")))"#;

/// Imports that no host provides.
pub(crate) const UNKNOWN_IMPORTS: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "env" "first_missing" (func))
  (import "raddle_v1" "second_missing" (func (param i32)))
  (func (export "_start")))"#;

/// Not threaded: its memory is not shared.
pub(crate) const NOT_THREADED: &str = r#"(module (memory (export "memory") 1) (func (export "_start")))"#;

/// Spawns threads until the host says no more, and returns the status that says so.
pub(crate) const SPAWNS_UNTIL_REFUSED: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (param i32 i32) (result i32) (local $status i32)
    (loop $again
      (local.set $status (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
      (br_if $again (i32.eqz (local.get $status))))
    (local.get $status)))"#;

/// Recurses for ever, with a frame of 1 KiB in memory each time.
pub(crate) const OVERFLOWS: &str = r#"(module
  (import "env" "memory" (memory 3 3 shared))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 65536))
  (global (export "__heap_base") i32 (i32.const 65536))
  (func $recurse
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
    (i32.store (global.get $__stack_pointer) (i32.const 0))
    (call $recurse)
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024))))
  (func (export "_start") (call $recurse)))"#;

/// The main thread waits, in `$hangs`, for what a thread that computes will never tell it.
pub(crate) const WAITS_BESIDE_A_SPINNER: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $spin)
  (func $spin (param i32) (result i32) (loop $for_ever (br $for_ever)) (i32.const 0))
  (func $hangs (drop (memory.atomic.wait32 (i32.const 256) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (drop (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
    (call $hangs)))"#;

/// Writes four bytes twice, and returns the second answer.
pub(crate) const WRITES_TWICE: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (data (i32.const 16) "four")
  (func (export "main") (param i32 i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 4)))
    (call $write (i32.const 1) (i32.const 16) (i32.const 4))))"#;

/// Writes so many times so many bytes to a stream, all of one letter but for a line end as the last.
pub(crate) const WRITES: &str = r#"(module
  (import "env" "memory" (memory 4 4 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (func (export "main") (param $stream i32) (param $times i32) (param $len i32)
    (memory.fill (i32.const 0) (i32.const 65) (local.get $len))
    (i32.store8 (i32.sub (local.get $len) (i32.const 1)) (i32.const 10))
    (loop $again
      (if (call $write (local.get $stream) (i32.const 0) (local.get $len)) (then unreachable))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))))"#;

/// A thread writes to standard output for ever. When it is at its second 64 KiB, main joins it (0), exits with 7 (1),
/// traps (2) or returns (3).
pub(crate) const FLOODS: &str = r#"(module
  (import "env" "memory" (memory 4 4 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "process_exit" (func $exit (param i32)))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $flood)
  (func $flood (param i32) (result i32)
    (loop $forever
      (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
      (drop (memory.atomic.notify (i32.const 16) (i32.const -1)))
      (drop (call $write (i32.const 1) (i32.const 65536) (i32.const 65536)))
      (br $forever))
    unreachable)
  (func (export "main") (param $end i32) (local $count i32)
    (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $again
      (local.set $count (i32.atomic.load (i32.const 16)))
      (if (i32.lt_u (local.get $count) (i32.const 2)) (then
        (drop (memory.atomic.wait32 (i32.const 16) (local.get $count) (i64.const -1)))
        (br $again))))
    (block $return (block $trap (block $exit (block $join
      (br_table $join $exit $trap $return (local.get $end)))
      (drop (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
      (call $exit (i32.const 7)))
      unreachable)))"#;

/// Writes a line, sleeps for half a second, and returns 7.
pub(crate) const SLEEPS_A_WHILE: &str = r#"(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "write" (func $write (param i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (data (i32.const 16) "ready\n")
  (func (export "main") (param i32 i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 6)))
    (drop (call $sleep (i64.const 500000000)))
    (i32.const 7)))"#;

/// Spawns a hundred threads that wait, or as many as there are, wakes them, and returns 50 when all have ended.
pub(crate) const SPAWNS_A_HUNDRED: &str = r#"(module
  (import "env" "memory" (memory 1 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $start)
  (func $start (param i32) (result i32)
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (i32.const 0))
  (func (export "main") (param i32 i32) (result i32) (local $count i32) (local $tries i32)
    (loop $again
      (if (i32.eqz (call $spawn (i32.const 1) (i32.const 0) (i32.const 0)
            (i32.add (i32.const 1024) (i32.shl (local.get $count) (i32.const 2)))))
        (then (local.set $count (i32.add (local.get $count) (i32.const 1)))))
      (local.set $tries (i32.add (local.get $tries) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $tries) (i32.const 100))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (if (call $join (i32.load (i32.add (i32.const 1024) (i32.shl (local.get $count) (i32.const 2))))
              (i64.const -1) (i32.const 0))
          (then unreachable))
        (br $again)))
    (i32.const 50)))"#;
