import { dig, isRecord, type JsonRecord } from "../model/json";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import { POD_TEMPLATE_KINDS } from "./data/pod-template-kinds";

const USUAL = "spec.template.spec";

/** Path of the pod spec in an object of a custom kind; null = it holds none. A kind that we do not know must hold it where a Deployment does. */
export function podTemplatePath(ref: Pick<ResourceRef, "apiVersion" | "kind">, body: JsonRecord): string | null {
  const known = Object.hasOwn(POD_TEMPLATE_KINDS, ref.kind) ? POD_TEMPLATE_KINDS[ref.kind] : undefined;
  if (known?.groups.includes(apiGroup(ref)) && isRecord(dig(body, ...known.path.split(".")))) return known.path;
  return Array.isArray(dig(body, ...USUAL.split("."), "containers")) ? USUAL : null;
}
