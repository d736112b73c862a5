//! Guest programs with some comfort: they name the functions that they spawn, and have words for what threads do.

use super::module;

/// Text of a module as [`module`] makes it, with [`WORDS`]. Each function of the table has a global of its own name
/// with its number.
pub fn guest(functions: &[&str], body: &str) -> String {
    let numbers: String =
        (1..).zip(functions).map(|(number, name)| format!("(global ${name} i32 (i32.const {number}))\n")).collect();
    module(functions, &format!("{numbers}{WORDS}{body}"))
}

/// As [`guest`], with imports of the embedder's.
pub fn guest_importing(imports: &str, functions: &[&str], body: &str) -> String {
    guest(functions, body).replacen("(module", &format!("(module {imports}"), 1)
}

/// What goes wrong in a word is a trap. They use no memory but the page's upper half: there each thread has a word of
/// its own, by its id, where its spawns put their ids. Linear stacks are there so that threads have slots.
const WORDS: &str = r#"
    (global $__stack_pointer (mut i32) (i32.const 32768))
    (export "__stack_pointer" (global $__stack_pointer))

    (func $ok (param $status i32) (if (local.get $status) (then unreachable)))

    ;; A new thread runs the function; returns its id.
    (func $spawn (param $function i32) (param $arg i32) (result i32) (local $out i32)
      (local.set $out
        (i32.add (i32.const 0x8000) (i32.shl (i32.and (call $thread_id) (i32.const 0x1fff)) (i32.const 2))))
      (call $ok (call $thread_spawn (local.get $function) (local.get $arg) (i32.const 0) (local.get $out)))
      (i32.load (local.get $out)))
    (func $join (param $thread i32) (call $ok (call $thread_join (local.get $thread) (i64.const -1) (i32.const 0))))

    (func $name (param $text i32) (param $len i32)
      (call $ok (call $thread_set_name (local.get $text) (local.get $len))))

    (func $lock (param $mutex i32) (call $ok (call $mutex_lock (local.get $mutex) (i64.const -1))))
    (func $unlock (param $mutex i32) (call $ok (call $mutex_unlock (local.get $mutex))))
    (func $wait_on (param $cond i32) (param $mutex i32)
      (call $ok (call $cond_wait (local.get $cond) (local.get $mutex) (i64.const -1))))

    (func $sleep (param $milliseconds i32)
      (call $ok (call $thread_sleep (i64.mul (i64.extend_i32_u (local.get $milliseconds)) (i64.const 1000000)))))
    (func $hour (call $sleep (i32.const 3600000)))

    ;; Adds one to a word and wakes who waits for it.
    (func $count (param $word i32)
      (drop (i32.atomic.rmw.add (local.get $word) (i32.const 1)))
      (drop (memory.atomic.notify (local.get $word) (i32.const -1))))
    ;; Waits until a word that only grows is as large as the value.
    (func $await (param $word i32) (param $value i32) (local $now i32)
      (loop $again
        (local.set $now (i32.atomic.load (local.get $word)))
        (if (i32.lt_u (local.get $now) (local.get $value)) (then
          (drop (memory.atomic.wait32 (local.get $word) (local.get $now) (i64.const -1)))
          (br $again)))))
    ;; Wakes one who waits for a word, which must come.
    (func $wake (param $word i32)
      (loop $again
        (br_if $again (i32.eqz (memory.atomic.notify (local.get $word) (i32.const 1))))))
"#;
