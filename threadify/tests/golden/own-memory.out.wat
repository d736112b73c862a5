;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4
;;     0 waits and notifies
;;     imports env.memory: function () -> ()
;;     exports load: function (i32) -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     the memory is now imported
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory2", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 2, instance_size: 4192 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32) (result i32)))
  (type (;2;) (func (param i32 i32 i32)))
  (type (;3;) (func))
  (import "env" "memory" (func (;0;) (type 0)))
  (import "env" "memory2" (memory (;0;) 1 4 shared))
  (export "memory" (memory 0))
  (export "load" (func 1))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func (;1;) (type 1) (param i32) (result i32)
    local.get 0
    i32.load
  )
  (func (;2;) (type 2) (param i32 i32 i32))
  (func (;3;) (type 3)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0e\03env\07memory2\01\04\05\010\06\01\02\07\02\e0 ")
)
