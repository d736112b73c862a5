(module (@custom "linking" "\02") (memory 1 1 shared))
