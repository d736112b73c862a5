/* raddle.h - the guest ABI of raddle, version 1, for C and C++.
 *
 * What a wasm module may import from its host: threads, mutexes and condition variables, thread-local storage by key,
 * output, a clock and the end of the process. Every call is a wasm import of the module "raddle_v1"; nothing needs linking.
 * Needs C11 or C++11, and a freestanding compiler is enough.
 *
 * Build: clang --target=wasm32-unknown-unknown -matomics -mbulk-memory -mmutable-globals -ftls-model=local-exec -c program.c
 * Link:  wasm-ld --no-entry --shared-memory --import-memory --max-memory=BYTES --export=__heap_base
 *            --export=__stack_pointer --export=__tls_base --export=__tls_size --export=__tls_align
 *            --export=__wasm_init_tls program.o -o program.wasm
 * Run:   raddle run program.wasm
 *
 * Statuses are 0 or one of enum raddle_status. No call traps for a bad argument: an address outside memory or misaligned
 * answers RADDLE_FAULT (the three waits at the end excepted, which are as the instructions). A time-out is in nanoseconds:
 * negative waits for ever, 0 tries once and returns.
 *
 * The compiler's _Thread_local works, each thread has its copy; its memory ends with the thread.
 */
#ifndef RADDLE_H
#define RADDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define RADDLE_THREAD_LOCAL thread_local
#define RADDLE_STATIC_ASSERT static_assert
#else
#define RADDLE_THREAD_LOCAL _Thread_local
#define RADDLE_STATIC_ASSERT _Static_assert
#endif

#define RADDLE_ABI_VERSION 1
#define RADDLE_MODULE "raddle_v1"
#define RADDLE_IMPORT(name) __attribute__((import_module(RADDLE_MODULE), import_name(name)))
#define RADDLE_NORETURN __attribute__((noreturn))

/* What most calls return. Names and meanings follow POSIX, the numbers are the ABI's own. */
enum raddle_status {
    RADDLE_OK = 0,           /* done */
    RADDLE_AGAIN = 1,        /* a limit is reached: threads, keys, memory or output */
    RADDLE_INVALID = 2,      /* an argument makes no sense, or the thread is detached or has a joiner */
    RADDLE_NO_THREAD = 3,    /* no such thread, or it was joined */
    RADDLE_DEADLOCK = 4,     /* the call can never return: joining oneself, a cycle of joins, relocking an owned mutex */
    RADDLE_BUSY = 5,         /* somebody else has it, and the caller did not want to wait */
    RADDLE_TIMED_OUT = 6,    /* the time-out passed first */
    RADDLE_NOT_OWNER = 7,    /* the caller does not own the mutex */
    RADDLE_FAULT = 8,        /* an address is outside memory or misaligned */
    RADDLE_UNSUPPORTED = 9,  /* this host lacks the capability, or the stream takes no more */
    RADDLE_OWNER_DIED = 10   /* the mutex's owner ended while holding it; the caller now owns it */
};

#define RADDLE_FOREVER ((int64_t)-1)    /* the time-out that waits for ever */
#define RADDLE_STDOUT 1                 /* fd of raddle_write */
#define RADDLE_STDERR 2                 /* fd of raddle_write */
#define RADDLE_MAX_NAME_LEN 63          /* bytes of a thread's name that are kept */
#define RADDLE_MAX_THREAD_ID 0x1fffffff /* thread ids are 1 to this */
#define RADDLE_TLS_DESTRUCTOR_ROUNDS 4  /* how often destructors are run while they set new values */

/* ---- Threads ---------------------------------------------------------------------------------------------------- */

/* What a thread runs. The type must be exactly this one: the host calls it through the module's function table. */
typedef void *(*raddle_start)(void *arg);

/* Bit of flags: nobody will join the thread. */
#define RADDLE_DETACHED 1u

/* How a thread is to be. Set size to sizeof(raddle_attributes) and the rest to what you want; zero is the default. */
typedef struct raddle_attributes {
    uint32_t size;        /* bytes of this struct that are valid */
    uint32_t flags;       /* RADDLE_DETACHED or 0 */
    uintptr_t stack_size; /* bytes of linear memory, 0 for the host's default */
    const char *name;     /* UTF-8, shown in traps and traces; need not end in a zero */
    uintptr_t name_len;   /* bytes of the name */
} raddle_attributes;

RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, size) == 0, "raddle_attributes.size");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, flags) == 4, "raddle_attributes.flags");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, stack_size) == 8, "raddle_attributes.stack_size");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, name) == 8 + sizeof(void *), "raddle_attributes.name");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, name_len) == 8 + 2 * sizeof(void *), "raddle_attributes.name_len");
RADDLE_STATIC_ASSERT(sizeof(raddle_attributes) == 8 + 3 * sizeof(void *), "raddle_attributes");

/* Starts a thread that runs start(arg). Its id is stored at out before it runs. attributes may be 0. */
RADDLE_IMPORT("thread_spawn")
int32_t raddle_thread_spawn(raddle_start start, void *arg, const raddle_attributes *attributes, uint32_t *out);

/* Blocks until the thread has ended and its TLS destructors have run; stores what it returned at out unless out is 0. */
RADDLE_IMPORT("thread_join")
int32_t raddle_thread_join(uint32_t tid, int64_t timeout, void **out);

/* Nobody will join the thread; its resources go when it ends. */
RADDLE_IMPORT("thread_detach")
int32_t raddle_thread_detach(uint32_t tid);

/* Ends the calling thread as if its start function had returned value. */
RADDLE_IMPORT("thread_exit")
RADDLE_NORETURN void raddle_thread_exit(void *value);

/* The caller's id: never 0. */
RADDLE_IMPORT("thread_id")
uint32_t raddle_thread_id(void);

