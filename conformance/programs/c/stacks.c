//! summary = "threads recurse on stacks of the sizes that they asked for, at the same time, and none is written over"
//! clauses = ["stacks-1", "stacks-4", "stacks-9", "spawn-13"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! threads = { spawned = 6 }
#include "common/check.h"

enum { THREADS = 6, FRAME = 1024, SMALLEST = 64 * 1024 };

/* Fills so many frames with its number, calls the next, and looks whether they are as they were. */
__attribute__((noinline)) static uint32_t descend(uint8_t mine, uint32_t frames) {
    volatile uint8_t frame[FRAME];
    uint32_t sum = 0;
    for (uint32_t i = 0; i < FRAME; i++) {
        frame[i] = mine;
    }
    if (frames % 16 == 0) {
        raddle_thread_yield();
    }
    if (frames > 0) {
        sum = descend(mine, frames - 1);
    }
    for (uint32_t i = 0; i < FRAME; i++) {
        CHECK(frame[i] == mine);
    }
    return sum + 1;
}

static void *use(void *number) {
    uint32_t mine = (uint32_t)(uintptr_t)number;
    /* Three quarters of the stack: frames have some bytes more than their array. */
    uint32_t frames = mine * SMALLEST / FRAME * 3 / 4;
    CHECK(descend((uint8_t)mine, frames) == frames + 1);
    return number;
}

int main(void) {
    uint32_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        raddle_attributes attributes = { .size = sizeof attributes, .stack_size = (i + 1) * SMALLEST };
        OK(raddle_thread_spawn(use, (void *)(i + 1), &attributes, &threads[i]));
    }
    for (uintptr_t i = 0; i < THREADS; i++) {
        CHECK(join(threads[i]) == i + 1);
    }
    return 0;
}
