;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     2 waits and notifies
;;     imports raddle_v1.notify: function (i32, i32) -> (i32)
;;     imports raddle_v1.wait64: function (i32, i64, i64) -> (i32)
;;     imports raddle_v1.wait32: function (i32, i32, i64) -> (i32)
;;     imports env.memory: memory
;;     exports f: function (i32, i32, i64) -> (i32)
;;     exports g: function (i32) -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     2 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 5, instance_size: 4288 }
(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (type (;1;) (func (param i32 i64 i64) (result i32)))
  (type (;2;) (func (param i32 i32 i64) (result i32)))
  (type (;3;) (func (param i32) (result i32)))
  (type (;4;) (func (param i32 i32 i64) (result i32)))
  (type (;5;) (func (param i32 i32) (result i32)))
  (type (;6;) (func (param i32 i32 i32)))
  (type (;7;) (func))
  (import "raddle_v1" "notify" (func $notify (;0;) (type 0)))
  (import "raddle_v1" "wait64" (func $wait64 (;1;) (type 1)))
  (import "raddle_v1" "wait32" (func $wait32 (;2;) (type 2)))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (export "f" (func 3))
  (export "g" (func 4))
  (export "raddle_enter" (func 7))
  (export "raddle_trap" (func 8))
  (func (;3;) (type 2) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call 5
  )
  (func (;4;) (type 3) (param i32) (result i32)
    local.get 0
    i32.const 1
    call 6
  )
  (func (;5;) (type 4) (param i32 i32 i64) (result i32)
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
    call $wait32
  )
  (func (;6;) (type 5) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    call $notify
  )
  (func (;7;) (type 6) (param i32 i32 i32))
  (func (;8;) (type 7)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\010\06\01\05\07\02\c0!")
)
