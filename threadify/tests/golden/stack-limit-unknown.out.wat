;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4
;;     found __stack_pointer by its export, 66592
;;     0 waits and notifies
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by its export, 66592
;;     the memory is now imported
;;     1 data segments are written once, by the first instance
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: where the main thread's stack ends is not known, so an overflow there may overwrite the program's data before it traps; link with --export=__data_end, or set a stack size, which gives the main thread a stack of the host's
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: Some(StackRange { top: 66592, limit: 1040 }), stack_checked: true, init: true, table: false, hooks: false, growable: true, reusable: true, functions: 0, instance_size: 4144 }
(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (global (;0;) (mut i32) i32.const 66592)
  (global (;1;) (mut i32) i32.const 0)
  (global (;2;) (mut i32) i32.const -1)
  (global (;3;) (mut i32) i32.const 0)
  (export "__stack_pointer" (global 0))
  (export "raddle_stack_overflowed" (global 3))
  (export "raddle_init" (func 1))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func (;0;) (type 0) (param i32)
    local.get 0
    global.get 1
    i32.sub
    global.get 2
    i32.gt_u
    if ;; label = @1
      i32.const 1
      global.set 3
      unreachable
    end
    local.get 0
    global.set 0
  )
  (func (;1;) (type 0) (param i32)
    local.get 0
    if ;; label = @1
      i32.const 1024
      i32.const 0
      i32.const 15
      memory.init 0
    end
    data.drop 0
  )
  (func (;2;) (type 1) (param i32 i32 i32)
    local.get 0
    global.set 0
    local.get 1
    i32.const 128
    i32.add
    global.set 1
    local.get 0
    global.get 1
    i32.sub
    i32.const 0
    local.get 0
    global.get 1
    i32.gt_u
    select
    global.set 2
  )
  (func (;3;) (type 2)
    unreachable
  )
  (data (;0;) "below the stack")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0d\03env\06memory\02\04\04\05\a0\88\04\90\08\05\013\06\01\00\07\02\b0 ")
)
