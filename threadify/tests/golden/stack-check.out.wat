;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     found __stack_pointer by the name section, 65536
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports f: function (i32) -> ()
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     found __stack_pointer by the name section, 65536
;;     0 waits and notifies call the host
;;     2 moves of the stack pointer are checked
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: Some(StackRange { top: 65536, limit: 0 }), stack_checked: true, init: false, table: false, hooks: false, growable: true, reusable: false, functions: 1, instance_size: 4192 }
(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32 i32)))
  (type (;3;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (global $other (;0;) (mut i32) i32.const 7)
  (global $__stack_pointer (;1;) (mut i32) i32.const 65536)
  (global (;2;) (mut i32) i32.const 0)
  (global (;3;) (mut i32) i32.const -1)
  (global (;4;) (mut i32) i32.const 0)
  (export "f" (func $f))
  (export "raddle_stack_overflowed" (global 4))
  (export "raddle_enter" (func 2))
  (export "raddle_trap" (func 3))
  (func $f (;0;) (type 0) (param i32)
    i32.const 1
    global.set $other
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 0
    call 1
    local.get 0
    i32.const 16
    i32.add
    call 1
  )
  (func (;1;) (type 1) (param i32)
    local.get 0
    global.get 2
    i32.sub
    global.get 3
    i32.gt_u
    if ;; label = @1
      i32.const 1
      global.set 4
      unreachable
    end
    local.get 0
    global.set $__stack_pointer
  )
  (func (;2;) (type 2) (param i32 i32 i32)
    local.get 0
    global.set $__stack_pointer
    local.get 1
    i32.const 128
    i32.add
    global.set 2
    local.get 0
    global.get 2
    i32.sub
    i32.const 0
    local.get 0
    global.get 2
    i32.gt_u
    select
    global.set 3
  )
  (func (;3;) (type 3)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\04\04\80\80\04\00\05\01\11\06\01\01\07\02\e0 ")
)
