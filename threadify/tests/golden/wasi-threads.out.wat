;; inspect:
;;   a wasi-threads program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     1 waits and notifies
;;     imports wasi.thread-spawn: function (i32) -> (i32)
;;     imports env.memory: memory
;;     exports wasi_thread_start: function (i32, i32) -> ()
;; threadify:
;;   threadified: a wasi-threads program, ready to be threadified
;;     1 waits and notifies call the host
;;     the host does not grow the memory by itself, because the program's allocator may look at its size
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the stack check was asked for, but the host provides no stacks for this module's threads
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: true, growable: false, reusable: false, functions: 2, instance_size: 4256 }
(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32)))
  (type (;2;) (func (param i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32 i32)))
  (type (;4;) (func))
  (import "wasi" "thread-spawn" (func (;0;) (type 0)))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (table (;0;) 3 3 funcref)
  (global $__stack_pointer (;0;) (mut i32) i32.const 65536)
  (global $__tls_base (;1;) (mut i32) i32.const 0)
  (export "wasi_thread_start" (func 1))
  (export "raddle_hooks" (table 0))
  (export "raddle_enter" (func 3))
  (export "raddle_trap" (func 4))
  (func (;1;) (type 1) (param i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    global.set $__stack_pointer
    global.get $__tls_base
    i32.const 1
    call 2
    drop
  )
  (func (;2;) (type 2) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.const 2
    call_indirect (type 2)
  )
  (func (;3;) (type 3) (param i32 i32 i32))
  (func (;4;) (type 4)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\05\01\08\06\01\02\07\02\a0!")
)
