import { expect, it } from "vitest";
import { renderValue } from "@/lib/engine/render-value";
import { deployment } from "@/lib/inventory/testing";
import { buildFrom } from "@/lib/inventory/testing-roots";
import { record } from "@/lib/model/json";
import { withRunningImages } from "./with-running-images";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** What is known to run after a finding that said so of `then`, in an object that has `now`. */
function runningOf(then: string, now: string): readonly unknown[] {
  const body = record(deployment({ container: { image: now } }));
  const evidence = [
    { path: "spec.template.spec.containers[0].image", value: renderValue(then), message: `Container app has no digest. Its pods run ${DIGEST}.` },
  ];
  const { workloads } = buildFrom([body]).slices;
  const subject = workloads.state === "read" ? workloads.items[0]?.ref : undefined;
  if (!subject) throw new Error("no workload was built");
  const after = withRunningImages(buildFrom([body]), subject, body, evidence).slices.workloads;
  return after.state === "read" ? after.items.flatMap(({ runningImages }) => runningImages.map(({ digest }) => digest)) : [];
}

it("takes what runs from what a finding said of that very image", () => {
  expect(runningOf("shop/app:1", "shop/app:1")).toEqual([DIGEST]);
  expect(runningOf("shop/app:1", "shop/app:2")).toEqual([]);
});

it("takes nothing for an image of which a finding shows the beginning alone: the tag stands at the end", () => {
  const long = (tag: string) => `registry.example/${"team/".repeat(40)}app:${tag}`;
  expect(runningOf(long("1"), long("2"))).toEqual([]);
});
