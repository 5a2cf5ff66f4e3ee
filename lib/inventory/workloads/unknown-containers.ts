import { isRecord, type JsonRecord, list, text } from "../../model/json";
import { apiGroup, toResourceRef } from "../../model/resource-ref";
import { expandObjects } from "../expand-objects";
import { podTemplatePaths } from "./pod-template-path";
import { isSettings, toSliceKind } from "../slice-kind";
import { toWorkloadKind } from "./workload-kind";

/** Beside an image these say how its pods run: objects of operators that write the pod spec themselves. */
const OF_PODS = ["serviceAccountName", "serviceAccount", "replicas", "podMetadata", "securityContext", "driver"] as const;

const LISTS: ReadonlySet<string> = new Set(["containers", "initContainers", "sidecars", "steps"]);
const SINGLE: ReadonlySet<string> = new Set(["container", "script", "driver", "executor"]);
/** Of values that are looked at in one object: a manifest has a few hundred. */
const BUDGET = 20_000;

function isContainer(value: unknown, needsImage: boolean): boolean {
  return isRecord(value) && (text(value.image) !== undefined || (!needsImage && text(value.name) !== undefined));
}

function runsSome(key: string, value: unknown): boolean {
  if (SINGLE.has(key)) return isContainer(value, true);
  return LISTS.has(key) && list(value).some((item) => isContainer(item, key === "steps" || key === "sidecars"));
}

function holdsContainers(body: JsonRecord): boolean {
  const stack: unknown[] = [body];
  for (let left = BUDGET; left > 0 && stack.length > 0; left -= 1) {
    const value = stack.pop();
    if (Array.isArray(value)) stack.push(...value.slice(0, left));
    if (!isRecord(value)) continue;
    if (text(value.image) !== undefined && OF_PODS.some((name) => Object.hasOwn(value, name))) return true;
    for (const key in value) {
      if (runsSome(key, value[key])) return true;
      stack.push(value[key]);
    }
  }
  return false;
}

/** Of what operators are told, and of manifests in an object of Crossplane, only what they hold is looked at, and not the pods that are made of it. */
function isJudged(group: string, kind: string): boolean {
  if (toWorkloadKind(group, kind) !== null) return true;
  const sliceKind = toSliceKind(group, kind);
  return sliceKind !== null && sliceKind !== "CrossplaneObject" && !isSettings(sliceKind);
}

/**
 * Objects of custom kinds in a document that describe containers, and whose pods no template shows: steps of a pipeline, parts that an operator
 * lays over its own. Nothing is judged of them, so that somebody must say so; one sentence each.
 */
export function sayUnknownContainers(document: unknown): readonly string[] {
  return expandObjects(document).objects.flatMap((body) => {
    const ref = toResourceRef(body);
    if (isJudged(apiGroup(ref), ref.kind) || podTemplatePaths(ref, body).length > 0 || !holdsContainers(body)) return [];
    return [`The containers of ${ref.kind} ${ref.name} were not judged: its manifest does not show the pods that they will run in.`];
  });
}
