;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     0 waits and notifies
;;     imports env.memory: memory
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     0 waits and notifies call the host
;;     15 bulk operations go in steps
;;     every thread needs a new instance, because threads may leave something in theirs: in a global, a table, a segment or an object, or by a start function that is not the linker's
;;     code offsets are unchanged: debug information stays valid
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: true, hooks: false, growable: true, reusable: false, functions: 2, instance_size: 4560 }
(module
  (type $f (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i64)))
  (type (;3;) (func (param i32 i32 i32)))
  (type (;4;) (func (param i32 funcref i32)))
  (type (;5;) (func (param i32 externref i32)))
  (type (;6;) (func (param i64 funcref i64)))
  (type (;7;) (func (param i64 i32 i32)))
  (type (;8;) (func (param (ref null $f) i32) (result i32)))
  (type (;9;) (func (param funcref i64) (result i64)))
  (type (;10;) (func (param i32) (result i32)))
  (type (;11;) (func (param i32 i32) (result i32)))
  (type (;12;) (func (param i32)))
  (type (;13;) (func (param i32 i32)))
  (type (;14;) (func))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (table $t (;0;) 1 funcref)
  (table $e (;1;) 1 externref)
  (table $typed (;2;) 1 (ref null $f))
  (table $wide (;3;) i64 1 funcref)
  (export "raddle_enter" (func 15))
  (export "raddle_call" (func 16))
  (export "raddle_call_destructor" (func 17))
  (export "raddle_trap" (func 18))
  (elem $elements (;0;) func $stay)
  (func $stay (;0;) (type 1) (param $n i32)
    i32.const 0
    i32.const 1
    i32.const 1024
    memory.fill
    i32.const 0
    i32.const 8
    i32.const 24
    memory.copy
    i32.const 0
    i32.const 0
    local.get $n
    memory.init $short
    i32.const 0
    i32.const 0
    i32.const 1024
    memory.init $long
    data.drop $short
    elem.drop $elements
    i32.const 1532
    drop
  )
  (func $go (;1;) (type 2) (param $n i32) (param $w i64)
    i32.const 0
    i32.const 1
    local.get $n
    call 2
    i32.const 0
    i32.const 1
    i32.const 1025
    call 2
    i32.const 0
    i32.const 8
    local.get $n
    call 3
    i32.const 0
    i32.const 0
    local.get $n
    call 4
    i32.const 0
    i32.const 0
    i32.const 1025
    call 4
    i32.const 0
    ref.null func
    i32.const 1
    call 5
    i32.const 0
    ref.null extern
    local.get $n
    call 6
    i64.const 0
    ref.null func
    local.get $w
    call 7
    i32.const 0
    i32.const 0
    local.get $n
    call 8
    i32.const 0
    i32.const 0
    local.get $n
    call 9
    i64.const 0
    i32.const 0
    local.get $n
    call 10
    i32.const 0
    i32.const 0
    local.get $n
    call 11
    i64.const 0
    i32.const 0
    local.get $n
    call 12
    ref.null $f
    local.get $n
    call 13
    drop
    ref.null func
    local.get $w
    call 14
    drop
  )
  (func (;2;) (type 3) (param i32 i32 i32)
    block ;; label = @1
      local.get 2
      i32.const 65536
      i32.le_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      local.get 0
      i32.lt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      i32.load8_u
      drop
      loop ;; label = @2
        local.get 0
        local.get 1
        i32.const 65536
        memory.fill
        local.get 0
        i32.const 65536
        i32.add
        local.set 0
        local.get 2
        i32.const 65536
        i32.sub
        local.tee 2
        i32.const 65536
        i32.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    memory.fill
  )
  (func (;3;) (type 3) (param i32 i32 i32)
    block ;; label = @1
      local.get 2
      i32.const 65536
      i32.le_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      local.get 0
      i32.lt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      i32.load8_u
      drop
      local.get 1
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      local.get 1
      i32.lt_u
      br_if 0 (;@1;)
      local.get 1
      local.get 2
      i32.add
      i32.const 1
      i32.sub
      i32.load8_u
      drop
      local.get 0
      local.get 1
      i32.le_u
      if ;; label = @2
        loop ;; label = @3
          local.get 0
          local.get 1
          i32.const 65536
          memory.copy
          local.get 0
          i32.const 65536
          i32.add
          local.set 0
          local.get 1
          i32.const 65536
          i32.add
          local.set 1
          local.get 2
          i32.const 65536
          i32.sub
          local.tee 2
          i32.const 65536
          i32.gt_u
          br_if 0 (;@3;)
        end
      else
        loop ;; label = @3
          local.get 2
          i32.const 65536
          i32.sub
          local.set 2
          local.get 0
          local.get 2
          i32.add
          local.get 1
          local.get 2
          i32.add
          i32.const 65536
          memory.copy
          local.get 2
          i32.const 65536
          i32.gt_u
          br_if 0 (;@3;)
        end
      end
    end
    local.get 0
    local.get 1
    local.get 2
    memory.copy
  )
  (func (;4;) (type 3) (param i32 i32 i32)
    local.get 0
    local.get 1
    local.get 2
    memory.init $long
  )
  (func (;5;) (type 4) (param i32 funcref i32)
    block ;; label = @1
      local.get 2
      i32.const 4096
      i32.le_u
      br_if 0 (;@1;)
      local.get 2
      table.size $t
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $t
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      loop ;; label = @2
        local.get 0
        local.get 1
        i32.const 4096
        table.fill $t
        local.get 0
        i32.const 4096
        i32.add
        local.set 0
        local.get 2
        i32.const 4096
        i32.sub
        local.tee 2
        i32.const 4096
        i32.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.fill $t
  )
  (func (;6;) (type 5) (param i32 externref i32)
    block ;; label = @1
      local.get 2
      i32.const 4096
      i32.le_u
      br_if 0 (;@1;)
      local.get 2
      table.size $e
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $e
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      loop ;; label = @2
        local.get 0
        local.get 1
        i32.const 4096
        table.fill $e
        local.get 0
        i32.const 4096
        i32.add
        local.set 0
        local.get 2
        i32.const 4096
        i32.sub
        local.tee 2
        i32.const 4096
        i32.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.fill $e
  )
  (func (;7;) (type 6) (param i64 funcref i64)
    block ;; label = @1
      local.get 2
      i64.const 4096
      i64.le_u
      br_if 0 (;@1;)
      local.get 2
      table.size $wide
      i64.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $wide
      local.get 2
      i64.sub
      i64.gt_u
      br_if 0 (;@1;)
      loop ;; label = @2
        local.get 0
        local.get 1
        i64.const 4096
        table.fill $wide
        local.get 0
        i64.const 4096
        i64.add
        local.set 0
        local.get 2
        i64.const 4096
        i64.sub
        local.tee 2
        i64.const 4096
        i64.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.fill $wide
  )
  (func (;8;) (type 3) (param i32 i32 i32)
    block ;; label = @1
      local.get 2
      i32.const 4096
      i32.le_u
      br_if 0 (;@1;)
      local.get 2
      table.size $t
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $t
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      local.get 2
      table.size $typed
      i32.gt_u
      br_if 0 (;@1;)
      local.get 1
      table.size $typed
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 1
      i32.le_u
      if ;; label = @2
        loop ;; label = @3
          local.get 0
          local.get 1
          i32.const 4096
          table.copy $t $typed
          local.get 0
          i32.const 4096
          i32.add
          local.set 0
          local.get 1
          i32.const 4096
          i32.add
          local.set 1
          local.get 2
          i32.const 4096
          i32.sub
          local.tee 2
          i32.const 4096
          i32.gt_u
          br_if 0 (;@3;)
        end
      else
        loop ;; label = @3
          local.get 2
          i32.const 4096
          i32.sub
          local.set 2
          local.get 0
          local.get 2
          i32.add
          local.get 1
          local.get 2
          i32.add
          i32.const 4096
          table.copy $t $typed
          local.get 2
          i32.const 4096
          i32.gt_u
          br_if 0 (;@3;)
        end
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.copy $t $typed
  )
  (func (;9;) (type 3) (param i32 i32 i32)
    block ;; label = @1
      local.get 2
      i32.const 4096
      i32.le_u
      br_if 0 (;@1;)
      local.get 2
      table.size $t
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $t
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      local.get 2
      table.size $t
      i32.gt_u
      br_if 0 (;@1;)
      local.get 1
      table.size $t
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      local.get 1
      i32.le_u
      if ;; label = @2
        loop ;; label = @3
          local.get 0
          local.get 1
          i32.const 4096
          table.copy
          local.get 0
          i32.const 4096
          i32.add
          local.set 0
          local.get 1
          i32.const 4096
          i32.add
          local.set 1
          local.get 2
          i32.const 4096
          i32.sub
          local.tee 2
          i32.const 4096
          i32.gt_u
          br_if 0 (;@3;)
        end
      else
        loop ;; label = @3
          local.get 2
          i32.const 4096
          i32.sub
          local.set 2
          local.get 0
          local.get 2
          i32.add
          local.get 1
          local.get 2
          i32.add
          i32.const 4096
          table.copy
          local.get 2
          i32.const 4096
          i32.gt_u
          br_if 0 (;@3;)
        end
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.copy
  )
  (func (;10;) (type 7) (param i64 i32 i32)
    block ;; label = @1
      local.get 2
      i32.const 4096
      i32.le_u
      br_if 0 (;@1;)
      local.get 2
      i64.extend_i32_u
      table.size $wide
      i64.gt_u
      br_if 0 (;@1;)
      local.get 0
      table.size $wide
      local.get 2
      i64.extend_i32_u
      i64.sub
      i64.gt_u
      br_if 0 (;@1;)
      local.get 2
      table.size $t
      i32.gt_u
      br_if 0 (;@1;)
      local.get 1
      table.size $t
      local.get 2
      i32.sub
      i32.gt_u
      br_if 0 (;@1;)
      loop ;; label = @2
        local.get 0
        local.get 1
        i32.const 4096
        table.copy $wide $t
        local.get 0
        i64.const 4096
        i64.add
        local.set 0
        local.get 1
        i32.const 4096
        i32.add
        local.set 1
        local.get 2
        i32.const 4096
        i32.sub
        local.tee 2
        i32.const 4096
        i32.gt_u
        br_if 0 (;@2;)
      end
    end
    local.get 0
    local.get 1
    local.get 2
    table.copy $wide $t
  )
  (func (;11;) (type 3) (param i32 i32 i32)
    local.get 0
    local.get 1
    local.get 2
    table.init $elements
  )
  (func (;12;) (type 7) (param i64 i32 i32)
    local.get 0
    local.get 1
    local.get 2
    table.init $wide $elements
  )
  (func (;13;) (type 8) (param (ref null $f) i32) (result i32)
    local.get 0
    local.get 1
    table.grow $typed
  )
  (func (;14;) (type 9) (param funcref i64) (result i64)
    local.get 0
    local.get 1
    table.grow $wide
  )
  (func (;15;) (type 3) (param i32 i32 i32))
  (func (;16;) (type 11) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type 10)
  )
  (func (;17;) (type 13) (param i32 i32)
    local.get 1
    local.get 0
    call_indirect (type 12)
  )
  (func (;18;) (type 14)
    unreachable
  )
  (data $short (;0;) "short")
  (data $long (;1;) "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")
  (@custom "raddle.threads" (after data) "\01\01\01\04\02\0d\03env\06memory\01\04\05\01\14\06\01\02\07\02\d0#")
)
