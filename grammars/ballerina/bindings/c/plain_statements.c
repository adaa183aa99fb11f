/**
 * Plain statements: what is recognized here parses. Nothing is kept of them.
 *
 * The other way round nothing is told: queries, functions as values, patterns and much else are for the parser.
 */

#include <string.h>

#include "plain_reader.h"

/** What an expression without operators ends with, which decides on what a statement may be made of it. */
enum ending { NO_ENDING, PLACE, CALL, VALUE };

static bool recognize_expression(struct plain_reader *reader);
static bool recognize_block(struct plain_reader *reader);

/** Skip a name that is no keyword anywhere, if no other sign goes on with it. */
static bool skip_certain_name(struct plain_reader *reader) {
  struct span name;
  return skip_name(reader, &name) && !is_contextual(reader, name);
}

/** Skip arguments in parentheses, those with names and rests last; the first may have to be another. */
static bool skip_arguments(struct plain_reader *reader, bool needs_first) {
  if (!skip_sign(reader, "(")) return false;
  skip_space(reader);
  if (!needs_first && skip_sign(reader, ")")) return true;
  bool is_named = false;
  do {
    skip_space(reader);
    struct plain_reader before = *reader;
    bool has_name = skip_certain_name(reader) && (skip_space(reader), byte_here(reader) == '=') &&
                    byte_ahead(reader, 1) != '=' && byte_ahead(reader, 1) != '>';
    if (has_name) {
      reader->position++;
      skip_space(reader);
    } else {
      *reader = before;
      has_name = skip_sign(reader, "...");
    }
    if (has_name ? needs_first : is_named) return false;
    is_named = has_name;
    needs_first = false;
    if (!recognize_expression(reader)) return false;
    skip_space(reader);
  } while (skip_sign(reader, ","));
  return skip_sign(reader, ")");
}

/** Skip a template behind its first backtick. */
static bool skip_template(struct plain_reader *reader) {
  while (reader->position < reader->size) {
    int byte = byte_here(reader);
    if (byte == '$' && byte_ahead(reader, 1) == '{') {
      reader->position += 2;
      skip_space(reader);
      if (!recognize_expression(reader)) return false;
      skip_space(reader);
      if (!skip_sign(reader, "}")) return false;
      continue;
    }
    reader->position++;
    if (byte == '`') return true;
  }
  return false;
}

/** Skip a field of a mapping. */
static bool skip_mapping_field(struct plain_reader *reader) {
  if (skip_sign(reader, "...")) return recognize_expression(reader);
  bool is_string = byte_here(reader) == '"';
  if (is_string ? !skip_string(reader) : !skip_certain_name(reader)) return false;
  skip_space(reader);
  if (!skip_sign(reader, ":")) return !is_string;
  int behind = byte_here(reader);
  bool may_be_name = begins_word(behind) || behind == '\'' || behind == '\\';
  if (may_be_name && !is_string) return false;  // perhaps that of another module
  skip_space(reader);
  return recognize_expression(reader);
}

/** Skip what is between brackets, and their end. */
static bool skip_listed(struct plain_reader *reader, const char *end) {
  skip_space(reader);
  if (skip_sign(reader, end)) return true;
  do {
    skip_space(reader);
    bool is_part = *end == '}' ? skip_mapping_field(reader) : (skip_sign(reader, "..."), recognize_expression(reader));
    if (!is_part) return false;
    skip_space(reader);
  } while (skip_sign(reader, ","));
  return skip_sign(reader, end);
}

static bool skip_new(struct plain_reader *reader) {
  struct plain_reader behind = *reader;
  skip_space(reader);
  if (begins_word(byte_here(reader))) {
    if (read_reference(reader) == 0) return false;
    behind = *reader;
    skip_space(reader);
  }
  if (byte_here(reader) == '(') return skip_arguments(reader, false);
  *reader = behind;
  return true;
}

/** Skip an error that is made, behind its keyword. */
static bool skip_error(struct plain_reader *reader) {
  skip_space(reader);
  if (byte_here(reader) != '(' && read_reference(reader) == 0) return false;
  skip_space(reader);
  return skip_arguments(reader, true);
}

