import { type JsonRecord, dig, isRecord, list, records, text } from "../../model/json";

const INJECTED_NAME = /^kube-api-access-[a-z0-9]{5}$/;
export const TOKEN_MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const MOUNTING_LISTS = ["initContainers", "containers"] as const;

/** What the ServiceAccount admission plugin adds; the name keeps its usual prefix. */
const TOKEN_VOLUME: JsonRecord = {
  name: "kube-api-access-token",
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
    ],
  },
};

function isStandardToken(volume: JsonRecord): boolean {
  const sources = list(dig(volume, "projected", "sources"));
  const tokens = sources.filter((source) => dig(source, "serviceAccountToken") !== undefined);
  const seconds = dig(tokens[0], "serviceAccountToken", "expirationSeconds");
  return (
    tokens.length === 1 && dig(tokens[0], "serviceAccountToken", "audience") === undefined && (seconds === 3607 || seconds === 3600 || seconds === undefined)
  );
}

function mountsOf(container: unknown): readonly JsonRecord[] {
  return isRecord(container) ? records(container.volumeMounts) : [];
}

/**
 * Takes the injected token volume and its mounts out of a pod spec, so that equal pods look equal.
 * Only when it is the standard one and every container mounts a token at the standard path: else the spec stays as it is.
 */
export function stripInjectedToken(spec: JsonRecord): { readonly spec: JsonRecord; readonly hasToken: boolean } {
  const volume = records(spec.volumes).find((item) => INJECTED_NAME.test(text(item.name) ?? ""));
  if (!volume || !isStandardToken(volume)) return { spec, hasToken: false };
  const isInjected = (mount: JsonRecord) => mount.name === volume.name && mount.mountPath === TOKEN_MOUNT_PATH;
  const containers = MOUNTING_LISTS.flatMap((name) => list(spec[name]));
  const others = containers
    .concat(list(spec.ephemeralContainers))
    .flatMap(mountsOf)
    .filter((mount) => mount.name === volume.name && !isInjected(mount));
  const isEverywhere = containers.every((container) => mountsOf(container).some((mount) => mount.mountPath === TOKEN_MOUNT_PATH));
  if (others.length > 0 || !isEverywhere) return { spec, hasToken: false };
  const stripped: Record<string, unknown> = { ...spec, volumes: list(spec.volumes).filter((item) => item !== volume) };
  for (const name of MOUNTING_LISTS) {
    if (!Array.isArray(spec[name])) continue;
    stripped[name] = list(spec[name]).map((container) =>
      isRecord(container) ? { ...container, volumeMounts: list(container.volumeMounts).filter((mount) => !(isRecord(mount) && isInjected(mount))) } : container,
    );
  }
  return { spec: stripped, hasToken: true };
}

/** Puts the injected token back where stripInjectedToken took it. */
export function restoreInjectedToken(spec: JsonRecord): JsonRecord {
  const restored: Record<string, unknown> = { ...spec, volumes: [...list(spec.volumes), TOKEN_VOLUME] };
  for (const name of MOUNTING_LISTS) {
    if (!Array.isArray(spec[name])) continue;
    restored[name] = list(spec[name]).map((container) => {
      if (!isRecord(container) || mountsOf(container).some((mount) => mount.mountPath === TOKEN_MOUNT_PATH)) return container;
      return { ...container, volumeMounts: [...list(container.volumeMounts), { name: TOKEN_VOLUME.name, mountPath: TOKEN_MOUNT_PATH, readOnly: true }] };
    });
  }
  return restored;
}
