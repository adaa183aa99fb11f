const assert = require('node:assert');
const { test } = require('node:test');

const Parser = require('tree-sitter');

test('a declaration is parsed', () => {
  const parser = new Parser();
  parser.setLanguage(require('.'));
  const root = parser.parse('public type Id int;').rootNode;
  assert.strictEqual(root.hasError, false);
  assert.strictEqual(root.firstChild.type, 'type_definition');
});