/** Skip what begins with a word: a name, a literal, a template or what is made. */
static enum ending skip_worded(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  struct span word = skip_word(reader);
  if (ends_word(reader) && byte_here(reader) != ':' && is_reserved(reader, word)) {
    if (is_span(reader, word, "true") || is_span(reader, word, "false") || is_span(reader, word, "null")) return VALUE;
    if (is_span(reader, word, "error")) return skip_error(reader) ? VALUE : NO_ENDING;
    skip_space(reader);
    bool is_template = (is_span(reader, word, "string") || is_span(reader, word, "xml")) && skip_sign(reader, "`");
    return is_template && skip_template(reader) ? VALUE : NO_ENDING;
  }
  *reader = before;
  return read_reference(reader) == 0 ? NO_ENDING : PLACE;
}

static enum ending skip_primary(struct plain_reader *reader) {
  int byte = byte_here(reader);
  if (byte == '"') return skip_string(reader) ? VALUE : NO_ENDING;
  if (is_digit(byte)) return skip_number(reader) ? VALUE : NO_ENDING;
  if (begins_word(byte) || byte == '\'') return skip_worded(reader);
  if (skip_sign(reader, "`")) return skip_template(reader) ? VALUE : NO_ENDING;
  if (skip_sign(reader, "{")) return skip_listed(reader, "}") ? VALUE : NO_ENDING;
  if (skip_sign(reader, "[")) return skip_listed(reader, "]") ? VALUE : NO_ENDING;
  if (!skip_sign(reader, "(")) return NO_ENDING;
  if (skip_sign(reader, ")")) return VALUE;
  skip_space(reader);
  if (!recognize_expression(reader)) return NO_ENDING;
  skip_space(reader);
  return skip_sign(reader, ")") ? VALUE : NO_ENDING;
}

/** Skip a name behind a dot or an arrow; those of a few methods are keywords. */
static bool skip_member_name(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  if (skip_certain_name(reader)) return byte_here(reader) != ':';
  *reader = before;
  struct span word = skip_word(reader);
  bool is_method = is_span(reader, word, "map") || is_span(reader, word, "error") || is_span(reader, word, "join");
  return is_method && ends_word(reader) && byte_here(reader) == '(';
}

static bool begins_field(const struct plain_reader *reader) {
  return byte_here(reader) == '.' && (begins_word(byte_ahead(reader, 1)) || byte_ahead(reader, 1) == '\'');
}

/** Skip what stands behind a primary expression. */
static bool skip_accesses(struct plain_reader *reader, enum ending *ending) {
  bool is_name = *ending == PLACE;  // only a name is called
  for (;;) {
    if (byte_here(reader) == '(') {
      if (!is_name || !skip_arguments(reader, false)) return false;
      *ending = CALL;
      is_name = false;
      continue;
    }
    is_name = false;
    if (skip_sign(reader, "[")) {
      skip_space(reader);
      if (!recognize_expression(reader)) return false;
      skip_space(reader);
      if (!skip_sign(reader, "]")) return false;
      if (*ending != PLACE) *ending = VALUE;
      continue;
    }
    struct plain_reader behind = *reader;
    skip_space(reader);
    bool is_action = skip_sign(reader, "->");
    bool is_safe = !is_action && byte_ahead(reader, 1) == '.' && skip_sign(reader, "?.");
    if (!is_action && !is_safe && !begins_field(reader)) {
      *reader = behind;
      return true;
    }
    if (!is_action && !is_safe) reader->position++;
    if (is_action) skip_space(reader);
    if (!skip_member_name(reader)) return false;
    bool is_call = byte_here(reader) == '(';
    if (is_call ? is_safe || !skip_arguments(reader, false) : is_action) return false;
    if (is_call) {
      *ending = CALL;
    } else if (is_safe || *ending != PLACE) {
      *ending = VALUE;
    }
  }
}

/** Skip a type in angle brackets, behind the first of them, and the second. */
static bool skip_cast(struct plain_reader *reader) {
  skip_space(reader);
  if (read_type(reader) == 0) return false;
  skip_space(reader);
  if (!skip_sign(reader, ">") || byte_here(reader) == '=' || byte_here(reader) == '>') return false;
  skip_space(reader);
  return true;
}

