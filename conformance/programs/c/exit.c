//! summary = "an exit of a child ends those who wait on memory, on a condition variable, for a mutex, and for each other's end"
//! clauses = ["end-1", "end-7", "end-8", "end-9", "end-10", "end-23", "output-6"]
//! requires = ["spawn"]
//! [expect]
//! exit = -7
//! stdout = "out"
//! threads = { spawned = 4 }
#include "common/check.h"

static raddle_mutex held, free;
static raddle_cond never;
static uint32_t word, at_work, key;

static void must_not_run(void *value) {
    (void)value;
    print("destroyed\n");
}

static void begin(void) {
    OK(raddle_tls_set(key, &key));
    __atomic_fetch_add(&at_work, 1, __ATOMIC_SEQ_CST);
}

static void *waits(void *unused) {
    begin();
    raddle_wait32(&word, 0, RADDLE_FOREVER);
    return unused;
}

static void *locks(void *unused) {
    begin();
    raddle_mutex_lock(&held, RADDLE_FOREVER);
    return unused;
}

static void *cond_waits(void *unused) {
    begin();
    OK(raddle_mutex_lock(&free, RADDLE_FOREVER));
    raddle_cond_wait(&never, &free, RADDLE_FOREVER);
    return unused;
}

static void *exits(void *unused) {
    begin();
    while (__atomic_load_n(&at_work, __ATOMIC_SEQ_CST) < 5) {
        raddle_thread_yield();
    }
    print("out");
    raddle_process_exit(-7);
    return unused;
}

int main(void) {
    OK(raddle_tls_create(must_not_run, &key));
    OK(raddle_mutex_lock(&held, RADDLE_FOREVER));
    uint32_t first = spawn(waits, 0);
    spawn(locks, 0);
    spawn(cond_waits, 0);
    spawn(exits, 0);
    begin();
    return (int)join(first);
}
