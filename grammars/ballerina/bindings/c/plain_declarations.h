/** Plain declarations: records of simple fields, aliases, constants and function heads, read by their tokens. */

#ifndef BALLERINA_PLAIN_DECLARATIONS_H
#define BALLERINA_PLAIN_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>

/** What a plain declaration is. */
enum plain_form { PLAIN_RECORD, PLAIN_ALIAS, PLAIN_CONSTANT, PLAIN_FUNCTION };

/** A part of a text; without an end where there is no such part. */
struct span {
  size_t start;
  size_t end;
};

/** A name with what stands before and behind it. The row counts from 0, the column in characters from 0. */
struct plain_part {
  struct span documentation;
  struct span type;
  struct span name;
  struct span value;
  size_t row;
  size_t column;
  bool is_readonly;
  bool is_optional;
  bool is_included;  // an included record as a parameter, or an inclusion, which has no name
  bool is_rest;      // a rest parameter, or the rest of a record, which has no name
};

/** What stands before the parts of a declaration, and behind them. `head.type` is the type of what has no parts. */
struct plain_declaration {
  enum plain_form form;
  struct plain_part head;
  bool is_public;
  bool is_isolated;
  bool is_closed;
  size_t body;  // where the body of a function begins, which was not looked into
};

/** A text and how far it was read. */
struct plain_reader {
  const unsigned char *text;
  size_t size;
  size_t position;
  size_t row;
  size_t line_start;     // where the row begins,
  size_t continuations;  // and how many bytes in it begin no character
};

/** What is done with each part of a declaration; false ends the reading. */
typedef bool (*part_receiver)(void *receiver, const struct plain_part *part);

/**
 * Read a whole text as one plain declaration, and hand out its parts in their order.
 *
 * @return whether it is one; if so it parses, but for the body of a function
 */
bool read_plain_declaration(const char *text, size_t size, struct plain_declaration *found, part_receiver receive,
                            void *receiver);

#endif