/** Skip an operand with the operators before it. */
static bool skip_operand(struct plain_reader *reader) {
  for (;;) {
    int byte = byte_here(reader);
    if (byte == '!' || byte == '-' || byte == '~') {
      int behind = byte_ahead(reader, 1);
      if (!begins_word(behind) && !is_digit(behind) && behind != '(' && behind != '"') return false;
      reader->position++;
      continue;
    }
    bool is_prefixed = skip_keyword(reader, "check") || skip_keyword(reader, "checkpanic");
    if (is_prefixed || skip_keyword(reader, "trap")) continue;
    if (byte != '<' || byte_ahead(reader, 1) == '-') break;
    reader->position++;
    if (!skip_cast(reader)) return false;
  }
  struct plain_reader before = *reader;
  struct span word = skip_word(reader);
  if (is_span(reader, word, "new") && ends_word(reader)) return skip_new(reader);
  *reader = before;
  enum ending ending = skip_primary(reader);
  return ending != NO_ENDING && skip_accesses(reader, &ending);
}

/** Skip an operator between two operands, with the space around it; blanks tell it from longer signs. */
static bool skip_operator(struct plain_reader *reader) {
  static const char *const signs[] = {"==", "!=", "===", "!==", "&&", "||", "<", "<=", ">",  ">=", "+",
                                      "-",  "*",  "/",   "%",   "|",  "&",  "^", "?:", "..<"};
  for (size_t one = 0; one < sizeof signs / sizeof *signs; one++) {
    size_t length = strlen(signs[one]);
    int behind = byte_ahead(reader, length);
    if ((behind == ' ' || behind == '\n') && skip_sign(reader, signs[one])) return skip_space(reader);
  }
  return false;
}

static bool skip_operation(struct plain_reader *reader) {
  if (!skip_operand(reader)) return false;
  for (;;) {
    struct plain_reader behind = *reader;
    bool is_parted = skip_space(reader);
    if (is_parted && (skip_keyword(reader, "is") || skip_keyword(reader, "!is"))) {
      if (read_type(reader) == 0) return false;
      behind = *reader;
      is_parted = skip_space(reader);
      int sign = byte_here(reader);
      bool goes_on = sign == '?' || ((sign == '&' || sign == '|') && byte_ahead(reader, 1) == sign);
      if (!goes_on) {
        *reader = behind;
        return true;
      }
    }
    if (!is_parted || !skip_operator(reader)) {
      if (!is_parted || byte_here(reader) != '?' || byte_ahead(reader, 1) != ' ') {
        *reader = behind;
        return true;
      }
      reader->position++;
      skip_space(reader);
      if (!recognize_expression(reader) || !skip_space(reader)) return false;
      return skip_sign(reader, ":") && skip_space(reader) && recognize_expression(reader);
    }
    if (!skip_operand(reader)) return false;
  }
}

static bool recognize_expression(struct plain_reader *reader) {
  if (reader->depth == MOST_DEPTH) return false;
  reader->depth++;
  bool is_one = skip_operation(reader);
  reader->depth--;
  return is_one;
}

/** Skip an expression, and a sign behind it. */
static bool skip_expression_with(struct plain_reader *reader, const char *sign) {
  if (!recognize_expression(reader)) return false;
  skip_space(reader);
  return skip_sign(reader, sign);
}

/** Skip a type, or `var`, and a name, which may be `_` in some places. */
static bool skip_binding(struct plain_reader *reader, bool *is_ignored) {
  if (!skip_keyword(reader, "var")) {
    if (read_type(reader) == 0) return false;
    int before = reader->text[reader->position - 1];
    if (!skip_space(reader) && before != ']' && before != '>' && before != '?') return false;
  }
  if (is_ignored != NULL && skip_keyword(reader, "_")) {
    *is_ignored = true;
    return true;
  }
  return skip_certain_name(reader);
}

static bool skip_condition_and_block(struct plain_reader *reader) {
  if (!recognize_expression(reader)) return false;
  skip_space(reader);
  return recognize_block(reader);
}

/** Skip what may follow the block of a statement that can fail. */
static bool skip_on_fail(struct plain_reader *reader) {
  struct plain_reader behind = *reader;
  skip_space(reader);
  if (!skip_keyword(reader, "on")) {
    *reader = behind;
    return true;
  }
  if (!skip_keyword(reader, "fail")) return false;
  if (byte_here(reader) != '{') {
    if (!skip_binding(reader, NULL)) return false;
    skip_space(reader);
  }
  return recognize_block(reader);
}

static bool skip_if(struct plain_reader *reader) {
  for (;;) {
    if (!skip_condition_and_block(reader)) return false;
    struct plain_reader behind = *reader;
    skip_space(reader);
    if (!skip_keyword(reader, "else")) {
      *reader = behind;
      return true;
    }
    if (!skip_keyword(reader, "if")) return recognize_block(reader);
  }
}

