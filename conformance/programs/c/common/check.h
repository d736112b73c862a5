/* What the programs have in common: no C library is there. */
#ifndef CHECK_H
#define CHECK_H

#include "raddle.h"

/* Traps where something is not as it should be. */
#define CHECK(condition)      \
    do {                      \
        if (!(condition)) {   \
            __builtin_trap(); \
        }                     \
    } while (0)

#define OK(call) CHECK((call) == RADDLE_OK)

static inline void print(const char *text) {
    uintptr_t length = 0;
    while (text[length]) {
        length++;
    }
    OK(raddle_write(RADDLE_STDOUT, text, length));
}

static inline uint32_t spawn(raddle_start start, uintptr_t number) {
    uint32_t thread;
    OK(raddle_thread_spawn(start, (void *)number, 0, &thread));
    return thread;
}

static inline uintptr_t join(uint32_t thread) {
    void *value;
    OK(raddle_thread_join(thread, RADDLE_FOREVER, &value));
    return (uintptr_t)value;
}

#endif
