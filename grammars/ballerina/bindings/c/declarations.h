/** The declarations of a source file by its tokens, without a tree: where each begins and ends. */

#ifndef BALLERINA_DECLARATIONS_H
#define BALLERINA_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>

/** `DECLARED_OTHERWISE` is any declaration whose name takes a parser to tell. */
enum declared {
  DECLARED_OTHERWISE,
  DECLARED_IMPORT,
  DECLARED_FUNCTION,
  DECLARED_TYPE,
  DECLARED_CLASS,
  DECLARED_ENUM,
  DECLARED_CONSTANT,
};

/**
 * One declaration, with its documentation and annotations: its bytes, and those of its name if its kind has one.
 * The line counts from 1, the column is the number of characters before it.
 */
struct declaration {
  enum declared kind;
  bool is_public;
  size_t start;
  size_t end;
  size_t name_start;
  size_t name_end;
  size_t line;
  size_t column;
};

/** A text and how far it was read. The place that columns were last counted to keeps a long line from costing more. */
struct declaration_scan {
  const unsigned char *text;
  size_t size;
  size_t position;
  size_t line;
  size_t line_start;
  size_t counted_line;
  size_t counted_position;
  size_t counted_column;
  bool is_strict;
  bool follows_object;
};

enum scan_result { SCAN_FOUND, SCAN_END, SCAN_IRREGULAR };

/** Begin with a text in UTF-8 whose lines end at LF. */
void begin_declarations(struct declaration_scan *scan, const char *text, size_t size);

/**
 * Find the next declaration. `SCAN_IRREGULAR` is for a text that is not known to parse: only the parser tells what it
 * declares. `SCAN_END` does not say that it parses: what is between the brackets of a declaration was not looked at.
 */
enum scan_result next_declaration(struct declaration_scan *scan, struct declaration *found);

/**
 * Skip the body of a function, be it a block, an expression or external; its line counts from where the scan says.
 *
 * @return whether it has a clear end; it does not say that it parses
 */
bool skip_function_body(struct declaration_scan *scan);

/** Whether a word is never a name without a quote: the `RESERVED` of the grammar. */
bool is_reserved_word(const unsigned char *word, size_t length);

#endif
