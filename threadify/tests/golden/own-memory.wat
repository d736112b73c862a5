;; Its own memory becomes an import and stays exported; it takes another name, as this one is taken.
(module
  (import "env" "memory" (func))
  (memory (export "memory") 1 4 shared)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
