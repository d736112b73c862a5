;;! summary = "with a size of 65536 main and a child each fill so many bytes of their stacks, at once"
;;! clauses = ["stacks-2", "stacks-1"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [expect]
;;! return = ["i32:0"]
(module
  (import "env" "memory" (memory 2 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  ;; The linker's own stack has 1024 bytes only: below it are the words.
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 2048))
  (global $__stack_low (export "__stack_low") i32 (i32.const 1024))
  (table 2 funcref)
  (elem (i32.const 1) $fill)
  ;; Whether a range of memory holds nothing but a byte.
  (func $is_all (param $at i32) (param $end i32) (param $byte i32) (result i32)
    (loop $more
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $byte)) (then (return (i32.const 0))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 1))
  (func $fill (param $byte i32) (result i32)
    (memory.fill (i32.sub (global.get $__stack_pointer) (i32.const 65536)) (local.get $byte) (i32.const 65536))
    (i32.eqz (call $is_all (i32.sub (global.get $__stack_pointer) (i32.const 65536)) (global.get $__stack_pointer) (local.get $byte))))
  (func (export "main") (result i32)
    (if (i32.lt_u (global.get $__stack_pointer) (i32.const 0x20000)) (then (return (i32.const 1))))
    (if (call $fill (i32.const 0xaa)) (then (return (i32.const 2))))
    (if (call $spawn (i32.const 1) (i32.const 0xbb) (i32.const 0) (i32.const 8)) (then unreachable))
    (if (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 12)) (then unreachable))
    (if (i32.load (i32.const 12)) (then (return (i32.const 3))))
    (i32.eqz (call $is_all (i32.sub (global.get $__stack_pointer) (i32.const 65536)) (global.get $__stack_pointer) (i32.const 0xaa)))))
