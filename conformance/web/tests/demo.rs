//! The demo of `examples/web` in real browsers, with the real package: `cargo xtask browsers` builds that and runs
//! these. And the ray tracer's image is the same in each browser and natively, byte for byte; and so is what a trap
//! says.

mod support;

use std::{net::TcpListener, path::Path, time::Duration};

use base64::prelude::{BASE64_STANDARD, Engine};
use raddle_backend_native::{Outcome, Program, Runtime, Value as Number};
use raddle_conformance_web::{Browser, Kind};
use raddle_web_server::{
    Server,
    axum::{self, Router, http::header, routing::get},
    files,
};
use serde_json::{Value, json};
use support::{in_repository, options};

/// How long the page may take for anything.
const PATIENCE: Duration = Duration::from_secs(120);

/// The image that is compared: the smallest that the page offers.
const SIZE: (i32, i32) = (640, 400);

/// What scripts need: elements by their ids, and to wait until something holds in the page.
const TOOLS: &str = "
    const id = (name) => document.getElementById(name);
    const state = () => document.querySelector('main').dataset.state;
    const until = (holds) => new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });
";

/// The demo in a browser.
struct Demo {
    browser: Browser,
}

impl Demo {
    fn run(&self, body: &str, args: &[Value]) -> Value {
        self.browser.run(&format!("{TOOLS}{body}"), args).unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    fn click(&self, selector: &str) {
        self.browser.click(selector).unwrap();
    }

    /// Chooses a size by its place in the list, and a number of threads.
    fn choose(&self, size: u32, threads: u32) {
        let body = "const [size, threads] = args;
            id('size').selectedIndex = size;
            id('threads').value = threads;
            id('threads').dispatchEvent(new Event('input'));";
        self.run(body, &[size.into(), threads.into()]);
    }
}

/// The demo, the package and the programs, as `cargo xtask demo` serves them, and a page of this test's.
fn site() -> Router {
    let folder = |path| files(&in_repository(path)).unwrap();
    folder("examples/web")
        .nest("/pkg", folder("target/web/pkg"))
        .nest("/programs", folder("examples/prebuilt"))
        .route("/trap.wasm", get(async || ([(header::CONTENT_TYPE, "application/wasm")], trap())))
        .nest("/fixtures", folder("conformance/web/tests/fixtures/demo"))
}

/// Opens the demo; `None` where the browser is not installed.
fn open(kind: Kind, url: &str) -> Option<Demo> {
    let options = options(kind, &in_repository("target/web/pkg"))?;
    let browser = Browser::launch(kind, &options, PATIENCE).unwrap();
    browser.open(url).unwrap();
    Some(Demo { browser })
}

fn renderer() -> Vec<u8> {
    std::fs::read(in_repository("examples/prebuilt/renderer.wasm")).unwrap()
}

/// A program whose child traps, with source lines.
fn trap() -> Vec<u8> {
    let text = include_str!("fixtures/demo/trap.wat");
    wat::Parser::new().generate_dwarf(wat::GenerateDwarf::Lines).parse_str(Some("trap.wat".as_ref()), text).unwrap()
}

/// The image as the native backend makes it.
fn native((width, height): (i32, i32)) -> Vec<u8> {
    let program = Program::new(&Runtime::new().unwrap(), &renderer()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.png");
    let process = program.process().entry("render").entry_args([2, width, height].map(Number::I32));
    let outcome = process.stdout(std::fs::File::create(&path).unwrap()).stderr(std::io::sink()).run().unwrap();
    assert_eq!(outcome, Outcome::Returned(vec![Number::I32(0)]));
    std::fs::read(path).unwrap()
}

fn all(kind: Kind) {
    let server = Server::start(([127, 0, 0, 1], 0).into(), site()).unwrap();
    let Some(demo) = open(kind, &server.url()) else { return };
    let errors = "window.errors = [];
        for (const name of ['error', 'unhandledrejection']) {
          addEventListener(name, (event) => errors.push(event.message ?? String(event.reason)));
        }
        await until(() => !['loading', undefined].includes(state()));
        return [state(), id('trouble').hidden];";
    assert_eq!(demo.run(errors, &[]), json!(["ready", true]));

    let image = BASE64_STANDARD.encode(native(SIZE));
    it_renders(&demo, &image);
    it_stops(&demo);
    a_deadlock_is_explained(&demo);
    everything_is_given_back(&demo);
    the_package_writes_the_same_bytes(&demo, &server.url(), &image);
    a_trap_says_what_it_says_natively(&demo, &server.url());
}

/// What was drawn tile by tile is the native image.
fn it_renders(demo: &Demo, image: &str) {
    demo.choose(0, 3);
    demo.click("#render");
    let seen = demo.run(
        "await until(() => state() !== 'rendering'); return [state(), id('tiles').textContent, id('live').textContent]",
        &[],
    );
    assert_eq!(seen, json!(["done", "260 / 260", "0"]));
    let differences = "const pixels = (context) => context.getImageData(0, 0, context.canvas.width, context.canvas.height).data;
        const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64(args[0])]), { colorSpaceConversion: 'none' });
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        const [drawn, expected] = [pixels(id('image').getContext('2d')), pixels(context)];
        return drawn.length === expected.length ? drawn.findIndex((byte, at) => byte !== expected[at]) : 'another size';";
    assert_eq!(demo.run(differences, &[image.into()]), json!(-1), "the first byte that differs");
    let row = demo.run("return [...document.querySelectorAll('#runs tbody td')].map((cell) => cell.textContent)", &[]);
    assert_eq!((&row[0], &row[1]), (&json!("640 × 400"), &json!("3")), "{row}");
}

