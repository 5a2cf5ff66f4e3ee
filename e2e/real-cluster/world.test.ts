import { beforeAll, expect, test } from "vitest";
import { list, record } from "@/lib/model/json";
import { worldManifests } from "../world/world";
import { buildWorld } from "./build-world";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";

describeOnCluster("our world on a genuine control plane", { controllers: true }, (controlPlane) => {
  beforeAll(() => buildWorld(controlPlane));

  test("is accepted whole, and every object is there", async () => {
    for (const manifest of worldManifests()) {
      const answer = await controlPlane.request("GET", objectPathOf(manifest));
      expect(answer.status, objectPathOf(manifest)).toBe(200);
    }
  });

  test("has running pods, of Windows and CronJobs too", async () => {
    const { body } = await controlPlane.request("GET", "/api/v1/pods");
    expect(list(record(body).items).length).toBeGreaterThan(15);
  });
});
