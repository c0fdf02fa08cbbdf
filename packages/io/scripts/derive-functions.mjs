// Writes src/standalone/functions.ts: the elementary functions of @unroll/kernels (and what GELU needs of
// @unroll/activations) as texts without types, one for each top-level declaration, with the names of those it needs.
// So a standalone module has the functions that the model has, and no second source of them.
// Run it after a change of these functions; a test says when. With --print it prints the file instead.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const packages = new URL("../../", import.meta.url);
const elementary = (type, names) =>
  names.map((name) => [`kernels/src/elementary/${type}/${name}.ts`, type.slice(5)]);
const FILES = [
  ...elementary("float32", ["bits", "reduction", "exp", "sigmoid", "tanh"]),
  ...elementary("float64", ["bits", "reduction", "exp", "expm1", "log", "log1p", "sigmoid", "tanh"]),
  ["activations/src/normal.ts", "64"],
];

/** Every top-level declaration of a file: its own name, its node, and what stands before and behind it. */
function declarationsOf([path, type]) {
  const text = readFileSync(new URL(path, packages), "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const own = new Map();
  const imported = new Map();
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const { name } of statement.importClause.namedBindings.elements)
        imported.set(name.text, statement.moduleSpecifier.text);
      continue;
    }
    const name = ts.isFunctionDeclaration(statement)
      ? statement.name.text
      : statement.declarationList.declarations[0].name.text;
    own.set(name, { statement, ...commentsOf(text, statement) });
  }
  return { path, type, stem: basename(path, ".ts"), file, text, own, imported };
}

function commentsOf(text, statement) {
  const cut = ({ pos, end }) => text.slice(pos, end);
  const before = (ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []).map(cut);
  const behind = (ts.getTrailingCommentRanges(text, statement.end) ?? []).map(cut);
  return { before, behind };
}

const files = FILES.map(declarationsOf);

/** Names that are unlike in all files stay as they are; the others get what tells them apart. */
function uniqueName(file, name) {
  const text = ({ own, text }) =>
    own.has(name) && text.slice(own.get(name).statement.getStart(), own.get(name).statement.end);
  const namesakes = files.filter(({ own }) => own.has(name));
  if (namesakes.every((each) => text(each) === text(file)) && name === "f") return name;
  const exported = ts.isFunctionDeclaration(file.own.get(name).statement) && file.stem === name;
  if (namesakes.length === 1 && !exported) return name;
  const ofType = namesakes.filter(({ type }) => type === file.type);
  if (exported || ofType.length === 1) return `${name}${/^[A-Z0-9_]+$/.test(name) ? "_" : ""}${file.type}`;
  return name === name.toUpperCase()
    ? `${file.stem.toUpperCase()}_${name}_${file.type}`
    : `${file.stem}${name[0].toUpperCase()}${name.slice(1)}${file.type}`;
}

/** What a name of a file is called in all of them. */
function renamed(file, name) {
  if (file.own.has(name)) return uniqueName(file, name);
  const from = file.imported.get(name);
  if (from === undefined) return undefined;
  const other = files.find(({ type, stem }) => type === file.type && stem === basename(from, ".ts"));
  return other && uniqueName(other, name);
}

function pieceOf(file, { statement, before, behind }) {
  const needs = new Set();
  const changes = [];
  const change = (node, to) => {
    needs.add(to);
    changes.push({ start: node.getStart(), end: node.end, to });
  };
  const visit = (node) => {
    // elementary64.exp is exp64 here.
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === "elementary64")
      return change(node, `${node.name.text}64`);
    if (ts.isPropertyAccessExpression(node)) return visit(node.expression);
    if (ts.isIdentifier(node)) {
      const to = renamed(file, node.text);
      if (to !== undefined) change(node, to);
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const start = statement.getStart();
  let text = file.text.slice(start, statement.end);
  for (const { start: from, end, to } of changes.reverse())
    text = text.slice(0, from - start) + to + text.slice(end - start);
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const body = outputText
    .replace(/^export /, "")
    .replace(/\nexport \{\};/, "")
    .replaceAll("/* @__PURE__ */ ", "")
    .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2))
    .trimEnd();
  return { text: [...before, [body, ...behind].join(" ")].join("\n"), needs };
}

const pieces = new Map();
for (const file of files)
  for (const [name, declaration] of file.own) {
    const { text, needs } = pieceOf(file, declaration);
    const unique = uniqueName(file, name);
    needs.delete(unique);
    pieces.set(unique, { text, needs: [...needs] });
  }
for (const [name, { needs }] of pieces)
  for (const need of needs)
    if (!pieces.has(need)) throw new Error(`${name} needs ${need}, which is in no file`);

const quoted = (text) =>
  `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
/** As the formatter of the repository has it. */
const needsLine = (needs) => {
  const line = `    needs: "${needs.join(" ")}",`;
  return line.length <= 110 ? line : line.replace("needs: ", "needs:\n      ");
};
const output = `// Derived by scripts/derive-functions.mjs from the elementary functions of @unroll/kernels: do not edit.

/** A declaration, and the names of those it needs, with spaces between. */
export interface Piece {
  readonly needs: string;
  readonly text: string;
}

/** Elementary functions as texts: those of float32 end in 32, those of float64 in 64. */
export const FUNCTIONS: Readonly<Record<string, Piece>> = {
${[...pieces]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { text, needs }]) => `  ${name}: {\n${needsLine(needs)}\n    text: ${quoted(text)},\n  },\n`)
  .join("")}};
`;

if (process.argv.includes("--print")) process.stdout.write(output);
else writeFileSync(fileURLToPath(new URL("../src/standalone/functions.ts", import.meta.url)), output);
