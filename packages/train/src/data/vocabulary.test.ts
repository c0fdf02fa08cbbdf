import { UnrollError } from "@unroll/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UnknownSymbolError, Vocabulary, vocabularyOf } from "./vocabulary.ts";

describe("vocabularyOf", () => {
  test("sorts symbols by code point, not by code unit", () => {
    // In UTF-16 the emoji (D83D …) would come before U+FF01.
    expect(vocabularyOf("b\u{1F600}a！a").symbols).toEqual(["a", "b", "！", "\u{1F600}"]);
  });

  test("takes surrogate pairs whole and combining marks apart", () => {
    const vocabulary = vocabularyOf("e\u0301\u{1F468}\u200D\u{1F467}");
    expect(vocabulary.symbols).toEqual(["e", "\u0301", "\u200D", "\u{1F467}", "\u{1F468}"]);
    expect([...vocabulary.encode("e\u0301\u{1F467}")]).toEqual([0, 1, 3]);
    // The composed letter is another symbol: nothing is normalized behind the user's back.
    expect(() => vocabulary.encode("\u00E9")).toThrow(UnknownSymbolError);
  });

  test("refuses an empty text", () => {
    expect(() => vocabularyOf("")).toThrow('vocabularyOf: text is "", expected at least one character');
  });

  test("decode(encode(text)) is the text, for any string, lone surrogates too", () => {
    const anything = fc.string({ unit: "binary", minLength: 1 });
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1 });
    const property = (text: string) => {
      const vocabulary = vocabularyOf(text);
      const tokens = vocabulary.encode(text);
      expect(tokens.length).toBe([...text].length);
      expect(tokens.every((token) => token < vocabulary.size)).toBe(true);
      expect(vocabulary.decode(tokens)).toBe(text);
      const reloaded = new Vocabulary(JSON.parse(JSON.stringify(vocabulary.symbols)));
      expect(reloaded.encode(text)).toEqual(tokens);
    };
    fc.assert(fc.property(anything, property), { seed: 1, numRuns: 300 });
    fc.assert(
      fc.property(units, (list) => property(String.fromCharCode(...list))),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe("an unknown symbol", () => {
  test("is named with code point and position", () => {
    const error = thrown(() => vocabularyOf("abc \u{1F600}").encode("a\u{1F600}cé")) as UnknownSymbolError;
    expect(error).toBeInstanceOf(UnknownSymbolError);
    expect(error.message).toBe(
      'Vocabulary.encode: symbol at position 4 is "é" (U+00E9), expected one of the 5 symbols of the vocabulary',
    );
    expect(error.code).toBe("value");
    expect(error.details).toMatchObject({ symbol: "é", codePoint: 0xe9, position: 4, size: 5 });
    expect("a\u{1F600}cé".slice(4)).toBe("é");
  });

  test("becomes the fallback if there is one", () => {
    const vocabulary = vocabularyOf("abc", { unknown: "\uFFFD" });
    expect(vocabulary.symbols).toEqual(["a", "b", "c", "\uFFFD"]);
    expect(vocabulary.decode(vocabulary.encode("a\u{1F600}b"))).toBe("a\uFFFDb");
  });
});

describe("Vocabulary", () => {
  test("keeps the order of a saved list", () => {
    const saved = new Vocabulary(["z", "a"], { unknown: "z" });
    expect(saved.size).toBe(2);
    expect([...saved.encode("a?z")]).toEqual([1, 0, 0]);
    expect(saved.has("a")).toBe(true);
    expect(saved.has("?")).toBe(false);
  });

  test.each([
    [["a", "bc"], 'symbol 1 is "bc", expected a string of one code point'],
    [["a", ""], 'symbol 1 is "", expected a string of one code point'],
    [["a", 7 as unknown as string], "symbol 1 is 7, expected a string of one code point"],
    [["a", "b", "a"], 'symbol 2 is "a", expected a new one (it is symbol 0)'],
    [[], "number of symbols is 0, expected at least 1"],
  ])("refuses %j", (symbols, message) => {
    expect(() => new Vocabulary(symbols)).toThrow(message);
  });

  test("refuses a fallback outside and unknown options", () => {
    expect(() => new Vocabulary(["a"], { unknown: "?" })).toThrow(
      'option unknown is "?", expected a symbol of the vocabulary',
    );
    expect(() => new Vocabulary(["a"], { unkown: "a" } as object)).toThrow("no such option: unknown");
  });

  test.each([2, -1, 0.5, Number.NaN])("decode refuses %d", (token) => {
    const error = thrown(() => new Vocabulary(["a", "b"]).decode([0, token]));
    expect(UnrollError.is(error) && error.code).toBe("value");
    expect((error as Error).message).toContain("token 1 is");
  });
});

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
