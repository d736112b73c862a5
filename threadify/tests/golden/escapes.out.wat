;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 2, imported as env.mem\nerror: none
;;     0 waits and notifies
;;     imports env.\u{1b}]0;title\u{7}: function () -> ()
;;     imports raddle_v1.\u{1b}[2J: function () -> ()
;;     imports env.mem\nerror: none: memory
;;     exports run\nwarning: all is well: function () -> ()
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: no host provides the import raddle_v1.\u{1b}[2J; build with the same version of raddle that runs the module
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     left out the section reloc.\u{1b}[31m, which would now be wrong
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: no host provides the import raddle_v1.\u{1b}[2J; build with the same version of raddle that runs the module
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "mem\nerror: none", minimum: 1, maximum: 2 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 3, instance_size: 4224 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "\u{1b}]0;title\u{7}" (func (;0;) (type 0)))
  (import "raddle_v1" "\u{1b}[2J" (func (;1;) (type 0)))
  (import "env" "mem\u{a}error: none" (memory (;0;) 1 2 shared))
  (export "run\u{a}warning: all is well" (func 2))
  (export "raddle_enter" (func 3))
  (export "raddle_trap" (func 4))
  (func (;2;) (type 0))
  (func (;3;) (type 1) (param i32 i32 i32))
  (func (;4;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\16\03env\0fmem\0aerror: none\01\02\05\010\06\01\03\07\02\80!")
)
