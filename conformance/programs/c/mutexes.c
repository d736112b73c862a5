//! summary = "threads move money between accounts, each under two mutexes of its own choice, and none is lost or made"
//! clauses = ["mutex-1", "mutex-3", "mutex-13", "litmus-4"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:8000"]
//! threads = { spawned = 8 }
#include "common/check.h"

enum { ACCOUNTS = 8, THREADS = 8, TURNS = 500, AT_FIRST = 1000 };

static struct account {
    raddle_mutex mutex;
    int32_t money;
} accounts[ACCOUNTS];

/* Always the lower one first, so that no cycle can come of it. */
static void move(uint32_t from, uint32_t to, int32_t money) {
    struct account *first = &accounts[from < to ? from : to], *second = &accounts[from < to ? to : from];
    OK(raddle_mutex_lock(&first->mutex, RADDLE_FOREVER));
    CHECK((first->mutex.word & RADDLE_MUTEX_OWNER_MASK) == raddle_self());
    OK(raddle_mutex_lock(&second->mutex, RADDLE_FOREVER));
    accounts[from].money -= money;
    if (money % 16 == 0) {
        raddle_thread_yield();
    }
    accounts[to].money += money;
    OK(raddle_mutex_unlock(&second->mutex));
    OK(raddle_mutex_unlock(&first->mutex));
}

static void *move_about(void *number) {
    uint32_t random = (uint32_t)(uintptr_t)number;
    for (int turn = 0; turn < TURNS; turn++) {
        random = random * 1664525 + 1013904223;
        uint32_t from = (random >> 28) % ACCOUNTS, step = 1 + (random >> 20) % (ACCOUNTS - 1);
        move(from, (from + step) % ACCOUNTS, (int32_t)(random >> 8 & 127));
    }
    return 0;
}

int main(void) {
    uint32_t threads[THREADS];
    for (int i = 0; i < ACCOUNTS; i++) {
        accounts[i].money = AT_FIRST;
    }
    for (int i = 0; i < THREADS; i++) {
        threads[i] = spawn(move_about, (uintptr_t)i);
    }
    for (int i = 0; i < THREADS; i++) {
        join(threads[i]);
    }
    int32_t sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
        CHECK(accounts[i].mutex.word == 0);
        sum += accounts[i].money;
    }
    return sum;
}
