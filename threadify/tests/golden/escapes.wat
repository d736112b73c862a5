;; Names that a terminal would obey, and that make up lines: of imports, exports, the memory, sections and duplicates.
(module
  (import "env" "\1b]0;title\07" (func))
  (import "raddle_v1" "\1b[2J" (func))
  (import "env" "mem\nerror: none" (memory 1 2 shared))
  (@custom "reloc.\1b[31m" "")
  (func (export "run\nwarning: all is well")))
