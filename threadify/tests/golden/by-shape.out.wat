;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     found __stack_pointer by its shape, 65536
;;     found __tls_align by its export, 4
;;     found __tls_size by its shape, 12
;;     found __wasm_init_tls by its shape
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports f: function () -> (i32)
;;     exports count: function () -> ()
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by its shape, 65536
;;     found __tls_align by its export, 4
;;     found __tls_size by its shape, 12
;;     found __wasm_init_tls by its shape
;;     0 waits and notifies call the host
;;     2 moves of the stack pointer are checked
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: where the main thread's stack ends is not known, so an overflow there may overwrite the program's data before it traps; link with --export=__data_end, or set a stack size, which gives the main thread a stack of the host's
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: Some(TlsLayout { size: 12, align: 4 }), stack: Some(StackRange { top: 65536, limit: 0 }), stack_checked: true, init: false, table: false, hooks: false, growable: true, reusable: false, functions: 3, instance_size: 4320 }
(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (result i32)))
  (type (;2;) (func))
  (type (;3;) (func (param i32)))
  (type (;4;) (func (param i32 i32 i32)))
  (type (;5;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (global (;0;) (mut i32) i32.const 65536)
  (global (;1;) (mut i32) i32.const 0)
  (global (;2;) (mut i32) i32.const 7)
  (global (;3;) i32 i32.const 4)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const -1)
  (global (;6;) (mut i32) i32.const 0)
  (export "__tls_align" (global 3))
  (export "f" (func 1))
  (export "count" (func 2))
  (export "raddle_stack_overflowed" (global 6))
  (export "raddle_enter" (func 4))
  (export "raddle_trap" (func 5))
  (func (;0;) (type 0) (param i32)
    local.get 0
    global.set 1
    local.get 0
    i32.const 0
    i32.const 12
    memory.init 0
  )
  (func (;1;) (type 1) (result i32)
    (local i32)
    global.get 0
    i32.const 32
    i32.sub
    local.tee 0
    call 3
    local.get 0
    i32.load
    local.get 0
    i32.const -32
    i32.sub
    call 3
  )
  (func (;2;) (type 2)
    global.get 2
    i32.const 1
    i32.sub
    global.set 2
  )
  (func (;3;) (type 3) (param i32)
    local.get 0
    global.get 4
    i32.sub
    global.get 5
    i32.gt_u
    if ;; label = @1
      i32.const 1
      global.set 6
      unreachable
    end
    local.get 0
    global.set 0
  )
  (func (;4;) (type 4) (param i32 i32 i32)
    local.get 0
    global.set 0
    local.get 1
    i32.const 128
    i32.add
    global.set 4
    local.get 0
    global.get 4
    i32.sub
    i32.const 0
    local.get 0
    global.get 4
    i32.gt_u
    select
    global.set 5
    local.get 2
    call 0
  )
  (func (;5;) (type 5)
    unreachable
  )
  (data (;0;) "\00\01\02\03\04\05\06\07\08\09\0a\0b")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0d\03env\06memory\02\04\03\02\0c\04\04\04\80\80\04\00\05\01\11\06\01\03\07\02\e0!")
)
