(module (memory 1 1 shared) (func (export "raddle_enter")))
