;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     found __stack_pointer by its export, 66576
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports __data_end: function () -> ()
;;     exports __heap_base: function () -> ()
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by its export, 66576
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: Some(StackRange { top: 66576, limit: 0 }), stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 2, instance_size: 4208 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (global (;0;) (mut i32) i32.const 66576)
  (export "__stack_pointer" (global 0))
  (export "__data_end" (func 0))
  (export "__heap_base" (func 1))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func (;0;) (type 0))
  (func (;1;) (type 0))
  (func (;2;) (type 1) (param i32 i32 i32)
    local.get 0
    global.set 0
  )
  (func (;3;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\04\04\90\88\04\00\05\010\06\01\02\07\02\f0 ")
)
