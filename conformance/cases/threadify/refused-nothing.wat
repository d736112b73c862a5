;;! summary = "an empty file is not a module"
;;! clauses = ["threadify-3"]
;;! [expect]
;;! threadify-error = { code = "TF0002" }
(module binary "")
