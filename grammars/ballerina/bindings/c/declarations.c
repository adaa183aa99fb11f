/**
 * The declarations of a source file by its tokens.
 *
 * Tokens end where those of the grammar do, and a declaration where its node would: `tests/syntax/test_extents.py`
 * compares both. Whatever this does not know for certain it leaves to the parser. It reads each byte a bounded
 * number of times, keeps the open brackets on a stack of its own, and never recurses.
 */

#include "declarations.h"

#include <string.h>

enum { MOST_OPEN = 512 };

/** What is open, the innermost last. */
struct brackets {
  char open[MOST_OPEN];
  size_t depth;
};

/**
 * What begins with each byte: a blank, a newline (`n`), a word (`a`, `'` and `\`), a number, an opening or a closing
 * bracket, an operator (`o`), or what stands for itself. `x`, and what is not ASCII, begins nothing.
 */
static const char CLASSES[256] = "xxxxxxxxx nx xxx"
                                 "xxxxxxxxxxxxxxxx"
                                 " o\"#xoo'()oooooo"
                                 "0000000000o;oooo"
                                 "oaaaaaaaaaaaaaaa"
                                 "aaaaaaaaaaa(\\)oa"
                                 "`aaaaaaaaaaaaaaa"
                                 "aaaaaaaaaaa(o)ox";

/** The kinds of tokens that do not stand for themselves, and what is open apart from brackets. */
enum {
  TOKEN_END = 0,
  TOKEN_IRREGULAR = 'x',
  TOKEN_WORD = 'a',
  TOKEN_OPERATOR = 'o',
  TEMPLATE = 't',
  REGEXP = 'r',
  OBJECT = 'O',  // the brace of an object, whose members may be public
};

/** A token; all between two brackets, or between two backticks, is one. */
struct token {
  int kind;
  size_t start;
  size_t end;
  bool is_plain;  // a word without quotes and escapes
};

static bool is_at_end(const struct declaration_scan *scan) { return scan->position >= scan->size; }

static int byte_at(const struct declaration_scan *scan, size_t place) {
  return place < scan->size ? scan->text[place] : 0;
}

static char class_at(const struct declaration_scan *scan, size_t place) {
  return place < scan->size ? CLASSES[scan->text[place]] : '\0';
}

static bool is_word(const struct declaration_scan *scan, const struct token *token, const char *word) {
  size_t length = strlen(word);
  return token->kind == TOKEN_WORD && token->is_plain && token->end - token->start == length &&
         memcmp(scan->text + token->start, word, length) == 0;
}

static void skip_line(struct declaration_scan *scan) {
  const unsigned char *from = scan->text + scan->position;
  const unsigned char *newline = memchr(from, '\n', scan->size - scan->position);
  scan->position = newline == NULL ? scan->size : (size_t)(newline - scan->text);
}

static void note_newline(struct declaration_scan *scan, size_t place) {
  scan->line++;
  scan->line_start = place + 1;
}

static void skip_blanks(struct declaration_scan *scan) {
  const unsigned char *text = scan->text;
  size_t size = scan->size;
  size_t place = scan->position;
  for (; place < size; place++) {
    if (text[place] == ' ') continue;
    if (text[place] == '\n') {
      note_newline(scan, place);
    } else if (text[place] == '/' && byte_at(scan, place + 1) == '/') {
      scan->position = place;
      skip_line(scan);
      place = scan->position - 1;
    } else if (CLASSES[text[place]] != ' ') {
      break;
    }
  }
  scan->position = place;
}

