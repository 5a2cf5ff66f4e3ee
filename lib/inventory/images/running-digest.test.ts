import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { buildInventory } from "../build-inventory";
import { findRunningDigest, readRunningDigest, sayRunningDigest } from "./running-digest";
import { itemsOf } from "../slices";
import { WHOLE_CLUSTER } from "../testing-context";
import { cronJob, pod, statefulSet } from "../testing";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [A, B] = [digest("a"), digest("b")];
const NGINX = `docker.io/library/nginx@${A}`;

interface Run {
  readonly imageID?: string;
  readonly shown?: string;
  readonly image?: string;
  readonly node?: string;
  readonly phase?: string;
}

const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "app", controller: true, uid: "app" };
const node = (name: string, arch: string) => ({ apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/arch": arch } } });

function running({ imageID = NGINX, shown, image = "nginx:1.27", node: nodeName, phase = "Running" }: Run, at: number): JsonRecord {
  const status = { phase, containerStatuses: [{ name: "app", imageID, ...(shown !== undefined && { image: shown }) }] };
  return pod({
    name: `app-${at}`,
    metadata: { ownerReferences: [owner] },
    container: { image },
    podSpec: { ...(nodeName !== undefined && { nodeName }) },
    status,
  });
}

function digestOf(runs: readonly Run[], image = "nginx:1.27"): string | null {
  const nodes = [node("n1", "amd64"), node("n2", "arm64")];
  const objects = [...nodes, statefulSet({ container: { image } }), ...runs.map(running)];
  const inventory = buildInventory(objects, WHOLE_CLUSTER);
  const workload = itemsOf(inventory.slices.workloads).find(({ ref }) => ref.kind === "StatefulSet");
  return workload ? findRunningDigest(workload, image) : null;
}

test.each<[string, string | null, readonly Run[], string?]>([
  ["containerd's form", A, [{}, {}]],
  ["Docker's form", A, [{ imageID: `docker-pullable://nginx@${A}` }]],
  ["both forms of one name", A, [{}, { imageID: `docker-pullable://nginx@${A}` }]],
  ["an image without a tag", A, [{ image: "nginx" }], "nginx"],
  ["a tag that the runtime tells too", A, [{ shown: "docker.io/library/nginx:1.27" }]],
  ["one digest on machines of two architectures, that of the index", A, [{ node: "n1" }, { node: "n2" }]],
  ["a digest for each architecture", null, [{ node: "n1" }, { node: "n2", imageID: `docker.io/library/nginx@${B}` }]],
  ["two builds of one tag", null, [{}, { imageID: `docker.io/library/nginx@${B}` }]],
  ["the id of a configuration", null, [{ imageID: A }]],
  ["Docker's id of a configuration", null, [{ imageID: `docker://${A}` }]],
  ["the id of a configuration beside a digest", null, [{}, { imageID: A }]],
  ["a digest in another repository", null, [{ imageID: `mirror.example/library/nginx@${A}` }]],
  ["another tag, while the image of a running pod is replaced", null, [{ shown: "docker.io/library/nginx:1.26" }]],
  ["pods that run another image than the template names", null, [{ image: "nginx:1.26" }]],
  ["a digest that is too short", null, [{ imageID: "docker.io/library/nginx@sha256:0123456789abcdef0123456789abcdef" }]],
  ["a pod that has not started beside one that runs", A, [{}, { imageID: "" }]],
  ["a pod that ended", null, [{ phase: "Succeeded" }]],
  ["no pod", null, []],
])("of %s", (_, expected, runs, image) => {
  expect(digestOf(runs, image)).toBe(expected);
});

test("nothing is told of jobs, whose pods come and go", () => {
  const { apiVersion, kind } = cronJob() as { apiVersion: string; kind: string }; // safe: the builder's own
  const runningImages = [{ image: "nginx:1.27", architecture: "", digest: A, isOwnName: true, pods: 1 }];
  expect(findRunningDigest({ ref: { apiVersion, kind, namespace: "shop", name: "app" }, runningImages }, "nginx:1.27")).toBeNull();
});

test("what a finding said of a digest is read back from it", () => {
  expect(readRunningDigest("nginx", `Container app has no digest.${sayRunningDigest(A)}`)).toMatchObject({ image: "nginx", digest: A });
  expect(readRunningDigest("nginx", `Container app has no digest.${sayRunningDigest(null)}`)).toBeNull();
  expect(readRunningDigest("nginx", "Container app has no digest. Its pods run sha256:0123.")).toBeNull();
});
