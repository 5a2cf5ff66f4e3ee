import { beforeAll, expect, test } from "vitest";
import { listControls } from "@/lib/controls/registry";
import type { Verdict } from "@/lib/model/verdict";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { worldManifests } from "../world/world";
import { applyReader } from "./apply-reader";
import { buildWorld } from "./build-world";
import { compareVerdicts } from "./compare-verdicts";
import { describeOnCluster } from "./describe-on-cluster";
import { judgeManifests } from "./judge-manifests";
import { scanCluster } from "./scan-cluster";

describeOnCluster("the verdicts of live objects", { controllers: true }, (controlPlane) => {
  let live: readonly Verdict[];
  let written: readonly Verdict[];
  beforeAll(async () => {
    const observedAt = new Date().toISOString();
    await buildWorld(controlPlane);
    live = (await scanCluster(await applyReader(controlPlane), observedAt)).verdicts;
    written = judgeManifests(worldManifests(), listControls(), { minor: KUBERNETES_MINOR, observedAt });
  });

  test("equal the verdicts of the manifests that made them, wherever manifests can decide", () => {
    const { decided, differences } = compareVerdicts(written, live);
    expect(differences).toEqual([]);
    expect(decided).toBeGreaterThan(300);
  });
});
