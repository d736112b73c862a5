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
    SpawnRunsInline "spawn-runs-inline" breaks "spawn-4",
    /// A join does not wait.
    JoinReturnsEarly "join-returns-early" breaks "join-2",
    /// A joiner gets another value.
    JoinValueWrong "join-value-wrong" breaks "join-1",
    /// A thread that is joined already, or never was, can be joined.
    JoinAnyThread "join-any-thread" breaks "join-8",
    /// A detach has no effect.
    DetachForgotten "detach-forgotten" breaks "detach-1",
    /// Every thread has the same id.
    IdsEqual "ids-equal" breaks "spawn-7",
    /// What can never return is not refused.
    DeadlockNotAnswered "deadlock-not-answered" breaks "join-9",
    /// A lock never waits.
    MutexExcludesNobody "mutex-excludes-nobody" breaks "mutex-1",
    /// An unlock wakes nobody.
    UnlockWakesNobody "unlock-wakes-nobody" breaks "mutex-10",
    /// Anybody may unlock.
    AnybodyUnlocks "anybody-unlocks" breaks "mutex-9",
    /// Nobody is told that a mutex's owner ended while holding it.
    OwnerDiedSwallowed "owner-died-swallowed" breaks "mutex-11",
    /// A notify wakes one waiter more than it should.
    OneWaiterTooMany "one-waiter-too-many" breaks "waits-5",
    /// A notify says that it woke nobody.
    NotifyCountsNobody "notify-counts-nobody" breaks "waits-5",
    /// A wait does not look at the word.
    WaitIgnoresTheWord "wait-ignores-the-word" breaks "waits-1",
    /// What should end by itself waits for ever.
    TimeOutIgnored "time-out-ignored" breaks "waits-2",
    /// A sleep returns at once.
    SleepReturnsAtOnce "sleep-returns-at-once" breaks "clock-3",
    /// A condition variable's waiter returns without the mutex.
    CondWaitWithoutMutex "cond-wait-without-mutex" breaks "condvar-2",
    /// Waking all wakes one.
    CondNotifyAllWakesOne "cond-notify-all-wakes-one" breaks "condvar-4",
    /// An exit ends the calling thread alone.
    ExitLeavesThreads "exit-leaves-threads" breaks "end-1",
    /// What an abort says is lost.
    AbortMessageLost "abort-message-lost" breaks "end-3",
    /// A value of a key is every thread's.
    KeysShared "keys-shared" breaks "tls-1",
    /// A deleted key is still there.
    KeysNeverDeleted "keys-never-deleted" breaks "tls-5",
    /// A thread's name is forgotten.
    NamesLost "names-lost" breaks "names-2",
    /// The two streams are exchanged.
    StreamsSwapped "streams-swapped" breaks "output-1",
    /// A bad address is taken without a word.
    FaultsSwallowed "faults-swallowed" breaks "arguments-1",
    /// All threads have the main thread's TLS block.
    TlsShared "tls-shared" breaks "tls-15",
    /// All threads have one stack.
    StacksShared "stacks-shared" breaks "stacks-1",
    /// Stacks are aligned to 8 bytes only.
    StacksMisaligned "stacks-misaligned" breaks "stacks-1",
    /// No destructor runs.
    DestructorsSkipped "destructors-skipped" breaks "tls-8",
    /// A trap of a spawned thread ends that thread alone.
    ChildTrapSwallowed "child-trap-swallowed" breaks "end-2",
    /// Every trap is of one kind.
    TrapKindsLost "trap-kinds-lost" breaks "traps-1",
    /// Active segments are written on every thread.
    SegmentsWrittenAgain "segments-written-again" breaks "init-2",
    /// What the entry returned is lost.
    ResultsLost "results-lost" breaks "end-4",
    /// The time limit is not watched.
    TimeLimitIgnored "time-limit-ignored" breaks "end-6",
    /// There is no limit on threads.
    ThreadLimitIgnored "thread-limit-ignored" breaks "limits-1",
    /// There is no limit on what instances take.
    InstanceLimitIgnored "instance-limit-ignored" breaks "limits-16",
    /// There is no limit on output.
    OutputLimitIgnored "output-limit-ignored" breaks "limits-12",
    /// Nobody kills the process.
    KillIgnored "kill-ignored" breaks "end-5",
    /// A thread that waits for the outside counts as blocked for ever.
    OutsideBlocks "outside-blocks" breaks "outside-2",
}

impl Defect {
    /// Loses what the defect loses of a job.
    pub(crate) fn alter(self, job: &mut Job) {
        match self {
            Defect::TimeLimitIgnored => job.limits.time_limit = None,
            Defect::ThreadLimitIgnored => job.limits.max_threads = None,
            Defect::InstanceLimitIgnored => job.limits.max_instance_memory = None,
            Defect::OutputLimitIgnored => job.limits.max_output = None,
            Defect::KillIgnored => job.embedder.kill_on_output = None,
            _ => {}
        }
    }
}
