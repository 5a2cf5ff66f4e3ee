import "server-only";
import { toBrokenFault } from "@/lib/kube/read-fault";
import type { JsonRecord } from "@/lib/model/json";
import { type MetricSample, parseMetrics } from "./parse-metrics";
import { type OptInMeans, type OptInReader, type OptInReading, toFaultReading } from "./opt-in-reader";

const GRANT = "deploy/opt-in-api-server-metrics.yaml";
const PATH = "/metrics";
const LIMITS = { timeoutMs: 30_000, attempts: 3 };

const REQUESTS = "apiserver_request_total";
const AUDIT_EVENTS = "apiserver_audit_event_total";
const AUDIT_ERRORS = "apiserver_audit_error_total";
const TRANSFORMATIONS = "apiserver_storage_transformation_operations_total";
const CLIENT_CERTIFICATES = "apiserver_client_certificate_expiration_seconds_bucket";
const ADMISSION = "apiserver_admission_controller_admission_duration_seconds_count";
const NAMES = [REQUESTS, AUDIT_EVENTS, AUDIT_ERRORS, TRANSFORMATIONS, CLIENT_CERTIFICATES, ADMISSION];

/** The plugins that benchmarks ask about. */
const PLUGINS = [
  "AlwaysAdmit",
  "AlwaysPullImages",
  "DenyServiceExternalIPs",
  "EventRateLimit",
  "ImagePolicyWebhook",
  "NamespaceLifecycle",
  "NodeRestriction",
  "PodSecurity",
  "ServiceAccount",
];

/** Enough requests for a server with audit logging to have written an event. */
const MANY_REQUESTS = 1000;
const WEEK_SECONDS = 604_800;

function sum(samples: readonly MetricSample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}

function namesOf(samples: readonly MetricSample[], label: string): readonly string[] {
  const names = samples.filter(({ value }) => value > 0).flatMap(({ labels }) => labels[label] ?? []);
  return [...new Set(names)].sort();
}

/** The API server counts what it writes as it is under an empty prefix, and calls it identity only where it reads it. */
const PLAIN = "identity";

/** What is kept of the metrics: answers, not counters, so that a scan which learns nothing new stores nothing. A metric that is not there gives none. */
function toFacts(samples: readonly MetricSample[]): JsonRecord {
  const of = Map.groupBy(samples, ({ name }) => name);
  const [events, errors, admission] = [of.get(AUDIT_EVENTS), of.get(AUDIT_ERRORS), of.get(ADMISSION)];
  const writes = (of.get(TRANSFORMATIONS) ?? []).filter(
    ({ labels }) => labels.resource === "secrets" && labels.transformation_type === "to_storage" && (labels.status ?? "OK") === "OK",
  );
  // The buckets are there from the start, all at 0 until a client shows a certificate.
  const certificates = (of.get(CLIENT_CERTIFICATES) ?? []).filter(({ value }) => value > 0);
  return {
    hasManyRequests: sum(of.get(REQUESTS) ?? []) > MANY_REQUESTS,
    ...(events && { hasAuditEvents: sum(events) > 0 }),
    ...(errors && { hasAuditErrors: sum(errors) > 0 }),
    ...(writes.length > 0 && { secretsWrittenWith: namesOf(writes, "transformer_prefix").map((prefix) => prefix || PLAIN) }),
    ...(certificates.length > 0 && { hasExpiringClientCertificates: certificates.some(({ labels }) => Number(labels.le) <= WEEK_SECONDS) }),
    ...(admission && { admissionPlugins: namesOf(admission, "name").filter((name) => PLUGINS.includes(name)) }),
  };
}

async function read({ connection, add, signal }: OptInMeans): Promise<OptInReading> {
  const answer = await connection.get(PATH, { accept: "text/plain", limits: LIMITS, ...(signal && { signal }) });
  if (!answer.ok) return toFaultReading(answer.fault, GRANT);
  const samples = [...parseMetrics(answer.body, NAMES)];
  connection.release(answer.body);
  if (!samples.some(({ name }) => name === REQUESTS)) return toFaultReading(toBrokenFault(PATH, "it holds no metrics of an API server"), GRANT);
  add({ apiVersion: "concentric.dev/v1", kind: "APIServerMetrics", metadata: { name: "api-server" }, ...toFacts(samples) });
  return { status: "read", objects: 1, isUsable: true };
}

/** What the API server counts about itself. Behind a load balancer, one of several answers. */
export const apiServerMetricsReader: OptInReader = {
  source: "api-server-metrics",
  kind: { group: "concentric.dev", version: "v1", resource: PATH, kind: "APIServerMetrics" },
  off: "The metrics of the API server are not read unless somebody asks for it.",
  on: `Switch on metrics of the API server in the settings of this cluster, and apply ${GRANT}.`,
  grant: GRANT,
  read,
};
