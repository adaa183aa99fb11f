/**
 * Tokens of Ballerina that depend on more than the characters they hold: the text of templates, the colon
 * of a qualified identifier, which must have no blank on either side, and the place where a body that was
 * left open has to end.
 *
 * The scanner has no state: an interpolation is never inside a character class of a regular expression.
 *
 * Texts end where the compiler's lexer ends them, also where the specification would have it otherwise: what
 * one of them takes for text and the other for a declaration could be hidden from a reader of the tree.
 */

#include "tree_sitter/parser.h"

#include <string.h>

enum TokenType {
  TEMPLATE_TEXT,
  REGEXP_TEXT,
  PROMPT_TEXT,
  QUALIFIER_COLON,
  UNCLOSED_BLOCK,
  UNCLOSED_MEMBERS,
  MISSING_EFFECT,
  MALFORMED_PROMPT,
  ERROR_SENTINEL,
};

void *tree_sitter_ballerina_external_scanner_create(void) { return NULL; }

void tree_sitter_ballerina_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_ballerina_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_ballerina_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

/** Whether an identifier, perhaps quoted or escaped, may start with this character. */
static bool starts_identifier(int32_t character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
         character == '\'' || character == '\\' || character >= 0x80;
}

static bool scan_qualifier_colon(TSLexer *lexer) {
  if (lexer->lookahead != ':') return false;
  advance(lexer);
  lexer->mark_end(lexer);
  lexer->result_symbol = QUALIFIER_COLON;
  return starts_identifier(lexer->lookahead);
}

static bool is_blank(int32_t character) {
  return character == ' ' || character == '\t' || character == '\r' || character == '\n' || character == '\f';
}

static void skip_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, true);
}

/** Read a word of small letters with a blank behind it; the longest keyword fits. */
static bool read_word(TSLexer *lexer, char word[16]) {
  unsigned length = 0;
  while (lexer->lookahead >= 'a' && lexer->lookahead <= 'z' && length < 15) {
    word[length++] = (char)lexer->lookahead;
    advance(lexer);
  }
  word[length] = '\0';
  return length > 0 && is_blank(lexer->lookahead);
}

static bool is_one_of(const char *word, const char *const words[]) {
  for (; *words; words++) {
    if (strcmp(word, *words) == 0) return true;
  }
  return false;
}

/** Whether a name and an opening parenthesis follow the word `function`: no type, no anonymous function. */
static bool names_function(TSLexer *lexer) {
  skip_blanks(lexer);
  if (!starts_identifier(lexer->lookahead)) return false;
  while (starts_identifier(lexer->lookahead) || (lexer->lookahead >= '0' && lexer->lookahead <= '9')) advance(lexer);
  skip_blanks(lexer);
  return lexer->lookahead == '(';
}

/**
 * Nothing, where words follow that begin a declaration and no part of a body.
 *
 * @param functions whether a function begins such a declaration too: it may also be a method
 */
static bool scan_unclosed(TSLexer *lexer, bool functions, enum TokenType symbol) {
  static const char *const declaring[] = {"class",      "const",  "enum", "type",       "import",
                                          "annotation", "listener", "configurable", NULL};
  static const char *const of_functions[] = {"public", "private", "remote", "resource", NULL};
  static const char *const qualifying[] = {"public",   "isolated", "transactional", "client", "distinct",
                                           "readonly", "abstract", "service",       "final",  NULL};
  lexer->mark_end(lexer);
  lexer->result_symbol = symbol;
  skip_blanks(lexer);
  while (lexer->lookahead == '#') {
    while (!lexer->eof(lexer) && lexer->lookahead != '\n' && lexer->lookahead != '\r') lexer->advance(lexer, true);
    skip_blanks(lexer);
  }
  char word[16];
  while (read_word(lexer, word)) {
    if (is_one_of(word, declaring)) return true;
    if (functions && is_one_of(word, of_functions)) return true;
    if (strcmp(word, "function") == 0) return functions && names_function(lexer);
    if (!is_one_of(word, qualifying)) return false;
    skip_blanks(lexer);
  }
  return false;
}

/** Text of a template: nothing in it is escaped. */
static bool scan_template(TSLexer *lexer) {
  bool found = false;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '`') return found;
    bool dollar = lexer->lookahead == '$';
    advance(lexer);
    if (dollar && lexer->lookahead == '{') return found;
    found = true;
  }
}

/**
 * Text of a regular expression: nothing within a character class opens an interpolation, and a backslash
 * keeps a bracket from opening or closing one. It escapes nothing else, so that `\\[` opens no class either:
 * the compiler looks for the class before it reads the expression.
 */
static bool scan_regexp(TSLexer *lexer) {
  bool found = false;
  bool in_class = false;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '`') return found;
    int32_t character = lexer->lookahead;
    advance(lexer);
    if (character == '$' && lexer->lookahead == '{' && !in_class) return found;
    found = true;
    if (character == '[') in_class = true;
    if (character == ']') in_class = false;
    if (character == '\\' && lexer->lookahead == (in_class ? ']' : '[')) advance(lexer);
  }
}

/**
 * Text of a prompt, in which a backslash escapes `}` and itself, and is an error before anything else.
 *
 * The compiler takes the first character of the text as it is, so that a backslash there escapes nothing.
 */
static bool scan_prompt(TSLexer *lexer) {
  bool found = false;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '}') return found;
    int32_t character = lexer->lookahead;
    advance(lexer);
    if (character == '$' && lexer->lookahead == '{') return found;
    if (character == '\\' && found) {
      if (lexer->lookahead != '}' && lexer->lookahead != '\\') lexer->result_symbol = MALFORMED_PROMPT;
      if (!lexer->eof(lexer)) advance(lexer);
    }
    found = true;
  }
}

static bool scan_text(TSLexer *lexer, enum TokenType symbol) {
  lexer->result_symbol = symbol;
  if (symbol == TEMPLATE_TEXT) return scan_template(lexer);
  return symbol == REGEXP_TEXT ? scan_regexp(lexer) : scan_prompt(lexer);
}

bool tree_sitter_ballerina_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  if (valid_symbols[QUALIFIER_COLON] && scan_qualifier_colon(lexer)) return true;
  // While the parser recovers every token is valid, and any text would pass for a template.
  if (valid_symbols[ERROR_SENTINEL]) return false;
  if (valid_symbols[TEMPLATE_TEXT]) return scan_text(lexer, TEMPLATE_TEXT);
  if (valid_symbols[REGEXP_TEXT]) return scan_text(lexer, REGEXP_TEXT);
  if (valid_symbols[PROMPT_TEXT]) return scan_text(lexer, PROMPT_TEXT);
  if (valid_symbols[UNCLOSED_BLOCK]) return scan_unclosed(lexer, true, UNCLOSED_BLOCK);
  if (valid_symbols[UNCLOSED_MEMBERS]) return scan_unclosed(lexer, false, UNCLOSED_MEMBERS);
  return false;
}
