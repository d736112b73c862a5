;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.base: global i32
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     4 data segments are written once, by the first instance
;;     0 waits and notifies call the host
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: true, table: false, hooks: false, growable: true, reusable: false, functions: 1, instance_size: 4368 }
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32 i32)))
  (type (;3;) (func))
  (import "env" "base" (global $base (;0;) i32))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (export "raddle_init" (func 1))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func $start (;0;) (type 0))
  (func (;1;) (type 1) (param i32)
    local.get 0
    if ;; label = @1
      i32.const 16
      i32.const 0
      i32.const 5
      memory.init 0
      global.get $base
      i32.const 0
      i32.const 6
      memory.init 2
      global.get $base
      i32.const 8
      i32.add
      i32.const 0
      i32.const 5
      memory.init 3
      i32.const 65536
      i32.const 0
      i32.const 0
      memory.init 4
    end
    data.drop 0
    data.drop 2
    data.drop 3
    data.drop 4
  )
  (func (;2;) (type 2) (param i32 i32 i32)
    call $start
  )
  (func (;3;) (type 3)
    unreachable
  )
  (data (;0;) "first")
  (data (;1;) "passive")
  (data (;2;) "second")
  (data (;3;) "third")
  (data (;4;) "")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0d\03env\06memory\01\04\05\01\12\06\01\01\07\02\90\22")
)
