;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 2, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 2 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 0, instance_size: 4128 }
(module
  (type (;0;) (func (param i32 i32 i32)))
  (type (;1;) (func))
  (import "env" "memory" (memory (;0;) 1 2 shared))
  (export "raddle_enter" (func 0))
  (export "raddle_trap" (func 1))
  (func (;0;) (type 0) (param i32 i32 i32))
  (func (;1;) (type 1)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\02\05\010\06\01\00\07\02\a0 ")
)
