//! What is published of a crate shows all that it has: its documentation has every feature, and says of an item which
//! one it needs.

use crate::{
    invariants::manifests,
    text::{files, read},
};

/// It has no items.
const EMPTY: &str = "raddle-workspace-hack";

#[test]
fn documentation_has_all_features() {
    let mut published = 0;
    for package in manifests() {
        let name = package["name"].as_str().unwrap();
        // An empty list of registries is `publish = false`.
        if !package["publish"].is_null() || name == EMPTY {
            continue;
        }
        published += 1;
        assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], true, "{name} in its Cargo.toml");
    }
    assert!(published > 10, "{published}");
}

#[test]
fn items_of_a_feature_say_so() {
    for package in ["runtime-api", "symbols", "threadify", "backend-web", "backend-native", "conformance", "web-server"]
    {
        let sources: Vec<String> = files(&format!("{package}/src"), "rs").iter().map(|path| read(path)).collect();
        let has_features = sources.iter().any(|source| source.contains("#[cfg(feature = "));
        let says_so = read(format!("{package}/src/lib.rs")).contains("#![cfg_attr(docsrs, feature(doc_cfg))]");
        assert_eq!(says_so, has_features, "{package}/src/lib.rs");
    }
}
