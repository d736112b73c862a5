;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4
;;     0 waits and notifies
;;     imports env.table: table
;;     imports env.full: table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     the memory is now imported
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: true, hooks: false, growable: true, reusable: true, functions: 0, instance_size: 4320 }
(module
  (type (;0;) (func (param i32 i32 i32)))
  (type (;1;) (func (param i32) (result i32)))
  (type (;2;) (func (param i32 i32) (result i32)))
  (type (;3;) (func (param i32)))
  (type (;4;) (func (param i32 i32)))
  (type (;5;) (func))
  (import "env" "table" (table (;0;) 2 funcref))
  (import "env" "full" (table (;1;) 2 (ref func)))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (export "raddle_enter" (func 0))
  (export "raddle_call" (func 1))
  (export "raddle_call_destructor" (func 2))
  (export "raddle_trap" (func 3))
  (func (;0;) (type 0) (param i32 i32 i32))
  (func (;1;) (type 2) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 1)
  )
  (func (;2;) (type 4) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 3)
  )
  (func (;3;) (type 5)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\014\06\01\00\07\02\e0!")
)
