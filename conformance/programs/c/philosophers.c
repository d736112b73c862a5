//! summary = "five philosophers who each hold a fork and wait for the next are a cycle of five, which main waits beside"
//! clauses = ["deadlock-1", "deadlock-2", "deadlock-3"]
//! requires = ["spawn", "deadlock-report"]
//! [expect]
//! stdout = "all hold one\n"
//! threads = { spawned = 5 }
//! [expect.deadlock]
//! threads = [
//!     { id = 1, for = "join", thread = 2 },
//!     { id = 2, for = "mutex", owner = 3 },
//!     { id = 3, for = "mutex", owner = 4 },
//!     { id = 4, for = "mutex", owner = 5 },
//!     { id = 5, for = "mutex", owner = 6 },
//!     { id = 6, for = "mutex", owner = 2 },
//! ]
//! cycles = [[2, 3, 4, 5, 6]]
#include "common/check.h"

enum { PHILOSOPHERS = 5 };

static raddle_mutex forks[PHILOSOPHERS], table;
static raddle_cond all_hold_one;
static uint32_t holding;

static void *eat(void *seat) {
    uintptr_t left = (uintptr_t)seat, right = (left + 1) % PHILOSOPHERS;
    OK(raddle_mutex_lock(&forks[left], RADDLE_FOREVER));
    OK(raddle_mutex_lock(&table, RADDLE_FOREVER));
    if (++holding == PHILOSOPHERS) {
        print("all hold one\n");
        raddle_cond_notify(&all_hold_one, -1);
    }
    while (holding < PHILOSOPHERS) {
        OK(raddle_cond_wait(&all_hold_one, &table, RADDLE_FOREVER));
    }
    OK(raddle_mutex_unlock(&table));
    OK(raddle_mutex_lock(&forks[right], RADDLE_FOREVER));
    return 0;
}

int main(void) {
    uint32_t first = spawn(eat, 0);
    for (uintptr_t seat = 1; seat < PHILOSOPHERS; seat++) {
        spawn(eat, seat);
    }
    return (int)join(first);
}
