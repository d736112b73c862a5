(module (import "env" "__pthread_create_js" (func)) (memory 1 1 shared))
