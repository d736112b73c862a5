;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 17 pages to 17, imported as env.memory
;;     0 waits and notifies
;;     imports a.f: function () -> ()
;;     imports env.memory: memory
;;     imports b.g: function () -> ()
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     the memory's maximum is now 65536 pages: with the linker's 17 it could not grow
;;     0 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 17, maximum: 65536 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 2, instance_size: 4192 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "a" "f" (func (;0;) (type 0)))
  (import "env" "memory" (memory (;0;) 17 65536 shared))
  (import "b" "g" (func (;1;) (type 0)))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func (;2;) (type 1) (param i32 i32 i32))
  (func (;3;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0f\03env\06memory\11\80\80\04\05\010\06\01\02\07\02\e0 ")
)
