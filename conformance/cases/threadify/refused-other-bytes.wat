;;! summary = "an ELF file is not a module"
;;! clauses = ["threadify-3"]
;;! [expect]
;;! threadify-error = { code = "TF0002" }
(module binary "\7fELF\02\01\01\00\00\00\00\00\00\00\00\00")
