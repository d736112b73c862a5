;;! summary = "a process begins with zeros but for its segments, whatever a process before it wrote"
;;! clauses = ["memory-5"]
;;! repeat = 4
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 4 8 shared))
  (data (i32.const 65536) "segment")
  ;; Looks at every byte, the segment's apart, and in the end leaves none zero, in pages that it adds, too.
  (func (export "main") (result i32) (local $at i32) (local $end i32)
    (if (i64.ne (i64.load (i32.const 65536)) (i64.const 0x00746e656d676573)) (then (return (i32.const 1))))
    (i64.store (i32.const 65536) (i64.const 0))
    (if (i32.eq (memory.grow (i32.const 2)) (i32.const -1)) (then (return (i32.const 2))))
    (local.set $end (i32.const 0x60000))
    (loop $more
      (if (i64.ne (i64.load (local.get $at)) (i64.const 0)) (then (return (i32.const 3))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
    (memory.fill (i32.const 0) (i32.const 0xff) (local.get $end))
    (i32.const 0)))
