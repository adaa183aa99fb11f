// The language for node-tree-sitter, with the types of its nodes.

const root = require('node:path').join(__dirname, '..', '..');

module.exports = require('node-gyp-build')(root);
module.exports.nodeTypeInfo = require('../../src/node-types.json');
