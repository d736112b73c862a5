;;! summary = "an entry that returns something other than numbers is an error"
;;! profile = "full"
;;! clauses = ["init-11"]
;;! [expect]
;;! load-error = { code = "ST0006" }
(module
  (import "env" "memory" (memory 1 1 shared))
  (func (export "main") (result funcref) (ref.null func)))
