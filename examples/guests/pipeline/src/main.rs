//! A pipeline of threads on the channels and locks of `std`, and on crossbeam's.
//!
//! Orders come as text through a bounded channel to a parser, from there to several clerks who price them from a shared
//! list, and to a cashier who puts them back in order and adds up. Meanwhile the price list is changed under the clerks'
//! feet, once, at a moment that a condition variable fixes, so the sum is the same in every run and is checked.
//!
//! In use: `mpsc::sync_channel`, `mpsc::channel`, crossbeam's bounded channel, `Mutex`, `Condvar`, `Barrier`, `RwLock`, atomics
//! and `thread_local!` of `std`. Only the threads and the output are raddle's.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Barrier, Condvar, Mutex, RwLock, mpsc};

use raddle_guest::{eprintln, println, thread};

const ORDERS: u64 = 20_000;
/// From this order on, the new prices are in force.
const NEW_PRICES: u64 = ORDERS / 2;
const CLERKS: usize = 4;
/// How many texts or orders may lie between two stages.
const BOUND: usize = 64;
const WARES: [(&str, u64); 4] = [("linen", 310), ("wool", 275), ("silk", 1290), ("hemp", 140)];

struct Order {
    number: u64,
    ware: String,
    ells: u64,
}

/// How many orders are paid, for who waits until it is enough.
#[derive(Default)]
struct Paid {
    count: Mutex<u64>,
    changed: Condvar,
}

thread_local! {
    /// How many orders this clerk has priced.
    static PRICED: Cell<u64> = const { Cell::new(0) };
}

fn main() -> ExitCode {
    let prices = Arc::new(RwLock::new(BTreeMap::from(WARES)));
    let paid = Arc::new(Paid::default());
    let priced = Arc::new(AtomicU64::new(0));
    let opening = Arc::new(Barrier::new(CLERKS + 1));

    let (texts, to_parse) = mpsc::sync_channel::<String>(BOUND);
    let (parsed, to_price) = crossbeam_channel::bounded::<Order>(BOUND);
    let (bills, to_pay) = mpsc::channel::<(u64, u64)>();

    let mut threads = vec![
        named("customer", {
            let (prices, paid) = (Arc::clone(&prices), Arc::clone(&paid));
            move || customer(&texts, &prices, &paid)
        }),
        named("parser", move || to_parse.iter().map(|text| parse(&text)).for_each(|order| parsed.send(order).unwrap())),
    ];
    for number in 0..CLERKS {
        let (orders, bills, prices) = (to_price.clone(), bills.clone(), Arc::clone(&prices));
        let (opening, priced) = (Arc::clone(&opening), Arc::clone(&priced));
        threads.push(named(&format!("clerk {number}"), move || {
            opening.wait();
            for order in orders {
                let price = prices.read().unwrap()[order.ware.as_str()];
                bills.send((order.number, price * order.ells)).unwrap();
                PRICED.set(PRICED.get() + 1);
            }
            priced.fetch_add(PRICED.get(), Relaxed);
        }));
    }
    // Only the clerks hold the channel's other ends now, so that it closes when they have gone.
    drop((bills, to_price));
    opening.wait();
    let sum = cashier(&to_pay, &paid);
    threads.into_iter().for_each(|thread| thread.join().unwrap());

    println!("{ORDERS} orders by {CLERKS} clerks: {sum}");
    let (expected, priced) = (expected(), priced.load(Relaxed));
    if (sum, priced) == (expected, ORDERS) {
        return ExitCode::SUCCESS;
    }
    eprintln!("expected {expected} of {ORDERS} orders, got {sum} of {priced}");
    ExitCode::FAILURE
}

fn named(name: &str, f: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    thread::Builder::new().name(name.into()).spawn(f).expect("a thread from the host")
}

/// Orders half of the goods, waits until all that is paid, doubles the prices and orders the rest.
fn customer(texts: &mpsc::SyncSender<String>, prices: &RwLock<BTreeMap<&str, u64>>, paid: &Paid) {
    for number in 0..ORDERS {
        if number == NEW_PRICES {
            let count = paid.count.lock().unwrap();
            drop(paid.changed.wait_while(count, |count| *count < NEW_PRICES).unwrap());
            prices.write().unwrap().values_mut().for_each(|price| *price *= 2);
        }
        let (ware, ells) = ordered(number);
        texts.send(format!("{number}: {ells} ells of {ware}")).unwrap();
    }
}

/// What the order of that number is about.
fn ordered(number: u64) -> (&'static str, u64) {
    (WARES[(number * 7 % 4) as usize].0, number * 31 % 17 + 1)
}

fn parse(text: &str) -> Order {
    let (number, rest) = text.split_once(": ").expect("a number");
    let (ells, ware) = rest.split_once(" ells of ").expect("a ware");
    Order { number: number.parse().expect("a number"), ware: ware.into(), ells: ells.parse().expect("a number") }
}

/// Takes the bills in the order of their numbers, however the clerks overtake each other.
fn cashier(bills: &mpsc::Receiver<(u64, u64)>, paid: &Paid) -> u64 {
    let mut early = BTreeMap::new();
    let (mut next, mut sum) = (0, 0);
    for (number, bill) in bills {
        early.insert(number, bill);
        while let Some(bill) = early.remove(&next) {
            sum += bill;
            next += 1;
        }
        *paid.count.lock().unwrap() = next;
        paid.changed.notify_one();
    }
    sum
}

/// The sum, without threads.
fn expected() -> u64 {
    let bill = |number| {
        let (ware, ells) = ordered(number);
        let price = WARES.iter().find(|(name, _)| *name == ware).expect("a ware").1;
        price * ells * if number < NEW_PRICES { 1 } else { 2 }
    };
    (0..ORDERS).map(bill).sum()
}
