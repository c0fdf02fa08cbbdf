import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";
import { door, SHARED_FIELDS, SHARED_FILES, SHARED_SCRIPTS } from "./lib/skeleton.mjs";
import { lineOf, workspaces } from "./lib/workspace.mjs";

/** Fields that would tie a package to one place or run code on installation. */
const REFUSED_FIELDS = [
  "repository",
  "homepage",
  "bugs",
  "author",
  "publishConfig",
  "main",
  "module",
  "browser",
  "bin",
];
const REFUSED_SCRIPTS = [
  "preinstall",
  "install",
  "postinstall",
  "prepare",
  "prepack",
  "postpack",
  "prepublishOnly",
];

/** Every published package has the same files, the same shape of package.json and the same order of its README. */
export function checkSkeleton(root) {
  const problems = [];
  const license = readFileSync(join(root, "LICENSE"), "utf8");
  for (const { folder, name, manifest } of workspaces(root).filter(({ published }) => published)) {
    const report = (file, line, text) => problems.push({ file: `${folder}/${file}`, line, text });
    const text = (file) =>
      existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), "utf8") : undefined;

    for (const [file, expected] of Object.entries({ LICENSE: license, ...SHARED_FILES }))
      if (text(file) === undefined) report(file, undefined, "is missing");
      else if (text(file) !== expected) report(file, undefined, "differs from that of the other packages");
    const api = text("test/api.test.ts");
    if (api === undefined) report("test/api.test.ts", undefined, "is missing");
    else
      for (const path of Object.keys(manifest.exports ?? {}).filter((path) => path !== "./package.json"))
        if (!api.includes(`Object.keys(await import("${join(manifest.name, path)}")).sort()`))
          report("test/api.test.ts", undefined, `doesn't list the names of ${join(manifest.name, path)}`);
    for (const { line, problem } of readmeProblems(manifest.name, text("README.md")))
      report("README.md", line, problem);
    for (const { at, problem } of manifestProblems(name, manifest))
      report("package.json", at && lineOf(text("package.json"), `"${at}"`), problem);
  }
  return withoutExceptions(root, "skeleton", problems);
}

function manifestProblems(name, manifest) {
  const problems = [];
  const report = (at, problem) => problems.push({ at, problem });
  const expect = (at, got, expected) => {
    if (!isDeepStrictEqual(got, expected))
      report(at, `${at} is ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`);
  };
  expect("name", manifest.name, `@unroll/${name}`);
  for (const [field, expected] of Object.entries(SHARED_FIELDS)) expect(field, manifest[field], expected);
  for (const [script, expected] of Object.entries(SHARED_SCRIPTS))
    expect(script, manifest.scripts?.[script], expected);
  for (const script of REFUSED_SCRIPTS)
    if (manifest.scripts?.[script]) report(script, `${script} runs at installation or packing`);
  for (const field of REFUSED_FIELDS) if (field in manifest) report(field, `${field} doesn't belong here`);
  if (!/^[A-Z].*\.$/.test(manifest.description ?? "")) report("description", "description is not a sentence");
  if (Object.keys(manifest.peerDependencies ?? {}).some((key) => key.startsWith("@unroll/")))
    report("peerDependencies", "peerDependencies name a sibling; expected dependencies");
  const limits = manifest["size-limit"] ?? [];
  if (!limits.some((limit) => limit.name === "everything" && limit.path === "dist/index.js"))
    report("size-limit", "size-limit has no budget for everything");

  const doors = manifest.exports ?? {};
  const keys = Object.keys(doors);
  if (keys[0] !== "." || keys.at(-1) !== "./package.json")
    report("exports", `exports begins with ".", ends with "./package.json"`);
  for (const [path, conditions] of Object.entries(doors)) {
    if (path === "./package.json") continue;
    const source = /^\.\/src\/(.*)\.ts$/.exec(conditions["@unroll/source"] ?? "")?.[1];
    const expected = door(source ?? "index");
    const sameOrder = isDeepStrictEqual(Object.keys(conditions), Object.keys(expected));
    if (!sameOrder || !isDeepStrictEqual(conditions, expected))
      report(
        "exports",
        `the door ${path} is ${JSON.stringify(conditions)}, expected ${JSON.stringify(expected)}`,
      );
  }
  return problems;
}

function readmeProblems(name, readme) {
  if (readme === undefined) return [{ problem: "is missing" }];
  const problems = [];
  if (!readme.startsWith(`# ${name}\n`))
    problems.push({ line: 1, problem: `the first line is not "# ${name}"` });
  const order = [`\nnpm install ${name}\n`, "\n```ts\n", "\n```text\n", "\n## License\n"];
  let from = 0;
  for (const part of order) {
    const at = readme.indexOf(part, from);
    if (at < 0) problems.push({ problem: `there is no ${JSON.stringify(part.trim())} at its place` });
    else from = at;
  }
  return problems;
}

runAsProgram(import.meta.url, checkSkeleton);
