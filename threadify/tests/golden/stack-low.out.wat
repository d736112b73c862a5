;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     found __stack_pointer by its export, 66576
;;     found __stack_low by its export, 1040
;;     0 waits and notifies
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by its export, 66576
;;     found __stack_low by its export, 1040
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: Some(StackRange { top: 66576, limit: 1040 }), stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 0, instance_size: 4160 }
(module
  (type (;0;) (func (param i32 i32 i32)))
  (type (;1;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (global (;0;) (mut i32) i32.const 66576)
  (global (;1;) i32 i32.const 1040)
  (export "__stack_pointer" (global 0))
  (export "__stack_low" (global 1))
  (export "raddle_enter" (func 0))
  (export "raddle_trap" (func 1))
  (func (;0;) (type 0) (param i32 i32 i32)
    local.get 0
    global.set 0
  )
  (func (;1;) (type 1)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\04\05\90\88\04\90\08\05\010\06\01\00\07\02\c0 ")
)
