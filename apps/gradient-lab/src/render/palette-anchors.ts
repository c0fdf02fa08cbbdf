// Made by scripts/bake-palettes.mjs from d3-scale-chromatic 3.1.1 (ISC): PuOr by Cynthia Brewer (ColorBrewer), cividis by
// Nuñez, Anderton, Renslow (2018). Don't edit.

/** Purple, through almost white, to orange. */
export const PUOR: string =
  "2d004b 370a5a 411469 4b2077 552d84 5f3d8f 6a4d9a 755fa3 8170ac 8d80b6 998ebf a59cc8 b0aad0 bbb6d7 c5c2de cecde4 d7d7e9 dfe0ed e7e7ef eeecef f3eeea f7eee1 faead5 fce4c5 fdddb3 fdd5a0 fdcb8c fbc178 f8b664 f4aa50 ee9d3d e6902c dd841f d47815 c96e0f be630b b25a09 a65208 994a07 8c4208 7f3b08";

/** Dark blue to yellow. */
export const CIVIDIS: string =
  "002051 00255b 002962 042e67 0a326a 11366c 193b6d 223f6e 2b446e 34486e 3c4d6e 45526d 4d566d 545b6e 5c5f6e 62646f 696970 6f6d71 747272 7a7773 7f7c75 848076 8a8577 8f8a78 948f78 9a9478 a09978 a69f77 ada476 b4a974 bbaf71 c3b46e caba6a d2c065 dac561 e2cb5c ead156 f0d751 f6dd4c fbe448 fdea45";
