/**
 * Tokens of Ballerina that depend on more than the characters they hold: the text of templates, the colon
 * of a qualified identifier, which must have no blank on either side, and the place where a body that was
 * left open has to end.
 *
 * The scanner has no state: an interpolation is never inside a character class of a regular expression.
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
    while (!lexer->eof(lexer) && lexer->lookahead != '\n') lexer->advance(lexer, true);
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

/**
 * Text up to the terminator or to the `${` of an interpolation, at least one character.
 *
 * @param terminator the character that ends the template
 * @param symbol what the text is: in a prompt `\` escapes the terminator, in a regular expression
 *               it escapes brackets, and nothing between brackets opens an interpolation
 */
static bool scan_text(TSLexer *lexer, int32_t terminator, enum TokenType symbol) {
  bool found = false;
  bool in_class = false;
  lexer->result_symbol = symbol;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == terminator) return found;
    int32_t character = lexer->lookahead;
    advance(lexer);
    if (character == '$' && lexer->lookahead == '{' && !in_class) return found;
    found = true;
    if (symbol == TEMPLATE_TEXT) continue;
    if (character == '\\' && !lexer->eof(lexer) && (symbol == PROMPT_TEXT || lexer->lookahead != terminator)) {
      advance(lexer);
    } else if (symbol == REGEXP_TEXT && character == '[') {
      in_class = true;
    } else if (symbol == REGEXP_TEXT && character == ']') {
      in_class = false;
    }
  }
}

bool tree_sitter_ballerina_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  if (valid_symbols[QUALIFIER_COLON] && scan_qualifier_colon(lexer)) return true;
  // While the parser recovers every token is valid, and any text would pass for a template.
  if (valid_symbols[ERROR_SENTINEL]) return false;
  if (valid_symbols[TEMPLATE_TEXT]) return scan_text(lexer, '`', TEMPLATE_TEXT);
  if (valid_symbols[REGEXP_TEXT]) return scan_text(lexer, '`', REGEXP_TEXT);
  if (valid_symbols[PROMPT_TEXT]) return scan_text(lexer, '}', PROMPT_TEXT);
  if (valid_symbols[UNCLOSED_BLOCK]) return scan_unclosed(lexer, true, UNCLOSED_BLOCK);
  if (valid_symbols[UNCLOSED_MEMBERS]) return scan_unclosed(lexer, false, UNCLOSED_MEMBERS);
  return false;
}
