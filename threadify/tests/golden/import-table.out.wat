;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     1 waits and notifies
;;     imports env.memory: memory
;;     imports env.f: function () -> ()
;;     imports env.__indirect_function_table: table
;;     imports env.g: function () -> ()
;;     imports env.externs: table
;;     exports main: function () -> ()
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     2 imported tables are now the module's own, one for each thread
;;     1 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: true, hooks: true, growable: true, reusable: true, functions: 3, instance_size: 4680 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32) (result i32)))
  (type (;2;) (func (param i32 i32 i32)))
  (type (;3;) (func (param i32) (result i32)))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i32 i32)))
  (type (;6;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (import "env" "f" (func $f (;0;) (type 0)))
  (import "env" "g" (func $g (;1;) (type 0)))
  (table $t (;0;) 3 funcref)
  (table $externs (;1;) 1 2 externref)
  (table $own (;2;) 5 funcref)
  (table (;3;) 3 3 funcref)
  (export "taken" (table $externs))
  (export "main" (func 2))
  (export "__indirect_function_table" (table $t))
  (export "raddle_hooks" (table 3))
  (export "raddle_enter" (func 4))
  (export "raddle_call" (func 5))
  (export "raddle_call_destructor" (func 6))
  (export "raddle_trap" (func 7))
  (elem (;0;) (table $t) (i32.const 1) func $f $g)
  (elem (;1;) (table $own) (i32.const 0) func $g)
  (func (;2;) (type 0)
    i32.const 1
    call_indirect (type 0)
    i32.const 0
    call_indirect $own (type 0)
    i32.const 0
    i32.const 1
    call 3
    drop
  )
  (func (;3;) (type 1) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.const 2
    call_indirect 3 (type 1)
  )
  (func (;4;) (type 2) (param i32 i32 i32))
  (func (;5;) (type 1) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 3)
  )
  (func (;6;) (type 5) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 4)
  )
  (func (;7;) (type 6)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\01<\06\01\03\07\02\c8$")
)
