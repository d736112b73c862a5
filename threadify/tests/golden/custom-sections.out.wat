;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 2 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     left out the section reloc.CODE, which would now be wrong
;;     left out the section sourceMappingURL, which would now be wrong
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 2, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 1, instance_size: 4128 }
(module
  (@custom "first" (before first) "1")
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 2 4 shared))
  (@custom "producers-like" (after import) "2")
  (export "raddle_enter" (func 1))
  (export "raddle_trap" (func 2))
  (func $f (;0;) (type 0))
  (func (;1;) (type 1) (param i32 i32 i32))
  (func (;2;) (type 2)
    unreachable
  )
  (@custom ".debug_info" (after code) "3")
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\02\04\05\010\06\01\01\07\02\a0 ")
)
