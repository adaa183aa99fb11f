/** Plain declarations: all but a few forms that are rare or hard to tell, read by their tokens into a small tree. */

#ifndef BALLERINA_PLAIN_DECLARATIONS_H
#define BALLERINA_PLAIN_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>

/** A part of a text; without an end where there is no such part. */
struct span {
  size_t start;
  size_t end;
};

/** What a node is: a class of semverdiff.syntax.nodes, or what those are made of. In brackets: what `parts` are. */
enum plain_kind {
  PLAIN_BUILTIN,
  PLAIN_NIL,
  PLAIN_SINGLETON,
  PLAIN_REFERENCE,      // `prefix` is empty for a name of this module
  PLAIN_ARRAY,          // [member, length if that is a name]
  PLAIN_OPTIONAL,       // [member]
  PLAIN_UNION,          // [members]
  PLAIN_INTERSECTION,   // [members]
  PLAIN_DISTINCT,       // [member]
  PLAIN_PARAMETERIZED,  // [parameter]
  PLAIN_STREAM,         // [value, completion]
  PLAIN_TABLE,          // [row, type of the key, names of the key]
  PLAIN_TUPLE,          // [members, rest]
  PLAIN_RECORD,         // [fields, inclusions, rest]
  PLAIN_FUNCTION_TYPE,  // [signature]
  PLAIN_OBJECT,         // [fields, methods, inclusions]
  PLAIN_EXPRESSION,     // [tokens]
  PLAIN_ANNOTATION,     // [reference, expression]
  PLAIN_FIELD,          // [type, default]
  PLAIN_PARAMETER,      // [type, default]
  PLAIN_SIGNATURE,      // [parameters, result, annotations of the result]
  PLAIN_SEGMENT,        // [type]
  PLAIN_OBJECT_FIELD,   // [type, initial value]
  PLAIN_METHOD,         // [signature, segments]
  PLAIN_ENUM_MEMBER,    // [value]
  PLAIN_FUNCTION,       // [signature]
  PLAIN_ALIAS,          // [type]
  PLAIN_CLASS,          // [object]
  PLAIN_ENUM,           // [members]
  PLAIN_CONSTANT,       // [type, value]
  PLAIN_VARIABLE,       // [type, value]
  PLAIN_TOKEN,          // of an expression; with a `prefix` a name of another module
  PLAIN_KIND_COUNT,
};

/** What is said of a node: its qualifiers, in the order of `skip_qualifiers`, and what else is written by a sign. */
enum plain_mark {
  MARK_ISOLATED = 1 << 0,
  MARK_TRANSACTIONAL = 1 << 1,
  MARK_CLIENT = 1 << 2,
  MARK_SERVICE = 1 << 3,
  MARK_DISTINCT = 1 << 4,
  MARK_READONLY = 1 << 5,
  MARK_FINAL = 1 << 6,
  MARK_CONFIGURABLE = 1 << 7,
  MARK_REMOTE = 1 << 8,
  MARK_RESOURCE = 1 << 9,
  MARK_PUBLIC = 1 << 10,
  MARK_PRIVATE = 1 << 11,
  MARK_OPTIONAL = 1 << 12,
  MARK_INCLUDED = 1 << 13,  // an included record as a parameter
  MARK_REST = 1 << 14,      // a rest parameter, or the rest of a path
  MARK_INFERRED = 1 << 15,  // the default `<>`
  MARK_CLOSED = 1 << 16,
  MARK_REQUIRED = 1 << 17,  // `= ?`
  MARK_KEYED = 1 << 18,     // a table with names of a key, be they none
  MARK_DOUBTFUL = 1 << 19,  // only the parser tells whether its body parses
};

enum { MOST_PARTS = 3 };

/** A node of the tree. Nodes are known by their number; the number 0 is none. */
struct plain_node {
  enum plain_kind kind;
  unsigned marks;
  unsigned depth;
  size_t next;  // in a list
  size_t parts[MOST_PARTS];
  struct span text;  // its name, or all of it
  struct span prefix;
  struct span body;
  struct span documentation;
  size_t annotations;
  size_t line;    // of its name, counted as the declaration's
  size_t column;  // and in characters, from 1
};

struct plain_tree {
  struct plain_node *nodes;
  size_t count;
  size_t room;
};

/**
 * Read a whole text as one plain declaration that begins on a line, behind so many characters.
 *
 * @return its node in the tree, or 0 if it is none; if it is one, it parses, but perhaps not the bodies that are doubtful
 */
size_t read_plain_declaration(const char *text, size_t size, size_t line, size_t column, struct plain_tree *tree);

/** Give back the memory of a tree. */
void free_plain_tree(struct plain_tree *tree);

#endif
