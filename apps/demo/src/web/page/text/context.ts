import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { TextStore } from "./text-store.ts";

export const TextContext: ReturnType<typeof createContext<TextStore>> = createContext<TextStore>(
  undefined as never,
);

export function useTextStore(): TextStore {
  return useContext(TextContext);
}
