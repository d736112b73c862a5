//! A process's end as a future: with an executor of a few lines, with tokio, and polled by hand.

use std::{
    io::{self, Write},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant},
};

use crate::common::{PATIENCE, SPAWN_AND_JOIN, module, outcome, program, receive, returned, rounds, until};
use raddle_backend_native::{Completion, Outcome, Process, Value};

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The smallest executor: one future, on this thread.
#[track_caller]
fn block_on<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let begun = Instant::now();
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        assert!(begun.elapsed() < PATIENCE, "it is not woken");
        thread::park_timeout(PATIENCE);
    }
}

/// Counts how often it wakes.
#[derive(Default)]
struct Counter(AtomicU32);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

impl Counter {
    fn count(&self) -> u32 {
        self.0.load(SeqCst)
    }
}

fn poll(completion: &mut Completion, counter: &Arc<Counter>) -> Poll<Outcome> {
    pin!(completion).poll(&mut Context::from_waker(&counter.clone().into()))
}

/// A stream that says when the guest's thread is there, and keeps it until the test lets it go.
struct Gate(mpsc::Sender<()>, mpsc::Receiver<()>);

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Most tests do not ask.
        let _ = self.0.send(());
        self.1.recv().map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A process that returns 7 when the gate is opened.
fn gated() -> (Process, mpsc::Sender<()>) {
    let (process, _, open) = watched();
    (process, open)
}

/// The same, with what tells that its thread is at the gate.
fn watched() -> (Process, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let wat = module(
        &[],
        r#"(func (export "main") (result i32)
             (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1))) (i32.const 7))"#,
    );
    let (open, gate) = mpsc::channel();
    let (arrive, arrived) = mpsc::channel();
    (program(&wat).process().stdout(Gate(arrive, gate)).start().expect("a process"), arrived, open)
}

fn seven() -> Outcome {
    returned(&[Value::I32(7)])
}

/// A process that never ends by itself.
fn endless() -> Process {
    program(r#"(module (memory 1 1 shared) (func (export "main") (loop $forever (br $forever))))"#)
        .process()
        .start()
        .expect("a process")
}

#[test]
fn a_process_can_be_awaited_with_any_executor() {
    let start = || program(&module(&["child"], SPAWN_AND_JOIN)).process().start().expect("a process");
    let process = start();
    assert_eq!(block_on(&process), returned(&[Value::I32(42)]));
    assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
    assert_eq!(block_on(process), returned(&[Value::I32(42)]), "again, as it is complete");
    assert_eq!(block_on(async { start().await.into_result() }), Ok(vec![Value::I32(42)]));
}

#[test]
fn the_outcome_is_there_when_the_process_is_complete_and_not_before() {
    let (process, arrived, open) = watched();
    assert_eq!(process.outcome(), None);
    receive(&arrived);
    // It will have ended, but its thread is still in the embedder's own code.
    assert!(process.kill());
    assert_eq!(process.outcome(), None);
    let counter = Arc::new(Counter::default());
    let mut completion = process.completion();
    assert_eq!(poll(&mut completion, &counter), Poll::Pending);
    assert_eq!(counter.count(), 0);
    open.send(()).expect("the thread");
    until("the task is woken", || counter.count() == 1);
    assert_eq!(poll(&mut completion, &counter), Poll::Ready(Outcome::Killed));
    assert_eq!(poll(&mut completion, &counter), Poll::Ready(Outcome::Killed), "however often it is asked");
    assert_eq!((process.outcome(), process.wait()), (Some(Outcome::Killed), Outcome::Killed));
    assert_eq!(counter.count(), 1);
}

#[test]
fn all_who_await_a_process_get_its_outcome() {
    let (process, open) = gated();
    thread::scope(|scope| {
        let waits = [(); 3].map(|()| scope.spawn(|| block_on(&process)));
        let blocks = [(); 2].map(|()| scope.spawn(|| outcome(&process)));
        let counter = Arc::new(Counter::default());
        let mut polled = [(); 4].map(|()| process.completion());
        for completion in &mut polled {
            assert_eq!(poll(completion, &counter), Poll::Pending);
        }
        open.send(()).expect("the thread");
        for thread in waits.into_iter().chain(blocks) {
            assert_eq!(thread.join().expect("no panic"), seven());
        }
        until("all are woken", || counter.count() == 4);
        for completion in &mut polled {
            assert_eq!(poll(completion, &counter), Poll::Ready(seven()));
        }
    });
}

#[test]
fn who_gives_up_changes_nothing_for_others() {
    let (process, open) = gated();
    let [dropped, stays] = [(); 2].map(|()| Arc::new(Counter::default()));
    let mut given_up = process.completion();
    let mut completion = process.completion();
    assert_eq!(poll(&mut given_up, &dropped), Poll::Pending);
    assert_eq!(poll(&mut completion, &stays), Poll::Pending);
    drop(given_up);
    assert_eq!(Arc::strong_count(&dropped), 1, "its waker is gone");
    open.send(()).expect("the thread");
    until("the other is woken", || stays.count() == 1);
    assert_eq!(poll(&mut completion, &stays), Poll::Ready(seven()));
    assert_eq!(dropped.count(), 0);
}

#[test]
fn a_task_that_moves_is_woken_where_it_is() {
    let (process, open) = gated();
    let [before, now] = [(); 2].map(|()| Arc::new(Counter::default()));
    let mut completion = process.completion();
    assert_eq!(poll(&mut completion, &before), Poll::Pending);
    assert_eq!(poll(&mut completion, &now), Poll::Pending);
    open.send(()).expect("the thread");
    until("it is woken", || now.count() == 1);
    assert_eq!((poll(&mut completion, &now), before.count()), (Poll::Ready(seven()), 0));
}

#[test]
fn what_the_embedder_gave_a_process_is_gone_with_the_future() {
    let (sender, dropped) = mpsc::channel();
    struct Dropped(mpsc::Sender<()>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            // The test may have failed.
            let _ = self.0.send(());
        }
    }
    let given = Dropped(sender);
    let program = program(&module(&["child"], SPAWN_AND_JOIN));
    let builder = program.process().on_event(move |_| {
        let _ = &given;
    });
    assert!(block_on(builder.start().expect("a process")).is_success());
    assert_eq!(dropped.try_recv(), Ok(()), "no thread has the process any more");
}

