/* Counts primes on all cores: a C program without a C library, on raddle.h alone.
 *
 * The numbers are cut into segments, which threads take one by one from a counter under a mutex. Each sieves into a buffer of its
 * own, which is _Thread_local, and adds to the sum. The main thread waits on a condition variable until all is done, so it needs
 * no join: the threads are detached.
 *
 * main counts the primes below ten million and returns 0 if the number is right. count_primes(threads, limit) returns the number
 * of primes below limit, which is at most a hundred million, or -1.
 *
 * ../README.md says how it is built.
 */
#include "raddle.h"

#define EXPORT(name) __attribute__((export_name(name)))

enum {
    SEGMENT = 1 << 15,         /* numbers in a segment: a byte each, so that the buffer fits a core's cache */
    MAX_LIMIT = 100 * 1000 * 1000,
    MAX_ROOT = 10 * 1000,      /* its square root */
    MAX_THREADS = 64
};

/* The primes below the root of the limit, written before any thread starts. */
static uint32_t small_primes[1229];
static uint32_t small_count;

/* What the threads share, under the mutex. */
static raddle_mutex mutex = RADDLE_MUTEX_INIT;
static raddle_cond all_done = RADDLE_COND_INIT;
static uint32_t limit, next_start, primes, running;

/* Which numbers of a segment are composite: every thread has its own. */
static _Thread_local uint8_t composite[SEGMENT];

static uint32_t length(const char *text) {
    uint32_t len = 0;
    while (text[len]) {
        len++;
    }
    return len;
}

/* Writes a number and some text behind it. */
static void print_number(uint32_t number, const char *text) {
    char line[64];
    uint32_t end = sizeof line, len = length(text);
    for (uint32_t i = len; i-- > 0;) {
        line[--end] = text[i];
    }
    do {
        line[--end] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    raddle_write(RADDLE_STDOUT, line + end, sizeof line - end);
}

static void die(const char *message) {
    raddle_process_abort(message, length(message));
}

static void find_small_primes(void) {
    static uint8_t crossed[MAX_ROOT];
    for (uint32_t n = 2; n < MAX_ROOT; n++) {
        if (!crossed[n]) {
            small_primes[small_count++] = n;
            for (uint32_t multiple = n * n; multiple < MAX_ROOT; multiple += n) {
                crossed[multiple] = 1;
            }
        }
    }
}

/* How many primes there are from start to end. */
static uint32_t sieve(uint32_t start, uint32_t end) {
    __builtin_memset(composite, 0, sizeof composite);
    for (uint32_t i = 0; i < small_count && small_primes[i] * small_primes[i] < end; i++) {
        uint32_t prime = small_primes[i];
        uint32_t multiple = (start + prime - 1) / prime * prime;
        if (multiple < prime * prime) {
            multiple = prime * prime;
        }
        for (; multiple < end; multiple += prime) {
            composite[multiple - start] = 1;
        }
    }
    uint32_t count = 0;
    for (uint32_t n = start < 2 ? 2 : start; n < end; n++) {
        count += !composite[n - start];
    }
    return count;
}

static void lock(void) {
    if (raddle_mutex_lock(&mutex, RADDLE_FOREVER) != RADDLE_OK) {
        die("the mutex cannot be locked");
    }
}

static void unlock(void) {
    if (raddle_mutex_unlock(&mutex) != RADDLE_OK) {
        die("the mutex cannot be unlocked");
    }
}

/* A thread: takes segments until there are none. */
static void *work(void *arg) {
    uint32_t found = 0;
    for (;;) {
        lock();
        primes += found;
        uint32_t start = next_start;
        uint32_t end = limit - start < SEGMENT ? limit : start + SEGMENT;
        next_start = end;
        if (start == end) {
            if (--running == 0) {
                raddle_cond_notify(&all_done, 1);
            }
            unlock();
            return arg;
        }
        unlock();
        found = sieve(start, end);
    }
}

EXPORT("count_primes") int32_t count_primes(int32_t threads, int32_t below) {
    if (threads < 1 || threads > MAX_THREADS || below < 0 || below > MAX_LIMIT) {
        return -1;
    }
    if (small_count == 0) {
        find_small_primes();
    }
    raddle_attributes attributes = {
        .size = sizeof attributes, .flags = RADDLE_DETACHED, .name = "sieve", .name_len = 5
    };
    lock();
    limit = (uint32_t)below;
    next_start = primes = 0;
    for (int32_t i = 0; i < threads; i++) {
        uint32_t tid;
        if (raddle_thread_spawn(work, 0, &attributes, &tid) != RADDLE_OK) {
            die("the host gives no thread");
        }
        running++;
    }
    while (running > 0) {
        if (raddle_cond_wait(&all_done, &mutex, RADDLE_FOREVER) != RADDLE_OK) {
            die("the host does not wait");
        }
    }
    uint32_t result = primes;
    unlock();
    return (int32_t)result;
}

EXPORT("main") int32_t run(void) {
    int32_t threads = raddle_thread_parallelism();
    int32_t count = count_primes(threads > MAX_THREADS ? MAX_THREADS : threads, 10 * 1000 * 1000);
    print_number((uint32_t)count, " primes below ten million\n");
    return count == 664579 ? 0 : 1;
}
