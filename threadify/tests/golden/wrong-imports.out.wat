;; inspect:
;;   a threaded program, ready to be threadified
;;     shared memory, 32-bit, 1 pages to 4, imported as env.memory
;;     1 waits and notifies
;;     imports raddle_v1.notify: function (i64, i32) -> (i32)
;;     imports raddle_v1.wait64: function (i32, i64, i64) -> (i32)
;;     imports raddle_v1.wait32: function (i32, i32, i64) -> (i32)
;;     imports raddle_v1.fork: function () -> ()
;;     imports raddle_v1.thread_id: global i32
;;     imports __wbindgen_placeholder__.__wbindgen_describe: function (i32) -> ()
;;     imports env.memory: memory
;;     exports f: function (i32) -> (i32)
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: the type of the import raddle_v1.notify is not the ABI's, so no host provides it; see raddle.h for the right one
;;   warning: no host provides the import raddle_v1.fork; build with the same version of raddle that runs the module
;;   warning: the type of the import raddle_v1.thread_id is not the ABI's, so no host provides it; see raddle.h for the right one
;;   warning: the module imports from wasm-bindgen's placeholder, which only wasm-bindgen's JavaScript can provide; build without the crates that use js-sys and web-sys
;; threadify:
;;   threadified: a threaded program, ready to be threadified
;;     1 waits and notifies call the host
;;     code offsets are unchanged: debug information stays valid
;;   warning: the module has no table of functions, so it cannot start threads: a program has none if it never takes the address of a function, and an optimiser drops one that is not exported; link with --export-table
;;   warning: the type of the import raddle_v1.notify is not the ABI's, so no host provides it; see raddle.h for the right one
;;   warning: no host provides the import raddle_v1.fork; build with the same version of raddle that runs the module
;;   warning: the type of the import raddle_v1.thread_id is not the ABI's, so no host provides it; see raddle.h for the right one
;;   warning: the module imports from wasm-bindgen's placeholder, which only wasm-bindgen's JavaScript can provide; build without the crates that use js-sys and web-sys
;;   ThreadsSection { pointer_width: Bits32, memory: MemoryImport { module: "env", name: "memory", minimum: 1, maximum: 4 }, tls: None, stack: None, stack_checked: false, init: false, table: false, hooks: true, growable: true, reusable: true, functions: 6, instance_size: 4400 }
(module
  (type (;0;) (func (param i64 i32) (result i32)))
  (type (;1;) (func (param i32 i64 i64) (result i32)))
  (type (;2;) (func (param i32 i32 i64) (result i32)))
  (type (;3;) (func))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i32) (result i32)))
  (type (;6;) (func (param i32 i32) (result i32)))
  (type (;7;) (func (param i32 i32 i32)))
  (type (;8;) (func))
  (import "raddle_v1" "notify" (func (;0;) (type 0)))
  (import "raddle_v1" "wait64" (func (;1;) (type 1)))
  (import "raddle_v1" "wait32" (func (;2;) (type 2)))
  (import "raddle_v1" "fork" (func (;3;) (type 3)))
  (import "raddle_v1" "thread_id" (global (;0;) i32))
  (import "__wbindgen_placeholder__" "__wbindgen_describe" (func (;4;) (type 4)))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (table (;0;) 3 3 funcref)
  (export "f" (func 5))
  (export "raddle_hooks" (table 0))
  (export "raddle_enter" (func 7))
  (export "raddle_trap" (func 8))
  (func (;5;) (type 5) (param i32) (result i32)
    local.get 0
    i32.const 1
    call 6
  )
  (func (;6;) (type 6) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.const 2
    call_indirect (type 6)
  )
  (func (;7;) (type 7) (param i32 i32 i32))
  (func (;8;) (type 8)
    unreachable
  )
  (@custom "raddle.threads" (after code) "\01\01\01\04\02\0d\03env\06memory\01\04\05\018\06\01\06\07\02\b0\22")
)
