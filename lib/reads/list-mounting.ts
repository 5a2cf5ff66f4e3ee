import "server-only";
import type { WhoCanSubject } from "@/lib/contracts/who-can";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { accountNameOf, findToken } from "@/lib/inventory/workloads/service-account-token";
import { isRecord, record, text } from "@/lib/model/json";
import { listManifests } from "@/lib/store/list-manifests";
import { listWorkloadKinds } from "./list-workload-kinds";
import type { FilledReader } from "./open-reader";
import { toInventory } from "./to-inventory";
import { withTemplate } from "./with-template";

const LIMIT = 4_000;

/** The workloads that run as a service account, which those that are over do no more, and whether they get its token. Null when its namespace holds too many objects. */
export async function listMounting(reader: FilledReader, namespace: string, name: string): Promise<WhoCanSubject["workloads"]> {
  const kinds = [...(await listWorkloadKinds(reader)).filter((kind) => kind !== "PodTemplate"), "ServiceAccount"];
  const found = await listManifests(reader.pool, reader.cluster.id, reader.at.seq, { kinds, namespace, limit: LIMIT });
  if (!found) return null;
  const local = found.filter(isRecord).filter((body) => text(record(body.metadata).namespace) === namespace);
  const { slices } = createContext(toInventory(local.map(withTemplate), { ...reader.at, settings: DEFAULT_SETTINGS }));
  const account = slices.serviceAccounts.find(({ ref }) => ref.name === name);
  return slices.workloads.flatMap((workload) => {
    const views = (workload.isFinished ? [] : workload.views()).filter((pod) => accountNameOf(pod) === name);
    return views.length === 0 ? [] : [{ ref: workload.ref, mountsToken: views.some((pod) => findToken(workload, pod, account, true).isMounted === true) }];
  });
}
