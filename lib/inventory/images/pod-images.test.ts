import { expect, test } from "vitest";
import { listPodImages } from "./pod-images";
import { createPodView } from "../workloads/pod-view";

test("images come from every kind of container and from image volumes, with the path of each", () => {
  const spec = {
    initContainers: [{ name: "init", image: "a" }],
    containers: [{ image: "b", imagePullPolicy: "Never" }],
    ephemeralContainers: [{ name: "debug", image: 5 }],
    volumes: ["x", { name: "data", image: { reference: "c", pullPolicy: "Always" } }, { name: "other" }],
  };
  const images = listPodImages(createPodView({ source: "template", path: "spec", spec, metadata: {}, onWindowsNode: false }));
  expect(images.map(({ path, value, label }) => [path, value, label])).toEqual([
    ["spec.initContainers[0].image", "a", "Container init"],
    ["spec.containers[0].image", "b", "Container containers[0]"],
    ["spec.ephemeralContainers[0].image", 5, "Container debug"],
    ["spec.volumes[1].image.reference", "c", "Volume data"],
  ]);
});
