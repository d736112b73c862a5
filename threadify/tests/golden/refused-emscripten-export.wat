(module (func (export "_emscripten_thread_init")) (memory 1 1 shared))
