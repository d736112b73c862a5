;;! summary = "a start function as the linker writes it: the first instance copies the data, and ten threads find it once written"
;;! clauses = ["init-12", "init-5"]
;;! requires = ["spawn"]
;;! repeat = 3
;;! [expect]
;;! return = ["i32:42"]
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "raddle_v1" "thread_spawn" (func $spawn (param i32 i32 i32 i32) (result i32)))
  (import "raddle_v1" "thread_join" (func $join (param i32 i64 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 1) $child)
  (data $data "\20\00\00\00")
  ;; The flag at 60: 0, 1 while somebody copies, and then 2. The data goes to 64.
  (func $start
    (block $done
      (block $wait
        (block $copy (br_table $copy $wait $done (i32.atomic.rmw.cmpxchg (i32.const 60) (i32.const 0) (i32.const 1))))
        (memory.init $data (i32.const 64) (i32.const 0) (i32.const 4))
        (i32.atomic.store (i32.const 60) (i32.const 2))
        (drop (memory.atomic.notify (i32.const 60) (i32.const -1)))
        (br $done))
      (drop (memory.atomic.wait32 (i32.const 60) (i32.const 1) (i64.const -1))))
    (data.drop $data))
  (start $start)
  (func $child (param i32) (result i32)
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (i32.const 0))
  ;; The ids from 128 on.
  (func (export "main") (result i32) (local $at i32)
    (local.set $at (i32.const 128))
    (loop $more
      (if (call $spawn (i32.const 1) (i32.const 0) (i32.const 0) (local.get $at)) (then unreachable))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 168))))
    (loop $more
      (local.set $at (i32.sub (local.get $at) (i32.const 4)))
      (if (call $join (i32.load (local.get $at)) (i64.const -1) (i32.const 0)) (then unreachable))
      (br_if $more (i32.gt_u (local.get $at) (i32.const 128))))
    (i32.load (i32.const 64))))
