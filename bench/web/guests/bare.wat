;; What raddle is compared with: the same work in bare workers, on the engine's own wait and notify. Addresses are those of threads.wat.
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "nothing") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))

  (func (export "arrive") (param $count i32)
    (if (i32.eq (i32.add (i32.atomic.rmw.add (i32.const 64) (i32.const 1)) (i32.const 1)) (local.get $count))
      (then
        (i32.atomic.store (i32.const 68) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 68) (i32.const -1)))))
    (loop $again
      (drop (memory.atomic.wait32 (i32.const 68) (i32.const 0) (i64.const -1)))
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 68))))))

  (func $arrived
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 64) (i32.const 1))))
  (func (export "block")
    (call $arrived)
    (loop $again
      (drop (memory.atomic.wait32 (i32.const 68) (i32.const 0) (i64.const -1)))
      (br $again)))
  (func (export "spin")
    (call $arrived)
    (loop $again (br $again)))

  (func (export "ping") (param $count i32)
    (loop $next
      (i32.atomic.store (i32.const 128) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
      (loop $again
        (drop (memory.atomic.wait32 (i32.const 128) (i32.const 1) (i64.const -1)))
        (br_if $again (i32.atomic.load (i32.const 128))))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func (export "pong") (param $count i32)
    (loop $next
      (loop $again
        (drop (memory.atomic.wait32 (i32.const 128) (i32.const 0) (i64.const -1)))
        (br_if $again (i32.eqz (i32.atomic.load (i32.const 128)))))
      (i32.atomic.store (i32.const 128) (i32.const 0))
      (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
