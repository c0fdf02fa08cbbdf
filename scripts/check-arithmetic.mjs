import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";
import { filesBelow, isTest, workspaces } from "./lib/workspace.mjs";

/** The functions and constants of `Math` that give the same bits in every engine. */
const EXACT =
  /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2)$/;

/**
 * Sources of packages use no function of the host whose last bits differ between engines, and no unseeded randomness:
 * `elementary32`, `elementary64` and `RandomState` give the same bits everywhere. A power of two literals is exact.
 */
export function checkArithmetic(root) {
  const problems = [];
  for (const { folder } of workspaces(root).filter(({ published }) => published))
    for (const file of filesBelow(root, `${folder}/src`).filter(
      (path) => path.endsWith(".ts") && !isTest(path),
    )) {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), "utf8"),
        ts.ScriptTarget.Latest,
      );
      const visit = (node) => {
        const name = inexact(node, source);
        if (name) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
          problems.push({ file, line: line + 1, text: `uses ${name}, whose bits depend on the engine` });
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  return withoutExceptions(root, "arithmetic", problems);
}

function inexact(node, source) {
  if (ts.isPropertyAccessExpression(node) && node.expression.getText(source) === "Math")
    return EXACT.test(node.name.text) ? undefined : `Math.${node.name.text}`;
  if (ts.isVariableDeclaration(node) && node.initializer?.getText(source) === "Math")
    return "Math as a whole";
  if (!ts.isBinaryExpression(node)) return undefined;
  const { operatorToken, left, right } = node;
  if (operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return "**=";
  if (operatorToken.kind !== ts.SyntaxKind.AsteriskAsteriskToken) return undefined;
  return [left, right].every((side) => /^-?[\d_.]+$/.test(side.getText(source))) ? undefined : "**";
}

runAsProgram(import.meta.url, checkArithmetic);
