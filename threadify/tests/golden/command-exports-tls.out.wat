;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     found __stack_pointer by the name section, 66560
;;     found __tls_size by its export, 4
;;     found __tls_align by its export, 4
;;     found __wasm_init_tls by its export
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports __wasm_init_tls: function (i32) -> ()
;;     exports run: function () -> ()
;;   warning: every call of an export runs all constructors (2 exports do), because nothing calls __wasm_call_ctors; link with --export=__wasm_call_ctors
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by the name section, 66560
;;     found __tls_size by its export, 4
;;     found __tls_align by its export, 4
;;     found __wasm_init_tls by its export
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: every call of an export runs all constructors (2 exports do), because nothing calls __wasm_call_ctors; link with --export=__wasm_call_ctors
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: Some(TlsLayout { size: 4, align: 4 }), stack: Some(StackRange { top: 66560, limit: 0 }), stack_checked: false, init: false, table: true, hooks: false, growable: true, reusable: true, functions: 6, instance_size: 4488 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32 i32)))
  (type (;3;) (func (param i32) (result i32)))
  (type (;4;) (func (param i32 i32) (result i32)))
  (type (;5;) (func (param i32)))
  (type (;6;) (func (param i32 i32)))
  (type (;7;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (table (;0;) 1 1 funcref)
  (global $__stack_pointer (;0;) (mut i32) i32.const 66560)
  (global $__tls_base (;1;) (mut i32) i32.const 0)
  (global (;2;) i32 i32.const 4)
  (global (;3;) i32 i32.const 4)
  (export "__tls_size" (global 2))
  (export "__tls_align" (global 3))
  (export "__wasm_init_tls" (func $__wasm_init_tls.command_export))
  (export "run" (func $run.command_export))
  (export "raddle_enter" (func 6))
  (export "raddle_call" (func 7))
  (export "raddle_call_destructor" (func 8))
  (export "raddle_trap" (func 9))
  (func $__wasm_call_ctors (;0;) (type 0))
  (func $__wasm_call_dtors (;1;) (type 0))
  (func $__wasm_init_tls (;2;) (type 1) (param i32)
    local.get 0
    global.set $__tls_base
    local.get 0
    i32.const 0
    i32.const 4
    memory.init $.tdata
  )
  (func $run (;3;) (type 0))
  (func $__wasm_init_tls.command_export (;4;) (type 1) (param i32)
    call $__wasm_call_ctors
    local.get 0
    call $__wasm_init_tls
    call $__wasm_call_dtors
  )
  (func $run.command_export (;5;) (type 0)
    call $__wasm_call_ctors
    call $run
    call $__wasm_call_dtors
  )
  (func (;6;) (type 2) (param i32 i32 i32)
    local.get 0
    global.set $__stack_pointer
    local.get 2
    call $__wasm_init_tls
  )
  (func (;7;) (type 4) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 3)
  )
  (func (;8;) (type 6) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 5)
  )
  (func (;9;) (type 7)
    unreachable
  )
  (data $.tdata (;0;) "\01\00\00\00")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0d\03env\06memory\02\04\03\02\04\04\04\04\80\88\04\00\05\014\06\01\06\07\02\88#")
)
