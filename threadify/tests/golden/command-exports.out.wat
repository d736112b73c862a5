;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports run: function () -> ()
;;   warning: every call of an export runs all constructors (1 exports do), because nothing calls __wasm_call_ctors; link with --export=__wasm_call_ctors
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: every call of an export runs all constructors (1 exports do), because nothing calls __wasm_call_ctors; link with --export=__wasm_call_ctors
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: true, hooks: false, growable: true, reusable: true, functions: 1, instance_size: 4232 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func (param i32) (result i32)))
  (type (;3;) (func (param i32 i32) (result i32)))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i32 i32)))
  (type (;6;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (table (;0;) 1 1 funcref)
  (export "run" (func $run.command_export))
  (export "raddle_enter" (func 1))
  (export "raddle_call" (func 2))
  (export "raddle_call_destructor" (func 3))
  (export "raddle_trap" (func 4))
  (func $run.command_export (;0;) (type 0))
  (func (;1;) (type 1) (param i32 i32 i32))
  (func (;2;) (type 3) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 2)
  )
  (func (;3;) (type 5) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 4)
  )
  (func (;4;) (type 6)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\05\014\06\01\01\07\02\88!")
)
