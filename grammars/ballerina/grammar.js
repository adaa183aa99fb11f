/**
 * @file Ballerina grammar for tree-sitter
 * @license Apache-2.0
 *
 * The rules stand in the order of the language specification. "Spec" is the Ballerina Language
 * Specification, Swan Lake. Older forms that published packages still hold are marked with their era.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

/** Keywords that are never identifiers without a quote (spec, Lexical structure). */
const RESERVED = [
  'int', 'float', 'decimal', 'string', 'boolean', 'byte', 'xml', 'json', 'handle', 'any', 'anydata',
  'map', 'never', 'future', 'typedesc', 'error', 'stream', 'table', 'readonly', 'distinct', 'record',
  'object', 'function', 'service', 'var',
  'public', 'private', 'remote', 'abstract', 'client', 'resource', 'isolated', 'transactional', 'final',
  'configurable', 'const', 'listener', 'type', 'class', 'enum', 'annotation', 'source', 'parameter',
  'field', 'xmlns', 'import', 'as', 'on', 'worker', 'external', 'returns',
  'return', 'if', 'else', 'while', 'foreach', 'in', 'do', 'match', 'fail', 'panic', 'check',
  'checkpanic', 'trap', 'continue', 'break', 'lock', 'fork', 'start', 'flush', 'wait', 'transaction',
  'commit', 'rollback', 'retry', 'new',
  'let', 'from', 'where', 'select', 'limit', 'join', 'outer', 'equals', 'order', 'by', 'ascending',
  'descending', 'conflict',
  'typeof', 'is', 'true', 'false', 'null', 'base16', 'base64',
];

/** Prefixes that need no import although they are keywords (spec, Predeclared prefixes). */
const PREDECLARED_PREFIXES = [
  'boolean', 'decimal', 'error', 'float', 'function', 'future', 'int', 'map', 'object', 'stream',
  'string', 'table', 'transaction', 'typedesc', 'xml',
];

/** Keywords that name methods of the lang library. */
const METHOD_KEYWORDS = [
  'map', 'start', 'join', 'continue', 'commit', 'rollback', 'error', 'wait', 'lock', 'flush', 'retry', 'stream', 'table',
  'client', 'service', 'order', 'limit',
];

const BINARY_OPERATORS = [
  ['multiplicative', ['*', '/', '%']],
  ['additive', ['+', '-']],
  ['shift', ['<<', '>>', '>>>']],
  ['range', ['...', '..<']],
  ['relational', ['<', '>', '<=', '>=']],
  ['equality', ['==', '!=', '===', '!==']],
  ['bitwise_and', ['&']],
  ['bitwise_xor', ['^']],
  ['bitwise_or', ['|']],
  ['logical_and', ['&&']],
  ['logical_or', ['||']],
];

// What follows is lexical structure as the compiler reads it: where its lexer and the specification differ,
// the lexer decides what published code means. Such places are marked "the compiler".

/** Spec, WhiteSpaceChar; the compiler takes a form feed too, and nothing else that Unicode calls a blank. */
const WHITE_SPACE = /[ \t\f\r\n]/;

/**
 * The rest of a line, which ends at LF, CR or both. A NUL is refused here and in strings, as the
 * specification has it; the compiler takes it, but no rule of a generated lexer can.
 */
const REST_OF_LINE = /[^\r\n]*/;

/** Spec, CodePoint: digits of a number that is no surrogate and at most 0x10FFFF. */
const NUMERIC_ESCAPE = seq(
  '\\u{',
  /0*/,
  choice(
    /[0-9A-Fa-f]{1,3}/,
    /[0-9A-CEFa-cef][0-9A-Fa-f]{3}/,
    /[Dd][0-7][0-9A-Fa-f]{2}/,
    /[1-9A-Fa-f][0-9A-Fa-f]{4}/,
    /10[0-9A-Fa-f]{4}/,
  ),
  '}',
);

/**
 * Spec, IdentifierInitialChar. The compiler asks Java for characters of the basic plane that belong to
 * identifiers, and Java counts ignorable controls and formats among them: a byte order mark or a blank of no
 * width within a file is part of a name. Names from beyond the basic plane need a numeric escape.
 */
const IDENTIFIER_LETTER = choice(
  /[A-Za-z_]/,
  new RustRegex('[[\\p{ID_Continue}\\p{Cf}\\x{80}-\\x{9F}]&&[\\x{80}-\\x{FFFF}]--[\\x{200E}\\x{200F}]]'),
);

/** Spec, IdentifierSingleEscape. */
const SINGLE_ESCAPE = /\\[^A-Za-z\t\r\n\u200E\u200F\u2028\u2029\u{10000}-\u{10FFFF}]/u;

/** Spec, IdentifierEscape; the compiler takes `\u` without a brace too, as a part of the name. */
const IDENTIFIER_ESCAPE = choice(
  SINGLE_ESCAPE,
  NUMERIC_ESCAPE,
  seq('\\u', choice(IDENTIFIER_LETTER, /[0-9]/)),
);

const IDENTIFIER_INITIAL = choice(IDENTIFIER_LETTER, IDENTIFIER_ESCAPE);
const IDENTIFIER_FOLLOWING = choice(IDENTIFIER_LETTER, /[0-9]/, IDENTIFIER_ESCAPE);

