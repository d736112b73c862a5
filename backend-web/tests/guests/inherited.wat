;; Imports by names that every JavaScript object has, by inheritance.
(module
  (import "env" "memory" (memory 1 2 shared))
  (import "constructor" "constructor" (func $function (param externref) (result externref)))
  (import "constructor" "freeze" (func $freeze (param externref) (result externref)))
  (import "constructor" "name" (func $text (result externref)))
  (import "env" "constructor" (func $object (param i32) (result externref)))
  (import "__proto__" "f" (func $f (result i32)))
  (func (export "main") (result i32)
    (drop (call $freeze (call $object (i32.const 1))))
    (drop (call $function (call $text)))
    (call $f)))
