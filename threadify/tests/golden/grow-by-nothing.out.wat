;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;     exports end: function () -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: the program asks for the memory's size (by memory.size, or by growing it by 0), which includes the stacks that the host puts above what the linker laid out: an allocator that uses all memory up to there overwrites them; use what lies below __heap_end, and what memory.grow returns
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     the host does not grow the memory by itself, because the program's allocator may look at its size
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: the program asks for the memory's size (by memory.size, or by growing it by 0), which includes the stacks that the host puts above what the linker laid out: an allocator that uses all memory up to there overwrites them; use what lies below __heap_end, and what memory.grow returns
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: false, reusable: true, functions: 1, instance_size: 4160 }
(module
  (type (;0;) (func (result i32)))
  (type (;1;) (func (param i32 i32 i32)))
  (type (;2;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (export "end" (func 0))
  (export "raddle_enter" (func 1))
  (export "raddle_trap" (func 2))
  (func (;0;) (type 0) (result i32)
    i32.const 0
    memory.grow
    i32.const 65536
    i32.mul
  )
  (func (;1;) (type 1) (param i32 i32 i32))
  (func (;2;) (type 2)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\01 \06\01\01\07\02\c0 ")
)
