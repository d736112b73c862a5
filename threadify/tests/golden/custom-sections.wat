;; What counts sections or the file's bytes would be wrong and goes, all else stays in its place.
(module
  (@custom "first" (before first) "1")
  (import "env" "memory" (memory 2 4 shared))
  (@custom "producers-like" (after import) "2")
  (func $f)
  (@custom ".debug_info" (after last) "3")
  (@custom "reloc.CODE" (after last) "\00\00")
  (@custom "sourceMappingURL" (after last) "\01a"))
