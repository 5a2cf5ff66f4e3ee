import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { detectPodOs } from "./pod-os";
import { createPodView, listContainers } from "./pod-view";

const affinity = (...terms: readonly JsonRecord[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const windows = { matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["windows"] }] };
const anyDisk = { matchExpressions: [{ key: "disk", operator: "Exists" }] };

describe("the operating system of a pod", () => {
  test.each<[string, JsonRecord, boolean, string]>([
    ["nothing said", {}, false, "linux"],
    ["its own word", { os: { name: "windows" } }, false, "windows"],
    ["its own word against its node", { os: { name: "linux" } }, true, "linux"],
    ["a node selector", { nodeSelector: { "kubernetes.io/os": "windows" } }, false, "windows"],
    ["the older label in a node selector", { nodeSelector: { "beta.kubernetes.io/os": "windows" } }, false, "windows"],
    ["affinity that pins it", affinity(windows), false, "windows"],
    ["affinity with a way out", affinity(windows, anyDisk), false, "linux"],
    ["affinity that shuns it", affinity({ matchExpressions: [{ ...windows.matchExpressions[0], operator: "NotIn" }] }), false, "linux"],
    ["affinity about something else", affinity({ matchExpressions: [{ ...windows.matchExpressions[0], key: "image" }] }), false, "linux"],
    ["affinity for either", affinity({ matchExpressions: [{ ...windows.matchExpressions[0], values: ["windows", "linux"] }] }), false, "linux"],
    ["affinity without terms", affinity(), false, "linux"],
    ["its node", {}, true, "windows"],
    ["shapes that say nothing", { os: "windows", nodeSelector: [], affinity: 7 }, false, "linux"],
  ])("by %s", (_, spec, onWindowsNode, expected) => {
    expect(detectPodOs(spec, onWindowsNode)).toBe(expected);
  });

  test("is windows for admission only by its own word", () => {
    const view = (spec: JsonRecord) => createPodView({ source: "template", path: "spec", spec, metadata: {}, onWindowsNode: true });
    expect([view({ os: { name: "windows" } }), view({ nodeSelector: { "kubernetes.io/os": "windows" } })].map((item) => item.isWindowsForAdmission)).toEqual([
      true,
      false,
    ]);
  });
});

describe("the containers of a pod", () => {
  test("are all three lists in order, each with its path, whatever stands between them", () => {
    const spec = {
      ephemeralContainers: [{ name: "d" }],
      containers: ["odd", { name: "c", securityContext: "odd" }],
      initContainers: [{ name: "s", restartPolicy: "Always" }, {}],
    };
    expect(listContainers(spec, "spec").map((container) => [container.name, container.at("image"), container.isSidecar, container.securityContext])).toEqual([
      ["s", "spec.initContainers[0].image", true, {}],
      ["", "spec.initContainers[1].image", false, {}],
      ["c", "spec.containers[1].image", false, {}],
      ["d", "spec.ephemeralContainers[0].image", false, {}],
    ]);
  });

  test.each([
    ["spec", 'metadata.annotations["a/b"]'],
    ["template.spec", 'template.metadata.annotations["a/b"]'],
    ["spec.template.spec", 'spec.template.metadata.annotations["a/b"]'],
    ["spec.jobTemplate.spec.template.spec", 'spec.jobTemplate.spec.template.metadata.annotations["a/b"]'],
  ])("lie beside the metadata of %s", (path, expected) => {
    const view = createPodView({ source: "template", path, spec: {}, metadata: {}, onWindowsNode: false });
    expect(view.atMetadata('annotations["a/b"]')).toBe(expected);
    expect(view.at("")).toBe(path);
  });
});
