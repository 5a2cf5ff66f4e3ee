import { HIDDEN_CHARACTERS } from "../model/hidden-characters";

export function hasHidden(text: string): boolean {
  return text.search(HIDDEN_CHARACTERS) !== -1;
}

/** `admin\u202Enimda`: each hidden character as the escape by which JSON and YAML read it; everything else as it is. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, (hidden) =>
    Array.from({ length: hidden.length }, (_, at) => `\\u${hidden.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}`).join(""),
  );
}
