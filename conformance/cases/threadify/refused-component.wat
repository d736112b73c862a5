;;! summary = "a component is not a core module"
;;! clauses = ["threadify-4"]
;;! [expect]
;;! threadify-error = { code = "TF0003" }
(component)
