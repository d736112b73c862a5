;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 256, imported as env.memory
;;     found __stack_pointer by its export, 65536
;;     found __tls_size by its export, 32
;;     found __tls_align by its export, 16
;;     found __wasm_init_tls by its export
;;     2 waits and notifies
;;     imports raddle_v1.thread_yield: function () -> ()
;;     imports env.memory: memory
;;     exports __wasm_init_tls: function (i32) -> ()
;;     exports run: function (i32, i32) -> (i32)
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by its export, 65536
;;     found __tls_size by its export, 32
;;     found __tls_align by its export, 16
;;     found __wasm_init_tls by its export
;;     2 waits and notifies call the host
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 256 }, tls: Some(TlsLayout { size: 32, align: 16 }), stack: Some(StackRange { top: 65536, limit: 0 }), stack_checked: false, init: true, table: true, hooks: true, growable: true, reusable: false, functions: 4 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32 i64) (result i32)))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i32 i32 i32)))
  (type (;6;) (func (param i32) (result i32)))
  (type (;7;) (func (param i32 i32) (result i32)))
  (type (;8;) (func (param i32 i32)))
  (type (;9;) (func))
  (import "raddle_v1" "thread_yield" (func $yield (;0;) (type 0)))
  (import "env" "memory" (memory (;0;) 2 256 shared))
  (table (;0;) 2 2 funcref)
  (table (;1;) 3 3 funcref)
  (global $__stack_pointer (;0;) (mut i32) i32.const 65536)
  (global $__tls_base (;1;) (mut i32) i32.const 0)
  (global $__tls_size (;2;) i32 i32.const 32)
  (global $__tls_align (;3;) i32 i32.const 16)
  (export "__stack_pointer" (global $__stack_pointer))
  (export "__tls_base" (global $__tls_base))
  (export "__tls_size" (global $__tls_size))
  (export "__tls_align" (global $__tls_align))
  (export "__wasm_init_tls" (func $__wasm_init_tls))
  (export "run" (func $run))
  (export "raddle_hooks" (table 1))
  (export "raddle_init" (func 5))
  (export "raddle_enter" (func 6))
  (export "raddle_call" (func 7))
  (export "raddle_call_destructor" (func 8))
  (export "raddle_trap" (func 9))
  (elem (;0;) (i32.const 1) func $run)
  (func $__wasm_init_tls (;1;) (type 1) (param i32)
    local.get 0
    global.set $__tls_base
    local.get 0
    i32.const 0
    i32.const 32
    memory.init $.tdata
  )
  (func $__wasm_init_memory (;2;) (type 0)
    i32.const 65580
    i32.const 1
    i64.const -1
    call 4
    drop
    data.drop $.data
  )
  (func $run (;3;) (type 2) (param i32 i32) (result i32)
    call $yield
    local.get 0
    i32.const 0
    i64.const -1
    call 4
    global.get $__tls_base
    i32.load
    i32.add
  )
  (func (;4;) (type 3) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    i32.const 0
    call_indirect 1 (type 3)
  )
  (func (;5;) (type 4) (param i32)
    call $__wasm_init_memory
  )
  (func (;6;) (type 5) (param i32 i32 i32)
    local.get 0
    global.set $__stack_pointer
    local.get 2
    call $__wasm_init_tls
  )
  (func (;7;) (type 7) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 6)
  )
  (func (;8;) (type 8) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 4)
  )
  (func (;9;) (type 9)
    unreachable
  )
  (data $.tdata (;0;) "\07\00\00\00")
  (data $.data (;1;) "\03\00\00\00")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0e\03env\06memory\02\80\02\03\02 \10\04\04\80\80\04\00\05\01\1e\06\01\04")
)
