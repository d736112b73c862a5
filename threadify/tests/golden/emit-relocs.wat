;; Linked with --emit-relocs: what a linker has left for another one is no use to hosts.
(module (@custom "linking" "\02") (@custom "reloc.CODE" "\03\00") (import "env" "memory" (memory 1 2 shared)))
