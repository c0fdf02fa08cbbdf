/** The text that comes with the demo. */
export const BUILT_IN = "moby-dick";
