//! Compiles the generated parser and its scanner.

fn main() {
    let mut library = cc::Build::new();
    library.std("c11").include("src");
    for file in ["src/parser.c", "src/scanner.c"] {
        library.file(file);
        println!("cargo:rerun-if-changed={file}");
    }
    library.compile("tree-sitter-ballerina");
}
