;; inspect:
;;   error: TF0003: this is a component, not a core module; threads need a core module: build for wasm32-unknown-unknown, without a componentizing step
;; threadify:
;;   error: TF0003: this is a component, not a core module; threads need a core module: build for wasm32-unknown-unknown, without a componentizing step
