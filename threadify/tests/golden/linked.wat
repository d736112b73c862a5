;; What wasm-ld writes, with every symbol exported.
(module
  (import "raddle_v1" "thread_yield" (func $yield))
  (import "env" "memory" (memory 2 256 shared))
  (table 2 2 funcref)
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (global $__tls_base (mut i32) (i32.const 0))
  (global $__tls_size i32 (i32.const 32))
  (global $__tls_align i32 (i32.const 16))
  (export "__stack_pointer" (global $__stack_pointer))
  (export "__tls_base" (global $__tls_base))
  (export "__tls_size" (global $__tls_size))
  (export "__tls_align" (global $__tls_align))
  (export "__wasm_init_tls" (func $__wasm_init_tls))
  (export "run" (func $run))
  (start $__wasm_init_memory)
  (elem (i32.const 1) $run)
  (func $__wasm_init_tls (param i32)
    local.get 0
    global.set $__tls_base
    local.get 0
    i32.const 0
    i32.const 32
    memory.init $.tdata)
  (func $__wasm_init_memory
    block block block
          i32.const 65580
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 1 2
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
        memory.atomic.notify
        drop
        br 1
      end
      i32.const 65580
      i32.const 1
      i64.const -1
      memory.atomic.wait32
      drop
    end
    data.drop $.data)
  (func $run (param i32 i32) (result i32)
    call $yield
    local.get 0
    i32.const 0
    i64.const -1
    memory.atomic.wait32
    global.get $__tls_base
    i32.load
    i32.add)
  (data $.tdata "\07\00\00\00")
  (data $.data "\03\00\00\00"))