static int hexadecimal(int character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

/** Skip `\u{...}`, the number of a character that is no half of a pair. */
static bool skip_numeric_escape(struct declaration_scan *scan) {
  size_t place = scan->position + 3;
  long value = 0;
  for (int digit; (digit = hexadecimal(byte_at(scan, place))) >= 0; place++) {
    value = value * 16 + digit;
    if (value > 0x10FFFF) return false;
  }
  if (place == scan->position + 3 || byte_at(scan, place) != '}' || (value >= 0xD800 && value <= 0xDFFF)) return false;
  scan->position = place + 1;
  return true;
}

static bool is_numeric_escape(const struct declaration_scan *scan) {
  return byte_at(scan, scan->position + 1) == 'u' && byte_at(scan, scan->position + 2) == '{';
}

/** Skip an escape in a name: of the others than `\u{...}` only those of ASCII are known here. */
static bool skip_name_escape(struct declaration_scan *scan) {
  if (is_numeric_escape(scan)) return skip_numeric_escape(scan);
  int escaped = byte_at(scan, scan->position + 1);
  char class = class_at(scan, scan->position + 1);
  if (escaped < ' ' || escaped > '~' || (class == 'a' && escaped != '_')) return false;
  scan->position += 2;
  return true;
}

/** Skip an identifier or keyword. */
static bool skip_word(struct declaration_scan *scan, struct token *word) {
  const unsigned char *text = scan->text;
  size_t size = scan->size;
  size_t start = scan->position;
  word->is_plain = true;
  if (text[start] == '\'') {
    word->is_plain = false;
    start++;
  }
  size_t place = start;
  for (;;) {
    while (place < size && (CLASSES[text[place]] == 'a' || CLASSES[text[place]] == '0')) place++;
    scan->position = place;
    if (place == size || text[place] != '\\') return place > start;
    word->is_plain = false;
    if (!skip_name_escape(scan)) return false;
    place = scan->position;
  }
}

static bool skip_string(struct declaration_scan *scan) {
  scan->position++;
  while (!is_at_end(scan)) {
    int character = scan->text[scan->position];
    if (character == '\n') return false;
    if (character == '\\' && is_numeric_escape(scan)) {
      if (!skip_numeric_escape(scan)) return false;
      continue;
    }
    if (character == '\\') {
      int escaped = byte_at(scan, scan->position + 1);
      if (escaped != 't' && escaped != 'n' && escaped != 'r' && escaped != '\\' && escaped != '"') return false;
      scan->position++;
    }
    scan->position++;
    if (character == '"') return true;
  }
  return false;
}

/**
 * Skip text of a template up to its end or an interpolation, and return the character that decides: a backtick or a
 * brace, or 0 where the text has no end. The external scanner says in which places (`scan_template`, `scan_regexp`).
 */
static int skip_template_text(struct declaration_scan *scan, bool is_regexp) {
  bool in_class = false;
  for (; !is_at_end(scan); scan->position++) {
    int character = scan->text[scan->position];
    int next = byte_at(scan, scan->position + 1);
    if (character == '\n') note_newline(scan, scan->position);
    if (character == '`') {
      scan->position++;
      return '`';
    }
    if (character == '$' && next == '{' && !in_class) {
      scan->position += 2;
      return '{';
    }
    if (is_regexp) {
      if (character == '[') in_class = true;
      if (character == ']') in_class = false;
      if (character == '\\' && next == (in_class ? ']' : '[')) scan->position++;
    }
  }
  return 0;
}

/** Words whose meaning goes beyond the token that they are. */
enum meaning { PLAIN_WORD, DECLARING_WORD, PUBLIC_WORD, OBJECT_WORD, REGEXP_WORD, NATURAL_WORD };

#define IS(text) (memcmp(word, text, sizeof text - 1) == 0)

/** A declaring word stands in no body, so that a declaration which holds it behind its keyword does not parse. */
static enum meaning meaning_of(const unsigned char *word, size_t length) {
  switch (length) {
    case 2:
      return IS("re") ? REGEXP_WORD : PLAIN_WORD;
    case 4:
      return IS("type") || IS("enum") ? DECLARING_WORD : PLAIN_WORD;
    case 5:
      return IS("class") || IS("const") ? DECLARING_WORD : PLAIN_WORD;
    case 6:
      if (IS("public")) return PUBLIC_WORD;
      if (IS("object")) return OBJECT_WORD;
      return IS("import") ? DECLARING_WORD : PLAIN_WORD;
    case 7:
      return IS("natural") ? NATURAL_WORD : PLAIN_WORD;
    case 8:
      return IS("listener") ? DECLARING_WORD : PLAIN_WORD;
    case 10:
      return IS("annotation") ? DECLARING_WORD : PLAIN_WORD;
    case 12:
      return IS("configurable") ? DECLARING_WORD : PLAIN_WORD;
    default:
      return PLAIN_WORD;
  }
}

#undef IS

/**
 * Skip a word, and what decides on its meaning behind it.
 *
 * @param in_object whether the members of an object stand here, which may be public
 * @return what it begins: a word, or a regular expression behind `re` and its backtick
 */
static int skip_token_word(struct declaration_scan *scan, struct token *token, bool in_object) {
  token->start = scan->position;
  if (!skip_word(scan, token)) return TOKEN_IRREGULAR;
  token->end = scan->position;
  if (!token->is_plain) return TOKEN_WORD;
  switch (meaning_of(scan->text + token->start, token->end - token->start)) {
    case DECLARING_WORD:
      return scan->is_strict ? TOKEN_IRREGULAR : TOKEN_WORD;
    case PUBLIC_WORD:
      return scan->is_strict && !in_object ? TOKEN_IRREGULAR : TOKEN_WORD;
    case OBJECT_WORD:
      scan->follows_object = true;
      return TOKEN_WORD;
    case REGEXP_WORD:
      skip_blanks(scan);
      if (byte_at(scan, scan->position) != '`') return TOKEN_WORD;
      scan->position++;
      return REGEXP;
    case NATURAL_WORD: {
      // Behind it may stand a prompt, in which other things count as text than in a template.
      skip_blanks(scan);
      int next = byte_at(scan, scan->position);
      return next == '{' || next == '(' ? TOKEN_IRREGULAR : TOKEN_WORD;
    }
    default:
      return TOKEN_WORD;
  }
}

/** Skip a token that is no word and has nothing between its ends to look into, by the class of its first byte. */
static bool skip_flat(struct declaration_scan *scan, int class) {
  switch (class) {
    case '0':
      while (class_at(scan, scan->position) == '0' || class_at(scan, scan->position) == 'a') scan->position++;
      return true;
    case '"':
      return skip_string(scan);
    case '#':
      skip_line(scan);
      return true;
    case 'o':
    case ';':
      scan->position++;
      return true;
    default:
      return false;
  }
}

static bool open_bracket(struct brackets *brackets, int opening) {
  if (brackets->depth == MOST_OPEN) return false;
  brackets->open[brackets->depth++] = (char)opening;
  return true;
}

static bool close_bracket(struct brackets *brackets, int closing) {
  int opening = brackets->open[--brackets->depth];
  if (opening == OBJECT) opening = '{';
  return (opening == '(' && closing == ')') || (opening == '[' && closing == ']') ||
         (opening == '{' && closing == '}');
}

/** Skip what is between brackets, or between backticks, and their end; their beginning is skipped already. */
static bool skip_nested(struct declaration_scan *scan, int opening) {
  struct brackets brackets = {.depth = 0};
  struct token word;
  bool fits = open_bracket(&brackets, opening);
  while (fits && brackets.depth > 0) {
    int inside = brackets.open[brackets.depth - 1];
    if (inside == TEMPLATE || inside == REGEXP) {
      int end = skip_template_text(scan, inside == REGEXP);
      if (end == '`') brackets.depth--;
      fits = end == '`' || (end == '{' && open_bracket(&brackets, '{'));
      continue;
    }
    skip_blanks(scan);
    int character = byte_at(scan, scan->position);
    char class = class_at(scan, scan->position);
    switch (class) {
      case 'a':
      case '\'':
      case '\\': {
        int kind = skip_token_word(scan, &word, inside == OBJECT);
        fits = kind == TOKEN_WORD || (kind == REGEXP && open_bracket(&brackets, REGEXP));
        continue;  // names between `object` and its brace belong to it
      }
      case '(':
        scan->position++;
        fits = open_bracket(&brackets, character == '{' && scan->follows_object ? OBJECT : character);
        break;
      case ')':
        scan->position++;
        fits = close_bracket(&brackets, character);
        break;
      case '`':
        scan->position++;
        fits = open_bracket(&brackets, TEMPLATE);
        break;
      default:
        fits = skip_flat(scan, class);
    }
    if (character != ':') scan->follows_object = false;
  }
  return fits;
}

static struct token next_token(struct declaration_scan *scan) {
  skip_blanks(scan);
  struct token token = {.start = scan->position, .kind = class_at(scan, scan->position)};
  int character = byte_at(scan, scan->position);
  bool fits = true;
  switch (token.kind) {
    case 'a':
    case '\'':
    case '\\':
      token.kind = skip_token_word(scan, &token, false);
      if (token.kind == REGEXP) fits = skip_nested(scan, REGEXP);
      if (token.kind == TOKEN_WORD) return token;
      break;
    case '(':
      scan->position++;
      token.kind = character;
      fits = skip_nested(scan, character == '{' && scan->follows_object ? OBJECT : character);
      break;
    case '`':
      scan->position++;
      fits = skip_nested(scan, TEMPLATE);
      break;
    default:
      fits = is_at_end(scan) || skip_flat(scan, token.kind);
  }
  if (character != ':') scan->follows_object = false;
  if (!fits) token.kind = TOKEN_IRREGULAR;
  token.end = scan->position;
  return token;
}

static bool is_operator(const struct declaration_scan *scan, const struct token *token, int character) {
  return token->kind == TOKEN_OPERATOR && scan->text[token->start] == character;
}

/** Whether a token stands nowhere within a declaration. */
static bool is_stray(const struct token *token) {
  return token->kind == TOKEN_END || token->kind == TOKEN_IRREGULAR || token->kind == '#';
}

/** Skip what is left of a declaration that ends with a semicolon. */
static bool skip_to_semicolon(struct declaration_scan *scan, struct token token) {
  while (token.kind != ';') {
    if (is_stray(&token)) return false;
    token = next_token(scan);
  }
  return true;
}

/** Skip the semicolon that may stand behind a closing brace, and belongs to it. */
static void skip_optional_semicolon(struct declaration_scan *scan) {
  struct declaration_scan before = *scan;
  skip_blanks(scan);
  if (byte_at(scan, scan->position) == ';') {
    scan->position++;
  } else {
    *scan = before;
  }
}

/** Skip an annotation behind its `@`, and return the token behind it. */
static struct token skip_annotation(struct declaration_scan *scan) {
  struct token token = next_token(scan);
  if (token.kind != TOKEN_WORD) return (struct token){.kind = TOKEN_IRREGULAR};
  if (byte_at(scan, scan->position) == ':') {
    scan->position++;
    size_t name = scan->position;
    token = next_token(scan);
    if (token.kind != TOKEN_WORD || token.start != name) return (struct token){.kind = TOKEN_IRREGULAR};
  }
  token = next_token(scan);
  return token.kind == '{' ? next_token(scan) : token;
}

bool is_reserved_word(const unsigned char *word, size_t length) {
  static const char *const reserved[] = {
      // By length.
      [2] = "as by do if in is on ",
      [3] = "any int let map new var xml ",
      [4] = "byte else enum fail fork from join json lock null trap true type wait ",
      [5] = "break check class const error false field final float flush limit match never order "
            "outer panic retry start table where while xmlns ",
      [6] = "base16 base64 client commit equals future handle import object public record remote "
            "return select source stream string typeof worker ",
      [7] = "anydata boolean decimal foreach private returns service ",
      [8] = "abstract conflict continue distinct external function isolated listener readonly "
            "resource rollback typedesc ",
      [9] = "ascending parameter ",
      [10] = "annotation checkpanic descending ",
      [11] = "transaction ",
      [12] = "configurable ",
      [13] = "transactional ",
  };
  if (length >= sizeof reserved / sizeof *reserved || reserved[length] == NULL) return false;
  for (const char *one = reserved[length]; *one != '\0'; one += length + 1) {
    if ((unsigned char)*one == *word && memcmp(one, word, length) == 0) return true; /* most begin with another letter */
  }
  return false;
}

/**
 * Note the name that a declaration has. One with escapes is for a parser to read.
 *
 * @return whether it may be a name
 */
static bool note_name(const struct declaration_scan *scan, struct declaration *found, struct token name) {
  if (name.kind != TOKEN_WORD) return false;
  found->name_start = name.start + (scan->text[name.start] == '\'');
  found->name_end = name.end;
  if (memchr(scan->text + name.start, '\\', name.end - name.start) != NULL) found->kind = DECLARED_OTHERWISE;
  return !name.is_plain || !is_reserved_word(scan->text + name.start, name.end - name.start);
}

/** Skip a function behind its parameters: what it returns, and its body. */
static bool skip_function(struct declaration_scan *scan) {
  struct token token = next_token(scan);
  bool opens_type = false;
  for (;;) {
    if (is_operator(scan, &token, '@')) {
      token = skip_annotation(scan);
      continue;
    }
    if (token.kind == '{' && !opens_type) {
      skip_optional_semicolon(scan);
      return true;
    }
    if (is_operator(scan, &token, '=')) return skip_to_semicolon(scan, next_token(scan));
    if (token.kind == ';' || is_stray(&token)) return false;
    opens_type = is_word(scan, &token, "record") || is_word(scan, &token, "object");
    token = next_token(scan);
  }
}

/** Skip a class or an enum behind its keyword. */
static bool skip_braced(struct declaration_scan *scan, struct declaration *found) {
  bool fits = note_name(scan, found, next_token(scan));
  scan->follows_object = found->kind == DECLARED_CLASS;
  fits = fits && next_token(scan).kind == '{';
  if (fits) skip_optional_semicolon(scan);
  return fits;
}

/** Skip a constant behind its keyword: its name is the last word before its value. */
static bool skip_constant(struct declaration_scan *scan, struct declaration *found) {
  struct token name = {.kind = TOKEN_END};
  struct token token = next_token(scan);
  while (!is_operator(scan, &token, '=')) {
    if (token.kind == ';' || is_stray(&token)) return false;
    name = token;
    token = next_token(scan);
  }
  return note_name(scan, found, name) && skip_to_semicolon(scan, next_token(scan));
}

/** Skip a service behind its keyword, or a variable whose type begins with that. */
static bool skip_service(struct declaration_scan *scan, struct token token) {
  bool opens_type = false;
  for (;;) {
    if (is_stray(&token)) return false;
    if (token.kind == ';' || is_operator(scan, &token, '=')) return skip_to_semicolon(scan, token);
    if (token.kind == '{' && !opens_type) {
      skip_optional_semicolon(scan);
      return true;
    }
    opens_type = is_word(scan, &token, "record") || is_word(scan, &token, "object");
    token = next_token(scan);
  }
}

/** What qualifiers there are: more stand before some kinds of declarations than before others. */
enum { OF_FUNCTIONS = 1, OF_CLASSES = 2, OF_VARIABLES = 4 };

static int qualifier(const struct declaration_scan *scan, const struct token *token) {
  static const char *const of_functions[] = {"isolated", "transactional", "client", "service", "abstract"};
  for (size_t one = 0; one < sizeof of_functions / sizeof *of_functions; one++) {
    if (is_word(scan, token, of_functions[one])) return OF_FUNCTIONS;
  }
  if (is_word(scan, token, "distinct") || is_word(scan, token, "readonly")) return OF_CLASSES;
  return is_word(scan, token, "final") || is_word(scan, token, "configurable") ? OF_VARIABLES : 0;
}

/** Skip a declaration of which the documentation and the annotations, and `public`, are skipped already. */
static bool skip_declaration(struct declaration_scan *scan, struct declaration *found, struct token token) {
  int qualifiers = 0;
  bool is_service = false;
  for (int one; (one = qualifier(scan, &token)) != 0; token = next_token(scan)) {
    qualifiers |= one;
    is_service = is_word(scan, &token, "service");
  }
  if (is_stray(&token)) return false;
  if (is_word(scan, &token, "function")) {
    token = next_token(scan);
    if (token.kind != TOKEN_WORD) return skip_to_semicolon(scan, token);  // a type
    found->kind = DECLARED_FUNCTION;
    bool fits = note_name(scan, found, token);
    scan->is_strict = true;
    token = next_token(scan);
    if (token.kind == '(') return fits && (qualifiers & ~OF_FUNCTIONS) == 0 && skip_function(scan);
    found->kind = DECLARED_OTHERWISE;
    return skip_to_semicolon(scan, token);
  }
  if (is_word(scan, &token, "class")) {
    found->kind = DECLARED_CLASS;
    scan->is_strict = true;
    return (qualifiers & OF_VARIABLES) == 0 && skip_braced(scan, found);
  }
  if (is_service) return skip_service(scan, token);
  if (qualifiers != 0) return skip_to_semicolon(scan, token);
  if (is_word(scan, &token, "type")) {
    found->kind = DECLARED_TYPE;
    scan->is_strict = true;
    return note_name(scan, found, next_token(scan)) && skip_to_semicolon(scan, next_token(scan));
  }
  if (is_word(scan, &token, "enum")) {
    found->kind = DECLARED_ENUM;
    scan->is_strict = true;
    return skip_braced(scan, found);
  }
  if (is_word(scan, &token, "const")) {
    struct declaration_scan behind = *scan;
    token = next_token(scan);
    if (is_word(scan, &token, "annotation")) return skip_to_semicolon(scan, token);
    *scan = behind;
    found->kind = DECLARED_CONSTANT;
    scan->is_strict = true;
    return skip_constant(scan, found);
  }
  if (is_word(scan, &token, "import")) found->kind = DECLARED_IMPORT;
  return skip_to_semicolon(scan, token);
}

/** Count the characters before a place of the current line; no byte is counted twice. */
static size_t column_at(struct declaration_scan *scan, size_t place) {
  if (scan->counted_line != scan->line) {
    scan->counted_line = scan->line;
    scan->counted_position = scan->line_start;
    scan->counted_column = 0;
  }
  for (; scan->counted_position < place; scan->counted_position++) {
    scan->counted_column += (scan->text[scan->counted_position] & 0xC0) != 0x80;
  }
  return scan->counted_column;
}

bool skip_function_body(struct declaration_scan *scan) {
  scan->is_strict = true;
  scan->follows_object = false;
  struct token token = next_token(scan);
  if (is_operator(scan, &token, '=')) return skip_to_semicolon(scan, next_token(scan));
  if (token.kind != '{') return false;
  skip_optional_semicolon(scan);
  return true;
}

void begin_declarations(struct declaration_scan *scan, const char *text, size_t size) {
  *scan = (struct declaration_scan){.text = (const unsigned char *)text, .size = size, .line = 1};
}

enum scan_result next_declaration(struct declaration_scan *scan, struct declaration *found) {
  scan->is_strict = false;
  scan->follows_object = false;
  skip_blanks(scan);
  if (is_at_end(scan)) return SCAN_END;
  *found = (struct declaration){.start = scan->position, .line = scan->line};
  found->column = column_at(scan, scan->position);
  struct token token = next_token(scan);
  while (token.kind == '#') token = next_token(scan);
  while (is_operator(scan, &token, '@')) token = skip_annotation(scan);
  if (is_word(scan, &token, "public")) {
    found->is_public = true;
    token = next_token(scan);
  }
  if (!skip_declaration(scan, found, token)) return SCAN_IRREGULAR;
  found->end = scan->position;
  return SCAN_FOUND;
}
