(module
  (memory 1 1 shared)
  (func try catch_all end))
