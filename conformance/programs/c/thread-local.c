//! summary = "_Thread_local variables: each thread has a copy as it was initialised, aligned, at an address of its own"
//! clauses = ["tls-15", "tls-16", "tls-17", "tls-18"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! threads = { spawned = 6 }
#include "common/check.h"

enum { THREADS = 6 };

static _Thread_local uint32_t number = 7;
static _Thread_local struct {
    _Alignas(128) uint8_t bytes[300];
} zeros;

static uint8_t *places[THREADS + 1];
static uint32_t arrived;

/* Waits until all threads have come here so many times. */
static void meet(uint32_t times) {
    uint32_t all = times * (THREADS + 1);
    if (__atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST) == all) {
        raddle_notify(&arrived, ~0u);
    }
    for (uint32_t seen; (seen = __atomic_load_n(&arrived, __ATOMIC_SEQ_CST)) < all;) {
        raddle_wait32(&arrived, seen, RADDLE_FOREVER);
    }
}

static void *use(void *mine) {
    uint8_t id = (uint8_t)(uintptr_t)mine;
    CHECK(number == 7 && (uintptr_t)&zeros % 128 == 0);
    for (uint32_t i = 0; i < sizeof zeros.bytes; i++) {
        CHECK(zeros.bytes[i] == 0);
        zeros.bytes[i] = id;
    }
    number = id;
    places[id] = zeros.bytes;
    meet(1);
    CHECK(number == id);
    for (uint32_t i = 0; i < sizeof zeros.bytes; i++) {
        CHECK(zeros.bytes[i] == id);
    }
    meet(2);
    return 0;
}

int main(void) {
    uint32_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        threads[i] = spawn(use, i + 1);
    }
    use(0);
    for (int i = 0; i < THREADS; i++) {
        join(threads[i]);
    }
    for (int a = 0; a <= THREADS; a++) {
        for (int b = 0; b < a; b++) {
            CHECK(places[a] + sizeof zeros <= places[b] || places[b] + sizeof zeros <= places[a]);
        }
    }
    return 0;
}
