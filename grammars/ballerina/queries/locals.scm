; Scopes

[
  (source_file)
  (function_definition)
  (method_definition)
  (anonymous_function)
  (implicit_anonymous_function)
  (class_definition)
  (service_declaration)
  (object_constructor)
  (block_statement)
  (foreach_statement)
  (match_clause)
  (on_fail_clause)
  (worker_declaration)
  (let_expression)
  (query_expression)
  (query_action)
] @local.scope

; Definitions

(function_definition
  name: (identifier) @local.definition)

(type_definition
  name: (identifier) @local.definition)

(class_definition
  name: (identifier) @local.definition)

(constant_declaration
  name: (identifier) @local.definition)

(module_variable_declaration
  binding: (identifier) @local.definition)

(local_variable_declaration
  binding: (identifier) @local.definition)

(foreach_statement
  binding: (identifier) @local.definition)

(from_clause
  binding: (identifier) @local.definition)

(join_clause
  binding: (identifier) @local.definition)

(let_variable
  binding: (identifier) @local.definition)

(grouping_key
  binding: (identifier) @local.definition)

(on_fail_clause
  binding: (identifier) @local.definition)

(variable_pattern
  binding: (identifier) @local.definition)

(list_binding_pattern
  (identifier) @local.definition)

(field_binding_pattern
  name: (identifier) @local.definition
  !pattern)

(field_binding_pattern
  pattern: (identifier) @local.definition)

(error_binding_pattern
  (identifier) @local.definition)

(named_argument_binding_pattern
  pattern: (identifier) @local.definition)

(rest_binding_pattern
  name: (identifier) @local.definition)

(required_parameter
  name: (identifier) @local.definition)

(defaultable_parameter
  name: (identifier) @local.definition)

(included_record_parameter
  name: (identifier) @local.definition)

(rest_parameter
  name: (identifier) @local.definition)

(resource_path_parameter
  name: (identifier) @local.definition)

(resource_path_rest_parameter
  name: (identifier) @local.definition)

(implicit_anonymous_function
  parameters: (identifier) @local.definition)

(inferred_parameter_list
  (identifier) @local.definition)

(worker_declaration
  name: (identifier) @local.definition)

; References

(identifier) @local.reference
