/* The first program in C: four threads, one number each. */
// ANCHOR: program
#include "raddle.h"

static int32_t numbers[4];

static void *square(void *number) {
    int32_t *own = number;
    *own = *own * *own;
    return number;
}

__attribute__((export_name("main"))) int32_t start(void) {
    uint32_t threads[4];
    for (int32_t i = 0; i < 4; i++) {
        numbers[i] = i + 1;
        if (raddle_thread_spawn(square, &numbers[i], 0, &threads[i]) != RADDLE_OK) {
            return 1;
        }
    }
    int32_t sum = 0;
    for (int32_t i = 0; i < 4; i++) {
        void *number;
        if (raddle_thread_join(threads[i], RADDLE_FOREVER, &number) != RADDLE_OK) {
            return 1;
        }
        sum += *(int32_t *)number;
    }
    char line[] = "the squares add up to ..\n";
    line[22] = (char)('0' + sum / 10);
    line[23] = (char)('0' + sum % 10);
    return raddle_write(RADDLE_STDOUT, line, sizeof line - 1);
}
// ANCHOR_END: program
