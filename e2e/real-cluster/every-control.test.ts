import { expect, test } from "vitest";
import { collectControlCases } from "@/lib/controls/testing";
import { findBinaries } from "../control-plane/binaries";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { nodeManifests } from "../world/nodes";
import { applyManifests } from "./apply-manifests";
import { applyReader, readerManifests } from "./apply-reader";
import { objectPathOf } from "./object-path";
import { readsWhatIsLearnt } from "./opt-in-slices";
import { type PlacedCase, placeCase } from "./placed-case";
import { tryCases } from "./try-cases";

const ONE_STATE = "Its table has no such case: it never comes to this answer.";
const NEWEST = "This control plane is of a release that is supported, and newer than the tables of providers and patches.";

const NO_RUNTIME = "No container runtime stands behind these pods, so nothing tells which build of an image they run.";
const NOT_READY = "No node is here for its pods to become ready on.";
const TOO_NEW = "What is made now is not old enough.";

/** What no case of a control's own table can show here, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "cloud-provider-identified fail": ONE_STATE,
  "node-mac-evidence fail": ONE_STATE,
  "ingress-nginx-retired pass": ONE_STATE,
  "k8s-patch-current pass": ONE_STATE,
  "k8s-patch-current fail": NEWEST,
  "cluster-version-unsupported fail": NEWEST,
  "cloud-managed-version-supported fail": NEWEST,
  "cloud-managed-version-supported pass": NEWEST,
  "bootstrap-token-active fail": TOO_NEW,
  "secret-unreferenced fail": TOO_NEW,
  "metrics-alerting-absent pass": NOT_READY,
  "image-tag-drift fail": NO_RUNTIME,
  "image-tag-drift pass": NO_RUNTIME,
  "node-drift fail": "Nodes that are made in the same second have no older one among them.",
};

const files = import.meta.glob("../../lib/controls/{cloud,cluster,container,code}/*.test.ts");
/** Every case of every table, not only one that fails and one that passes: some minutes more. */
const isThorough = process.env.CONCENTRIC_EVERY_CASE === "1";

/** All cases of one control with one state, in the order of its table. */
interface Question {
  readonly name: string;
  readonly candidates: readonly PlacedCase[];
}

async function listQuestions(): Promise<readonly Question[]> {
  const tables = await collectControlCases(() => Promise.all(Object.values(files).map((load) => load())));
  let serial = 0;
  // What is learnt from a kubelet, from metrics or from outside has tests of its own.
  const shown = [...tables].filter(([control]) => !readsWhatIsLearnt(control));
  return shown.flatMap(([control, parts]) =>
    (["fail", "pass"] as const).map((state) => {
      const cases = parts.flatMap((part) => (state === "fail" ? part.fails : part.passes) ?? []);
      return { name: `${control.id} ${state}`, candidates: cases.map((testCase) => placeCase(control, state, testCase, `c${serial++}`)) };
    }),
  );
}

type Tried = readonly [Question, PlacedCase];

interface Cluster {
  readonly controlPlane: ControlPlane;
  /** Of the account that Concentric reads with. */
  readonly kubeconfig: string;
  readonly stop: () => Promise<void>;
}

/** A case that is not local wants a cluster for itself, and waits for controllers and commands most of its time: two clusters keep two cores busy. */
const CLUSTERS = 2;

async function startCluster(): Promise<Cluster> {
  const started = await startControlPlane();
  if ("reason" in started) throw new Error(started.reason);
  const { controlPlane, stop } = started;
  try {
    const kubeconfig = await applyReader(controlPlane);
    await applyManifests(controlPlane, readerManifests("deploy/opt-in-secret-metadata.yaml"));
    return { controlPlane, kubeconfig, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes from the list until it is empty, on each cluster one at a time. */
async function share<T>(clusters: readonly Cluster[], items: readonly T[], work: (cluster: Cluster, item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    clusters.map(async (cluster) => {
      for (const item of left) await work(cluster, item);
    }),
  );
}

test("every control fails and passes live as its own table says, its command shows what fails, and its patch turns it green", { timeout: 1_800_000 }, async ({
  skip,
}) => {
  const binaries = findBinaries();
  if ("reason" in binaries || binaries.binaries.controllerManager === null) return skip();
  const all = await listQuestions();
  const questions = isThorough ? all : all.filter(({ name }) => NOT_HERE[name] === undefined);
  const problems = new Map<string, string[]>();
  const solved = new Set<string>();
  const clusters: Cluster[] = [];
  try {
    // One after the other: should one not start, none is left running that nobody stops.
    while (clusters.length < CLUSTERS) clusters.push(await startCluster());
    const tryThem = async ({ controlPlane, kubeconfig }: Cluster, tried: readonly Tried[]): Promise<void> => {
      const placed = tried.map(([, candidate]) => candidate);
      const answers = await tryCases(controlPlane, kubeconfig, placed);
      tried.forEach(([{ name }, { testCase }], at) => {
        const problem = answers[at] ?? null;
        if (problem === null) solved.add(name);
        else problems.set(name, [...(problems.get(name) ?? []), `${testCase.name}: ${problem}`]);
      });
    };
    const first = questions.flatMap((question) => question.candidates.slice(0, isThorough ? undefined : 1).map((candidate): Tried => [question, candidate]));
    const local = first.filter(([, { isLocal }]) => isLocal);
    const parts = clusters.map((_, part) => local.filter((__, at) => at % clusters.length === part));
    await share(clusters, parts, async (cluster, part) => {
      await applyManifests(cluster.controlPlane, nodeManifests());
      await tryThem(cluster, part);
      for (const node of nodeManifests()) await cluster.controlPlane.request("DELETE", objectPathOf(node));
    });
    const alone = first.filter(([, { isLocal }]) => !isLocal);
    await share(clusters, alone, (cluster, pair) => tryThem(cluster, [pair]));
    await share(clusters, questions, async (cluster, question) => {
      // What a server does not take as it is written, another case of the table may show.
      for (const candidate of question.candidates.filter(({ isLocal }, at) => at > 0 || isLocal)) {
        if (!solved.has(question.name)) await tryThem(cluster, [[question, candidate]]);
      }
    });
  } finally {
    for (const { stop } of clusters) await stop();
  }
  if (isThorough) for (const [name, texts] of problems) console.log(`${name}\n  ${texts.join("\n  ")}`);
  const open = questions.filter(({ name }) => !solved.has(name) && NOT_HERE[name] === undefined);
  expect(Object.fromEntries(open.map(({ name }) => [name, problems.get(name)]))).toEqual({});
  expect(Object.keys(NOT_HERE).filter((name) => solved.has(name))).toEqual([]);
  expect(solved.size).toBeGreaterThan(300);
});
