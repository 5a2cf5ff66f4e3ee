import { expect, it } from "vitest";
import { node } from "@/lib/inventory/testing";
import { collectFrom } from "./testing-collect";

const SOURCES = ["kubelet-config"] as const;
const pathOf = (name: string) => `/api/v1/nodes/${name}/proxy/configz`;
const CONFIG = JSON.stringify({
  kubeletconfig: {
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true, cacheTTL: "2m0s" }, x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" } },
    authorization: { mode: "Webhook" },
    podPidsLimit: -1,
    tlsMinVersion: "VersionTLS13",
    featureGates: { AllBeta: false, Other: true },
    staticPodURL: "https://admin:hunter2@pods.example.com/",
    staticPodURLHeader: { Authorization: ["hunter2"] },
  },
});

it("asks each kubelet through the API server, and keeps what controls judge and nothing else", async () => {
  const { objects, missing, coverageOf } = await collectFrom(
    { source: [node({ name: "a" }), node({ name: "b" })], documents: { [pathOf("a")]: CONFIG, [pathOf("b")]: CONFIG } },
    SOURCES,
  );
  expect(objects.get("KubeletConfiguration/a")).toEqual({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    metadata: { name: "a" },
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" } },
    authorization: { mode: "Webhook" },
    featureGates: { AllBeta: false },
    podPidsLimit: -1,
    tlsMinVersion: "VersionTLS13",
  });
  expect(coverageOf("KubeletConfiguration")).toMatchObject({ status: "read", objects: 2 });
  expect(missing.has("KubeletConfiguration")).toBe(false);
});

it("takes what it gets: one kubelet that is refused, broken, silent or odd is one node without settings, each with its reason", async () => {
  const { objects, missing, coverageOf, requests } = await collectFrom(
    {
      source: ["good", "refused", "broken", "silent", "odd"].map((name) => node({ name })),
      documents: { [pathOf("good")]: CONFIG, [pathOf("odd")]: "<html>" },
      faults: {
        [pathOf("refused")]: [{ kind: "status", status: 403 }],
        [pathOf("broken")]: [{ kind: "status", status: 503 }],
        [pathOf("silent")]: [{ kind: "silent" }],
      },
    },
    SOURCES,
  );
  const reasonOf = (name: string) => JSON.stringify(objects.get(`KubeletConfiguration/${name}`));
  expect(reasonOf("good")).not.toContain("not-read");
  expect(reasonOf("refused")).toContain("does not allow");
  expect(reasonOf("broken")).toContain("status 503");
  expect(reasonOf("silent")).toContain("in time");
  expect(reasonOf("odd")).toContain("is not its settings");
  expect(missing.has("KubeletConfiguration")).toBe(false);
  expect(coverageOf("KubeletConfiguration")).toMatchObject({
    status: "forbidden",
    objects: 1,
    action: expect.stringContaining("deploy/opt-in-kubelet-config.yaml"),
  });
  expect(coverageOf("KubeletConfiguration")?.reason).toContain("4 of 5 kubelets");
  expect(requests.filter((line) => line === `GET ${pathOf("broken")}`)).toHaveLength(2);
});

it("names a command that does nothing else, whatever a node is called", async () => {
  const { coverageOf } = await collectFrom({ source: [node({ name: "a;curl x|sh" }), node({ name: "b'$(id)" })] }, SOURCES);
  expect(coverageOf("KubeletConfiguration")?.action).toBe("kubectl get --raw '/api/v1/nodes/a%3Bcurl%20x%7Csh/proxy/configz'");
});

it("does not ask nodes that are not ready or no machines", async () => {
  const down = node({ name: "down", status: { conditions: [{ type: "Ready", status: "Unknown" }] } });
  const virtual = node({ name: "virtual", labels: { type: "virtual-kubelet" } });
  const { objects, requests, coverageOf } = await collectFrom({ source: [down, virtual] }, SOURCES);
  expect(requests.filter((line) => line.includes("/proxy/"))).toEqual([]);
  expect(JSON.stringify(objects.get("KubeletConfiguration/down"))).toContain("not ready");
  expect(objects.has("KubeletConfiguration/virtual")).toBe(false);
  expect(coverageOf("KubeletConfiguration")).toMatchObject({ status: "failed", objects: 0 });
});

it("is a gap with a reason when no kubelet answers, or when nodes cannot be listed", async () => {
  const refused = await collectFrom({ source: [node({ name: "a" })], faults: { [pathOf("a")]: [{ kind: "status", status: 403 }] } }, SOURCES);
  expect(refused.missing.get("KubeletConfiguration")).toContain("1 of 1 kubelets");
  expect(refused.coverageOf("KubeletConfiguration")).toMatchObject({ status: "forbidden", objects: 0 });
  const unlisted = await collectFrom({ source: [node({ name: "a" })], denied: ["nodes"] }, SOURCES);
  expect(unlisted.missing.get("KubeletConfiguration")).toContain("Which nodes there are");
});

it("asks nobody unless somebody asked for it, and says how to", async () => {
  const { requests, missing, coverageOf } = await collectFrom({ source: [node({ name: "a" })], documents: { [pathOf("a")]: CONFIG } }, []);
  expect(requests.filter((line) => line.includes("/proxy/"))).toEqual([]);
  expect(missing.get("KubeletConfiguration")).toContain("not read unless somebody asks for it");
  expect(coverageOf("KubeletConfiguration")).toMatchObject({ status: "not-requested", action: expect.stringContaining("Switch on") });
});
