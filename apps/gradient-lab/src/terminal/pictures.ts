/** The pictures of the page that can be drawn as files. */
export const PICTURES = ["map", "curves", "network"] as const;
