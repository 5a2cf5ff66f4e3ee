import { flag, type JsonRecord, record, records, text } from "../../model/json";
import { daysBetween } from "../values/days";
import { TOKEN_MOUNT_PATH } from "./injected-token";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";
import type { PodView, Workload } from "./workload";

export const NEEDS_TOKEN = "concentric.dev/needs-api-token";

/** Service accounts by `namespace/name`. */
export const serviceAccountsView = defineView({
  reads: ["serviceAccounts"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject> =>
    new Map(slices.serviceAccounts.map((account) => [`${account.ref.namespace}/${account.ref.name}`, account])),
});

/** The account whose token, which never expires, is in a Secret; null = it holds no such token. */
function accountOfToken(secret: KubeObject): string | null {
  return text(secret.body.type) === "kubernetes.io/service-account-token" ? (secret.annotations["kubernetes.io/service-account.name"] ?? null) : null;
}

/** A Secret with a token of the account of that name that never expires. */
export function isTokenSecretOf(secret: KubeObject, account: string): boolean {
  return accountOfToken(secret) === account;
}

/** Such Secrets by the `namespace/name` of their account. */
export const tokenSecretsView = defineView({
  reads: ["secrets"],
  compute: ({ slices }): ReadonlyMap<string, readonly KubeObject[]> =>
    Map.groupBy(
      slices.secrets.filter((secret) => accountOfToken(secret) !== null),
      (secret) => `${secret.ref.namespace}/${accountOfToken(secret)}`,
    ),
});

/** Whether somebody used the token in such a Secret in the last month. */
export function isTokenInUse(secret: KubeObject, now: string): boolean {
  return daysBetween(secret.labels["kubernetes.io/legacy-token-last-used"] ?? "", now) <= 30;
}

/** `serviceAccountName`, else its deprecated twin, else `default`. */
export function accountNameOf(pod: Pick<PodView, "spec">): string {
  return text(pod.spec.serviceAccountName) || text(pod.spec.serviceAccount) || "default";
}

function isMounted(volume: JsonRecord, pod: PodView): boolean {
  return pod.containers.some((container) => records(container.spec.volumeMounts).some(({ name }) => name === volume.name));
}

/** The usual audiences of an API server, none being its own; what a cluster really takes is a flag that its objects do not show. */
export function isForApiServer(audience: string): boolean {
  return audience === "" || /^(https?:\/\/)?kubernetes(\.default(\.svc(\.[a-z0-9.-]+)?)?)?\/?$/.test(audience) || audience === "api";
}

const GIVEN_NAME = /^(.*)-token-[a-z0-9]{5}$/;

/** A Secret named as Kubernetes named those that it made for accounts, up to 1.23, and mounted in their pods: its token never expires. */
function holdsLegacyToken({ secret }: JsonRecord, account: string): boolean {
  return GIVEN_NAME.exec(text(record(secret).secretName) ?? "")?.[1] === account;
}

function holdsToken({ projected }: JsonRecord): boolean {
  return records(record(projected).sources).some((source) => {
    const token = source.serviceAccountToken;
    return token !== undefined && token !== null && isForApiServer(text(record(token).audience) ?? "");
  });
}

/** Index of a mounted volume with a token that the API server accepts. */
function findTokenVolume(pod: PodView): number {
  const account = accountNameOf(pod);
  // Few volumes hold one: the mounts of the others are not looked through.
  return records(pod.spec.volumes).findIndex((volume) => (holdsToken(volume) || holdsLegacyToken(volume, account)) && isMounted(volume, pod));
}

/** The volume that admission adds to pods that mount their account's token. */
export function isInjectedTokenVolume(volume: JsonRecord): boolean {
  return (text(volume.name) ?? "").startsWith("kube-api-access-");
}

/** Every container mounts something of its own where the token would go: admission leaves such containers alone, and the pod without the volume. */
function isPlaceTaken(pod: PodView): boolean {
  const starting = pod.containers.filter((container) => container.list !== "ephemeralContainers");
  return starting.length > 0 && starting.every((container) => records(container.spec.volumeMounts).some(({ mountPath }) => mountPath === TOKEN_MOUNT_PATH));
}

export type TokenSource =
  | { readonly isMounted: true; readonly path: string; readonly value: unknown; readonly because: "volume" | "pod" | "account" | "default" }
  | { readonly isMounted: false }
  /** It depends on a service account that was not seen. */
  | { readonly isMounted: null };

/**
 * Whether the pod gets a token for the API server. A live pod shows it in its volumes; in a template the pod's own setting wins
 * over the service account's, and nothing set means yes. A static pod gets none: the kubelet runs it from a file of the node.
 */
export function findToken(workload: Pick<Workload, "ref">, pod: PodView, account: KubeObject | undefined, isComplete: boolean): TokenSource {
  const path = pod.at("automountServiceAccountToken");
  const own = flag(pod.spec.automountServiceAccountToken);
  const index = findTokenVolume(pod);
  const volume = records(pod.spec.volumes)[index];
  if (volume && own !== false && isInjectedTokenVolume(volume)) return { isMounted: true, path, value: own, because: "default" };
  if (volume) return { isMounted: true, path: pod.at(`volumes[${index}]`), value: text(volume.name), because: "volume" };
  if (pod.source === "runtime" || workload.ref.kind === "StaticPod" || isPlaceTaken(pod)) return { isMounted: false };
  if (own !== undefined) return own ? { isMounted: true, path, value: true, because: "pod" } : { isMounted: false };
  const inherited = flag(account?.body.automountServiceAccountToken);
  if (inherited !== undefined) return inherited ? { isMounted: true, path, value: undefined, because: "account" } : { isMounted: false };
  if (!account && !isComplete) return { isMounted: null };
  return { isMounted: true, path, value: undefined, because: "default" };
}
