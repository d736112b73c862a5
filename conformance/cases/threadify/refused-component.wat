;;! summary = "a component is no core module"
;;! clauses = ["threadify-4"]
;;! [expect]
;;! threadify-error = { code = "TF0003" }
(component)
