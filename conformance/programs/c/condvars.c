//! summary = "three producers and three consumers share a ring of four places on two condition variables, and each item is taken once"
//! clauses = ["condvar-1", "condvar-2", "condvar-4", "condvar-8", "deadlock-9"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:1124250"]
//! threads = { spawned = 6 }
#include "common/check.h"

enum { PLACES = 4, PAIRS = 3, EACH = 500 };

static raddle_mutex mutex = RADDLE_MUTEX_INIT;
static raddle_cond not_full = RADDLE_COND_INIT, not_empty = RADDLE_COND_INIT;
static uintptr_t ring[PLACES], begin, length;

static void *produce(void *first) {
    for (uintptr_t item = 0; item < EACH; item++) {
        OK(raddle_mutex_lock(&mutex, RADDLE_FOREVER));
        while (length == PLACES) {
            OK(raddle_cond_wait(&not_full, &mutex, RADDLE_FOREVER));
            CHECK((mutex.word & RADDLE_MUTEX_OWNER_MASK) == raddle_self());
        }
        ring[(begin + length++) % PLACES] = (uintptr_t)first + item;
        OK(raddle_mutex_unlock(&mutex));
        CHECK(raddle_cond_notify(&not_empty, 1) <= 1);
    }
    return 0;
}

static void *consume(void *unused) {
    uintptr_t sum = 0;
    (void)unused;
    for (int turn = 0; turn < EACH; turn++) {
        OK(raddle_mutex_lock(&mutex, RADDLE_FOREVER));
        while (length == 0) {
            OK(raddle_cond_wait(&not_empty, &mutex, RADDLE_FOREVER));
            CHECK((mutex.word & RADDLE_MUTEX_OWNER_MASK) == raddle_self());
        }
        sum += ring[begin];
        begin = (begin + 1) % PLACES;
        length--;
        CHECK(raddle_cond_notify(&not_full, 1) <= 1);
        OK(raddle_mutex_unlock(&mutex));
    }
    return (void *)sum;
}

int main(void) {
    uint32_t producers[PAIRS], consumers[PAIRS];
    uintptr_t sum = 0;
    for (int i = 0; i < PAIRS; i++) {
        producers[i] = spawn(produce, (uintptr_t)(i * EACH));
        consumers[i] = spawn(consume, 0);
    }
    for (int i = 0; i < PAIRS; i++) {
        join(producers[i]);
        sum += join(consumers[i]);
    }
    return (int)sum;
}
