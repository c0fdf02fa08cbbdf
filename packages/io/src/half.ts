/**
 * IEEE 754 binary16 to float32, exactly: (-1)^s 2^(e-15) (1 + m/2^10), denormals (-1)^s 2^-14 m/2^10.
 * NaN keeps its sign and payload, moved to the upper bits.
 */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i] as number;
    const sign = (half & 0x8000) << 16;
    let exponent = (half >>> 10) & 0x1f;
    let fraction = half & 0x3ff;
    if (exponent === 0x1f) {
      exponent = 0xff;
    } else if (exponent !== 0) {
      exponent += 127 - 15;
    } else if (fraction !== 0) {
      // Denormal: shift the leading one to where float32 leaves it out.
      const shift = Math.clz32(fraction) - 21;
      fraction = (fraction << shift) & 0x3ff;
      exponent = 127 - 15 + 1 - shift;
    }
    words[i] = sign | (exponent << 23) | (fraction << 13);
  }
  return new Float32Array(words.buffer);
}

/** bfloat16 (the upper half of a float32) to float32, exactly. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] as number) << 16;
  return new Float32Array(words.buffer);
}
