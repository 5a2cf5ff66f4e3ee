import { expect, it } from "vitest";
import { apiServerMetrics } from "../inventory/testing";
import { collectFrom } from "./testing-collect";

const SOURCES = ["api-server-metrics"] as const;
const METRICS = `# HELP apiserver_request_total Counter of requests.
# TYPE apiserver_request_total counter
apiserver_request_total{code="200",resource="pods",verb="LIST"} 700
apiserver_request_total{code="200",resource="nodes",verb="LIST"} 400
apiserver_audit_event_total 12
apiserver_audit_error_total{plugin="log"} 0
apiserver_storage_transformation_operations_total{resource="secrets",status="OK",transformation_type="to_storage",transformer_prefix="k8s:enc:aescbc:v1:key1:"} 3
apiserver_storage_transformation_operations_total{resource="secrets",status="OK",transformation_type="from_storage",transformer_prefix="identity"} 9
apiserver_storage_transformation_operations_total{resource="configmaps",status="OK",transformation_type="to_storage",transformer_prefix="identity"} 9
apiserver_client_certificate_expiration_seconds_bucket{le="0"} 0
apiserver_client_certificate_expiration_seconds_bucket{le="604800"} 0
apiserver_client_certificate_expiration_seconds_bucket{le="+Inf"} 40
apiserver_admission_controller_admission_duration_seconds_count{name="PodSecurity",operation="CREATE",rejected="false",type="validate"} 5
apiserver_admission_controller_admission_duration_seconds_count{name="NodeRestriction",operation="CREATE",rejected="false",type="admit"} 5
apiserver_admission_controller_admission_duration_seconds_count{name="LimitRanger",operation="CREATE",rejected="false",type="admit"} 5
apiserver_admission_controller_admission_duration_seconds_count{name="AlwaysPullImages",operation="CREATE",rejected="false",type="admit"} 0
`;

const read = (text: string) => collectFrom({ source: [], documents: { "/metrics": text } }, SOURCES);
const factsOf = async (text: string) => (await read(text)).objects.get("APIServerMetrics/api-server");

it("turns counters into answers", async () => {
  expect(await factsOf(METRICS)).toEqual(apiServerMetrics());
});

it("gives the same answers while counters grow, so that nothing new is stored", async () => {
  expect(await factsOf(METRICS.replaceAll("400", "90000").replace("total 12", "total 999"))).toEqual(await factsOf(METRICS));
});

it("sees clients whose certificate ends within a week, and writes that are not encrypted", async () => {
  const worse = METRICS.replace('le="604800"} 0', 'le="604800"} 2').replace("k8s:enc:aescbc:v1:key1:", "identity");
  expect(await factsOf(worse)).toMatchObject({ hasExpiringClientCertificates: true, secretsWrittenWith: ["identity"] });
});

it("sees writes that are not encrypted by their empty prefix, as the API server counts them", async () => {
  const written = (prefix: string) => METRICS.replace("k8s:enc:aescbc:v1:key1:", prefix);
  expect(await factsOf(written(""))).toMatchObject({ secretsWrittenWith: ["identity"] });
  const [line = ""] = written("").match(/^.*transformer_prefix="".*$/m) ?? [];
  expect(await factsOf(`${METRICS}${line}\n`)).toMatchObject({ secretsWrittenWith: ["identity", "k8s:enc:aescbc:v1:key1:"] });
});

it("gives no answer on certificates of clients where none has shown one", async () => {
  expect(await factsOf(METRICS.replace('le="+Inf"} 40', 'le="+Inf"} 0'))).not.toHaveProperty("hasExpiringClientCertificates");
});

it("gives no answer for a metric that is not there", async () => {
  const facts = await factsOf("apiserver_request_total 5\n");
  expect(facts).toEqual({ apiVersion: "concentric.dev/v1", kind: "APIServerMetrics", metadata: { name: "api-server" }, hasManyRequests: false });
});

it("is a gap with a reason when it is refused, or when something else answers", async () => {
  const refused = await collectFrom({ source: [], faults: { "/metrics": [{ kind: "status", status: 403 }] } }, SOURCES);
  expect(refused.coverageOf("APIServerMetrics")).toMatchObject({
    status: "forbidden",
    action: expect.stringContaining("deploy/opt-in-api-server-metrics.yaml"),
  });
  expect(refused.missing.get("APIServerMetrics")).toContain("does not allow");
  const odd = await read("<html>");
  expect(odd.coverageOf("APIServerMetrics")).toMatchObject({ status: "failed", reason: expect.stringContaining("no metrics of an API server") });
  expect(odd.objects.has("APIServerMetrics/api-server")).toBe(false);
});

it("is not read unless somebody asked for it", async () => {
  const { requests, coverageOf } = await collectFrom({ source: [], documents: { "/metrics": METRICS } }, []);
  expect(requests.filter((line) => line.includes("/metrics"))).toEqual([]);
  expect(coverageOf("APIServerMetrics")).toMatchObject({ status: "not-requested" });
});
