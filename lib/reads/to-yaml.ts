import type { z } from "zod";
import type { yamlSchema } from "@/lib/contracts/findings";
import { toYamlText } from "@/lib/format/to-yaml-lines";
import type { Evidence } from "@/lib/model/verdict";

/** The manifest as YAML, with the lines that the evidence is about. Evidence seen only in live pods has no line here. */
export function toMarkedYaml(manifest: object, evidence: readonly Evidence[]): z.input<typeof yamlSchema> {
  const { text, lineOf } = toYamlText(manifest);
  const marks = evidence.flatMap(({ path, message, source, object }) => {
    if (source === "runtime" || object !== undefined || path === "") return [];
    const line = lineOf(path);
    return line === null ? [] : [{ line, path, message }];
  });
  return { text, marks };
}
