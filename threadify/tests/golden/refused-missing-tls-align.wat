(module
  (memory 1 1 shared)
  (global $base (mut i32) (i32.const 0))
  (func (export "__wasm_init_tls") (param i32)
    local.get 0
    global.set $base
    local.get 0
    i32.const 0
    i32.const 4
    memory.init 0)
  (data "\00\01\02\03"))
