; Names. Later patterns win over earlier ones.

(identifier) @variable

((identifier) @variable.builtin
  (#eq? @variable.builtin "self"))

((identifier) @constant
  (#match? @constant "^[A-Z][A-Z0-9_]+$"))

(qualified_identifier
  prefix: (identifier) @module)

(import_declaration
  organization: (identifier) @module)

(module_name
  (identifier) @module)

(import_declaration
  prefix: (identifier) @module)

(xml_namespace_declaration
  prefix: (identifier) @module)

; Types

(builtin_type) @type.builtin

(type_reference
  (identifier) @type)

(type_reference
  (qualified_identifier
    name: (identifier) @type))

(type_definition
  name: (identifier) @type.definition)

(class_definition
  name: (identifier) @type.definition)

(enum_declaration
  name: (identifier) @type.definition)

; Constants and members

(enum_member
  name: (identifier) @constant)

(constant_declaration
  name: (identifier) @constant)

(record_field
  name: (identifier) @property)

(object_field
  name: (identifier) @property)

(specific_field
  name: (identifier) @property)

(field_access_expression
  field: (identifier) @property)

(optional_field_access_expression
  field: (identifier) @property)

; Functions

(function_definition
  name: (identifier) @function)

(method_definition
  name: (identifier) @function.method)

(method_declaration
  name: (identifier) @function.method)

(resource_path_segment) @string.special.path

(call_expression
  function: (identifier) @function.call)

(call_expression
  function: (qualified_identifier
    name: (identifier) @function.call))

(method_call_expression
  method: (identifier) @function.method.call)

(remote_method_call_action
  method: (identifier) @function.method.call)

(resource_access_action
  method: (identifier) @function.method.call)

; Parameters

(required_parameter
  name: (identifier) @variable.parameter)

(defaultable_parameter
  name: (identifier) @variable.parameter)

(included_record_parameter
  name: (identifier) @variable.parameter)

(rest_parameter
  name: (identifier) @variable.parameter)

(resource_path_parameter
  name: (identifier) @variable.parameter)

(resource_path_rest_parameter
  name: (identifier) @variable.parameter)

(inferred_parameter_list
  (identifier) @variable.parameter)

(implicit_anonymous_function
  parameters: (identifier) @variable.parameter)

(named_argument
  name: (identifier) @variable.parameter)

; Annotations, documentation and comments

(annotation
  "@" @attribute
  name: (identifier) @attribute)

(annotation
  name: (qualified_identifier
    name: (identifier) @attribute))

(annotation_declaration
  name: (identifier) @attribute)

(documentation) @comment.documentation

(comment) @comment

; Literals

(string_literal) @string

(integer_literal) @number

(float_literal) @number.float

(boolean_literal) @boolean

(nil_literal) @constant.builtin

(byte_array_literal) @string.special

(template_text) @string

(regexp_text) @string.regexp

(prompt_text) @string

"`" @string

(interpolation
  "${" @punctuation.special
  "}" @punctuation.special)

; Keywords

[
  "abstract"
  "annotation"
  "as"
  "check"
  "checkpanic"
  "client"
  "commit"
  "conflict"
  "distinct"
  "external"
  "fail"
  "flush"
  "fork"
  "import"
  "is"
  "!is"
  "key"
  "let"
  "listener"
  "lock"
  "new"
  "object"
  "on"
  "order"
  "outer"
  "panic"
  "record"
  "remote"
  "resource"
  "rollback"
  "service"
  "start"
  "transaction"
  "trap"
  "typeof"
  "var"
  "wait"
  "worker"
  "xmlns"
] @keyword

[
  "configurable"
  "const"
  "final"
  "isolated"
  "private"
  "public"
  "readonly"
  "transactional"
] @keyword.modifier

[
  "class"
  "enum"
  "type"
] @keyword.type

"function" @keyword.function

[
  "return"
  "returns"
] @keyword.return

[
  "else"
  "if"
  "match"
] @keyword.conditional

[
  "break"
  "continue"
  "do"
  "foreach"
  "in"
  "retry"
  "while"
] @keyword.repeat

[
  "ascending"
  "by"
  "collect"
  "descending"
  "equals"
  "from"
  "group"
  "join"
  "limit"
  "select"
  "where"
] @keyword.query

; Operators and punctuation

[
  "!"
  "!="
  "!=="
  "%"
  "&"
  "&&"
  "*"
  "+"
  "-"
  "->"
  "->>"
  "..."
  "..<"
  "/"
  "<-"
  "<<"
  "="
  "=="
  "==="
  "=>"
  ">>"
  ">>>"
  "?"
  "?:"
  "^"
  "|"
  "||"
  "~"
] @operator

[
  "("
  ")"
  "["
  "]"
  "{"
  "}"
  "{|"
  "|}"
] @punctuation.bracket

[
  ","
  "."
  ";"
  "?."
] @punctuation.delimiter
