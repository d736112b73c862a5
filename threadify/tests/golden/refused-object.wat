(module (@custom "linking" "\02") (import "env" "__linear_memory" (memory 1 1 shared)))
