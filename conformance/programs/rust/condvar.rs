//! summary = "std's Condvar: three producers and three consumers share a queue of four places, and each item is taken once"
//! clauses = ["waits-3", "waits-12", "deadlock-9", "memory-1"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:0"]
//! stdout = "600 items, 179700\n"
//! threads = { spawned = 6 }

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex},
};

use raddle_guest::{println, thread};

const PRODUCERS: u32 = 3;
const EACH: u32 = 200;

#[derive(Default)]
struct Queue {
    items: Mutex<VecDeque<u32>>,
    changed: Condvar,
}

impl Queue {
    fn put(&self, item: u32) {
        let mut items = self.changed.wait_while(self.items.lock().unwrap(), |items| items.len() == 4).unwrap();
        items.push_back(item);
        self.changed.notify_all();
    }

    fn take(&self) -> u32 {
        let mut items = self.changed.wait_while(self.items.lock().unwrap(), |items| items.is_empty()).unwrap();
        self.changed.notify_all();
        items.pop_front().unwrap()
    }
}

fn main() {
    let queue = &Queue::default();
    let (count, sum) = thread::scope(|scope| {
        for producer in 0..PRODUCERS {
            scope.spawn(move || (0..EACH).for_each(|turn| queue.put(producer * EACH + turn)));
        }
        let consumers = (0..PRODUCERS).map(|_| {
            scope.spawn(|| {
                let taken = (0..EACH).map(|_| queue.take());
                taken.fold((0, 0), |(count, sum), item| (count + 1, sum + item))
            })
        });
        let taken = consumers.collect::<Vec<_>>().into_iter().map(|consumer| consumer.join().unwrap());
        taken.fold((0, 0), |(count, sum), (more, items)| (count + more, sum + items))
    });
    println!("{count} items, {sum}");
}
