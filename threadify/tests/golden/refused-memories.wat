(module (memory 1 1 shared) (memory 1 1 shared))
