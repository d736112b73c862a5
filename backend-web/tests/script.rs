//! How the build joins the worker's script of its files.

#[path = "../build/script.rs"]
mod script;

/// Joins files, each a name and a text, from the first one on.
fn join(files: &[(&str, &str)]) -> Result<String, String> {
    let read = |name: &str| {
        let file = files.iter().find(|(file, _)| *file == name);
        file.map(|(_, text)| (*text).to_owned()).ok_or_else(|| format!("there is no {name}").into())
    };
    script::join(files[0].0, read).map_err(|error| error.to_string())
}

#[test]
fn what_is_imported_comes_first_and_once() {
    let joined = join(&[
        ("a.js", "// First.\n\nimport { b } from \"./b.js\";\nimport { c, d } from \"./c.js\";\n\nb(c, d);\n"),
        ("b.js", "import { c } from \"./c.js\";\n\nexport const b = () => c;\n"),
        ("c.js", "export async function c() {\n  const b = 1;\n}\n\nexport class d {}\n"),
    ]);
    let expected = "// c.js\n\nasync function c() {\n  const b = 1;\n}\n\nclass d {}\n\n// b.js\n\nconst b = () => c;\n\n\
                    // a.js\n\n// First.\n\nb(c, d);\n\nexport {};\n";
    assert_eq!(joined.unwrap(), expected);
}

#[test]
fn what_would_mean_something_else_joined_is_refused() {
    let refused = |files: &[(&str, &str)], why: &str| assert_eq!(join(files).unwrap_err(), why);
    refused(&[("a.js", "import { b } from \"./b.js\";"), ("b.js", "const b = 1;")], "a.js: b.js exports no b");
    refused(
        &[("a.js", "import { b } from \"./b.js\";\nconst c = 1;"), ("b.js", "export const b = 1;\nfunction c() {}")],
        "a.js and b.js both declare c",
    );
    refused(
        &[("a.js", "import { b } from \"./b.js\";"), ("b.js", "import { a } from \"./a.js\";")],
        "a.js and b.js import from each other",
    );
    refused(&[("a.js", "export default 1;")], "a.js: no declaration is exported: default 1;");
    for import in ["import * as b from \"./b.js\";", "import \"./b.js\";", "import { b } from \"b\";"] {
        let why = format!("a.js: not `import {{ names }} from \"./file.js\";`: {import}");
        refused(&[("a.js", import), ("b.js", "export const b = 1;")], &why);
    }
}
