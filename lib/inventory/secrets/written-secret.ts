import type { ConfigEntry } from "./config-text";
import { isPlaceholder, isReference } from "./secret-values";

const MANIFEST = /^kind:[ \t]{1,9}["']?Secret["']?[ \t]*$/m;
const HOLDER = /^(?:data|stringData):[ \t]*$/;
const ENTRY = /^[ \t]+["']?([\w.-]{1,253})["']?:[ \t]+(\S.*)$/;
/** What follows lies in lines of its own. */
const BLOCK = /^[|>][-+\d]*$/;

/** The values of Secrets whose manifests a text holds, as a patch does: whatever they are called, they are credentials. */
export function listWrittenSecrets(text: string): readonly ConfigEntry[] {
  if (!MANIFEST.test(text)) return [];
  return text.split(/^---.*$/m).flatMap((manifest): ConfigEntry[] => {
    if (!MANIFEST.test(manifest)) return [];
    let isInside = false;
    return manifest.split("\n").flatMap((line): ConfigEntry[] => {
      if (/^[^\s#]/.test(line)) isInside = HOLDER.test(line);
      const [, key = "", written = ""] = (isInside && ENTRY.exec(line)) || [];
      const value = written.trim().replace(/^(["'])(.*)\1$/, "$2");
      return key === "" || (!BLOCK.test(value) && (isReference(value) || isPlaceholder(value))) ? [] : [{ key, value }];
    });
  });
}
