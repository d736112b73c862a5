//! Pages in which something does not work: what is told, with its code and what to do.

use libtest_mimic::{Completion, Trial};
use raddle_conformance_web::Kind;
use serde_json::{Value, json};

use crate::{
    browser::{Tested, expect, hello, in_each, shown},
    site::Site,
};

type Headers = &'static [(&'static str, &'static str)];

/// The server's own headers stand: the page is isolated.
const ISOLATED: Headers = &[];

const NOT_ISOLATED: Headers =
    &[("cross-origin-opener-policy", "unsafe-none"), ("cross-origin-embedder-policy", "unsafe-none")];

/// Pages of any origin may have it.
const FOR_ALL: Headers = &[("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")];

const STRICT: Headers = &[(
    "content-security-policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'",
)];

const NO_WASM: Headers = &[(
    "content-security-policy",
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'",
)];

/// Trusted Types, with the package's policy and one of the page's own.
const TRUSTED: Headers =
    &[("content-security-policy", "require-trusted-types-for 'script'; trusted-types raddle app default")];

/// Trusted Types, without any policy.
const DISTRUSTED: Headers = &[("content-security-policy", "require-trusted-types-for 'script'; trusted-types 'none'")];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |name: &str, headers: Headers, scenario: &'static str, check: fn(&Value) -> Tested| {
        let test = move |kind: Kind| {
            let shown = shown(kind, &Site::start(headers)?.page("environment", scenario))?;
            check(&shown)
                .map_err(|error| format!("{}\nthe page shows {shown}", error.message().unwrap_or_default()).into())
        };
        trials.extend(in_each(&format!("environment::{name}"), test));
    };
    add("all_works", ISOLATED, "plain", |shown| expect(&shown["value"], &hello()));
    add("page_is_not_isolated", NOT_ISOLATED, "plain", |shown| {
        let headers = ["Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp"];
        refused(&shown["thrown"], "BW0001", &headers)
    });
    add("policy_without_blob_workers", STRICT, "plain", |shown| {
        refused(&shown["thrown"], "BW0003", &["workerUrl", "worker-src blob:"])
    });
    add("policy_with_worker_url", STRICT, "workerUrl", |shown| expect(&shown["value"], &hello()));
    add("trusted_types", TRUSTED, "plain", |shown| expect(&shown["value"], &hello()));
    add("trusted_types_with_worker_url", TRUSTED, "trustedWorkerUrl", |shown| expect(&shown["value"], &hello()));
    add("trusted_types_with_default_policy", TRUSTED, "defaultPolicy", |shown| expect(&shown["value"], &hello()));
    add("trusted_types_without_policy", DISTRUSTED, "plain", |shown| {
        refused(&shown["thrown"], "BW0003", &["Trusted Types", "trusted-types raddle"])
    });
    add("trusted_types_with_a_string", TRUSTED, "workerUrl", |shown| {
        refused(&shown["thrown"], "BW0003", &["Trusted Types", "TrustedScriptURL"])
    });
    add("policy_without_wasm", NO_WASM, "plain", |shown| {
        refused(&shown["thrown"], "BW0007", &["script-src 'wasm-unsafe-eval'"])
    });
    add("package_without_its_wasm", ISOLATED, "unwholePackage", |shown| {
        refused(&shown["thrown"], "BW0007", &["serve raddle_web_bg.wasm", "optimizeDeps"])
    });
    add("worker_url_is_wrong", ISOLATED, "wrongWorkerUrl", |shown| refused(&shown["thrown"], "BW0003", &["workerUrl"]));
    add("worker_of_another_version", ISOLATED, "otherVersion", |shown| {
        refused(&shown["thrown"], "BW0004", &["/other-version.js", "0.0.9", env!("CARGO_PKG_VERSION")])
    });
    add("locks_are_denied", FOR_ALL, "sandboxedFrame", |shown| {
        refused_plainly(&shown["value"], "BW0009", &["navigator.locks", "allow-same-origin"])
    });
    add("locks_are_denied_to_workers", ISOLATED, "noLocksForWorkers", |shown| {
        refused(&shown["thrown"], "BW0003", &["SecurityError: locks are denied"])
    });
    add("workers_may_not_start_workers", ISOLATED, "confinedNursery", |shown| {
        refused(&shown["thrown"], "BW0003", &["workerUrl"])
    });
    add("worker_is_silent", ISOLATED, "silentWorker", |shown| {
        refused(&shown["thrown"], "BW0003", &["30 seconds", "worker.js"])
    });
    add("spare_worker_fails", ISOLATED, "failedSpare", |shown| expect(&shown["value"], &hello()));
    add("imports", ISOLATED, "ownImports", |shown| expect(&shown["value"], &returned(42)));
    add("page_with_a_base", ISOLATED, "pageWithBase", |shown| expect(&shown["value"], &returned(42)));
    add("imports_are_not_there", ISOLATED, "missingImports", |shown| {
        refused_plainly(&shown["value"]["thrown"], "BW0008", &["/no-such-imports.js"])?;
        expect(&shown["value"]["next"], &returned(42))
    });
    add("imports_throw", ISOLATED, "brokenImports", |shown| {
        refused(&shown["thrown"], "BW0008", &["/throws.js", "these imports are not meant to be"])
    });
    add("imports_are_inherited", ISOLATED, "inheritedImports", |shown| {
        refused_plainly(
            &shown["value"]["inherited"],
            "ST0001",
            &[
                "constructor.constructor\n",
                "constructor.freeze\n",
                "constructor.name\n",
                "env.constructor\n",
                "__proto__.f\n",
            ],
        )?;
        refused_plainly(&shown["value"]["wrong"], "ST0002", &["own.twice as a function", "it is a JavaScript number"])?;
        expect(&shown["value"]["given"], &returned(7))
    });
    add("imports_are_not_named", ISOLATED, "noImports", |shown| {
        refused(&shown["thrown"], "ST0001", &["own.twice", "own.thread"])
    });
    add("workers_run_out", ISOLATED, "workersRunOut", |shown| {
        // Six workers are the nursery, the main thread's and four more; AGAIN is 1.
        expect(&shown["value"], &json!({ "outcome": "exited", "code": 104 }))
    });
    add("processes_run_out", ISOLATED, "processesRunOut", |shown| {
        refused_plainly(&shown["value"]["thrown"], "ST0009", &["maxWorkers"])?;
        expect(&shown["value"]["first"], &json!({ "outcome": "killed" }))
    });
    add("imports_return_promises", ISOLATED, "promisingImports", |shown| {
        let seen = json!([shown["value"]["outcome"], shown["value"]["kind"], shown["value"]["message"]]);
        let message = "TypeError: own.twice has returned a Promise, and an import must return its number at once";
        expect(&seen, &json!(["trapped", "host", message]))
    });
    add("shared_worker", ISOLATED, "sharedWorker", |shown| {
        refused_plainly(&shown["value"], "BW0011", &["a shared worker cannot", "new Worker"])
    });
    add("no_module", ISOLATED, "noModule", |shown| {
        let codes = json!({ "empty": "TF0002", "html": "TF0002", "text": "TF0001", "marked": "TF0001", "half": "TF0005", "nothing": "BW0005" });
        expect(&shown["value"], &codes)
    });
    add("large_module", ISOLATED, "large", |shown| expect(&shown["value"], &hello()));
    trials
}

fn returned(value: i32) -> Value {
    json!({ "outcome": "returned", "results": [{ "type": "i32", "value": value }] })
}

/// Whether an error of the package's own was thrown, with that code, and says all of this.
fn refused(thrown: &Value, code: &str, says: &[&str]) -> Tested {
    if thrown["isRaddleError"] != true {
        return Err(format!("no RaddleError: {thrown}").into());
    }
    refused_plainly(thrown, code, says)
}

fn refused_plainly(thrown: &Value, code: &str, says: &[&str]) -> Tested {
    let message = thrown["message"].as_str().unwrap_or_default();
    let is_whole = thrown["code"] == code && message.starts_with(&format!("{code}: "));
    match says.iter().find(|part| !message.contains(**part)) {
        None if is_whole => Ok(Completion::Completed),
        missing => Err(format!("{code} with {missing:?}: {thrown}").into()),
    }
}
