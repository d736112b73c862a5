(module (memory 1 1 shared (pagesize 1)))
