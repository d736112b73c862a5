;;! summary = "WebAssembly text is not a module"
;;! clauses = ["threadify-2"]
;;! [expect]
;;! threadify-error = { code = "TF0001" }
(module binary "(module (memory 1 1 shared))")
