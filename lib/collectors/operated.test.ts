import { expect, it } from "vitest";
import { toTimeoutFault } from "@/lib/kube/read-fault";
import { planLists } from "./list-plan";
import { runsCollector } from "./operated";
import { collectFrom } from "./testing-collect";

const told = (apiVersion: string, kind: string, part: object = { spec: { size: 1 } }) => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace: "shop" },
  ...part,
});
const WORKFLOW = told("argoproj.io/v1alpha1", "Workflow");

it("keeps what operators and templates are told, and not how it went", async () => {
  const template = { parameters: [{ name: "SIZE", value: "1" }], objects: [{ apiVersion: "v1", kind: "ConfigMap" }] };
  const source = [
    told("kubevirt.io/v1", "VirtualMachine", { spec: { running: true }, status: { ready: true } }),
    told("template.openshift.io/v1", "Template", template),
  ];
  const { objects, coverageOf } = await collectFrom({ source }, []);
  expect(objects.get("VirtualMachine/app")).toMatchObject({ spec: { running: true } });
  expect(objects.get("VirtualMachine/app")).not.toHaveProperty("status");
  expect(objects.get("Template/app")).toMatchObject(template);
  expect(coverageOf("Kafka")).toMatchObject({ status: "absent" });
});

it("asks for no list of what comes and goes by the thousand, and says so where it is served", async () => {
  const { objects, requests, coverageOf, missing } = await collectFrom({ source: [WORKFLOW, told("argoproj.io/v1alpha1", "WorkflowTemplate")] }, []);
  expect([...objects.keys()].filter((key) => key.startsWith("Workflow"))).toEqual(["WorkflowTemplate/app"]);
  expect(requests.filter((request) => /\/workflows\b/.test(request))).toEqual([]);
  expect(coverageOf("Workflow")).toMatchObject({ status: "left-out", objects: 0, reason: expect.stringMatching(/^Workflow objects are not listed, as /) });
  expect(missing.get("Workflow")).toBe(coverageOf("Workflow")?.reason);
  expect(coverageOf("PipelineRun")).toMatchObject({ status: "absent" });
  expect(missing.has("PipelineRun")).toBe(false);
});

it.each(["*", "argoproj.io"])("asks for none either where the discovery of %s failed, and takes it for none that is not served", (failed) => {
  const faults = new Map([[failed, toTimeoutFault("/apis", 1_000)]]);
  const plans = planLists([runsCollector], { kinds: [], faults }).filter(({ kind }) => kind.kind === "Workflow");
  expect(plans).toMatchObject([{ served: null, fault: { status: "left-out" } }]);
});

it("says of one that is refused which right is lacking", async () => {
  const { coverageOf, missing } = await collectFrom({ source: [told("keda.sh/v1alpha1", "ScaledObject")], denied: ["scaledobjects.keda.sh"] }, []);
  expect(coverageOf("ScaledObject")).toMatchObject({ status: "forbidden" });
  expect(missing.get("ScaledObject")).toContain("scaledobjects");
});
