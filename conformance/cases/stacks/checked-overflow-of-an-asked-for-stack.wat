;;! summary = "a child that asked for 128 KiB of stack traps before it has used 195"
;;! clauses = ["stacks-7", "stacks-4"]
;;! requires = ["spawn"]
;;! [limits]
;;! stack-size = 65536
;;! [threadify]
;;! stack-check = true
;;! [expect]
;;! trap = { kind = "stack-overflow", thread = 2, function = "recurse" }
(module
  (import "env" "memory" (memory 4 64 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 131072))
  (table 2 funcref)
  (elem (i32.const 1) $recurse)
  ;; Attributes at 32: 12 bytes, no flags, 128 KiB of stack.
  (data (i32.const 32) "\0c\00\00\00" "\00\00\00\00" "\00\00\02\00")
  ;; A kibibyte of stack for each level, of which all is written.
  (func $recurse (param $levels i32) (result i32)
    (global.set $__stack_pointer (i32.sub (global.get $__stack_pointer) (i32.const 1024)))
    (memory.fill (global.get $__stack_pointer) (i32.const 255) (i32.const 1024))
    (if (i32.gt_u (local.get $levels) (i32.const 1))
      (then (drop (call $recurse (i32.sub (local.get $levels) (i32.const 1))))))
    (global.set $__stack_pointer (i32.add (global.get $__stack_pointer) (i32.const 1024)))
    (i32.const 0))
  (func (export "main") (result i32)
    (if (call $spawn (i32.const 1) (i32.const 195) (i32.const 32) (i32.const 8)) (then unreachable))
    (call $join (i32.load (i32.const 8)) (i64.const -1) (i32.const 0))))
