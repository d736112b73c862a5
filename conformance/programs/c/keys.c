//! summary = "keys' values are each thread's own, and are destroyed on it before its joiner goes on, those that a destructor sets too"
//! clauses = ["tls-1", "tls-2", "tls-3", "tls-8", "tls-10", "join-3"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:24"]
//! threads = { spawned = 8 }
#include "common/check.h"

enum { THREADS = 8 };

static uint32_t plain, destroyed, sets_another, set_in_a_destructor;
static uint32_t count;

static void count_it(void *value) {
    CHECK((uint32_t)(uintptr_t)value == raddle_self());
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
}

static void set_another(void *value) {
    CHECK((uint32_t)(uintptr_t)value == 2 * raddle_self());
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
    OK(raddle_tls_set(set_in_a_destructor, (void *)(uintptr_t)raddle_self()));
}

static void *use(void *number) {
    uintptr_t id = raddle_self();
    CHECK(raddle_tls_get(plain) == 0 && raddle_tls_get(destroyed) == 0 && raddle_tls_get(sets_another) == 0);
    OK(raddle_tls_set(plain, number));
    OK(raddle_tls_set(destroyed, (void *)id));
    OK(raddle_tls_set(sets_another, (void *)(2 * id)));
    raddle_thread_yield();
    CHECK(raddle_tls_get(plain) == number && raddle_tls_get(destroyed) == (void *)id);
    return number;
}

int main(void) {
    uint32_t threads[THREADS];
    OK(raddle_tls_create(0, &plain));
    OK(raddle_tls_create(set_another, &sets_another));
    OK(raddle_tls_create(count_it, &destroyed));
    OK(raddle_tls_create(count_it, &set_in_a_destructor));
    CHECK(plain != destroyed && destroyed != sets_another && sets_another != plain);
    for (uintptr_t i = 0; i < THREADS; i++) {
        threads[i] = spawn(use, i + 1);
    }
    for (uintptr_t i = 0; i < THREADS; i++) {
        CHECK(join(threads[i]) == i + 1);
        /* Its own three, at least. */
        CHECK(__atomic_load_n(&count, __ATOMIC_RELAXED) >= 3 * (i + 1));
    }
    CHECK(raddle_tls_get(plain) == 0);
    return (int)count;
}