#[test]
fn a_waker_that_panics_harms_nobody() {
    struct Panics(mpsc::Sender<()>);
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            self.0.send(()).expect("a receiver");
            panic!("the executor's own");
        }
    }
    let (process, open) = gated();
    let (sender, woken) = mpsc::channel();
    let mut completion = process.completion();
    assert_eq!(pin!(&mut completion).poll(&mut Context::from_waker(&Arc::new(Panics(sender)).into())), Poll::Pending);
    open.send(()).expect("the thread");
    receive(&woken);
    assert_eq!(block_on(completion), seven());
    assert_eq!(block_on(&process), seven());
}

#[test]
fn tokio_awaits_processes_with_others_and_for_a_while() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let (process, open) = gated();
        let others: Vec<_> = (0..10).map(|_| tokio::spawn(gated_and_open().into_future())).collect();
        let endless = endless();
        let in_vain = tokio::time::timeout(Duration::from_millis(5), &endless).await;
        assert!(in_vain.is_err(), "{in_vain:?}");
        assert!(endless.kill());
        assert_eq!(endless.await, Outcome::Killed);
        tokio::select! {
            outcome = &process => panic!("nobody has opened the gate: {outcome:?}"),
            () = async { open.send(()).expect("the thread") } => {}
        }
        assert_eq!(process.await, seven());
        for other in others {
            assert_eq!(other.await.expect("no panic"), seven());
        }
    });
}

/// A process that returns 7.
fn gated_and_open() -> Process {
    let (process, open) = gated();
    open.send(()).expect("the thread");
    process
}

#[test]
fn nobody_is_forgotten_however_close_the_end_is() {
    for round in 0..200 * rounds() {
        let (process, open) = gated();
        let opener = thread::spawn(move || {
            // Sometimes before the first poll, sometimes after it.
            for _ in 0..round % 50 {
                thread::yield_now();
            }
            open.send(()).expect("the thread");
        });
        assert_eq!(block_on(process), seven());
        opener.join().expect("no panic");
    }
}

#[test]
fn futures_of_processes_go_where_their_tasks_go() {
    fn is_free<T: Send + Sync + Unpin + 'static>() {}
    is_free::<Completion>();
}
