(module (func (export "__wbindgen_thread_destroy")) (memory 1 1 shared))
