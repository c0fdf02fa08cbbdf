/**
 * Folds English prose to printable ASCII and line feeds.
 *
 * Curly quotes become `"` and `'`, an em dash becomes `--`, letters lose their accents (NFD, marks dropped), and
 * everything else outside 0x20–0x7e and LF is dropped.
 */
export function foldText(text: string): string {
  return text
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll("—", "--")
    .normalize("NFD")
    .replace(/[^\n\x20-\x7e]/g, "");
}
