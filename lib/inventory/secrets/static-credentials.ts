import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { findVolume } from "../workloads/find-volume";
import type { Container, PodView } from "../workloads/workload";

/** A long-lived key of a cloud account that a container is given. */
export interface StaticCredential {
  readonly cloud: "aws" | "azure" | "gcp";
  readonly container: Container;
  readonly env: number;
  readonly name: string;
  /** Where the value comes from. */
  readonly source: "literal" | "secret" | "config-map" | "file";
}

const SECRET_PART: Readonly<Record<string, StaticCredential["cloud"]>> = {
  AWS_SECRET_ACCESS_KEY: "aws",
  AZURE_CLIENT_SECRET: "azure",
  ARM_CLIENT_SECRET: "azure",
  GOOGLE_CREDENTIALS: "gcp",
};
const FILE_PART: Readonly<Record<string, StaticCredential["cloud"]>> = { GOOGLE_APPLICATION_CREDENTIALS: "gcp", AZURE_CLIENT_CERTIFICATE_PATH: "azure" };

const REFERENCE = /^\$\(([A-Za-z_][\w.-]*)\)$/;

/** A value that is another variable of the container comes from where that one does. */
function sourceOf(entry: JsonRecord, others: readonly JsonRecord[]): StaticCredential["source"] | null {
  const value = text(entry.value) ?? "";
  const [, other] = REFERENCE.exec(value) ?? [];
  if (other !== undefined) {
    const earlier = others.slice(0, others.indexOf(entry));
    const named = earlier.findLast((item) => item.name === other);
    return named ? sourceOf(named, earlier) : null;
  }
  if (value !== "") return "literal";
  const from = record(entry.valueFrom);
  return isRecord(from.secretKeyRef) ? "secret" : isRecord(from.configMapKeyRef) ? "config-map" : null;
}

/** Whether a volume shows files of a Secret. Beside a short-lived token they tell how to use it, and are no key. */
function isOfSecret({ secret, projected }: JsonRecord): boolean {
  if (isRecord(secret)) return true;
  const sources = records(record(projected).sources);
  return sources.some((source) => isRecord(source.secret)) && !sources.some((source) => isRecord(source.serviceAccountToken));
}

function liesInSecret(pod: PodView, container: Container, path: string): boolean {
  const volume = findVolume(pod, container, path);
  return volume !== undefined && isOfSecret(volume);
}

/** Keys of cloud accounts in the environment of a container; the id alone, and roles that are assumed, are none. */
export function findStaticCredentials(pod: PodView, container: Container): StaticCredential[] {
  const entries = list(container.spec.env).map(record);
  return entries.flatMap((entry, env): StaticCredential[] => {
    const name = text(entry.name) ?? "";
    const direct = Object.hasOwn(SECRET_PART, name) ? SECRET_PART[name] : undefined;
    const source = direct === undefined ? null : sourceOf(entry, entries);
    if (direct && source) return [{ cloud: direct, container, env, name, source }];
    const file = Object.hasOwn(FILE_PART, name) ? FILE_PART[name] : undefined;
    const path = text(entry.value) ?? "";
    return file && path !== "" && liesInSecret(pod, container, path) ? [{ cloud: file, container, env, name, source: "file" }] : [];
  });
}

const LOCAL_HOST =
  /^(?:https?:\/\/)?(?:localhost|127\.|[\w-]+(?::\d+)?(?:\/|$)|[\w.-]+\.svc(?:\.|:|\/|$)|[\w.-]+\.cluster\.local|[\w.-]*(?:minio|localstack|moto|ceph|rook)[\w.-]*)/i;

/** True when the container talks to an object store of its own, so that its key opens no cloud account. */
export function usesLocalEndpoint(container: Container): boolean {
  return records(container.spec.env).some(
    (entry) =>
      /^(?:AWS_ENDPOINT_URL(?:_S3)?|S3_ENDPOINT(?:_URL)?|AWS_S3_ENDPOINT|MINIO_ENDPOINT)$/.test(text(entry.name) ?? "") &&
      LOCAL_HOST.test(text(entry.value) ?? ""),
  );
}
