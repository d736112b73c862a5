/* raddle.h - the guest ABI of raddle, version 1, for C and C++.
 *
 * What a wasm module may import from its host: threads, mutexes and condition variables, thread-local storage by key,
 * output, a clock and the end of the process. Every call is a wasm import from the module "raddle_v1", so there is no
 * library to link. The header needs C11 or C++11; a freestanding compiler is enough.
 *
 * Build: clang --target=wasm32-unknown-unknown -matomics -mbulk-memory -mmutable-globals -ftls-model=local-exec -c program.c
 * Link:  wasm-ld --no-entry --shared-memory --import-memory --max-memory=BYTES --export-table
 *            --export=__stack_pointer --export=__wasm_init_tls --export=__tls_size --export=__tls_align
 *            --export=__tls_base --export=__wasm_call_ctors --export=__data_end --export=__heap_base
 *            program.o -o program.wasm
 * Run:   raddle run program.wasm
 *
 * A call that returns an int32_t returns a raddle_status unless its comment says otherwise. No call traps for a bad
 * argument: an address that is outside memory or misaligned is answered with RADDLE_FAULT. Only raddle_wait32,
 * raddle_wait64 and raddle_notify trap, as the instructions do. A time-out is in nanoseconds: a negative one waits for
 * ever, 0 tries once and returns.
 *
 * The compiler's _Thread_local works: each thread has its own copy, whose memory goes when the thread ends.
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

/* What most calls return. Names and meanings follow POSIX; the numbers are the ABI's own. */
enum raddle_status {
    RADDLE_OK = 0,           /* done */
    RADDLE_AGAIN = 1,        /* a limit is reached: threads, keys, memory or output */
    RADDLE_INVALID = 2,      /* an argument makes no sense, or the thread is detached or being joined */
    RADDLE_NO_THREAD = 3,    /* no such thread, or it has been joined */
    RADDLE_DEADLOCK = 4,     /* the call can never return: joining oneself, a cycle of joins, relocking an owned mutex */
    RADDLE_BUSY = 5,         /* somebody else owns the mutex, and the time-out was 0 */
    RADDLE_TIMED_OUT = 6,    /* the time passed first */
    RADDLE_NOT_OWNER = 7,    /* the caller does not own the mutex */
    RADDLE_FAULT = 8,        /* an address is outside memory or misaligned */
    RADDLE_UNSUPPORTED = 9,  /* this host lacks the capability, or the stream takes no more */
    RADDLE_OWNER_DIED = 10   /* the mutex's owner ended while holding it; the caller now owns it */
};

#define RADDLE_FOREVER ((int64_t)-1)    /* a time-out that never passes */
#define RADDLE_STDOUT 1                 /* for raddle_write */
#define RADDLE_STDERR 2                 /* for raddle_write */
#define RADDLE_MAX_NAME_LEN 63          /* bytes of a thread's name that the host keeps */
#define RADDLE_MAX_THREAD_ID 0x1fffffff /* thread ids are 1 to this */
#define RADDLE_TLS_DESTRUCTOR_ROUNDS 4  /* how often destructors run while they set new values */

/* ---- Threads ---------------------------------------------------------------------------------------------------- */

/* What a thread runs. It must have exactly this type: the host calls it through the module's function table. */
typedef void *(*raddle_start)(void *arg);

/* A bit for flags: nobody will join the thread. */
#define RADDLE_DETACHED 1u

/* What a thread should be like. Set size to sizeof(raddle_attributes); zero is the default for everything else. */
typedef struct raddle_attributes {
    uint32_t size;        /* bytes of this struct that are valid */
    uint32_t flags;       /* RADDLE_DETACHED or 0 */
    uintptr_t stack_size; /* bytes of linear memory, 0 for the host's default */
    const char *name;     /* UTF-8, shown in traps and traces; it need not end in a zero */
    uintptr_t name_len;   /* of the name, in bytes */
} raddle_attributes;

RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, size) == 0, "raddle_attributes.size");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, flags) == 4, "raddle_attributes.flags");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, stack_size) == 8, "raddle_attributes.stack_size");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, name) == 8 + sizeof(void *), "raddle_attributes.name");
RADDLE_STATIC_ASSERT(offsetof(raddle_attributes, name_len) == 8 + 2 * sizeof(void *), "raddle_attributes.name_len");
RADDLE_STATIC_ASSERT(sizeof(raddle_attributes) == 8 + 3 * sizeof(void *), "raddle_attributes");

/* Starts a thread that runs start(arg). Its id is stored at out before it runs. attributes may be null. */
RADDLE_IMPORT("thread_spawn")
int32_t raddle_thread_spawn(raddle_start start, void *arg, const raddle_attributes *attributes, uint32_t *out);

