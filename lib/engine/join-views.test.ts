import { expect, test } from "vitest";
import { type Weakness, weakness } from "../controls/define";
import type { PodView } from "../inventory/workloads/workload";
import { joinViews } from "./join-views";

const viewOf = (source: PodView["source"], path: string) => ({ source, path }) as PodView;
const volume = (name: string) => ({ apiVersion: "v1", kind: "PersistentVolume", namespace: null, name });
const mounts = (...names: readonly string[]) => names.map((name) => weakness("spec.hostPath.path", "/etc", `${name} is /etc.`, { object: volume(name) }));

function join(...answers: readonly (readonly [PodView, readonly Weakness[]])[]): readonly string[] {
  const joined = joinViews(answers.map(([pod, outcome]) => ({ pod, outcome })));
  return joined.state === "fail" ? joined.weaknesses.map(({ message }) => message) : [];
}

test("shows every volume that pods of one workload bring along, though each is at fault by the same field and value", () => {
  const pods = [viewOf("runtime", "spec"), viewOf("runtime", "spec")] as const;
  expect(join([viewOf("template", "spec.template.spec"), []], [pods[0], mounts("data-0")], [pods[1], mounts("data-1")])).toEqual([
    "data-0 is /etc.",
    "data-1 is /etc.",
  ]);
  expect(join([viewOf("template", "spec.template.spec"), []], [pods[0], mounts("a", "b")])).toHaveLength(2);
});

test("shows a volume once that the template and a live pod name", () => {
  expect(join([viewOf("template", "spec.template.spec"), mounts("data")], [viewOf("runtime", "spec"), mounts("data")])).toEqual(["data is /etc."]);
});

test("shows what a live pod has otherwise than the template, though only behind what is shown of a long value", () => {
  const args = (end: string) => [weakness("args", [...Array.from({ length: 60 }, () => "--flag"), end], `It ends with ${end}.`)];
  expect(join([viewOf("template", "spec.template.spec"), args("a")], [viewOf("runtime", "spec"), args("b")])).toEqual(["It ends with a.", "It ends with b."]);
  expect(join([viewOf("template", "spec.template.spec"), args("a")], [viewOf("runtime", "spec"), args("a")])).toHaveLength(1);
});

test("shows what a container does once, also where a live pod has it at another place of its list", () => {
  const image = (path: string, container: string) => [weakness(path, "cart:latest", `${container} moves.`, { container })];
  const template = [viewOf("template", "spec.template.spec"), image("spec.template.spec.containers[0].image", "app")] as const;
  expect(join(template, [viewOf("runtime", "spec"), image("spec.containers[1].image", "app")])).toEqual(["app moves."]);
  expect(join(template, [viewOf("runtime", "spec"), image("spec.containers[0].image", "side")])).toEqual(["app moves.", "side moves."]);
});
