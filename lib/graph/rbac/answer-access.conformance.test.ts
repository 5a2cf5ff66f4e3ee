import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { isRecord, list, record } from "../../model/json";
import { type AccessQuestion, answerAccess } from "./answer-access";
import { buildRbacIndex } from "./rbac-index";

const folder = resolve(import.meta.dirname, "../../../../shared/oracle");
const isHere = existsSync(`${folder}/rbac.jsonl`);
if (!isHere) console.info("Access questions labelled by a real API server are not here: skipped.");

test.skipIf(!isHere)("every access question gets the answer that a real API server gave", () => {
  const bootstrap = list(record(JSON.parse(readFileSync(`${folder}/bootstrap.json`, "utf8"))).items);
  let asked = 0;
  for (const line of readFileSync(`${folder}/rbac.jsonl`, "utf8").split("\n").filter(Boolean)) {
    const world = record(JSON.parse(line));
    const objects = [...bootstrap, ...list(world.objects)].filter(isRecord).map((body) => toKubeObject(body, () => "workload"));
    const ofKinds = (...kinds: string[]) => objects.filter((object) => kinds.includes(object.ref.kind));
    const index = buildRbacIndex(ofKinds("Role", "ClusterRole"), ofKinds("RoleBinding", "ClusterRoleBinding"));
    for (const item of list(world.questions)) {
      const { allowed, ...question } = item as AccessQuestion & { allowed: boolean };
      expect(answerAccess(index, question, true).allowed, `${String(world.case)} ${JSON.stringify(question)}`).toBe(allowed);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThanOrEqual(6000);
});
