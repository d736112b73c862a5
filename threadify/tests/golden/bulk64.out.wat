;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 64-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     2 bulk operations go in steps
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   ThreadsSection { pointer_width: Bits64, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: false, growable: true, reusable: true, functions: 1, instance_size: 4128 }
(module
  (type (;0;) (func (param i64)))
  (type (;1;) (func (param i64 i32 i64)))
  (type (;2;) (func (param i64 i64 i64)))
  (type (;3;) (func))
  (import "env" "memory" (memory (;0;) i64 1 4 shared))
  (export "raddle_enter" (func 3))
  (export "raddle_trap" (func 4))
  (func (;0;) (type 0) (param $n i64)
    i64.const 0
    i32.const 1
    local.get $n
    call 1
    i64.const 0
    i64.const 8
    local.get $n
    call 2
  )
  (func (;1;) (type 1) (param i64 i32 i64)
    block ;; label = @1
      local.get 2
      i64.const 65536
      i64.le_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      local.get 0
      i64.lt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      i32.load8_u
      drop
      loop ;; label = @2
        local.get 0
        local.get 1
        i64.const 65536
        memory.fill
        local.get 0
        i64.const 65536
        i64.add
        local.set 0
        local.get 2
        i64.const 65536
        i64.sub
        local.tee 2
        i64.const 65536
        i64.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    memory.fill
  )
  (func (;2;) (type 2) (param i64 i64 i64)
    block ;; label = @1
      local.get 2
      i64.const 65536
      i64.le_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      local.get 0
      i64.lt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      i32.load8_u
      drop
      local.get 1
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      local.get 1
      i64.lt_u
      br_if 0 (;@1;)
      local.get 1
      local.get 2
      i64.add
      i64.const 1
      i64.sub
      i32.load8_u
      drop
      local.get 0
      local.get 1
      i64.le_u
      if ;; label = @2
        loop ;; label = @3
          local.get 0
          local.get 1
          i64.const 65536
          memory.copy
          local.get 0
          i64.const 65536
          i64.add
          local.set 0
          local.get 1
          i64.const 65536
          i64.add
          local.set 1
          local.get 2
          i64.const 65536
          i64.sub
          local.tee 2
          i64.const 65536
          i64.gt_u
          br_if 0 (;@3;)
        end
      else
        loop ;; label = @3
          local.get 2
          i64.const 65536
          i64.sub
          local.set 2
          local.get 0
          local.get 2
          i64.add
          local.get 1
          local.get 2
          i64.add
          i64.const 65536
          memory.copy
          local.get 2
          i64.const 65536
          i64.gt_u
          br_if 0 (;@3;)
        end
      end
    end
    local.get 0
    local.get 1
    local.get 2
    memory.copy
  )
  (func (;3;) (type 2) (param i64 i64 i64))
  (func (;4;) (type 3)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\08\02\0d\03env\06memory\01\04\05\010\06\01\01\07\02\a0 ")
)
