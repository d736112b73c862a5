;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 64-bit, 1 pages to 1
;;     found __stack_pointer by the name section, 65536
;;     found __tls_size by its export, 8
;;     found __tls_align by its export, 8
;;     found __wasm_init_tls by its export
;;     1 waits and notifies
;;     exports __wasm_init_tls: function (i64) -> ()
;;     exports f: function (i64, i32, i64) -> (i32)
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by the name section, 65536
;;     found __tls_size by its export, 8
;;     found __tls_align by its export, 8
;;     found __wasm_init_tls by its export
;;     the memory is now imported
;;     the memory's maximum is now 262144 pages: with the linker's 1 it could not grow
;;     1 data segments are written once, by the first instance
;;     1 waits and notifies call the host
;;     1 moves of the stack pointer are checked
;;     code offsets are unchanged: debug information stays valid
;;   warning: where the main thread's stack ends is not known, so an overflow there may overwrite the program's data before it traps; link with --export=__data_end, or set a stack size, which gives the main thread a stack of the host's
;;   ThreadsSection { pointer_width: Bits64, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 262144 }, tls: Some(TlsLayout { size: 8, align: 8 }), stack: Some(StackRange { top: 65536, limit: 32 }), stack_checked: true, init: true, table: true, hooks: true, growable: true, reusable: true, functions: 2, instance_size: 4312 }
(module
  (type (;0;) (func (param i64)))
  (type (;1;) (func (param i64 i32 i64) (result i32)))
  (type (;2;) (func (param i64 i32 i64) (result i32)))
  (type (;3;) (func (param i64)))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i64 i64 i64)))
  (type (;6;) (func (param i64) (result i64)))
  (type (;7;) (func (param i64 i64) (result i64)))
  (type (;8;) (func (param i64 i64)))
  (type (;9;) (func))
  (import "env" "memory" (memory (;0;) i64 1 262144 shared))
  (table (;0;) 1 funcref)
  (table (;1;) 3 3 funcref)
  (global $__stack_pointer (;0;) (mut i64) i64.const 65536)
  (global $__tls_size (;1;) i64 i64.const 8)
  (global $__tls_align (;2;) i64 i64.const 8)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i64) i64.const -1)
  (global (;5;) (mut i32) i32.const 0)
  (export "__tls_size" (global $__tls_size))
  (export "__tls_align" (global $__tls_align))
  (export "__wasm_init_tls" (func 0))
  (export "f" (func 1))
  (export "raddle_hooks" (table 1))
  (export "raddle_stack_overflowed" (global 5))
  (export "raddle_init" (func 4))
  (export "raddle_enter" (func 5))
  (export "raddle_call" (func 6))
  (export "raddle_call_destructor" (func 7))
  (export "raddle_trap" (func 8))
  (func (;0;) (type 0) (param i64))
  (func (;1;) (type 1) (param i64 i32 i64) (result i32)
    global.get $__stack_pointer
    i64.const 16
    i64.sub
    call 3
    local.get 0
    local.get 1
    local.get 2
    call 2
    nop
    nop
  )
  (func (;2;) (type 2) (param i64 i32 i64) (result i32)
    local.get 0
    i64.const 4294967296
    i64.add
    local.tee 0
    i64.const 4294967296
    i64.lt_u
    if ;; label = @1
      i64.const -1
      i32.load
      unreachable
    end
    local.get 0
    local.get 1
    local.get 2
    i32.const 0
    call_indirect 1 (type 2)
  )
  (func (;3;) (type 3) (param i64)
    local.get 0
    global.get 3
    i64.sub
    global.get 4
    i64.gt_u
    if ;; label = @1
      i32.const 1
      global.set 5
      unreachable
    end
    local.get 0
    global.set $__stack_pointer
  )
  (func (;4;) (type 4) (param i32)
    local.get 0
    if ;; label = @1
      i64.const 16
      i32.const 0
      i32.const 5
      memory.init 0
    end
    data.drop 0
  )
  (func (;5;) (type 5) (param i64 i64 i64)
    local.get 0
    global.set $__stack_pointer
    local.get 1
    i64.const 128
    i64.add
    global.set 3
    local.get 0
    global.get 3
    i64.sub
    i64.const 0
    local.get 0
    global.get 3
    i64.gt_u
    select
    global.set 4
    local.get 2
    call 0
  )
  (func (;6;) (type 7) (param i64 i64) (result i64)
    local.get 1
    i32.const -1
    local.get 0
    i32.wrap_i64
    local.get 0
    i64.const 4294967295
    i64.gt_u
    select
    call_indirect (type 6)
  )
  (func (;7;) (type 8) (param i64 i64)
    local.get 1
    i32.const -1
    local.get 0
    i32.wrap_i64
    local.get 0
    i64.const 4294967295
    i64.gt_u
    select
    call_indirect (type 3)
  )
  (func (;8;) (type 9)
    unreachable
  )
  (data (;0;) "hello")
  (@custom "raddle.threads" (after data) "\01\01\01\08\02\0f\03env\06memory\01\80\80\10\03\02\08\08\04\04\80\80\04 \05\01?\06\01\02\07\02\d8!")
)
