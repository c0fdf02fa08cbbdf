// Compares data/names.json with what the lists of @faker-js/faker give.
//
//   node scripts/names.mjs          compares
//   node scripts/names.mjs --write  writes
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
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

/** Every string in it: lists, lists with weights (`{ value, weight }`), and lists by sex. */
function strings(value) {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value?.value === "string") return [value.value];
  return value ? Object.values(value).flatMap(strings) : [];
}

// For each language its surnames, sorted; names that two languages have are left out.
const languages = Object.entries(LOCALES).map(([language, locales]) => {
  const lists = locales.map((locale) => allLocales[locale].person.last_name);
  return [language, new Set(strings(lists).filter((name) => NAME.test(name)))];
});
const shared = (name) => languages.filter(([, names]) => names.has(name)).length > 1;
const own = languages.map(([language, names]) => [
  language,
  [...names].filter((name) => !shared(name)).sort(),
]);
const made = JSON.stringify(Object.fromEntries(own));

const file = new URL("../data/names.json", import.meta.url);
if (process.argv.includes("--write")) writeFileSync(file, made);
const same = readFileSync(file, "utf8") === made;
console.log(`names.json ${same ? "is" : "IS NOT"} what the lists of @faker-js/faker give`);
if (!same) process.exitCode = 1;
