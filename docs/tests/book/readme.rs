//! The README shows what is in the repository.

use crate::text::{anchor, blocks, read, root};

fn readme_blocks(language: &str) -> Vec<String> {
    blocks(&read("README.md")).into_iter().filter(|(found, _)| found == language).map(|(_, content)| content).collect()
}

#[test]
fn its_samples_are_the_files() {
    let expected =
        [anchor("backend-native/examples/embed.rs", "embed"), anchor("docs/samples/first/src/main.rs", "program")];
    assert_eq!(readme_blocks("rust"), expected);
}

#[test]
fn its_commands_can_be_typed() {
    let blocks = readme_blocks("console");
    let commands: Vec<_> = blocks.iter().flat_map(|block| block.lines()).collect();
    assert_eq!(commands.len(), 2, "two commands do it all: {commands:?}");
    for command in commands {
        let words: Vec<_> = command.strip_prefix("$ ").expect("a prompt").split(' ').collect();
        match words[..] {
            ["cargo", "run", "--release", "-p", package, "--", "run", module, ">", _] => {
                assert!(read("cli/Cargo.toml").contains(&format!("name = \"{package}\"")), "{package}");
                assert!(root().join(module).is_file(), "{module}");
            }
            ["cargo", "xtask", task] => {
                assert!(read(".cargo/config.toml").contains("xtask = \"run "), "the alias");
                assert!(read("xtask/src/main.rs").contains(&format!("[\"{task}\"] =>")), "{task}");
            }
            _ => panic!("a command that this test does not know: {command}"),
        }
    }
}

#[test]
fn its_picture_is_small() {
    let picture = std::fs::read(root().join("docs/src/images/render.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n") && picture.len() < 300_000, "{} bytes", picture.len());
}
