//! Counts the words of a long text with rayon, whose threads come from its spawn handler.
//!
//! The text is written by a generator of pseudo-random numbers from a small vocabulary, so the counts are the same in every
//! run; a sequential count checks the parallel one. Prints the most frequent words.

use std::collections::HashMap;
use std::process::ExitCode;

use raddle_guest::{eprintln, println, thread, time::Instant};
use rayon::prelude::*;

const VOCABULARY: [&str; 16] = [
    "warp", "weft", "heddle", "shuttle", "reed", "raddle", "loom", "treadle", "selvedge", "twill", "satin", "bobbin",
    "spindle", "distaff", "shed", "beam",
];
const LINES: usize = 40_000;
const WORDS_A_LINE: usize = 12;
/// How many words are shown.
const TOP: usize = 8;

fn main() -> ExitCode {
    let threads = thread::available_parallelism().map_or(1, |number| number.get());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|number| format!("rayon {number}"));
    // This is all that a program with rayon needs: threads of the host instead of `std`'s.
    let pool = pool.spawn_handler(|thread| {
        let mut builder = thread::Builder::new();
        if let Some(name) = thread.name() {
            builder = builder.name(name.into());
        }
        if let Some(size) = thread.stack_size() {
            builder = builder.stack_size(size);
        }
        builder.spawn(|| thread.run()).map(drop)
    });
    pool.build_global().expect("threads from the host");

    let lines = text();
    let start = Instant::now();
    let parallel = most_frequent(count_parallel(&lines));
    eprintln!("{} words on {threads} threads: {} ms", LINES * WORDS_A_LINE, start.elapsed().as_millis());
    if parallel != most_frequent(count(&lines)) {
        eprintln!("the parallel count differs from the sequential one");
        return ExitCode::FAILURE;
    }
    for (word, count) in &parallel[..TOP] {
        println!("{count:>7} {word}");
    }
    ExitCode::SUCCESS
}

type Counts<'a> = HashMap<&'a str, usize>;

/// Every line a thread's of its own, each thread's counts added up at the end.
fn count_parallel(lines: &[String]) -> Counts<'_> {
    lines.par_chunks(256).map(count).reduce(HashMap::new, add)
}

fn add<'a>(mut counts: Counts<'a>, more: Counts<'a>) -> Counts<'a> {
    more.into_iter().for_each(|(word, count)| *counts.entry(word).or_default() += count);
    counts
}

fn count(lines: &[String]) -> Counts<'_> {
    let mut counts = HashMap::new();
    for word in lines.iter().flat_map(|line| line.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// The most frequent first, those of one frequency by alphabet.
fn most_frequent(counts: Counts<'_>) -> Vec<(&str, usize)> {
    let mut words = counts.into_iter().collect::<Vec<_>>();
    words.par_sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then(a.cmp(b)));
    words
}

/// Words of which the first are the most likely.
fn text() -> Vec<String> {
    let word = |line: usize, position: usize| {
        let mut bits = (line * WORDS_A_LINE + position) as u64;
        bits = (bits ^ (bits >> 30)).wrapping_add(1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let (one, other) = (bits as usize % VOCABULARY.len(), (bits >> 32) as usize % VOCABULARY.len());
        VOCABULARY[one.min(other)]
    };
    let line = |line| (0..WORDS_A_LINE).map(|position| word(line, position)).collect::<Vec<_>>().join(" ");
    (0..LINES).into_par_iter().map(line).collect()
}
