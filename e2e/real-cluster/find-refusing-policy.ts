import { record, text } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { listPathOf } from "./object-path";

/** The ValidatingAdmissionPolicy that refuses a pod; null = it would be let in. Throws where something else refuses it. */
export async function findRefusingPolicy(controlPlane: ControlPlane, pod: Manifest): Promise<string | null> {
  const answer = await controlPlane.request("POST", `${listPathOf(pod)}?dryRun=All`, pod);
  if (answer.status === 201) return null;
  const message = text(record(answer.body).message) ?? "";
  const [, policy] = /ValidatingAdmissionPolicy '([^']*)'/.exec(message) ?? [];
  if (policy === undefined) throw new Error(`${answer.status}: ${message}`);
  return policy;
}
