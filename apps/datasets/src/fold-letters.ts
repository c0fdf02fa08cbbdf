const PLAIN: Readonly<Record<string, string>> = {
  ł: "l",
  Ł: "L",
  ı: "i",
  đ: "d",
  Đ: "D",
  ß: "ss",
  ẞ: "SS",
};

/**
 * Letters without their marks, as one types them without a keyboard for them: NFD, marks dropped, and the letters that
 * do not come apart by name (ł l, ı i, đ d, ß ss). Other characters stay.
 */
export function foldLetters(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁıđĐßẞ]/g, (letter) => PLAIN[letter] as string);
}
