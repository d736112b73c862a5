;; main(end, state, victims, ender): so many threads, the victims, go into the state. When all are about to or are in it, the ender ends
;; the process: main (0), a thread (1), or the embedder (2), who is told by a write. Unless main is the ender it goes into the state, too.
;;
;; A keeper sleeps and holds the mutex, so that nothing is a deadlock.
(data (i32.const 512) "enough") (data (i32.const 520) "main") (data (i32.const 524) "victim") (data (i32.const 532) "ender")
(global $end i32 (i32.const 128)) (global $state i32 (i32.const 132)) (global $victims i32 (i32.const 136))
(global $ready i32 (i32.const 140)) (global $held i32 (i32.const 144)) (global $never i32 (i32.const 148))
(global $mutex i32 (i32.const 152)) (global $cond i32 (i32.const 156)) (global $free i32 (i32.const 160))
(global $busy i32 (i32.const 164))

(func $keeper (param i32) (result i32)
  (call $lock (global.get $mutex))
  (call $count (global.get $held))
  (call $hour)
  (i32.const 0))
(func $sleeper (param i32) (result i32) (call $hour) (i32.const 0))
(func $brief (param i32) (result i32) (i32.const 0))

;; Spawns although there may be too many threads: then it tries again. Returns the id.
(func $spawn_at_last (param $function i32) (result i32) (local $status i32) (local $out i32)
  (local.set $out (i32.add (i32.const 0x8000) (i32.shl (i32.and (call $thread_id) (i32.const 0x1fff)) (i32.const 2))))
  (loop $again
    (local.set $status (call $thread_spawn (local.get $function) (i32.const 0) (i32.const 0) (local.get $out)))
    (br_if $again (i32.eq (local.get $status) (i32.const 1))))
  (call $ok (local.get $status))
  (i32.load (local.get $out)))
;; Spawns for ever, and joins and detaches in turns.
(func $spawn_for_ever
  (loop $forever
    (call $join (call $spawn_at_last (global.get $brief)))
    (call $ok (call $thread_detach (call $spawn_at_last (global.get $brief))))
    (br $forever)))

;; Before states that take processor time. Until all are here they give way, as without that the last ones would take long to come.
(func $get_busy
  (call $count (global.get $ready))
  (loop $again
    (call $thread_yield)
    (br_if $again (i32.lt_u (i32.atomic.load (global.get $ready)) (i32.load (global.get $victims)))))
  (call $count (global.get $busy)))
(func $await_victims (local $victims i32)
  (local.set $victims (i32.load (global.get $victims)))
  (call $await (global.get $ready) (local.get $victims))
  ;; The first few that are busy leave the others no processor.
  (if (i32.or (i32.eq (i32.load (global.get $state)) (i32.const 0)) (i32.eq (i32.load (global.get $state)) (i32.const 6))) (then
    (call $await (global.get $busy)
      (select (local.get $victims) (i32.const 6) (i32.lt_u (local.get $victims) (i32.const 6)))))))

(func $enter_state (local $thread i32)
  (block $outside (block $writing (block $host (block $spawning (block $sleeping (block $waiting_cond
    (block $locking (block $joining (block $waiting (block $computing
    (br_table $computing $waiting $joining $locking $waiting_cond $sleeping $spawning $host $writing $outside (i32.load (global.get $state))))
    (call $get_busy) (loop $forever (br $forever)))
    (call $count (global.get $ready))
    (drop (memory.atomic.wait32 (global.get $never) (i32.const 0) (i64.const -1))) (unreachable))
    (local.set $thread (call $spawn (global.get $sleeper) (i32.const 0)))
    (call $count (global.get $ready))
    (call $join (local.get $thread)) (unreachable))
    (call $count (global.get $ready))
    (call $lock (global.get $mutex)) (unreachable))
    (call $lock (global.get $free))
    (call $count (global.get $ready))
    (call $wait_on (global.get $cond) (global.get $free)) (unreachable))
    (call $count (global.get $ready))
    (call $hour) (unreachable))
    (call $get_busy)
    (call $spawn_for_ever))
    (call $count (global.get $ready))
    (call $host_wait) (return))
    (call $count (global.get $ready))
    (drop (call $write (i32.const 2) (i32.const 512) (i32.const 6))) (unreachable))
  (call $count (global.get $ready))
  (call $outside_wait))
(func $victim (param i32) (result i32)
  (call $ok (call $thread_set_name (i32.const 524) (i32.const 6)))
  (call $enter_state)
  (i32.const 0))

(func $do_end
  (call $await_victims)
  (call $ends)
  (block $return (block $exit (block $abort (block $fail (block $trap
    (br_table $trap $fail $abort $exit $return (i32.load (global.get $end))))
    (unreachable))
    (call $host_fail) (unreachable))
    (call $process_abort (i32.const 512) (i32.const 6)) (unreachable))
    (call $process_exit (i32.const 7)) (unreachable)))
(func $ender (param i32) (result i32)
  (call $ok (call $thread_set_name (i32.const 532) (i32.const 5)))
  (call $do_end)
  (i32.const 0))

(func $main (export "main") (param $end i32) (param $state i32) (param $victims i32) (param $ender i32) (local $i i32)
  (call $ok (call $thread_set_name (i32.const 520) (i32.const 4)))
  (i32.store (global.get $end) (local.get $end))
  (i32.store (global.get $state) (local.get $state))
  (i32.store (global.get $victims) (i32.add (local.get $victims) (i32.eq (local.get $ender) (i32.const 1))))
  (drop (call $spawn (global.get $keeper) (i32.const 0)))
  (call $await (global.get $held) (i32.const 1))
  (local.set $i (local.get $victims))
  (loop $again
    (drop (call $spawn_at_last (global.get $victim)))
    (local.set $i (i32.sub (local.get $i) (i32.const 1)))
    (br_if $again (local.get $i)))
  (block $enter (block $told (block $thread (block $main
    (br_table $main $thread $told (local.get $ender)))
    (call $do_end) (return))
    (drop (call $spawn_at_last (global.get $ender))) (br $enter))
    (call $await_victims)
    (call $ok (call $write (i32.const 1) (i32.const 512) (i32.const 6))))
  (call $enter_state))
