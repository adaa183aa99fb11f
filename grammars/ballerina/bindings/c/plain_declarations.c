/**
 * Plain declarations by their tokens: most declarations are no more.
 *
 * Whatever this is not sure of is for the parser: names with escapes, expressions with operators and calls, what older
 * versions of the language had. `tests/syntax/test_plain_declarations.py` compares what is read here with the trees.
 * Each byte is read a bounded number of times, and nothing is nested deeper than `MOST_DEPTH`.
 */

#include "plain_reader.h"

static size_t read_function(struct plain_reader *reader, struct plain_node *node) {
  node->kind = PLAIN_FUNCTION;
  note_place(reader, node);
  if (!skip_name(reader, &node->text)) return 0;
  skip_space(reader);
  node->parts[0] = read_signature(reader);
  if (node->parts[0] == 0) return 0;
  skip_space(reader);
  return skip_body(reader, node) ? add_node(reader, node) : 0;
}

/** Skip the semicolon that may stand behind a closing brace. */
static void skip_optional_semicolon(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  skip_space(reader);
  if (!skip_sign(reader, ";")) *reader = before;
}

static size_t read_class(struct plain_reader *reader, struct plain_node *node) {
  unsigned of_object = node->marks & (MARK_ISOLATED | MARK_CLIENT | MARK_SERVICE);
  node->kind = PLAIN_CLASS;
  note_place(reader, node);
  if (!skip_name(reader, &node->text)) return 0;
  skip_space(reader);
  if (!skip_sign(reader, "{")) return 0;
  node->parts[0] = read_object(reader, of_object, true);
  if (node->parts[0] == 0) return 0;
  skip_optional_semicolon(reader);
  return add_node(reader, node);
}

static size_t read_enum_member(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_ENUM_MEMBER};
  if (!skip_metadata(reader, &node)) return 0;
  note_place(reader, &node);
  if (!skip_name(reader, &node.text)) return 0;
  skip_space(reader);
  if (skip_sign(reader, "=")) {
    skip_space(reader);
    node.parts[0] = read_expression(reader);
    if (node.parts[0] == 0) return 0;
    skip_space(reader);
  }
  return add_node(reader, &node);
}

static size_t read_enum(struct plain_reader *reader, struct plain_node *node) {
  struct plain_list members = {.first = 0};
  node->kind = PLAIN_ENUM;
  note_place(reader, node);
  if (!skip_name(reader, &node->text)) return 0;
  skip_space(reader);
  if (!skip_sign(reader, "{")) return 0;
  skip_space(reader);
  bool is_over = skip_sign(reader, "}");
  while (!is_over) {
    if (!append_node(reader, &members, read_enum_member(reader))) return 0;
    is_over = skip_sign(reader, "}");
    if (!is_over && !skip_sign(reader, ",")) return 0;
  }
  node->parts[0] = members.first;
  skip_optional_semicolon(reader);
  return add_node(reader, node);
}

/** Read the value of a constant or variable, and the end of the declaration. */
static size_t read_value(struct plain_reader *reader, struct plain_node *node) {
  if (!skip_sign(reader, "=")) return 0;
  skip_space(reader);
  if (node->kind == PLAIN_VARIABLE && node->parts[0] != 0 && skip_sign(reader, "?")) {
    node->marks |= MARK_REQUIRED;
  } else {
    node->parts[1] = read_expression(reader);
    if (node->parts[1] == 0) return 0;
  }
  skip_space(reader);
  return skip_sign(reader, ";") ? add_node(reader, node) : 0;
}

static size_t read_constant(struct plain_reader *reader, struct plain_node *node) {
  node->kind = PLAIN_CONSTANT;
  struct plain_reader before = *reader;
  note_place(reader, node);
  if (!skip_name(reader, &node->text) || (skip_space(reader), byte_here(reader) != '=')) {
    *reader = before;
    node->parts[0] = read_type(reader);
    if (node->parts[0] == 0 || !skip_space(reader)) return 0;
    note_place(reader, node);
    if (!skip_name(reader, &node->text)) return 0;
    skip_space(reader);
  }
  return read_value(reader, node);
}

static size_t read_alias(struct plain_reader *reader, struct plain_node *node) {
  node->kind = PLAIN_ALIAS;
  note_place(reader, node);
  if (!skip_name(reader, &node->text) || !skip_space(reader)) return 0;
  node->parts[0] = read_type(reader);
  if (node->parts[0] == 0) return 0;
  skip_space(reader);
  return skip_sign(reader, ";") ? add_node(reader, node) : 0;
}

/** Read a variable; its place is that of its type. */
static size_t read_variable(struct plain_reader *reader, struct plain_node *node) {
  node->kind = PLAIN_VARIABLE;
  if (skip_keyword(reader, "final")) node->marks |= MARK_FINAL;
  if (skip_keyword(reader, "configurable")) node->marks |= MARK_CONFIGURABLE;
  note_place(reader, node);
  if (!skip_keyword(reader, "var")) {
    node->parts[0] = read_type(reader);
    if (node->parts[0] == 0 || !skip_space(reader)) return 0;
  }
  if (!skip_name(reader, &node->text)) return 0;
  skip_space(reader);
  return skip_sign(reader, ";") ? add_node(reader, node) : read_value(reader, node);
}

static size_t read_declaration(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_FUNCTION};
  if (!skip_metadata(reader, &node)) return 0;
  if (skip_keyword(reader, "public")) node.marks |= MARK_PUBLIC;
  if (skip_keyword(reader, "type")) return read_alias(reader, &node);
  if (skip_keyword(reader, "const")) return read_constant(reader, &node);
  if (skip_keyword(reader, "enum")) return read_enum(reader, &node);
  struct plain_reader before = *reader;
  unsigned of_functions = MARK_ISOLATED | MARK_TRANSACTIONAL;
  unsigned of_classes = of_functions | MARK_CLIENT | MARK_SERVICE | MARK_DISTINCT | MARK_READONLY;
  unsigned qualifiers = skip_qualifiers(reader, of_classes);
  if (skip_keyword(reader, "class")) {
    node.marks |= qualifiers;
    return read_class(reader, &node);
  }
  bool is_function = skip_keyword(reader, "function") && byte_here(reader) != '(';
  if (is_function && (qualifiers & ~of_functions) == 0) {
    node.marks |= qualifiers;
    return read_function(reader, &node);
  }
  *reader = before;
  return read_variable(reader, &node);
}

static bool is_ascii(const unsigned char *text, size_t size) {
  unsigned seen = 0;
  for (size_t place = 0; place < size; place++) seen |= text[place];
  return seen < 0x80;
}

size_t read_plain_declaration(const char *text, size_t size, size_t line, size_t column, struct plain_tree *tree) {
  struct plain_reader reader = {
      .text = (const unsigned char *)text,
      .size = size,
      .line = line,
      .first_column = column,
      .is_ascii = is_ascii((const unsigned char *)text, size),
      .tree = tree,
  };
  if (size == 0 || !(begins_word(*text) || *text == '#' || *text == '@')) return 0;
  size_t found = read_declaration(&reader);
  return reader.position == size ? found : 0;
}
