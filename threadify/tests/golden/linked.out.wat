;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 256, imported as env.memory
;;     found __stack_pointer by its export, 65536
;;     found __tls_size by its export, 32
;;     found __tls_align by its export, 16
;;     found __wasm_init_tls by its export
;;     3 waits and notifies
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
;;     3 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 256 }, tls: Some(TlsLayout { size: 32, align: 16 }), stack: Some(StackRange { top: 65536, limit: 0 }), stack_checked: false, init: true, table: true, hooks: true, growable: true, reusable: true, functions: 4, instance_size: 4528 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32) (result i32)))
  (type (;4;) (func (param i32 i32 i64) (result i32)))
  (type (;5;) (func (param i32)))
  (type (;6;) (func (param i32 i32 i32)))
  (type (;7;) (func (param i32) (result i32)))
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
  (export "raddle_init" (func 6))
  (export "raddle_enter" (func 7))
  (export "raddle_call" (func 8))
  (export "raddle_call_destructor" (func 9))
  (export "raddle_trap" (func 10))
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
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          i32.const 65580
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 (;@3;) 1 (;@2;) 2 (;@1;)
        end
        i32.const 65568
        i32.const 0
        i32.const 4
        memory.init $.data
        i32.const 65580
        i32.const 2
        i32.atomic.store
        i32.const 65580
        i32.const -1
        call 4
        drop
        br 1 (;@1;)
      end
      i32.const 65580
      i32.const 1
      i64.const -1
      call 5
      drop
    end
    data.drop $.data
  )
  (func $run (;3;) (type 2) (param i32 i32) (result i32)
    call $yield
    local.get 0
    i32.const 0
    i64.const -1
    call 5
    global.get $__tls_base
    i32.load
    i32.add
  )
  (func (;4;) (type 3) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.const 2
    call_indirect 1 (type 3)
  )
  (func (;5;) (type 4) (param i32 i32 i64) (result i32)
    local.get 0
    local.get 1
    local.get 2
    i32.const 0
    call_indirect 1 (type 4)
  )
  (func (;6;) (type 5) (param i32)
    call $__wasm_init_memory
  )
  (func (;7;) (type 6) (param i32 i32 i32)
    local.get 0
    global.set $__stack_pointer
    local.get 2
    call $__wasm_init_tls
  )
  (func (;8;) (type 3) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 7)
  )
  (func (;9;) (type 8) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 5)
  )
  (func (;10;) (type 9)
    unreachable
  )
  (data $.tdata (;0;) "\07\00\00\00")
  (data $.data (;1;) "\03\00\00\00")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0e\03env\06memory\02\80\02\03\02 \10\04\04\80\80\04\00\05\01>\06\01\04\07\02\b0#")
)
