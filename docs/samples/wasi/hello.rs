use std::thread;

fn main() {
    let greet = |name: String| thread::spawn(move || println!("hello {name}"));
    let threads: Vec<_> = std::env::args().skip(1).map(greet).collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
