//! Which mutants there are.

use raddle_conformance::Job;

/// A broken backend.
#[derive(Debug, Clone, Copy)]
pub struct Mutant {
    /// What is wrong with it, as a name.
    pub name: &'static str,
    /// The same, for the code that does it.
    pub defect: Defect,
    /// The clause that it breaks: a case of that clause has to fail.
    pub clause: &'static str,
}

macro_rules! mutants {
    ($($(#[doc = $doc:literal])* $defect:ident $name:literal breaks $clause:literal,)*) => {
        /// What is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Defect {
            $($(#[doc = $doc])* $defect,)*
        }

        /// Every mutant.
        pub const MUTANTS: &[Mutant] = &[
            $(Mutant { name: $name, defect: Defect::$defect, clause: $clause },)*
        ];
    };
}

mutants! {
    /// A spawn returns when the new thread has ended, if that does not take long.
    SpawnRunsInline "spawn-runs-inline" breaks "spawn",
    /// A join does not wait.
    JoinReturnsEarly "join-returns-early" breaks "join",
    /// A joiner gets another value.
    JoinValueWrong "join-value-wrong" breaks "join",
    /// A thread that is joined already, or never was, can be joined.
    JoinAnyThread "join-any-thread" breaks "join",
    /// A detach has no effect.
    DetachForgotten "detach-forgotten" breaks "detach",
    /// Every thread has the same id.
    IdsEqual "ids-equal" breaks "spawn",
    /// What can never return is not refused.
    DeadlockNotAnswered "deadlock-not-answered" breaks "join",
    /// A lock never waits.
    MutexExcludesNobody "mutex-excludes-nobody" breaks "mutex",
    /// An unlock wakes nobody.
    UnlockWakesNobody "unlock-wakes-nobody" breaks "mutex",
    /// Anybody may unlock.
    AnybodyUnlocks "anybody-unlocks" breaks "mutex",
    /// Nobody is told that a mutex's owner ended while holding it.
    OwnerDiedSwallowed "owner-died-swallowed" breaks "mutex",
    /// A notify wakes one waiter more than it should.
    OneWaiterTooMany "one-waiter-too-many" breaks "waits",
    /// A notify says that it woke nobody.
    NotifyCountsNobody "notify-counts-nobody" breaks "waits",
    /// A wait does not look at the word.
    WaitIgnoresTheWord "wait-ignores-the-word" breaks "waits",
    /// What should end by itself waits for ever.
    TimeOutIgnored "time-out-ignored" breaks "waits",
    /// A sleep returns at once.
    SleepReturnsAtOnce "sleep-returns-at-once" breaks "clock",
    /// A condition variable's waiter returns without the mutex.
    CondWaitWithoutMutex "cond-wait-without-mutex" breaks "condvar",
    /// Waking all wakes one.
    CondNotifyAllWakesOne "cond-notify-all-wakes-one" breaks "condvar",
    /// An exit ends the calling thread alone.
    ExitLeavesThreads "exit-leaves-threads" breaks "end",
    /// What an abort says is lost.
    AbortMessageLost "abort-message-lost" breaks "end",
    /// A value of a key is every thread's.
    KeysShared "keys-shared" breaks "tls",
    /// A deleted key is still there.
    KeysNeverDeleted "keys-never-deleted" breaks "tls",
    /// A thread's name is forgotten.
    NamesLost "names-lost" breaks "names",
    /// The two streams are exchanged.
    StreamsSwapped "streams-swapped" breaks "output",
    /// A bad address is taken without a word.
    FaultsSwallowed "faults-swallowed" breaks "arguments",
    /// All threads have the main thread's TLS block.
    TlsShared "tls-shared" breaks "tls",
    /// All threads have one stack.
    StacksShared "stacks-shared" breaks "stacks",
    /// Stacks are aligned to 8 bytes only.
    StacksMisaligned "stacks-misaligned" breaks "stacks",
    /// No destructor runs.
    DestructorsSkipped "destructors-skipped" breaks "tls",
    /// A trap of a spawned thread ends that thread alone.
    ChildTrapSwallowed "child-trap-swallowed" breaks "traps",
    /// Every trap is of one kind.
    TrapKindsLost "trap-kinds-lost" breaks "traps",
    /// Active segments are written on every thread.
    SegmentsWrittenAgain "segments-written-again" breaks "init",
    /// What the entry returned is lost.
    ResultsLost "results-lost" breaks "end",
    /// The time limit is not watched.
    TimeLimitIgnored "time-limit-ignored" breaks "limits",
    /// There is no limit on threads.
    ThreadLimitIgnored "thread-limit-ignored" breaks "limits",
    /// There is no limit on output.
    OutputLimitIgnored "output-limit-ignored" breaks "limits",
    /// Nobody kills the process.
    KillIgnored "kill-ignored" breaks "end",
}

impl Defect {
    /// Loses what the defect loses of a job.
    pub(crate) fn alter(self, job: &mut Job) {
        match self {
            Defect::TimeLimitIgnored => job.limits.time = None,
            Defect::ThreadLimitIgnored => job.limits.threads = None,
            Defect::OutputLimitIgnored => job.limits.output = None,
            Defect::KillIgnored => job.embedder.kill_on_output = None,
            _ => {}
        }
    }
}
