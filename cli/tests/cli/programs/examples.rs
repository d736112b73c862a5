//! The examples do as wasm what they do natively.

use std::{
    path::Path,
    process::{Command, Output},
};

use super::{module, report, workspace};
use crate::support::Scratch;

/// Runs the native build of a program.
fn native(name: &str) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--release", "--bin", name, "--target-dir"]).arg(workspace().join("target"));
    cargo.current_dir(workspace()).output().unwrap()
}

/// Runs a module, whose standard output may be no text.
fn wasm(module: &Path, options: &[&str]) -> Output {
    Scratch::new().command(&[&["run"], options, &[module.to_str().unwrap()]].concat()).output().unwrap()
}

/// Checks that both end well and write the same.
#[track_caller]
fn assert_same(native: &Output, wasm: &Output) {
    for output in [native, wasm] {
        assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    assert!(!native.stdout.is_empty());
    assert_eq!(native.stdout.len(), wasm.stdout.len());
    let difference = native.stdout.iter().zip(&wasm.stdout).position(|(native, wasm)| native != wasm);
    assert_eq!(difference, None, "the first byte that differs");
}

#[test]
fn the_renderer_makes_the_same_image() {
    let native = native("renderer");
    assert_same(&native, &wasm(&module("renderer"), &[]));
    let prebuilt = workspace().join("../prebuilt/renderer.wasm");
    assert_same(&native, &wasm(&prebuilt, &[]));
}

/// The tiles that `render_tiles` writes are those of the image that `render` writes, whatever the order.
#[test]
fn the_renderer_tells_of_each_tile() {
    const SIZE: (usize, usize) = (100, 70);
    let prebuilt = workspace().join("../prebuilt/renderer.wasm");
    let arguments = ["--entry", "render_tiles", "--entry-args", "3,100,70", prebuilt.to_str().unwrap()];
    let output = Scratch::new().command(&[&["run"], &arguments[..]].concat()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut image = vec![None; SIZE.0 * SIZE.1];
    let (mut begun, mut rest) = (0, output.stdout.as_slice());
    while !rest.is_empty() {
        let (header, behind) = rest.split_at(24);
        let number = |place: usize| u32::from_le_bytes(header[4 * place..][..4].try_into().unwrap()) as usize;
        let [is_done, thread, left, top, width, height] = std::array::from_fn(number);
        assert!(is_done < 2 && thread < 3 && left + width <= SIZE.0 && top + height <= SIZE.1, "{header:?}");
        begun += 1 - is_done;
        let (pixels, behind) = behind.split_at(is_done * 3 * width * height);
        for (place, pixel) in pixels.chunks_exact(3).enumerate() {
            let at = (top + place / width) * SIZE.0 + left + place % width;
            assert!(image[at].replace(pixel).is_none(), "{at} twice");
        }
        rest = behind;
    }
    assert_eq!(begun, SIZE.0.div_ceil(32) * SIZE.1.div_ceil(32));
    assert!(image.iter().all(Option::is_some));
}

#[test]
fn philosophers_eat_or_wait_in_a_ring() {
    let prebuilt = workspace().join("../prebuilt/philosophers.wasm");
    assert_same(&native("philosophers"), &wasm(&prebuilt, &[]));
    let report = report(&prebuilt, &["--entry", "deadlock"], &[]);
    assert_eq!(report["outcome"], "deadlocked", "{report:#}");
    assert_eq!(report["cycles"], serde_json::json!([[2, 3, 4, 5, 6]]), "{report:#}");
}

#[test]
fn rayon_counts_the_same() {
    assert_same(&native("rayon-words"), &wasm(&module("rayon-words"), &[]));
}

#[test]
fn the_pipeline_adds_up_to_the_same() {
    assert_same(&native("pipeline"), &wasm(&module("pipeline"), &[]));
}

#[test]
fn stds_primitives_work_unchanged() {
    assert_same(&native("std-primitives"), &wasm(&module("std-primitives"), &[]));
}

#[test]
fn the_guests_crate_keeps_its_word() {
    assert_same(&native("sdk-check"), &wasm(&module("sdk-check"), &[]));
}

#[test]
fn what_an_ended_thread_has_locked_stays_locked() {
    assert_same(&native("owner-died"), &wasm(&module("owner-died"), &[]));
}

#[test]
fn a_global_allocator_may_have_thread_local_values() {
    assert_same(&native("allocator"), &wasm(&module("allocator"), &[]));
}
