import { describe, expect, test } from "vitest";
import { parseLabelled } from "./labelled-lines.ts";

const parse = (text: string) => parseLabelled("mails.csv", text);

describe("lines with a label", () => {
  test.each([
    ["tabs", "spam\tbuy now\n\nham\thow are you\tdear\n"],
    ["two columns", "spam,buy now\n\nham,how are you\tdear\n"],
    [
      "columns with names, in another order and among others",
      "Text,id,LABEL\nbuy now,1,spam\nhow are you\tdear,2,ham\n",
    ],
    ["quotation marks and semicolons", 'label;text\n"spam";"buy now"\nham;"how are you\tdear"\n'],
  ])("%s", (_, text) => {
    const lines = parse(text).map(({ label, text: own }) => [label, own]);
    expect(lines).toEqual([
      ["spam", "buy now"],
      ["ham", "how are you\tdear"],
    ]);
  });

  test("a quoted text may have commas and line ends; lines are counted as the file has them", () => {
    expect(parse('a,"x, ""y""\nz"\nb,w\n')).toEqual([
      { label: "a", text: 'x, "y"\nz', line: 1 },
      { label: "b", text: "w", line: 3 },
    ]);
  });

  test("a first line of `label<TAB>text` is a line like the others", () => {
    expect(parse("label\ttext\n")).toEqual([{ label: "label", text: "text", line: 1 }]);
  });
});

describe("broken lines are named", () => {
  test.each([
    ["a\tx\nb y\n", "mails.csv: line 2 has no tab, expected label, tab, text"],
    ["a\tx\n\n\ty\n", "mails.csv: line 3 has no label"],
    ["a\tx\nb\t \n", "mails.csv: line 2 has a label but no text"],
    ["a,x\nb,y,z\n", "mails.csv: line 2 has 3 fields, expected 2: label and text"],
    ["just a line\n", "mails.csv: line 1 has 1 field, expected 2: label and text"],
    ["label,text\na,x,1\n", "mails.csv: line 2 has 3 fields, expected 2: as the first line has"],
    ['a,x\nb,"y\nc,z\n', "mails.csv: line 2: a quotation mark is not closed"],
    ["a,x\n,y\n", "mails.csv: line 2 has no label"],
  ])("%j", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