/* Waits for the thread's end and its TLS destructors, and stores what it returned at out unless that is null. */
RADDLE_IMPORT("thread_join")
int32_t raddle_thread_join(uint32_t tid, int64_t timeout, void **out);

/* Declares that nobody will join the thread: it leaves nothing behind when it ends. */
RADDLE_IMPORT("thread_detach")
int32_t raddle_thread_detach(uint32_t tid);

/* Ends the calling thread as if its start function had returned value. */
RADDLE_IMPORT("thread_exit")
RADDLE_NORETURN void raddle_thread_exit(void *value);

/* The caller's id, never 0. */
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

/* How many threads can run at the same time, at least 1. Not a status. */
RADDLE_IMPORT("thread_parallelism")
int32_t raddle_thread_parallelism(void);

/* ---- Process ---------------------------------------------------------------------------------------------------- */

/* Ends every thread, wherever it is, and the process. */
RADDLE_IMPORT("process_exit")
RADDLE_NORETURN void raddle_process_exit(int32_t code);

/* Ends the process as aborted, with that UTF-8 message. */
RADDLE_IMPORT("process_abort")
RADDLE_NORETURN void raddle_process_abort(const char *message, uintptr_t len);

/* Writes all the bytes to RADDLE_STDOUT or RADDLE_STDERR. No other call's bytes get in between. */
RADDLE_IMPORT("write")
int32_t raddle_write(int32_t fd, const void *bytes, uintptr_t len);

/* Nanoseconds on a monotonic clock that all threads of the process share. */
RADDLE_IMPORT("clock_now")
int64_t raddle_clock_now(void);

/* ---- Mutex ------------------------------------------------------------------------------------------------------ */

/* Zero when free, so static storage needs no initialiser. Change the word only through the calls below. */
typedef struct raddle_mutex {
    uint32_t word;
} raddle_mutex;

#define RADDLE_MUTEX_INIT { 0 }
#define RADDLE_MUTEX_OWNER_MASK 0x3fffffffu /* the owner's thread id */
#define RADDLE_MUTEX_OWNER_DIED 0x40000000u /* an owner ended while it held the mutex */
#define RADDLE_MUTEX_WAITERS 0x80000000u    /* threads wait: an unlock goes through the host */

/* Locks through the host; may block. RADDLE_DEADLOCK when the caller owns the mutex, RADDLE_OWNER_DIED as above. */
RADDLE_IMPORT("mutex_lock")
int32_t raddle_mutex_lock_slow(raddle_mutex *mutex, int64_t timeout);

/* Unlocks through the host, which wakes a waiter. RADDLE_NOT_OWNER unless the caller owns the mutex. */
RADDLE_IMPORT("mutex_unlock")
int32_t raddle_mutex_unlock_slow(raddle_mutex *mutex);

/* The caller's id. Only the first use on a thread calls the host. */
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

/* Zero at first. What the word means is the host's business. */
typedef struct raddle_cond {
    uint32_t word;
} raddle_cond;

#define RADDLE_COND_INIT { 0 }

/* Unlocks the mutex, waits, and locks it again before it returns, after a time-out, too. */
RADDLE_IMPORT("cond_wait")
int32_t raddle_cond_wait(raddle_cond *cond, raddle_mutex *mutex, int64_t timeout);

/* Wakes at most count waiters, all of them if count is negative; returns how many. */
RADDLE_IMPORT("cond_notify")
int32_t raddle_cond_notify(raddle_cond *cond, int32_t count);

/* ---- Thread-local storage by key -------------------------------------------------------------------------------- */

/* Called on a thread that ends, with the thread's value of the key if that is not 0. It must have exactly this type. */
typedef void (*raddle_destructor)(void *value);

/* Makes a key and stores it at out. destructor may be null. */
RADDLE_IMPORT("tls_create")
int32_t raddle_tls_create(raddle_destructor destructor, uint32_t *out);

/* Deletes the key, with every thread's value; no destructor runs. */
RADDLE_IMPORT("tls_delete")
int32_t raddle_tls_delete(uint32_t key);

/* Sets the caller's value. */
RADDLE_IMPORT("tls_set")
int32_t raddle_tls_set(uint32_t key, void *value);

/* The caller's value, null if it was never set or there is no such key. */
RADDLE_IMPORT("tls_get")
void *raddle_tls_get(uint32_t key);

/* ---- Waiting: what the instructions memory.atomic.wait32, wait64 and notify do, with their traps ----------------- */

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
