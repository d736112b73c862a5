;;! summary = "a module that was cut off in the middle of its memory section is not valid"
;;! clauses = ["threadify-6"]
;;! [expect]
;;! threadify-error = { code = "TF0005" }
(module binary "\00asm\01\00\00\00" "\05\04\01\03")