/* Names the caller. */
RADDLE_IMPORT("thread_set_name")
int32_t raddle_thread_set_name(const char *name, uintptr_t len);

/* Lets other threads run. */
RADDLE_IMPORT("thread_yield")
void raddle_thread_yield(void);

/* Sleeps for that many nanoseconds. */
RADDLE_IMPORT("thread_sleep")
int32_t raddle_thread_sleep(int64_t duration);

/* How many threads can really run at once. */
RADDLE_IMPORT("thread_parallelism")
int32_t raddle_thread_parallelism(void);

/* ---- Process ---------------------------------------------------------------------------------------------------- */

/* Ends every thread, wherever it is, and the process. */
RADDLE_IMPORT("process_exit")
RADDLE_NORETURN void raddle_process_exit(int32_t code);

/* Ends the process as aborted, with that UTF-8 message. */
RADDLE_IMPORT("process_abort")
RADDLE_NORETURN void raddle_process_abort(const char *message, uintptr_t len);

/* Writes bytes to RADDLE_STDOUT or RADDLE_STDERR; one call's bytes never interleave with another's. */
RADDLE_IMPORT("write")
int32_t raddle_write(int32_t fd, const void *bytes, uintptr_t len);

/* Monotonic nanoseconds, with one origin for the whole process. */
RADDLE_IMPORT("clock_now")
int64_t raddle_clock_now(void);

/* ---- Mutex ------------------------------------------------------------------------------------------------------ */

/* Zero when free; static storage needs no other initialisation. Change the word by the calls below alone. */
typedef struct raddle_mutex {
    uint32_t word;
} raddle_mutex;

#define RADDLE_MUTEX_INIT { 0 }
#define RADDLE_MUTEX_OWNER_MASK 0x3fffffffu /* the owner's thread id */
#define RADDLE_MUTEX_OWNER_DIED 0x40000000u /* an owner ended while holding it */
#define RADDLE_MUTEX_WAITERS 0x80000000u    /* threads wait: an unlock goes through the host */

/* Locks by the host, which may block. RADDLE_DEADLOCK when the caller owns it, RADDLE_OWNER_DIED as above. */
RADDLE_IMPORT("mutex_lock")
int32_t raddle_mutex_lock_slow(raddle_mutex *mutex, int64_t timeout);

/* Unlocks by the host, which wakes a waiter. RADDLE_NOT_OWNER unless the caller owns it. */
RADDLE_IMPORT("mutex_unlock")
int32_t raddle_mutex_unlock_slow(raddle_mutex *mutex);

/* The caller's id, without a call of the host after the first time on a thread. */
static inline uint32_t raddle_self(void) {
    static RADDLE_THREAD_LOCAL uint32_t id;
    if (id == 0) {
        id = raddle_thread_id();
    }
    return id;
}

/* Locks. One atomic instruction when the mutex is free. */
static inline int32_t raddle_mutex_lock(raddle_mutex *mutex, int64_t timeout) {
    uint32_t free = 0;
    if (__atomic_compare_exchange_n(&mutex->word, &free, raddle_self(), false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        return RADDLE_OK;
    }
    return raddle_mutex_lock_slow(mutex, timeout);
}

/* Unlocks. One atomic instruction when nobody waits. */
static inline int32_t raddle_mutex_unlock(raddle_mutex *mutex) {
    uint32_t self = raddle_self();
    if (__atomic_compare_exchange_n(&mutex->word, &self, 0, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {
        return RADDLE_OK;
    }
    return raddle_mutex_unlock_slow(mutex);
}

/* ---- Condition variable ----------------------------------------------------------------------------------------- */

/* Zero at first; the word's use is the host's. */
typedef struct raddle_cond {
    uint32_t word;
} raddle_cond;

#define RADDLE_COND_INIT { 0 }

/* Releases the mutex, waits, and owns it again on return, after a time-out too. */
RADDLE_IMPORT("cond_wait")
int32_t raddle_cond_wait(raddle_cond *cond, raddle_mutex *mutex, int64_t timeout);

/* Wakes at most count waiters (negative: all); returns how many. */
RADDLE_IMPORT("cond_notify")
int32_t raddle_cond_notify(raddle_cond *cond, int32_t count);

/* ---- Thread-local storage by key -------------------------------------------------------------------------------- */

/* Called on a thread that ends with its non-zero value of the key. The type must be exactly this one. */
typedef void (*raddle_destructor)(void *value);

/* A new key at out; destructor may be 0. */
RADDLE_IMPORT("tls_create")
int32_t raddle_tls_create(raddle_destructor destructor, uint32_t *out);

/* Every thread's value is gone; no destructor runs. */
RADDLE_IMPORT("tls_delete")
int32_t raddle_tls_delete(uint32_t key);

/* Sets the caller's value. */
RADDLE_IMPORT("tls_set")
int32_t raddle_tls_set(uint32_t key, void *value);

/* The caller's value; 0 if never set, or no such key. */
RADDLE_IMPORT("tls_get")
void *raddle_tls_get(uint32_t key);

/* ---- Waiting: what the instructions memory.atomic.wait32, wait64 and notify do, trapping where they trap ---------- */

/* 0 woken, 1 not equal, 2 timed out. */
RADDLE_IMPORT("wait32")
int32_t raddle_wait32(uint32_t *address, uint32_t expected, int64_t timeout);

/* 0 woken, 1 not equal, 2 timed out. */
RADDLE_IMPORT("wait64")
int32_t raddle_wait64(uint64_t *address, uint64_t expected, int64_t timeout);

/* Wakes at most count waiters; returns how many. */
RADDLE_IMPORT("notify")
int32_t raddle_notify(void *address, uint32_t count);

#ifdef __cplusplus
}
#endif

#endif /* RADDLE_H */
