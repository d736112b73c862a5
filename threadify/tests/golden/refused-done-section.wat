(module (@custom "raddle.threads" "\09") (memory 1 1 shared))
