import { record, text } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { listPathOf, objectPathOf } from "./object-path";

interface Asking {
  /** Of whoever asks; left out = the administrator. */
  readonly token?: string;
  /** A pod of this name is there already, and is changed. */
  readonly isChange?: boolean;
}

/** The ValidatingAdmissionPolicy that refuses a pod; null = it would be let in. Throws where something else refuses it. */
export async function findRefusingPolicy(controlPlane: ControlPlane, pod: Manifest, { token, isChange = false }: Asking = {}): Promise<string | null> {
  const [method, path] = isChange ? ["PATCH", objectPathOf(pod)] : ["POST", listPathOf(pod)];
  const answer = await controlPlane.request(method, `${path}?dryRun=All`, pod, token === undefined ? {} : { token });
  if (answer.status < 300) return null;
  const message = text(record(answer.body).message) ?? "";
  const [, policy] = /ValidatingAdmissionPolicy '([^']*)'/.exec(message) ?? [];
  if (policy === undefined) throw new Error(`${answer.status}: ${message}`);
  return policy;
}
