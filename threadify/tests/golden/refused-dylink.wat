(module (@custom "dylink.0" (before first) "") (memory 1 1 shared))
