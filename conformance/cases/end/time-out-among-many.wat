;;! summary = "the time limit ends the process while 21 threads wait, join, lock, wait on a condition variable, sleep, compute and call"
;;! clauses = ["end-6", "end-15"]
;;! requires = ["spawn", "timed-wait", "kill"]
;;! [limits]
;;! time-limit-ms = 500
;;! [expect]
;;! timed-out = true
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (import "raddle_v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "raddle_v1" "mutex_lock" (func $lock (param i32 i64) (result i32)))
  (import "raddle_v1" "cond_wait" (func $cond_wait (param i32 i32 i64) (result i32)))
  (table 3 funcref)
  (elem (i32.const 1) $child $ender)
  ;; At 16 a word that nobody changes, at 20 the mutex that main holds, at 24 a free mutex and at 28 a condition variable, at 32 how
  ;; many threads are about to stay. Who joins, joins main, and all but one are told that it has a joiner: they try again and again.
  (func $child (param $how i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 32) (i32.const 1)))
    (loop $again
      (block $call (block $compute (block $sleep (block $cond_wait (block $lock (block $join (block $wait
        (br_table $wait $join $lock $cond_wait $sleep $compute $call (local.get $how)))
        (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))) (br $again))
        (drop (call $join (i32.const 1) (i64.const -1) (i32.const 0))) (br $again))
        (drop (call $lock (i32.const 20) (i64.const -1))) (br $again))
        (drop (call $lock (i32.const 24) (i64.const -1)))
        (drop (call $cond_wait (i32.const 28) (i32.const 24) (i64.const -1))) (br $again))
        (drop (call $sleep (i64.const 0x7fffffffffffffff))) (br $again))
        (loop $forever (br $forever)))
      (call $yield)
      (br $again))
    unreachable)
  (func $end
    (loop $not_yet
      (call $yield)
      (br_if $not_yet (i32.lt_u (i32.atomic.load (i32.const 32)) (i32.const 21))))
    (loop $on (call $yield) (br $on)))
  (func $ender (param i32) (result i32)
    (call $end)
    (i32.const 0))
  (func (export "main") (result i32) (local $i i32)
    (if (call $lock (i32.const 20) (i64.const -1)) (then unreachable))
    (if (call $spawn (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.rem_u (local.get $i) (i32.const 7)) (i32.const 0) (i32.const 0)) (then unreachable))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $i) (i32.const 21))))
    (loop $on (call $yield) (br $on))
    (i32.const 5)))
