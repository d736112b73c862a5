//! summary = "a pool as rayon's: idle workers sleep, tasks make tasks, whoever waits for one works meanwhile, and the end wakes all"
//! clauses = ["waits-12", "deadlock-9", "memory-1", "spawn-8"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "fibonacci(16) is 987\n"
//! threads = { spawned = 4 }

use std::{
    collections::VecDeque,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU32, Ordering::Relaxed},
        mpsc::{TryRecvError, channel},
    },
};

use raddle_guest::{println, thread};

type Task = Box<dyn FnOnce(&Pool) + Send>;

#[derive(Default)]
struct Pool {
    shared: Mutex<Shared>,
    work: Condvar,
}

#[derive(Default)]
struct Shared {
    tasks: VecDeque<Task>,
    is_over: bool,
}

impl Pool {
    fn push(&self, task: Task) {
        self.shared.lock().unwrap().tasks.push_back(task);
        self.work.notify_one();
    }

    /// What a worker does until the pool is over.
    fn work(&self) {
        loop {
            let shared = self.shared.lock().unwrap();
            let idle = |shared: &mut Shared| shared.tasks.is_empty() && !shared.is_over;
            let task = self.work.wait_while(shared, idle).unwrap().tasks.pop_front();
            match task {
                Some(task) => task(self),
                None => return,
            }
        }
    }

    /// Runs both, the first wherever there is room, and returns what they return.
    fn join(&self, first: impl FnOnce(&Pool) -> u32 + Send + 'static, second: impl FnOnce(&Pool) -> u32) -> (u32, u32) {
        let (sender, receiver) = channel();
        self.push(Box::new(move |pool| sender.send(first(pool)).unwrap()));
        let second = second(self);
        loop {
            match receiver.try_recv() {
                Ok(first) => return (first, second),
                Err(TryRecvError::Disconnected) => panic!("a task is lost"),
                Err(TryRecvError::Empty) => {
                    let task = self.shared.lock().unwrap().tasks.pop_back();
                    match task {
                        Some(task) => task(self),
                        None => thread::yield_now(),
                    }
                }
            }
        }
    }

    fn end(&self) {
        self.shared.lock().unwrap().is_over = true;
        self.work.notify_all();
    }
}

static LEAVES: AtomicU32 = AtomicU32::new(0);

fn fibonacci(pool: &Pool, number: u32) -> u32 {
    if number < 2 {
        LEAVES.fetch_add(1, Relaxed);
        return number;
    }
    let (first, second) = pool.join(move |pool| fibonacci(pool, number - 1), move |pool| fibonacci(pool, number - 2));
    first + second
}

fn main() {
    let pool = Arc::new(Pool::default());
    let start = |_| {
        let pool = Arc::clone(&pool);
        thread::spawn(move || pool.work())
    };
    let workers: Vec<_> = (0..4).map(start).collect();
    let result = fibonacci(&pool, 16);
    pool.end();
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    assert_eq!(LEAVES.load(Relaxed), 1597);
    println!("fibonacci(16) is {result}");
}
