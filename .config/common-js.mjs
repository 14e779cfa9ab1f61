/** Makes CommonJS of the chunks that esbuild made: it makes chunks of ES modules only. */
import { transform } from 'esbuild'
import ts from 'typescript'

/** What an ES module knows of its place, in CommonJS. */
const OWN_PLACE = {
  define: {
    'import.meta.url': '__moduleUrl',
    'import.meta.filename': '__filename',
    'import.meta.dirname': '__dirname',
  },
  banner: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;",
}

/**
 * A chunk as CommonJS, also where it loads another one later. What chunks give each other is final when
 * they are loaded: it is taken once, not looked up at every use.
 */
export async function asCommonJs(path, text, target) {
  const imports = /^(?:import(?:\{[^}]*\}from)?"\.\/chunk-\w+\.cjs";)*/.exec(text)[0]
  const exports = /export\{([^}]*)\};\s*$/.exec(text)
  const names = exports === null ? [] : pairsOf(exports[1])
  expectFinal(path, text, new Set(names.map(({ from }) => from)))
  const given = names.map(({ from, to }) => `${to}:${from}`)
  const body = text
    .slice(imports.length, exports?.index)
    // Not what is found at run time: only `import` can load every kind of it.
    .replaceAll(
      /\bimport\(("(?:\.\/chunk-\w+\.cjs|esbuild)")\)/g,
      'Promise.resolve().then(()=>require($1))',
    )
  const { code } = await transform(
    [
      '"use strict";',
      ...(text.includes('import.meta.url') ? [OWN_PLACE.banner] : []),
      ...required(imports),
      body,
      ...(given.length === 0 ? [] : [`module.exports={${given.join()}};`]),
    ].join('\n'),
    {
      format: 'cjs',
      platform: 'node',
      target,
      define: OWN_PLACE.define,
      minifySyntax: true,
      minifyWhitespace: true,
    },
  )
  return code
}

function required(imports) {
  return [...imports.matchAll(/import(?:\{([^}]*)\}from)?("[^"]*");/g)].map(([, names, from]) =>
    names === undefined
      ? `require(${from});`
      : `const{${pairsOf(names).map((pair) => `${pair.from}:${pair.to}`)}}=require(${from});`,
  )
}

/** Of `a as b, c`: what each is called before and after. */
function pairsOf(names) {
  return names.split(',').map((each) => {
    const [from, to = from] = each.trim().split(' as ')
    return { from, to }
  })
}

/** Stops at a variable that other chunks would see the first value of. */
function expectFinal(path, text, names) {
  const { FirstAssignment, LastAssignment, PlusPlusToken, MinusMinusToken } = ts.SyntaxKind
  const changed = (node) => {
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken
      return kind >= FirstAssignment && kind <= LastAssignment ? node.left : undefined
    }
    const counts = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)
    return counts && [PlusPlusToken, MinusMinusToken].includes(node.operator)
      ? node.operand
      : undefined
  }
  const visit = (node) => {
    const target = changed(node)
    if (target !== undefined && ts.isIdentifier(target) && names.has(target.text)) {
      throw new Error(`${path} exports ${target.text}, and changes it.`)
    }
    ts.forEachChild(node, visit)
  }
  if (names.size > 0) visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
}
