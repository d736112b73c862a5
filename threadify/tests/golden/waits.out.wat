;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     5 waits and notifies
;;     imports env.memory: memory
;;     exports wait32: function (i32, i32, i64) -> (i32)
;;     exports wait32 at 8: function (i32, i32, i64) -> (i32)
;;     exports wait32 at 8 again: function (i32, i32, i64) -> (i32)
;;     exports wait64 at most: function (i32, i64, i64) -> (i32)
;;     exports notify: function (i32, i32) -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     5 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: true, growable: true, reusable: true, functions: 5, instance_size: 4288 }
(module
  (type (;0;) (func (param i32 i32 i64) (result i32)))
  (type (;1;) (func (param i32 i64 i64) (result i32)))
  (type (;2;) (func (param i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32 i64) (result i32)))
  (type (;4;) (func (param i32 i64 i64) (result i32)))
  (type (;5;) (func (param i32 i32) (result i32)))
  (type (;6;) (func (param i32 i32 i32)))
  (type (;7;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (table (;0;) 3 3 funcref)
  (export "wait32" (func 0))
  (export "wait32 at 8" (func 1))
  (export "wait32 at 8 again" (func 2))
  (export "wait64 at most" (func 3))
  (export "notify" (func 4))
  (export "raddle_hooks" (table 0))
  (export "raddle_enter" (func 9))
  (export "raddle_trap" (func 10))
  (func (;0;) (type 0) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call 5
  )
  (func (;1;) (type 0) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call 6
  )
  (func (;2;) (type 0) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call 6
  )
  (func (;3;) (type 1) (param i32 i64 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call 7
    nop
    nop
  )
  (func (;4;) (type 2) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    call 8
  )
  (func (;5;) (type 3) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    i32.const 0
    call_indirect (type 3)
  )
  (func (;6;) (type 3) (param i32 i32 i64) (result i32)
    local.get 0
    i32.const 8
    i32.add
    local.tee 0
    i32.const 8
    i32.lt_u
    if ;; label = @1
      i32.const -1
      i32.load
      unreachable
    end
    local.get 0
    local.get 1
    local.get 2
    i32.const 0
    call_indirect (type 3)
  )
  (func (;7;) (type 4) (param i32 i64 i64) (result i32)
    local.get 0
    i32.const -1
    i32.add
    local.tee 0
    i32.const -1
    i32.lt_u
    if ;; label = @1
      i32.const -1
      i32.load
      unreachable
    end
    local.get 0
    local.get 1
    local.get 2
    i32.const 1
    call_indirect (type 4)
  )
  (func (;8;) (type 5) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.const 2
    call_indirect (type 5)
  )
  (func (;9;) (type 6) (param i32 i32 i32))
  (func (;10;) (type 7)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\018\06\01\05\07\02\c0!")
)