module.exports = grammar({
  name: 'ballerina',

  externals: $ => [
    $.template_text,
    $.regexp_text,
    $.prompt_text,
    $._qualifier_colon, // the `:` of `prefix:name`, with no blank on either side
    $._unclosed_block, // nothing, where a declaration begins although a block or record is open
    $._unclosed_members, // the same for what holds methods
    $._missing_effect, // never in a text: what something lacks that is no part of a program
    $._malformed_prompt, // the text of a prompt with an escape that is none
    $._error_sentinel, // valid only while the parser recovers
  ],

  extras: $ => [WHITE_SPACE, $.comment],

  word: $ => $.identifier,

  reserved: {
    global: _ => RESERVED,
  },

  supertypes: $ => [
    $.declaration,
    $.type_descriptor,
    $.binding_pattern,
    $.statement,
    $.match_pattern,
    $.expression,
    $.primary_expression,
    $.action,
    $.query_clause,
  ],

  // Not to be decided before the type: `final isolated` may be followed by `object {}` or by `int`.
  inline: $ => [$._variable_qualifiers, $._public_variable_qualifiers, $._action_or_expression],

  // Tightest first.
  precedences: _ => [
    // Spec, Expressions: binding power.
    [
      'access',
      'unary',
      'multiplicative',
      'additive',
      'shift',
      'range',
      'relational',
      'equality',
      'bitwise_and',
      'bitwise_xor',
      'bitwise_or',
      'logical_and',
      'logical_or',
      'elvis',
      'conditional',
      'function',
      'action',
      'trap',
      'query',
    ],
    // Spec, Type descriptors: binding power.
    ['distinct_type', 'optional_type', 'intersection_type', 'union_type', 'function_type'],
    ['distinct_type', 'array_type', 'intersection_type', 'union_type', 'function_type'],
    // `x is A|B` and `x is A[]` test for the whole type; `x is A ? b : c` is for the parser to find out.
    ['array_type', 'intersection_type', 'union_type', 'relational'],
  ],

  conflicts: $ => [
    // `service x = service {}` (until 2021) or `service Type on ...`.
    [$.service_declaration, $.builtin_type],
    // `readonly name;` or `readonly T name;`; the same at the start of a block or mapping.
    [$.builtin_type, $.record_field],
    [$.builtin_type, $.specific_field],
    // `error e = ...`, `error Type(...)` as an expression, or as the pattern of an assignment.
    [$.builtin_type, $.error_binding_pattern, $.error_constructor],

    // A statement may begin with a type descriptor, an expression or a binding pattern, which share
    // names, literals, brackets and braces: `a[b] c = e;`, `a[b] = e;`, `[a, b] = e;`, `{a, b} = e;`.
    [$.type_reference, $.primary_expression],
    [$.singleton_type, $.primary_expression],
    [$.singleton_type, $._scalar_literal],
    [$.nil_type, $.nil_literal],
    [$._basic_type, $.typedesc_expression],
    [$.object_type, $.object_constructor],
    [$.tuple_type, $.list_constructor],
    [$.tuple_type, $.list_binding_pattern, $.list_constructor],
    [$.list_binding_pattern, $.list_constructor],
    [$.mapping_binding_pattern, $.mapping_constructor],
    [$.block_statement, $.mapping_constructor],
    [$.field_binding_pattern, $.specific_field],
    [$._name, $.binding_pattern],
    [$._name, $.rest_binding_pattern],
    [$._assignable, $.primary_expression],
    [$._assignable, $.type_reference, $.primary_expression],
    // `T[a] b;` or `T [a, b] = e;`.
    [$._dimension, $.list_binding_pattern],

    // `x is T ? a : b` or `x is T?`.
    [$.type_test_expression, $._tested_optional_type],
    // `c ? a:b : d` or `c ? a:b`.
    [$.qualified_identifier, $._name],
    [$.qualified_identifier, $.builtin_type],
    [$.qualified_identifier, $.builtin_type, $.map_type],

    // `(a)` or `(a) => e`; `if a => {}` or `if a => e => {}` in a match guard, also with `()`.
    [$._name, $.inferred_parameter_list],
    [$._name, $.implicit_anonymous_function],
    [$.nil_literal, $.inferred_parameter_list],

    // `a/<b>` or `a/<b>c`.
    [$.expression, $.xml_step_expression],
    // `a + b->m()` or `a + b -> peer`.
    [$.expression, $.remote_method_call_action, $.resource_access_action],
  ],

  rules: {
    source_file: $ => repeat(choice($.import_declaration, $.declaration)),

    // Lexical structure

    comment: _ => token(seq('//', REST_OF_LINE)),

    identifier: _ => token(choice(
      seq(IDENTIFIER_INITIAL, repeat(IDENTIFIER_FOLLOWING)),
      seq('\'', repeat1(IDENTIFIER_FOLLOWING)),
    )),

    qualified_identifier: $ => seq(
      field('prefix', choice($.identifier, alias(choice(...PREDECLARED_PREFIXES), $.identifier))),
      $._qualifier_colon,
      field('name', choice($.identifier, alias('map', $.identifier))),
    ),

    _name: $ => choice($.identifier, $.qualified_identifier),

    documentation: $ => prec.right(repeat1($._documentation_line)),

    _documentation_line: _ => token(seq('#', REST_OF_LINE)),

    // Modules

    import_declaration: $ => seq(
      'import',
      optional(seq(field('organization', $.identifier), '/')),
      field('module', $.module_name),
      optional(seq('version', field('version', $.version_number))), // until 2021
      optional(seq('as', field('prefix', $.identifier))),
      ';',
    ),

    module_name: $ => seq(
      $.identifier,
      repeat(seq('.', choice($.identifier, alias(choice(...PREDECLARED_PREFIXES), $.identifier)))),
    ),

    version_number: _ => /[0-9]+(\.[0-9]+)*/,

    declaration: $ => choice(
      $.function_definition,
      $.type_definition,
      $.class_definition,
      $.constant_declaration,
      $.enum_declaration,
      $.module_variable_declaration,
      $.listener_declaration,
      $.service_declaration,
      $.annotation_declaration,
      $.xml_namespace_declaration,
    ),

    _metadata: $ => choice(
      field('documentation', $.documentation),
      seq(field('documentation', $.documentation), $._annotations),
      $._annotations,
    ),

    _annotations: $ => choice($.annotation, seq($._annotations, $.annotation)),

    annotation: $ => prec.right(seq(
      '@',
      field('name', $._name),
      optional(field('value', $.mapping_constructor)),
    )),

    // One list of qualifiers for functions, methods, classes, object and function types, so that the
    // parser need not know which it reads until the keyword that follows.
    _qualifiers: $ => prec(1, choice(
      $._qualifier,
      seq($._qualifiers, $._qualifier),
    )),

    _qualifier: $ => prec(1, field('qualifier', choice(
      'isolated',
      'transactional',
      'client',
      'service',
      'abstract', // until September 2020
    ))),

    listener_declaration: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      'listener',
      optional(field('type', $.type_descriptor)),
      field('name', $.identifier),
      '=',
      field('value', $.expression),
      ';',
    ),

    service_declaration: $ => seq(
      optional($._metadata),
      optional($._qualifiers),
      field('qualifier', 'service'),
      optional(field('type', $.type_reference)), // until December 2020 the name of the service
      choice(
        seq(
          field('attach_point', choice($.absolute_resource_path, $.string_literal)),
          $._attached_listeners,
          '{',
          repeat(choice($.object_field, $.method_definition)),
          '}',
        ),
        seq($._attached_listeners, $._named_service_body),
      ),
      optional(';'),
    ),

    _attached_listeners: $ => seq('on', commaSep1(field('listener', $.expression))),

    _named_service_body: $ => seq(
      '{',
      repeat(choice($.object_field, $.method_definition, alias($._named_resource, $.method_definition))),
      '}',
    ),

    absolute_resource_path: $ => choice('/', repeat1(seq('/', $.identifier))),

    module_variable_declaration: $ => seq(
      optional($._metadata),
      // Spec, Module variable declaration: no public variable is isolated.
      choice(
        seq(field('visibility', 'public'), optional($._public_variable_qualifiers)),
        optional($._variable_qualifiers),
      ),
      choice($._module_variable, $._inferred_module_variable),
      ';',
    ),

    _module_variable: $ => choice(
      seq(
        field('type', choice($.type_descriptor, alias('function', $.builtin_type))),
        field('binding', $.identifier),
        optional(seq('=', field('value', choice($.expression, $.required_configurable)))),
      ),
      seq(
        field('type', $.type_descriptor),
        field('binding', $._structured_binding_pattern),
        '=',
        field('value', $.expression),
      ),
    ),

    _inferred_module_variable: $ => seq(
      field('type', 'var'),
      choice(
        seq(field('binding', $.identifier), optional(seq('=', field('value', $.expression)))),
        seq(field('binding', $._structured_binding_pattern), '=', field('value', $.expression)),
      ),
    ),

    _public_variable_qualifiers: _ => choice(
      field('qualifier', 'final'),
      seq(optional(field('qualifier', 'final')), field('qualifier', 'configurable')),
    ),

    _variable_qualifiers: _ => choice(
      field('qualifier', 'isolated'),
      seq(
        optional(field('qualifier', 'isolated')),
        choice(
          field('qualifier', 'final'),
          seq(optional(field('qualifier', 'final')), field('qualifier', 'configurable')),
        ),
        optional(field('qualifier', 'isolated')),
      ),
    ),

    required_configurable: _ => '?',

    constant_declaration: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      'const',
      optional(field('type', $.type_descriptor)),
      field('name', $.identifier),
      '=',
      field('value', $.expression),
      ';',
    ),

    type_definition: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      'type',
      field('name', $.identifier),
      field('type', $.type_descriptor),
      ';',
    ),

    enum_declaration: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      'enum',
      field('name', $.identifier),
      '{',
      commaSep($.enum_member),
      choice(seq('}', optional(';')), seq($._unclosed_block, '}')),
    ),

    enum_member: $ => seq(
      optional($._metadata),
      field('name', $.identifier),
      optional(seq('=', field('value', $.expression))),
    ),

    annotation_declaration: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      optional(field('qualifier', 'const')),
      'annotation',
      optional(field('type', $.type_descriptor)),
      field('name', $.identifier),
      optional(seq('on', commaSep1(field('attach_point', $.attach_point)))),
      ';',
    ),

    attach_point: _ => choice(
      seq(
        optional('source'),
        choice(
          'type',
          'class',
          'parameter',
          'return',
          'service',
          'field',
          seq(optional('object'), 'function'),
          seq(choice('object', 'record'), 'field'),
          seq('service', optional('remote'), 'function'),
          seq(choice('remote', 'resource'), 'function'), // until 2021
          'object', // until 2020
        ),
      ),
      seq('source', choice('annotation', 'external', 'var', 'const', 'listener', 'worker')),
    ),

    xml_namespace_declaration: $ => seq(
      'xmlns',
      field('uri', $.expression),
      optional(seq('as', field('prefix', $.identifier))),
      ';',
    ),

    // Functions

    function_definition: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      optional($._qualifiers),
      'function',
      field('name', $.identifier),
      field('signature', $.signature),
      field('body', $._function_body),
    ),

    signature: $ => prec.right(seq(
      field('parameters', $.parameter_list),
      optional(field('returns', $.return_type_descriptor)),
    )),

    parameter_list: $ => seq(
      '(',
      optional(choice(
        seq(commaSep1($._parameter), optional(seq(',', $.rest_parameter))),
        $.rest_parameter,
      )),
      ')',
    ),

    _parameter: $ => choice(
      $.required_parameter,
      $.defaultable_parameter,
      $.included_record_parameter,
    ),

    required_parameter: $ => seq(
      optional($._annotations),
      field('type', $.type_descriptor),
      optional(field('name', $.identifier)),
    ),

    defaultable_parameter: $ => seq(
      optional($._annotations),
      field('type', $.type_descriptor),
      optional(field('name', $.identifier)),
      '=',
      field('default', choice($.inferred_typedesc_default, $.expression)),
    ),

    inferred_typedesc_default: _ => seq('<', '>'),

    included_record_parameter: $ => seq(
      optional($._annotations),
      '*',
      field('type', $.type_descriptor),
      optional(field('name', $.identifier)),
    ),

    rest_parameter: $ => seq(
      optional($._annotations),
      field('type', $.type_descriptor),
      '...',
      optional(field('name', $.identifier)),
    ),

    return_type_descriptor: $ => prec.right('function_type', seq(
      'returns',
      optional($._annotations),
      field('type', $.type_descriptor),
    )),

    _function_body: $ => choice(
      $.function_body_block,
      $.expression_function_body,
      $.external_function_body,
    ),

    // What never ends is closed where the next declaration begins: a broken body costs nothing around it.
    // The brace that then is missing is an error of the tree, here or where the declaration should end.
    function_body_block: $ => prec.right(seq(
      '{',
      repeat($.statement),
      choice(seq('}', optional(';')), seq($._unclosed_block, '}')),
    )),

    expression_function_body: $ => seq('=>', field('value', $.expression), ';'),

    external_function_body: $ => seq('=', optional($._annotations), 'external', ';'),

    // Classes, objects and their members

    class_definition: $ => seq(
      optional($._metadata),
      optional(field('visibility', 'public')),
      optional($._class_qualifiers),
      'class',
      field('name', $.identifier),
      $._object_body,
    ),

    // To the right, so that `distinct` and `readonly` may still turn out to begin a type.
    _class_qualifiers: $ => choice(
      $._qualifiers,
      seq(
        optional($._qualifiers),
        field('qualifier', choice('distinct', 'readonly')),
        optional($._class_qualifiers),
      ),
    ),

    _object_body: $ => prec.right(seq(
      '{',
      repeat(choice($.object_field, $.method_definition, $.type_inclusion)),
      choice(seq('}', optional(';')), seq($._unclosed_members, '}')),
    )),

    object_field: $ => seq(
      optional($._metadata),
      optional(field('visibility', choice('public', 'private'))),
      optional(field('qualifier', 'final')),
      field('type', choice($.type_descriptor, alias('function', $.builtin_type))),
      field('name', $.identifier),
      optional(seq('=', field('value', $.expression))),
      ';',
    ),

    method_definition: $ => seq($._method_head, field('body', $._function_body)),

    method_declaration: $ => seq($._method_head, ';'),

    _method_head: $ => choice(
      seq(
        optional($._metadata),
        optional(field('visibility', choice('public', 'private'))),
        optional(choice($._qualifiers, $._remote_qualifiers)),
        'function',
        field('name', $.identifier),
        field('signature', $.signature),
      ),
      seq(
        optional($._metadata),
        $._resource_qualifiers,
        'function',
        field('name', $.identifier),
        field('path', $.resource_path),
        field('signature', $.signature),
      ),
    ),

    _remote_qualifiers: $ => seq(
      optional($._qualifiers),
      field('qualifier', 'remote'),
      optional($._qualifiers),
    ),

    _resource_qualifiers: $ => seq(
      optional($._qualifiers),
      field('qualifier', 'resource'),
      optional($._qualifiers),
    ),

    // Until December 2020 a resource had a name and no path.
    _named_resource: $ => seq(
      optional($._metadata),
      $._resource_qualifiers,
      'function',
      field('name', $.identifier),
      field('signature', $.signature),
      field('body', $._function_body),
    ),

    resource_path: $ => choice(
      $.resource_path_root,
      seq($._resource_path_segment, repeat(seq('/', $._resource_path_segment))),
    ),

    resource_path_root: _ => '.',

    _resource_path_segment: $ => choice(
      alias($.identifier, $.resource_path_segment),
      $.resource_path_parameter,
      $.resource_path_rest_parameter,
    ),

    resource_path_parameter: $ => seq(
      '[',
      optional($._annotations),
      field('type', $.type_descriptor),
      optional(field('name', $.identifier)),
      ']',
    ),

    resource_path_rest_parameter: $ => seq(
      '[',
      optional($._annotations),
      field('type', $.type_descriptor),
      '...',
      optional(field('name', $.identifier)),
      ']',
    ),

    type_inclusion: $ => seq('*', field('type', $.type_reference), ';'),

    // Type descriptors

    type_descriptor: $ => choice(
      $._basic_type,
      $.array_type,
      $.optional_type,
      $.intersection_type,
      $.union_type,
    ),

    _basic_type: $ => choice(
      $.builtin_type,
      $.type_reference,
      $.nil_type,
      $.singleton_type,
      $.parenthesized_type,
      $.distinct_type,
      $.map_type,
      $.future_type,
      $.typedesc_type,
      $.xml_type,
      $.error_type,
      $.stream_type,
      $.table_type,
      $.tuple_type,
      $.record_type,
      $.object_type,
      $.function_type,
    ),

    builtin_type: _ => choice(
      'int',
      'float',
      'decimal',
      'string',
      'boolean',
      'byte',
      'json',
      'handle',
      'any',
      'anydata',
      'never',
      'error',
      'readonly',
      'service', // until 2021
      // Followed by what can begin a longer form, they begin it.
      prec(-1, choice('xml', 'future', 'typedesc', 'stream', 'map', 'table', 'function')),
    ),

    type_reference: $ => $._name,

    nil_type: _ => choice(seq('(', ')'), 'null'),

    singleton_type: $ => choice($._scalar_literal, seq(choice('+', '-'), $._numeric_literal)),

    parenthesized_type: $ => seq('(', field('type', $.type_descriptor), ')'),

    array_type: $ => prec('array_type', seq(field('member', $.type_descriptor), $._dimension)),

    _dimension: $ => seq(
      '[',
      optional(field('length', choice($.integer_literal, '*', $._name))),
      ']',
    ),

    optional_type: $ => prec('optional_type', seq(field('type', $.type_descriptor), '?')),

    intersection_type: $ => prec.left('intersection_type', seq(
      field('left', $.type_descriptor),
      '&',
      field('right', $.type_descriptor),
    )),

    union_type: $ => prec.left('union_type', seq(
      field('left', $.type_descriptor),
      '|',
      field('right', $.type_descriptor),
    )),

    distinct_type: $ => prec('distinct_type', seq('distinct', field('type', $.type_descriptor))),

    map_type: $ => seq('map', '<', field('type', $.type_descriptor), '>'),

    future_type: $ => seq('future', '<', field('type', $.type_descriptor), '>'),

    typedesc_type: $ => seq('typedesc', '<', field('type', $.type_descriptor), '>'),

    xml_type: $ => seq('xml', '<', field('type', $.type_descriptor), '>'),

    error_type: $ => prec(1, seq(
      'error',
      '<',
      field('type', choice($.type_descriptor, '*')),
      optional(seq(',', field('detail', $.type_descriptor))), // until 2020
      '>',
    )),

    stream_type: $ => seq(
      'stream',
      '<',
      field('value', $.type_descriptor),
      optional(seq(',', field('completion', $.type_descriptor))),
      '>',
    ),

    table_type: $ => prec.right(seq(
      'table',
      '<',
      field('row', $.type_descriptor),
      '>',
      optional(field('key', choice($.key_type_constraint, $.key_specifier))),
    )),

    key_type_constraint: $ => seq('key', '<', field('type', $.type_descriptor), '>'),

    key_specifier: $ => seq('key', '(', commaSep($.identifier), ')'),

    tuple_type: $ => seq(
      '[',
      optional(choice(
        seq(commaSep1($.tuple_member), optional(seq(',', $.tuple_rest))),
        $.tuple_rest,
      )),
      ']',
    ),

    tuple_member: $ => seq(optional($._annotations), field('type', $.type_descriptor)),

    tuple_rest: $ => seq(field('type', $.type_descriptor), '...'),

    record_type: $ => choice(
      seq(
        'record',
        '{',
        repeat(choice($.record_field, $.type_inclusion)),
        choice('}', $._unclosed_block),
      ),
      seq(
        'record',
        '{|',
        repeat(choice($.record_field, $.type_inclusion)),
        optional($.record_rest),
        choice('|}', $._unclosed_block),
      ),
    ),

    record_field: $ => seq(
      optional($._metadata),
      // `readonly [T] a;` is a readonly field of a tuple type, not an array of `readonly` values.
      optional(prec.dynamic(1, field('qualifier', 'readonly'))),
      field('type', $.type_descriptor),
      field('name', $.identifier),
      optional(choice('?', seq('=', field('default', $.expression)))),
      ';',
    ),

    record_rest: $ => seq(field('type', $.type_descriptor), '...', ';'),

    object_type: $ => seq(
      optional($._qualifiers),
      'object',
      '{',
      repeat(choice(
        $.object_field,
        $.method_declaration,
        $.method_definition, // until September 2020
        $.type_inclusion,
      )),
      '}',
    ),

    function_type: $ => prec.right(choice(
      seq(optional($._qualifiers), 'function', field('signature', $.signature)),
      seq($._qualifiers, 'function'),
    )),

    // Binding patterns

    binding_pattern: $ => choice($.identifier, $._structured_binding_pattern),

    _structured_binding_pattern: $ => choice(
      $.list_binding_pattern,
      $.mapping_binding_pattern,
      $.error_binding_pattern,
    ),

    list_binding_pattern: $ => seq(
      '[',
      commaSep(choice($.binding_pattern, $.rest_binding_pattern)),
      ']',
    ),

    mapping_binding_pattern: $ => seq(
      '{',
      commaSep(choice($.field_binding_pattern, $.rest_binding_pattern)),
      '}',
    ),

    field_binding_pattern: $ => seq(
      field('name', $.identifier),
      optional(seq(choice(':', $._qualifier_colon), field('pattern', $.binding_pattern))),
    ),

    error_binding_pattern: $ => seq(
      'error',
      optional(field('type', $.type_reference)),
      '(',
      commaSep(choice($.binding_pattern, $.named_argument_binding_pattern, $.rest_binding_pattern)),
      ')',
    ),

    named_argument_binding_pattern: $ => seq(
      field('name', $.identifier),
      '=',
      field('pattern', $.binding_pattern),
    ),

    rest_binding_pattern: $ => seq('...', field('name', $.identifier)),

    _typed_binding_pattern: $ => seq(
      field('type', choice('var', $.type_descriptor)),
      field('binding', $.binding_pattern),
    ),

    // Statements

    statement: $ => choice(
      $.block_statement,
      $.local_variable_declaration,
      $.xml_namespace_declaration,
      $.assignment_statement,
      $.compound_assignment_statement,
      $.expression_statement,
      $.if_statement,
      $.while_statement,
      $.foreach_statement,
      $.do_statement,
      $.match_statement,
      $.lock_statement,
      $.fork_statement,
      $.worker_declaration,
      $.transaction_statement,
      $.retry_statement,
      $.rollback_statement,
      $.return_statement,
      $.break_statement,
      $.continue_statement,
      $.panic_statement,
      $.fail_statement,
    ),

    block_statement: $ => seq('{', repeat($.statement), choice('}', $._unclosed_block)),

    local_variable_declaration: $ => seq(
      optional($._annotations),
      optional(field('qualifier', 'final')),
      field('type', choice('var', $.type_descriptor)),
      choice(
        seq(field('binding', $.identifier), optional(seq('=', field('value', $._action_or_expression)))),
        seq(field('binding', alias('_', $.identifier)), '=', field('value', $._action_or_expression)),
        seq(field('binding', $._structured_binding_pattern), '=', field('value', $._action_or_expression)),
      ),
      ';',
    ),

    assignment_statement: $ => seq(
      field('left', choice(
        $._assignable,
        $._structured_binding_pattern,
      )),
      '=',
      field('right', $._action_or_expression),
      ';',
    ),

    compound_assignment_statement: $ => seq(
      field('left', $._assignable),
      field('operator', choice('+=', '-=', '*=', '/=', '&=', '|=', '^=', '<<=', '>>=', '>>>=')),
      field('right', $._action_or_expression),
      ';',
    ),

    // Spec, Assignment: the place of a variable, never that of what a call gives.
    _assignable: $ => choice(
      $._name,
      alias($._assignable_field, $.field_access_expression),
      alias($._assignable_member, $.member_access_expression),
      alias($._assignable_in_parentheses, $.parenthesized_expression),
    ),

    _assignable_in_parentheses: $ => seq('(', field('value', $._assignable), ')'),

    _assignable_field: $ => prec.left('access', seq(
      field('object', $._assignable),
      '.',
      field('field', $._name),
    )),

    _assignable_member: $ => prec.left('access', seq(
      field('object', $._assignable),
      '[',
      commaSep1(field('key', $.expression)),
      ']',
    )),

    expression_statement: $ => seq(
      choice(
        $.call_expression,
        $.method_call_expression,
        $.check_expression,
        $.trap_expression,
        $.query_action,
        $.remote_method_call_action,
        $.resource_access_action,
        $.action,
        $._ineffective_expression,
      ),
      ';',
    ),

    // Never accepted: it lets a parser that meets such an expression go on behind it.
    _ineffective_expression: $ => seq($.expression, alias($._missing_effect, $.assignment_or_call)),


    if_statement: $ => prec.right(seq(
      'if',
      field('condition', $._action_or_expression),
      field('consequence', $.block_statement),
      optional(seq('else', field('alternative', choice($.block_statement, $.if_statement)))),
    )),

    while_statement: $ => prec.right(seq(
      'while',
      field('condition', $._action_or_expression),
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    foreach_statement: $ => prec.right(seq(
      'foreach',
      $._typed_binding_pattern,
      'in',
      field('iterable', $._action_or_expression),
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    do_statement: $ => prec.right(seq(
      'do',
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    on_fail_clause: $ => seq(
      'on',
      'fail',
      optional($._typed_binding_pattern),
      field('body', $.block_statement),
    ),

    match_statement: $ => prec.right(seq(
      'match',
      field('value', $._action_or_expression),
      '{',
      repeat($.match_clause),
      '}',
      optional($.on_fail_clause),
    )),

    match_clause: $ => seq(
      field('pattern', $.match_pattern),
      repeat(seq('|', field('pattern', $.match_pattern))),
      optional($.match_guard),
      '=>',
      field('body', $.block_statement),
    ),

    match_guard: $ => seq('if', field('condition', $.expression)),

    lock_statement: $ => prec.right(seq(
      'lock',
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    fork_statement: $ => seq('fork', '{', repeat1($.worker_declaration), '}'),

    worker_declaration: $ => prec.right(seq(
      optional($._annotations),
      optional(field('qualifier', 'transactional')),
      'worker',
      field('name', $.identifier),
      optional(field('returns', $.return_type_descriptor)),
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    transaction_statement: $ => prec.right(seq(
      'transaction',
      field('body', $.block_statement),
      optional($.on_fail_clause),
    )),

    retry_statement: $ => prec.right(seq(
      'retry',
      optional(seq('<', field('manager', $.type_descriptor), '>')),
      optional(field('arguments', $.argument_list)),
      field('body', choice($.block_statement, $.transaction_statement)),
      optional($.on_fail_clause),
    )),

    rollback_statement: $ => seq('rollback', optional(field('value', $.expression)), ';'),

    return_statement: $ => seq('return', optional(field('value', $._action_or_expression)), ';'),

    break_statement: _ => seq('break', ';'),

    continue_statement: _ => seq('continue', ';'),

    panic_statement: $ => seq('panic', field('value', $._action_or_expression), ';'),

    fail_statement: $ => seq('fail', field('value', $._action_or_expression), ';'),

    // Match patterns

    match_pattern: $ => choice(
      $.constant_pattern,
      $.variable_pattern,
      $.list_match_pattern,
      $.mapping_match_pattern,
      $.error_match_pattern,
    ),

    // `_` is a constant pattern in shape.
    constant_pattern: $ => choice(
      $._name,
      $.nil_literal,
      $._scalar_literal,
      $.byte_array_literal,
      seq(choice('+', '-'), $._numeric_literal),
      $.string_template,
    ),

    variable_pattern: $ => seq('var', field('binding', $.binding_pattern)),

    list_match_pattern: $ => seq('[', commaSep(choice($.match_pattern, $.rest_match_pattern)), ']'),

    mapping_match_pattern: $ => seq(
      '{',
      commaSep(choice($.field_match_pattern, $.rest_match_pattern)),
      '}',
    ),

    field_match_pattern: $ => seq(
      field('name', choice($.identifier, $.string_literal)),
      ':',
      field('pattern', $.match_pattern),
    ),

    error_match_pattern: $ => seq(
      'error',
      optional(field('type', $.type_reference)),
      '(',
      commaSep(choice($.match_pattern, $.named_argument_match_pattern, $.rest_match_pattern)),
      ')',
    ),

    named_argument_match_pattern: $ => seq(
      field('name', $.identifier),
      '=',
      field('pattern', $.match_pattern),
    ),

    rest_match_pattern: $ => seq('...', 'var', field('name', $.identifier)),

    // Expressions

    expression: $ => choice(
      $.primary_expression,
      $.unary_expression,
      $.type_cast_expression,
      $.typeof_expression,
      $.check_expression,
      $.trap_expression,
      $.binary_expression,
      $.type_test_expression,
      $.elvis_expression,
      $.conditional_expression,
      $.anonymous_function,
      $.implicit_anonymous_function,
      $.let_expression,
      $.query_expression,
      $.object_constructor,
      $.service_constructor,
      $.transactional_expression,
      $.natural_expression,
      $.typedesc_expression,
    ),

    // Spec, Actions: only a statement and what it hands through evaluate an action. Remote calls are
    // taken for expressions everywhere, because they are shaped like method calls.
    _action_or_expression: $ => choice($.expression, $.action, $.query_action),

    primary_expression: $ => choice(
      $._name,
      $.nil_literal,
      $._scalar_literal,
      $.byte_array_literal,
      $.list_constructor,
      $.mapping_constructor,
      $.table_constructor,
      $.string_template,
      $.xml_template,
      $.regexp_template,
      $.raw_template,
      $.error_constructor,
      $.new_expression,
      $.parenthesized_expression,
      $.call_expression,
      $.method_call_expression,
      $.field_access_expression,
      $.optional_field_access_expression,
      $.annotation_access_expression,
      $.member_access_expression,
      $.xml_filter_expression,
      $.xml_step_expression,
      $.remote_method_call_action,
      $.resource_access_action,
    ),

    // Literals

    _scalar_literal: $ => choice($.boolean_literal, $._numeric_literal, $.string_literal),

    nil_literal: _ => choice(seq('(', ')'), 'null'),

    boolean_literal: _ => choice('true', 'false'),

    _numeric_literal: $ => choice($.integer_literal, $.float_literal, $.malformed_number),

    integer_literal: _ => token(choice('0', /[1-9][0-9]*/, /0[xX][0-9a-fA-F]+/)),

    // Never accepted: without it `0x` would be a number and a name.
    malformed_number: $ => seq(
      token(choice(/0[xX]\.?/, /0[xX][0-9a-fA-F]*(\.[0-9a-fA-F]*)?[pP][+-]?/, /[0-9]*\.?[0-9]+[eE][+-]?/)),
      alias($._missing_effect, $.digit),
    ),

    float_literal: _ => token(choice(
      /(0|[1-9][0-9]*)?\.[0-9]+([eE][+-]?[0-9]+)?[fFdD]?/,
      /(0|[1-9][0-9]*)[eE][+-]?[0-9]+[fFdD]?/,
      /(0|[1-9][0-9]*)[fFdD]/,
      /0[xX][0-9a-fA-F]*\.[0-9a-fA-F]+([pP][+-]?[0-9]+)?/,
      /0[xX][0-9a-fA-F]+[pP][+-]?[0-9]+/,
    )),

    string_literal: _ => token(seq(
      '"',
      repeat(choice(/[^"\\\r\n]/, /\\[tnr\\"]/, NUMERIC_ESCAPE)),
      '"',
    )),

    byte_array_literal: $ => seq(choice('base16', 'base64'), '`', optional($.template_text), '`'),

    // Template expressions

    string_template: $ => seq('string', $._template),

    xml_template: $ => seq('xml', $._template),

    raw_template: $ => $._template,

    _template: $ => seq('`', repeat(choice($.template_text, $.interpolation)), '`'),

    regexp_template: $ => seq(
      // Blanks and comments may stand before the backtick; a `re` before anything else is a name.
      alias(token(prec(1, seq('re', repeat(choice(WHITE_SPACE, /\/\/[^\r\n]*[\r\n]/)), '`'))), 're`'),
      repeat(choice($.regexp_text, $.interpolation)),
      '`',
    ),

    interpolation: $ => seq('${', field('value', $.expression), '}'),

    natural_expression: $ => seq(
      optional('const'),
      'natural',
      optional(field('arguments', $.argument_list)),
      '{',
      repeat(choice($.prompt_text, $.interpolation, $._broken_prompt)),
      '}',
    ),

    // Never accepted: `\\` and `\}` are the escapes of a prompt.
    _broken_prompt: $ => seq(
      alias($._malformed_prompt, $.prompt_text),
      alias($._missing_effect, $.valid_escape),
    ),

    // Constructors

    list_constructor: $ => seq('[', commaSep(choice($.expression, $.spread)), ']'),

    spread: $ => seq('...', field('value', $.expression)),

    mapping_constructor: $ => seq('{', commaSep($._field), '}'),

    _field: $ => choice($.specific_field, $.computed_field, $.spread),

    specific_field: $ => choice(
      seq(
        optional(field('qualifier', 'readonly')),
        field('name', choice($.identifier, $.string_literal)),
        choice(':', $._qualifier_colon),
        field('value', $.expression),
      ),
      seq(optional(field('qualifier', 'readonly')), field('name', $.identifier)),
    ),

    computed_field: $ => seq(
      '[',
      field('name', $.expression),
      ']',
      ':',
      field('value', $.expression),
    ),

    table_constructor: $ => seq(
      'table',
      optional(field('key', $.key_specifier)),
      '[',
      commaSep(choice($.expression, $.spread)),
      ']',
    ),

    error_constructor: $ => seq(
      'error',
      optional(field('type', $.type_reference)),
      field('arguments', alias($._error_arguments, $.argument_list)),
    ),

    // Spec, Error constructor: the message is required.
    _error_arguments: $ => seq('(', $._positional_arguments, ')'),

    new_expression: $ => prec.right(seq(
      'new',
      optional(field('type', choice($.type_reference, $.stream_type, alias('stream', $.builtin_type)))),
      optional(field('arguments', $.argument_list)),
    )),

    object_constructor: $ => seq(
      optional($._annotations),
      optional($._qualifiers),
      'object',
      optional(field('type', $.type_reference)),
      '{',
      repeat(choice($.object_field, $.method_definition, $.type_inclusion)),
      '}',
    ),

    // Until 2021.
    service_constructor: $ => prec(1, seq(
      optional($._annotations),
      'service',
      $._named_service_body,
    )),

    parenthesized_expression: $ => seq('(', field('value', $._action_or_expression), ')'),

    // Access and calls

    field_access_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '.',
      field('field', $._name),
    )),

    optional_field_access_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '?.',
      field('field', $._name),
    )),

    annotation_access_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '.@',
      field('annotation', $._name),
    )),

    member_access_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '[',
      commaSep1(field('key', $.expression)),
      ']',
    )),

    call_expression: $ => prec('access', seq(
      field('function', $._name),
      field('arguments', $.argument_list),
    )),

    method_call_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '.',
      field('method', $._method_name),
      field('arguments', $.argument_list),
    )),

    _method_name: $ => choice($.identifier, alias(choice(...METHOD_KEYWORDS), $.identifier)),

    argument_list: $ => seq(
      '(',
      optional(choice($._positional_arguments, $._other_arguments)),
      ')',
    ),

    _positional_arguments: $ => seq(
      commaSep1($.expression),
      optional(seq(',', $._other_arguments)),
    ),

    _other_arguments: $ => commaSep1(choice($.named_argument, $.rest_argument)),

    named_argument: $ => seq(field('name', $.identifier), '=', field('value', $.expression)),

    rest_argument: $ => seq('...', field('value', $.expression)),

    // XML navigation

    xml_filter_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '.<',
      field('pattern', $.xml_name_pattern),
      '>',
    )),

    // Spec, XML step expression: no blank between `/` and `<`. Then a division by a cast would need one,
    // but what follows `>` tells them apart as well, and published code leaves the blank out.
    xml_step_expression: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      choice(
        '/*',
        prec.dynamic(1, seq('/', '<', field('pattern', $.xml_name_pattern), '>')),
        seq('/**/<', field('pattern', $.xml_name_pattern), '>'),
      ),
    )),

    xml_name_pattern: $ => seq($._xml_atomic_pattern, repeat(seq('|', $._xml_atomic_pattern))),

    _xml_atomic_pattern: $ => choice('*', $._name, seq($.identifier, ':', '*')),

    // Operators

    unary_expression: $ => prec('unary', seq(
      field('operator', choice('+', '-', '~', '!')),
      field('operand', $.expression),
    )),

    type_cast_expression: $ => prec('unary', seq(
      '<',
      choice($._annotations, seq(optional($._annotations), field('type', $.type_descriptor))),
      '>',
      field('value', $._action_or_expression),
    )),

    typeof_expression: $ => prec('unary', seq('typeof', field('value', $.expression))),

    check_expression: $ => prec('unary', seq(
      field('operator', choice('check', 'checkpanic')),
      field('value', $._action_or_expression),
    )),

    trap_expression: $ => prec('trap', seq('trap', field('value', $._action_or_expression))),

    binary_expression: $ => choice(...BINARY_OPERATORS.map(([level, operators]) =>
      prec.left(level, seq(
        field('left', $.expression),
        field('operator', oneOf(operators)),
        field('right', $.expression),
      )),
    )),

    type_test_expression: $ => prec('relational', seq(
      field('value', $.expression),
      choice(field('operator', choice('is', '!is')), $._broken_test),
      field('type', $._tested_type),
    )),

    // Never accepted: `!isA` is `!` and the name `isA`, which no expression stands before.
    _broken_test: $ => seq(/!is[A-Za-z0-9_\\\u0080-\uFFFF]/, alias($._missing_effect, $.white_space)),

    // The type descriptors once more, because a `?` after a tested type may also begin the rest of a
    // conditional expression, which only what follows can tell. Elsewhere `?` never leaves a choice.
    _tested_type: $ => choice(
      $._basic_type,
      alias($._tested_array_type, $.array_type),
      alias($._tested_optional_type, $.optional_type),
      alias($._tested_intersection_type, $.intersection_type),
      alias($._tested_union_type, $.union_type),
    ),

    _tested_array_type: $ => prec('array_type', seq(field('member', $._tested_type), $._dimension)),

    _tested_optional_type: $ => seq(field('type', $._tested_type), '?'),

    _tested_intersection_type: $ => prec.left('intersection_type', seq(
      field('left', $._tested_type),
      '&',
      field('right', $._tested_type),
    )),

    _tested_union_type: $ => prec.left('union_type', seq(
      field('left', $._tested_type),
      '|',
      field('right', $._tested_type),
    )),

    elvis_expression: $ => prec.right('elvis', seq(
      field('value', $.expression),
      '?:',
      field('alternative', $.expression),
    )),

    conditional_expression: $ => prec.right('conditional', seq(
      field('condition', $.expression),
      '?',
      field('consequence', $.expression),
      choice(':', $._qualifier_colon),
      field('alternative', $.expression),
    )),

    transactional_expression: _ => 'transactional',

    // A type descriptor as a value, where it is not also an expression in shape: `int`, `T[]`, `T?`.
    typedesc_expression: $ => choice(
      $.builtin_type,
      $.map_type,
      $.future_type,
      $.typedesc_type,
      $.xml_type,
      $.error_type,
      $.stream_type,
      $.table_type,
      $.record_type,
    ),

    // Functions as values

    anonymous_function: $ => prec.right('function', seq(
      optional($._annotations),
      optional($._qualifiers),
      'function',
      field('signature', $.signature),
      field('body', choice(
        alias($._anonymous_function_block, $.function_body_block),
        alias($._anonymous_function_expression, $.expression_function_body),
      )),
    )),

    _anonymous_function_block: $ => seq('{', repeat($.statement), choice('}', $._unclosed_block)),

    _anonymous_function_expression: $ => prec.right('function', seq('=>', field('value', $.expression))),

    implicit_anonymous_function: $ => prec.right('function', seq(
      field('parameters', choice($.identifier, $.inferred_parameter_list)),
      '=>',
      field('value', $.expression),
    )),

    inferred_parameter_list: $ => seq('(', commaSep($.identifier), ')'),

    let_expression: $ => prec.right('function', seq(
      'let',
      commaSep1($.let_variable),
      'in',
      field('value', $.expression),
    )),

    let_variable: $ => seq(
      optional($._annotations),
      $._typed_binding_pattern,
      '=',
      field('value', $._action_or_expression),
    ),

    // Queries

    query_expression: $ => prec.right('query', seq(
      optional(field('construct', $.query_construct_type)),
      $._query_pipeline,
      choice($.select_clause, $.collect_clause),
      optional($.on_conflict_clause),
    )),

    query_construct_type: $ => choice('map', 'stream', seq('table', $.key_specifier)),

    query_action: $ => seq($._query_pipeline, $.do_clause),

    _query_pipeline: $ => seq($.from_clause, repeat($.query_clause)),

    query_clause: $ => choice(
      $.from_clause,
      $.where_clause,
      $.let_clause,
      $.join_clause,
      $.order_by_clause,
      $.limit_clause,
      $.group_by_clause,
    ),

    from_clause: $ => seq('from', $._typed_binding_pattern, 'in', field('source', $._action_or_expression)),

    where_clause: $ => seq('where', field('condition', $.expression)),

    let_clause: $ => seq('let', commaSep1($.let_variable)),

    join_clause: $ => seq(
      optional('outer'),
      'join',
      $._typed_binding_pattern,
      'in',
      field('source', $._action_or_expression),
      'on',
      field('left', $.expression),
      'equals',
      field('right', $.expression),
    ),

    order_by_clause: $ => seq('order', 'by', commaSep1($.order_key)),

    order_key: $ => seq(
      field('value', $.expression),
      optional(field('direction', choice('ascending', 'descending'))),
    ),

    limit_clause: $ => seq('limit', field('value', $.expression)),

    group_by_clause: $ => seq('group', 'by', commaSep1($.grouping_key)),

    grouping_key: $ => choice(
      field('name', $.identifier),
      seq($._typed_binding_pattern, '=', field('value', $.expression)),
    ),

    select_clause: $ => prec('query', seq('select', field('value', $._action_or_expression))),

    collect_clause: $ => prec('query', seq('collect', field('value', $.expression))),

    on_conflict_clause: $ => prec('query', seq('on', 'conflict', field('value', $.expression))),

    do_clause: $ => seq('do', field('body', $.block_statement)),

    // Actions

    action: $ => choice(
      $.start_action,
      $.wait_action,
      $.send_action,
      $.receive_action,
      $.flush_action,
      $.commit_action,
    ),

    remote_method_call_action: $ => prec.left('access', seq(
      field('object', $.primary_expression),
      '->',
      field('method', $._method_name),
      field('arguments', $.argument_list),
    )),

    resource_access_action: $ => prec.right('access', seq(
      field('object', $.primary_expression),
      '->',
      field('path', $.resource_access_path),
      optional(seq('.', field('method', $._method_name))),
      optional(field('arguments', $.argument_list)),
    )),

    resource_access_path: $ => prec.right(choice('/', $._resource_access_segments)),

    _resource_access_segments: $ => prec.right(choice(
      seq(
        '/',
        choice($.identifier, $.computed_resource_segment),
        optional($._resource_access_segments),
      ),
      seq('/', $.resource_rest_segment),
    )),

    computed_resource_segment: $ => seq('[', field('value', $.expression), ']'),

    resource_rest_segment: $ => seq('[', '...', field('value', $.expression), ']'),

    start_action: $ => prec.right('action', seq(
      optional($._annotations),
      'start',
      field('call', $.expression),
    )),

    wait_action: $ => prec.right('action', seq('wait', field('value', $.expression))),

    send_action: $ => prec.left('action', seq(
      field('value', $.expression),
      field('operator', choice('->', '->>')),
      field('peer', $._peer),
    )),

    receive_action: $ => prec.right('access', seq(
      '<-',
      choice(
        seq($._peer, repeat(seq('|', $._peer))),
        seq('{', commaSep($.receive_field), '}'),
      ),
    )),

    receive_field: $ => choice(
      field('peer', $._peer),
      seq(field('name', $.identifier), ':', field('peer', $._peer)),
    ),

    _peer: $ => choice($.identifier, alias('function', $.identifier)),

    flush_action: $ => prec.right('action', seq('flush', optional(field('peer', $._peer)))),

    commit_action: _ => 'commit',
  },
});

/**
 * One of these tokens.
 *
 * @param {string[]} tokens
 */
function oneOf(tokens) {
  return tokens.length === 1 ? tokens[0] : choice(...tokens);
}

/**
 * A comma-separated list, perhaps empty.
 *
 * @param {RuleOrLiteral} rule
 */
function commaSep(rule) {
  return optional(commaSep1(rule));
}

/**
 * A comma-separated list of at least one.
 *
 * @param {RuleOrLiteral} rule
 */
function commaSep1(rule) {
  return seq(rule, repeat(seq(',', rule)));
}
