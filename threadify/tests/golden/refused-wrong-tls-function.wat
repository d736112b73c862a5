(module (memory 1 1 shared) (func (export "__wasm_init_tls") (param i64) (result i32) (i32.const 0)))
