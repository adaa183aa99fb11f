/**
 * Tokens of Ballerina that depend on more than the characters they hold: the text of templates, the colon
 * of a qualified identifier, which must have no blank on either side, and the place of local declarations.
 *
 * The scanner has no state: an interpolation is never inside a character class of a regular expression.
 */

#include "tree_sitter/parser.h"

enum TokenType {
  TEMPLATE_TEXT,
  REGEXP_TEXT,
  PROMPT_TEXT,
  QUALIFIER_COLON,
  INDENTED,
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

static bool scan_word(TSLexer *lexer, const char *word) {
  for (; *word; word++) {
    if (lexer->lookahead != *word) return false;
    advance(lexer);
  }
  return lexer->lookahead == ' ' || lexer->lookahead == '\t';
}

/** Nothing, where `type` or `const` follows that does not stand at the left margin. */
static bool scan_indented(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r' || lexer->lookahead == '\n') {
    lexer->advance(lexer, true);
  }
  int32_t first = lexer->lookahead;
  if ((first != 't' && first != 'c') || lexer->get_column(lexer) == 0) return false;
  lexer->mark_end(lexer);
  lexer->result_symbol = INDENTED;
  return scan_word(lexer, first == 't' ? "type" : "const");
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
  if (valid_symbols[INDENTED]) return scan_indented(lexer);
  return false;
}
