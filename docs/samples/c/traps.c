/* A thread that divides by zero. */
// ANCHOR: program
#include "raddle.h"

__attribute__((noinline)) static int32_t ratio(int32_t warp, int32_t weft) {
    return warp / weft;
}

static void *weave(void *wefts) {
    return (void *)ratio(100, *(int32_t *)wefts);
}

__attribute__((export_name("main"))) int32_t start(void) {
    static volatile int32_t wefts = 0;
    raddle_attributes weaver = {.size = sizeof weaver, .name = "weaver", .name_len = 6};
    uint32_t thread;
    if (raddle_thread_spawn(weave, (void *)&wefts, &weaver, &thread) != RADDLE_OK) {
        return 1;
    }
    return raddle_thread_join(thread, RADDLE_FOREVER, 0);
}
// ANCHOR_END: program
