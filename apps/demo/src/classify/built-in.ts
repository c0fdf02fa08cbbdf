/** The labelled lines that come with the demo: surnames and their languages. */
export const BUILT_IN = "names";
