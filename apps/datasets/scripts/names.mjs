// Makes data/names.json from the lists of @faker-js/faker, or says whether it is still what the lists give.
//
//   node scripts/names.mjs          compares
//   node scripts/names.mjs --write  writes
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { allLocales } from "@faker-js/faker";

const LOCALES = {
  Croatian: ["hr"],
  Czech: ["cs_CZ"],
  English: ["en"],
  German: ["de", "de_AT"],
  Italian: ["it"],
  Latvian: ["lv"],
  Polish: ["pl"],
  Romanian: ["ro"],
  Spanish: ["es", "es_MX"],
  Turkish: ["tr"],
};

const NAME = /^[\p{Script=Latin}'’ -]+$/u;

/** The text of names.json: for each language its surnames, sorted; names that two languages have are left out. */
export function namesJson() {
  const languages = Object.entries(LOCALES).map(([language, locales]) => {
    const lists = locales.map((locale) => allLocales[locale].person.last_name);
    return [language, new Set(strings(lists).filter((name) => NAME.test(name)))];
  });
  const shared = (name) => languages.filter(([, names]) => names.has(name)).length > 1;
  const own = languages.map(([language, names]) => [language, [...names].filter((name) => !shared(name)).sort()]);
  return JSON.stringify(Object.fromEntries(own));
}

/** Every string in it: lists, lists with weights (`{ value, weight }`), and lists by sex. */
function strings(value) {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value?.value === "string") return [value.value];
  return value ? Object.values(value).flatMap(strings) : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL("../data/names.json", import.meta.url));
  if (process.argv.includes("--write")) writeFileSync(path, namesJson());
  else if (readFileSync(path, "utf8") !== namesJson()) {
    console.error("data/names.json is not what the lists give: npx pnpm --filter @unroll/datasets names --write");
    process.exitCode = 1;
  }
}
