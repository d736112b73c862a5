;; inspect:
;;   error: TF0019: the module uses a feature that hosts do not support by default: legacy_exceptions feature required for try instruction (at offset 0x1d); build it without that feature (for legacy exceptions: -Cpanic=abort with rustc, -fno-exceptions or -mllvm -wasm-use-legacy-eh=false with clang)
;; threadify:
;;   error: TF0019: the module uses a feature that hosts do not support by default: legacy_exceptions feature required for try instruction (at offset 0x1d); build it without that feature (for legacy exceptions: -Cpanic=abort with rustc, -fno-exceptions or -mllvm -wasm-use-legacy-eh=false with clang)
