import { applyPatch } from "@/lib/engine/apply-patch";
import { toJsonPatch } from "@/lib/engine/to-kubectl";
import { isRecord, record, text, dig } from "@/lib/model/json";
import type { Patch } from "@/lib/model/patch";
import type { ResourceRef } from "@/lib/model/resource-ref";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import type { LiveObjects } from "./live-objects";
import { refPathOf } from "./object-path";

/** Their templates cannot be changed: they are deleted and made anew. */
const MADE_ANEW = ["Pod", "StaticPod", "Job"];

/** Does what `kubectl patch`, `kubectl delete` and `kubectl apply` would do. Says what the server refused; null = nothing. */
export async function runPatch(controlPlane: ControlPlane, objects: LiveObjects, subject: ResourceRef, patch: Patch): Promise<string | null> {
  const target = patch.target ?? subject;
  const path = refPathOf(target);
  if (patch.ops.length > 0) {
    const live = (await controlPlane.request("GET", path)).body;
    if (!isRecord(live)) return `${path} is not there`;
    if (MADE_ANEW.includes(target.kind)) {
      const problem = await makeAnew(objects, path, applyPatch(live, patch.ops));
      if (problem !== null) return problem;
    } else {
      const operations = toJsonPatch(live, patch.ops);
      const answer = await controlPlane.request("PATCH", path, operations, { contentType: "application/json-patch+json" });
      if (answer.status >= 300) return `${path}: ${text(dig(answer.body, "message"))} ${JSON.stringify(operations)}`;
    }
  }
  for (const ref of patch.remove ?? []) await objects.deleteNow(refPathOf(ref));
  for (const object of patch.create ?? []) {
    const problem = await objects.create(object);
    if (problem !== null) return problem;
  }
  return null;
}

async function makeAnew(objects: LiveObjects, path: string, wanted: Manifest): Promise<string | null> {
  await objects.deleteNow(path);
  return objects.create(toMadeAnew(wanted));
}

/** A pod or a Job as it is created again: without what the server wrote into the one that is there. */
export function toMadeAnew(wanted: Manifest): Manifest {
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, ...metadata } = record(wanted.metadata);
  const { status: _status, ...rest } = wanted;
  const selector = dig(rest, "spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid");
  return { ...rest, metadata, ...(selector === undefined ? {} : { spec: withoutOwnLabels(record(rest.spec)) }) };
}

/** The server gave a Job a selector and labels of its own uid. */
function withoutOwnLabels({ selector: _selector, ...spec }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const template = record(spec.template);
  const metadata = record(template.metadata);
  const labels = Object.fromEntries(Object.entries(record(metadata.labels)).filter(([key]) => !/controller-uid|job-name/.test(key)));
  return { ...spec, template: { ...template, metadata: { ...metadata, labels } } };
}