/// The same module, called as a native host calls it.
fn the_package_writes_the_same_bytes(demo: &Demo, url: &str, image: &str) {
    demo.browser.open(&format!("{url}fixtures/render.html#4,{},{}", SIZE.0, SIZE.1)).unwrap();
    let body = "await until(() => state() !== 'loading'); return [state(), document.querySelector('main').textContent]";
    let seen = demo.run(body, &[]);
    assert_eq!(seen[0], r#"{"outcome":"returned","results":[{"type":"i32","value":0}]}"#);
    let bytes = seen[1].as_str().unwrap();
    let difference = bytes.bytes().zip(image.bytes()).position(|(browser, native)| browser != native);
    assert!(bytes.len() == image.len() && difference.is_none(), "at {difference:?} in base64");
}

/// The joiner is blocked when its child traps: thread, kind, functions and source lines are those of the native
/// outcome.
fn a_trap_says_what_it_says_natively(demo: &Demo, url: &str) {
    let program = Program::new(&Runtime::new().unwrap(), &trap()).unwrap();
    let mut native = serde_json::to_value(program.process().run().unwrap()).unwrap();
    let lines: Vec<_> = native["backtrace"].as_array().unwrap().iter().map(|frame| frame["line"].clone()).collect();
    assert_eq!(lines, [8, 12], "{native}");

    demo.browser.open(&format!("{url}fixtures/trap.html")).unwrap();
    let seen = demo.run("await until(() => state() !== 'loading'); return state()", &[]);
    let seen = seen.as_str().unwrap();
    let mut seen: Value = serde_json::from_str(seen).unwrap_or_else(|error| panic!("{error}: {seen}"));
    for outcome in [&mut native, &mut seen] {
        for frame in outcome["backtrace"].as_array_mut().unwrap() {
            // Which of a call's bytes is the place of a frame, every engine has its own mind about.
            frame.as_object_mut().unwrap().remove("offset");
        }
    }
    assert_eq!(seen, native);
}

fn it_stops(demo: &Demo) {
    demo.choose(2, 2);
    demo.click("#render");
    demo.run("await until(() => /^[1-9]/.test(id('tiles').textContent))", &[]);
    demo.click("#stop");
    let seen = demo.run("await until(() => state() !== 'rendering'); return [state(), id('live').textContent, id('status').textContent]", &[]);
    assert_eq!((&seen[0], &seen[1]), (&json!("stopped"), &json!("0")), "{seen}");
}

fn a_deadlock_is_explained(demo: &Demo) {
    demo.click("#dine");
    let seen = demo.run(
        "const part = id('deadlock');
         await until(() => !['idle', 'running'].includes(part.dataset.state));
         return [part.dataset.state, id('report').innerText, part.querySelectorAll('circle').length];",
        &[],
    );
    let text = seen[1].as_str().unwrap();
    assert_eq!((&seen[0], &seen[2]), (&json!("found"), &json!(5)), "{text}");
    assert!(text.contains("all 6 threads wait for ever"), "{text}");
    assert!(text.contains("Plato → Hypatia → Confucius → Avicenna → Spinoza → Plato"), "{text}");
    assert!(text.contains("Spinoza waits for the lock at 0x") && text.contains("which Plato holds"), "{text}");
}

/// Every worker of every process goes, and nothing has gone wrong meanwhile, whatever the page's policy forbids. What
/// stays is a nursery for the next process, and its lock.
fn everything_is_given_back(demo: &Demo) {
    let body = "const isOfProcess = ({ name }) => name.startsWith('raddle-') && !name.endsWith('-nursery');
        const locks = async () => (await navigator.locks.query()).held.filter(isOfProcess);
        for (let held = await locks(); held.length > 0; held = await locks()) {
          await navigator.locks.request(held[0].name, () => {});
        }
        return errors;";
    assert_eq!(demo.run(body, &[]), json!([]));
}

/// Serves without the headers that pages with threads need.
fn plain(router: Router) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    // It ends with this program.
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router).await.unwrap();
        });
    });
    url
}

/// A page that is not isolated, and one without the package, say what helps.
fn what_is_missing_is_told(kind: Kind) {
    let Some(demo) = open(kind, &plain(site())) else { return };
    let body = "await until(() => state() === 'failed'); return [id('trouble').innerText, id('render').disabled]";
    let seen = demo.run(body, &[]);
    let text = seen[0].as_str().unwrap();
    assert!(
        text.contains("not cross-origin isolated") && text.contains("Cross-Origin-Embedder-Policy: require-corp"),
        "{text}"
    );
    assert_eq!(seen[1], json!(true));

    let alone =
        Server::start(([127, 0, 0, 1], 0).into(), files(Path::new(&in_repository("examples/web"))).unwrap()).unwrap();
    demo.browser.open(&alone.url()).unwrap();
    let seen = demo.run(body, &[]);
    let text = seen[0].as_str().unwrap();
    assert!(text.contains("raddle-web is not there") && text.contains("cargo xtask demo"), "{text}");
}

#[test]
#[ignore = "takes the package: cargo xtask browsers"]
fn chromium() {
    all(Kind::Chromium);
    what_is_missing_is_told(Kind::Chromium);
}

#[test]
#[ignore = "takes the package: cargo xtask browsers"]
fn firefox() {
    all(Kind::Firefox);
    what_is_missing_is_told(Kind::Firefox);
}
