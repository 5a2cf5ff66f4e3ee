import { parsePath, type PathStep } from "../../model/field-path";
import { dig, isRecord, type JsonRecord, list, record } from "../../model/json";
import { remembered } from "../../model/remembered";
import { apiGroup, type ResourceRef } from "../../model/resource-ref";
import { POD_TEMPLATE_KINDS } from "../data/pod-template-kinds";

const USUAL = "spec.template.spec";
const PLAIN = /^[A-Za-z_][\w-]*$/;

/** The steps of a path to a pod spec, or to the metadata beside it: nearly all objects share a few. */
export const templateSteps: (path: string) => readonly PathStep[] = remembered(parsePath, { limit: 1_000 });

/** The paths that a pattern stands for in a value, of what is there. */
function expand(value: unknown, [step, ...rest]: readonly string[], path: string): readonly string[] {
  if (step === undefined) return isRecord(value) ? [path] : [];
  if (step === "*") {
    const entries = Object.entries(record(value)).filter(([key]) => PLAIN.test(key));
    return entries.flatMap(([key, item]) => expand(item, rest, `${path}.${key}`));
  }
  const below = path === "" ? "" : `${path}.`;
  if (!step.endsWith("[*]")) return expand(record(value)[step], rest, below + step);
  const name = step.slice(0, -"[*]".length);
  return list(record(value)[name]).flatMap((item, index) => expand(item, rest, `${below}${name}[${index}]`));
}

/** Paths of the pod specs in an object of a custom kind; none = it holds none. A kind that we do not know must hold one where a Deployment does. */
export function podTemplatePaths(ref: Pick<ResourceRef, "apiVersion" | "kind">, body: JsonRecord): readonly string[] {
  const kinds = Object.hasOwn(POD_TEMPLATE_KINDS, ref.kind) ? (POD_TEMPLATE_KINDS[ref.kind] ?? []) : [];
  const known = kinds.filter(({ groups }) => groups.includes(apiGroup(ref))).flatMap(({ paths }) => paths.flatMap((path) => expand(body, path.split("."), "")));
  if (known.length > 0) return known;
  return Array.isArray(dig(body, ...USUAL.split("."), "containers")) ? [USUAL] : [];
}