static bool skip_foreach(struct plain_reader *reader) {
  if (!skip_binding(reader, NULL) || !skip_space(reader) || !skip_keyword(reader, "in")) return false;
  return skip_condition_and_block(reader) && skip_on_fail(reader);
}

/** Skip a value behind `=`, and the end of the statement. */
static bool skip_assigned(struct plain_reader *reader) {
  if (!skip_sign(reader, "=") || byte_here(reader) == '=' || byte_here(reader) == '>') return false;
  skip_space(reader);
  return skip_expression_with(reader, ";");
}

/** Skip a statement that begins with no keyword of its own: a variable, an assignment, or a call. */
static bool skip_effect(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  skip_keyword(reader, "final");
  bool is_ignored = false;
  if (skip_binding(reader, &is_ignored)) {
    skip_space(reader);
    if (!is_ignored && skip_sign(reader, ";")) return true;
    if (byte_here(reader) == '=') return skip_assigned(reader);
  }
  *reader = before;
  if (skip_keyword(reader, "_")) return skip_assigned(reader);
  bool is_checked = skip_keyword(reader, "check") || skip_keyword(reader, "checkpanic");
  if (!begins_word(byte_here(reader))) return false;
  enum ending ending = skip_worded(reader);
  if (ending != PLACE || !skip_accesses(reader, &ending)) return false;
  skip_space(reader);
  if (skip_sign(reader, ";")) return ending == CALL;
  if (ending != PLACE || is_checked) return false;
  if (byte_ahead(reader, 1) == '=' && strchr("+-*/&|^", byte_here(reader)) != NULL) reader->position++;
  return skip_assigned(reader);
}

static bool skip_statement(struct plain_reader *reader) {
  if (byte_here(reader) == '{') return recognize_block(reader);
  if (skip_keyword(reader, "if")) return skip_if(reader);
  if (skip_keyword(reader, "return")) return skip_sign(reader, ";") || skip_expression_with(reader, ";");
  if (skip_keyword(reader, "foreach")) return skip_foreach(reader);
  if (skip_keyword(reader, "while")) return skip_condition_and_block(reader) && skip_on_fail(reader);
  if (skip_keyword(reader, "lock") || skip_keyword(reader, "do")) return recognize_block(reader) && skip_on_fail(reader);
  if (skip_keyword(reader, "panic") || skip_keyword(reader, "fail")) return skip_expression_with(reader, ";");
  if (skip_keyword(reader, "break") || skip_keyword(reader, "continue")) return skip_sign(reader, ";");
  return skip_effect(reader);
}

/** Skip statements in braces. */
static bool recognize_block(struct plain_reader *reader) {
  if (reader->depth == MOST_DEPTH || !skip_sign(reader, "{")) return false;
  reader->depth++;
  bool is_block = true;
  for (;;) {
    skip_space(reader);
    if (skip_sign(reader, "}")) break;
    is_block = skip_statement(reader);
    if (!is_block) break;
  }
  reader->depth--;
  return is_block;
}

/** Skip the annotations of an external function. */
static bool skip_bindings(struct plain_reader *reader) {
  while (skip_sign(reader, "@")) {
    if (read_reference(reader) == 0) return false;
    skip_space(reader);
    if (skip_sign(reader, "{") && !skip_listed(reader, "}")) return false;
    skip_space(reader);
  }
  return true;
}

/** Whether what is between two places surely is the body of a function, and parses. */
bool is_plain_body(const struct plain_reader *reader, struct span body) {
  struct plain_tree *tree = reader->tree;
  size_t count = tree->count;
  struct plain_reader inside = *reader;
  inside.position = body.start;
  inside.size = body.end;
  inside.is_body = true;
  bool is_plain = false;
  if (skip_sign(&inside, "=>")) {
    skip_space(&inside);
    is_plain = skip_expression_with(&inside, ";");
  } else if (skip_sign(&inside, "=")) {
    skip_space(&inside);
    is_plain = skip_bindings(&inside) && skip_keyword(&inside, "external") && skip_sign(&inside, ";");
  } else if (recognize_block(&inside)) {
    is_plain = true;
    skip_space(&inside);
    skip_sign(&inside, ";");
  }
  tree->count = count;  // what is in it is not wanted
  return is_plain && inside.position == body.end;
}
