//! The Ballerina language for tree-sitter.
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser
//!     .set_language(&tree_sitter_ballerina::LANGUAGE.into())
//!     .expect("this version of tree-sitter reads the language");
//! let tree = parser.parse("public type Id int;", None).unwrap();
//! assert!(!tree.root_node().has_error());
//! ```

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_ballerina() -> *const ();
}

/// The language, for `Parser::set_language`.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_ballerina) };

/// What nodes there are, with their fields and children, as JSON.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// Colours for source text.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Scopes, definitions and references of local names.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// What a file declares and what it uses.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");
