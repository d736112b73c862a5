;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     the memory is now imported
;;     the memory's maximum is now 65536 pages: with the linker's 1 it could not grow
;;     0 waits and notifies call the host
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 65536 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: false, functions: 2, instance_size: 4192 }
(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 1 65536 shared))
  (global $depth (;0;) (mut i32) i32.const 65536)
  (global (;1;) (mut i32) i32.const 65536)
  (export "level" (global 1))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func (;0;) (type 0) (param i32)
    global.get $depth
    i32.const 16
    i32.sub
    local.tee 0
    global.set $depth
    local.get 0
    i32.const 16
    i32.add
    global.set $depth
  )
  (func (;1;) (type 0) (param i32)
    global.get 1
    i32.const 16
    i32.sub
    local.tee 0
    global.set 1
    local.get 0
    i32.const 16
    i32.add
    global.set 1
  )
  (func (;2;) (type 1) (param i32 i32 i32))
  (func (;3;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0f\03env\06memory\01\80\80\04\05\01\10\06\01\02\07\02\e0 ")
)
