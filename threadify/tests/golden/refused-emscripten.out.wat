;; inspect:
;;   an Emscripten pthreads program
;;     shared memory, 32-bit, 1 pages to 1
;;     0 waits and notifies
;;     imports env.__pthread_create_js: function () -> ()
;;   error: TF0013: this is an Emscripten pthreads module (it imports `env.__pthread_create_js`): it runs only with the JavaScript that emcc wrote for it; build it with clang for wasm32-unknown-unknown, with the calls of raddle.h instead of pthreads
;; threadify:
;;   error: TF0013: this is an Emscripten pthreads module (it imports `env.__pthread_create_js`): it runs only with the JavaScript that emcc wrote for it; build it with clang for wasm32-unknown-unknown, with the calls of raddle.h instead of pthreads
