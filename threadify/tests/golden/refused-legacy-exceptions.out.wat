;; inspect:
;;   error: TF0019: the module uses what hosts do not run: legacy_exceptions feature required for try instruction (at offset 0x1d); build it without that feature (for legacy exceptions: -Cpanic=abort with rustc, -fno-exceptions or -mllvm -wasm-use-legacy-eh=false with clang)
;; threadify:
;;   error: TF0019: the module uses what hosts do not run: legacy_exceptions feature required for try instruction (at offset 0x1d); build it without that feature (for legacy exceptions: -Cpanic=abort with rustc, -fno-exceptions or -mllvm -wasm-use-legacy-eh=false with clang)
