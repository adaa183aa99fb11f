/** What the parts of the reader of plain declarations share: its place in the text, tokens, and the tree. */

#ifndef BALLERINA_PLAIN_READER_H
#define BALLERINA_PLAIN_READER_H

#include <string.h>

#include "plain_declarations.h"

/**
 * What is nested deeper is for the parser: readers call themselves for what is in a type or an expression. So is what
 * has more nodes, which take many times the memory of the text that they are made of.
 */
enum { MOST_DEPTH = 48, MOST_NODES = 1 << 18 };

/** A text and how far it was read. The place that columns were last counted to keeps a long line from costing more. */
struct plain_reader {
  const unsigned char *text;
  size_t size;
  size_t position;
  size_t line;
  size_t line_start;
  size_t counted_start;
  size_t counted_position;
  size_t counted_column;
  size_t first_column;  // how many characters stand before the first line
  unsigned depth;
  bool is_ascii;
  bool is_body;  // of a function: a name of a type there may be a keyword
  struct plain_tree *tree;
};

// What is asked of nearly each byte is a part of whoever asks.

static inline int byte_ahead(const struct plain_reader *reader, size_t offset) {
  return offset < reader->size - reader->position ? reader->text[reader->position + offset] : 0;
}

static inline int byte_here(const struct plain_reader *reader) { return byte_ahead(reader, 0); }

static inline bool begins_word(int byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static inline bool is_digit(int byte) { return byte >= '0' && byte <= '9'; }

/** Skip a sign if it stands here. */
static inline bool skip_sign(struct plain_reader *reader, const char *expected) {
  if (byte_here(reader) != (unsigned char)*expected) return false;  // as nearly always where there is none
  size_t length = strlen(expected);
  if (reader->size - reader->position < length) return false;
  if (memcmp(reader->text + reader->position, expected, length) != 0) return false;
  reader->position += length;
  return true;
}

/** The nodes of a list while it grows. */
struct plain_list {
  size_t first;
  size_t last;
  unsigned depth;
};

// No other library means these, nor those of another: calls within one library cost less, too.
#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

// Tokens. Those that skip return whether there was what they skip, and may stand anywhere if there was not.
bool skip_space(struct plain_reader *reader);
bool skip_blank(struct plain_reader *reader);
bool skip_keyword(struct plain_reader *reader, const char *keyword);
unsigned skip_qualifiers(struct plain_reader *reader, unsigned among);
bool is_span(const struct plain_reader *reader, struct span span, const char *word);
struct span skip_word(struct plain_reader *reader);
bool ends_word(const struct plain_reader *reader);
bool is_contextual(const struct plain_reader *reader, struct span word);
bool is_reserved(const struct plain_reader *reader, struct span word);
bool skip_name(struct plain_reader *reader, struct span *name);
bool skip_string(struct plain_reader *reader);
bool skip_number(struct plain_reader *reader);
bool skip_documentation(struct plain_reader *reader, struct span *documentation);
bool skip_body(struct plain_reader *reader, struct plain_node *node);
void note_place(struct plain_reader *reader, struct plain_node *node);

// The tree. A node is no longer where it was after another one is added.
size_t add_node(struct plain_reader *reader, const struct plain_node *node);
bool append_node(struct plain_reader *reader, struct plain_list *list, size_t node);
size_t add_type(struct plain_reader *reader, enum plain_kind kind, struct span text, size_t part);

// Parts of declarations. Those that read return a node, or 0.
size_t read_reference(struct plain_reader *reader);
size_t read_type(struct plain_reader *reader);
size_t read_expression(struct plain_reader *reader);
size_t read_inferred_default(struct plain_reader *reader);
bool skip_annotations(struct plain_reader *reader, struct plain_list *annotations);
bool skip_metadata(struct plain_reader *reader, struct plain_node *node);
size_t read_record(struct plain_reader *reader);
size_t read_signature(struct plain_reader *reader);
size_t read_object(struct plain_reader *reader, unsigned qualifiers, bool is_class);
bool is_plain_body(const struct plain_reader *reader, struct span body);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
