import { applyPatch } from "@/lib/engine/apply-patch";
import { isMadeAnew, toJsonPatch } from "@/lib/engine/to-kubectl";
import { dig, isRecord, record, text } from "@/lib/model/json";
import type { Patch } from "@/lib/model/patch";
import type { ResourceRef } from "@/lib/model/resource-ref";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { listPathOf, refPathOf } from "./object-path";
import { toMadeAnew } from "./run-patch";

const DRY = "?dryRun=All";

/** Asks the server whether it would take a patch, and changes nothing. Says what it refuses; null = it would take all of it. */
export async function dryRunPatch({ request }: ControlPlane, subject: ResourceRef, patch: Patch): Promise<string | null> {
  const target = patch.target ?? subject;
  const ask = async (method: string, path: string, body?: unknown, contentType?: string): Promise<string | null> => {
    const answer = await request(method, `${path}${DRY}`, body, contentType === undefined ? {} : { contentType });
    return answer.status < 300 || answer.status === 409 ? null : `${method} ${path}: ${text(dig(answer.body, "message"))} ${JSON.stringify(body ?? null)}`;
  };
  const create = (object: Manifest) => ask("POST", listPathOf(object), object);
  const change = async (): Promise<string | null> => {
    const path = refPathOf(target);
    const live = (await request("GET", path)).body;
    if (!isRecord(live)) return `${path} is not there`;
    const operations = toJsonPatch(live, patch.ops);
    if (!isMadeAnew(target, operations)) return ask("PATCH", path, operations, "application/json-patch+json");
    const anew = toMadeAnew(applyPatch(live, patch.ops));
    return create({ ...anew, metadata: { ...record(anew.metadata), name: `${target.name.slice(0, 50)}-anew` } });
  };
  const refused = patch.ops.length > 0 && target.kind !== "StaticPod" ? await change() : null;
  if (refused !== null) return refused;
  for (const ref of patch.remove ?? []) {
    const problem = await ask("DELETE", refPathOf(ref));
    if (problem !== null) return problem;
  }
  for (const object of patch.create ?? []) {
    const problem = await create(object);
    if (problem !== null) return problem;
  }
  return null;
}
