; What a module declares.

(function_definition
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.function

(class_definition
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.class

(type_definition
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.type

(enum_declaration
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.enum

(enum_member
  name: (identifier) @name) @definition.constant

(constant_declaration
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.constant

(module_variable_declaration
  documentation: (documentation)? @doc
  binding: (identifier) @name) @definition.variable

(listener_declaration
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.variable

(annotation_declaration
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.annotation

(method_definition
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.method

(method_declaration
  documentation: (documentation)? @doc
  name: (identifier) @name) @definition.method

; What it uses.

(call_expression
  function: (identifier) @name) @reference.call

(call_expression
  function: (qualified_identifier
    name: (identifier) @name)) @reference.call

(method_call_expression
  method: (identifier) @name) @reference.call

(remote_method_call_action
  method: (identifier) @name) @reference.call

(type_reference
  (identifier) @name) @reference.type

(type_reference
  (qualified_identifier
    name: (identifier) @name)) @reference.type

(annotation
  name: (identifier) @name) @reference.annotation
