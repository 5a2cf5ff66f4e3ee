import { expect, it } from "vitest";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import { toBrokenFault, toStatusFault, toTimeoutFault } from "@/lib/kube/read-fault";
import { openConnection } from "@/lib/kube/open-connection";
import type { ClusterRecord } from "@/lib/store/clusters";
import { type ClusterIdentity, findAuthority, findNamesakes, requireSameCluster } from "./cluster-identity";

const PATH = "/api/v1/namespaces/kube-system";
const SERVER = "http://127.0.0.1:1";

async function check(answer: Answer, known: Partial<ClusterIdentity> = {}) {
  const connection: KubeConnection = { ...openConnection({ source: "url", server: SERVER }), get: async () => answer };
  await requireSameCluster(connection, { uid: "uid-a", authority: null, server: SERVER, ...known });
}

it.each([toTimeoutFault(PATH, 15_000), toStatusFault(PATH, 503, "etcd is down"), toBrokenFault(PATH, "the connection broke")])(
  "does not take a cluster for the same by its address where asking who it is went wrong: $reason",
  async (fault) => {
    await expect(check({ ok: false, fault })).rejects.toMatchObject({ code: "upstream", message: `${fault.reason} ${fault.action}` });
  },
);

it("goes by the address where nobody may ask, and where none is known it may be the same", async () => {
  await check({ ok: false, fault: toStatusFault(PATH, 403, "") }, { server: null });
  await check({ ok: false, fault: toStatusFault(PATH, 403, "") });
  await check({ ok: false, fault: toStatusFault(PATH, 404, "") });
});

it("takes for namesakes those that have context, address and source in common, but no demo and none of another authority", () => {
  const one = { source: "kubeconfig", context: "kind-dev", server: SERVER, authority: null, isDemo: false } as ClusterRecord; // all that is asked of it
  const like: readonly Partial<ClusterRecord>[] = [{}, { authority: "a" }];
  const unlike: readonly Partial<ClusterRecord>[] = [
    { isDemo: true },
    { source: "in-cluster" },
    { context: "kind-prod" },
    { server: "https://api.example" },
    { authority: "b" },
  ];
  const namesakes = like.map((part) => ({ ...one, ...part }));
  expect(findNamesakes([...unlike.map((part) => ({ ...one, ...part })), ...namesakes], { ...one, authority: "a" })).toEqual(namesakes);
});

it("does not go by the address of this machine where another authority vouches for what answers there", async () => {
  const connection = openConnection({ source: "url", server: SERVER });
  const by = (authority: string | null, host = "127.0.0.1"): KubeConnection => ({
    ...connection,
    endpoint: { ...connection.endpoint, host, authority },
    get: async () => ({ ok: false, fault: toStatusFault(PATH, 403, "") }),
  });
  const known: ClusterIdentity = { uid: "uid-a", authority: findAuthority(by("one")), server: SERVER };
  await requireSameCluster(by("one"), known);
  await requireSameCluster(by(null), known);
  await requireSameCluster(by("renewed", "api.example"), known);
  for (const host of ["127.0.0.1", "0.0.0.0", "kubernetes.docker.internal"])
    await expect(requireSameCluster(by("another", host), known)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/ now leads to another cluster, at http:\/\/127\.0\.0\.1:1, so nothing was stored: /),
    });
});

it("does not go by an address that other clusters have as well", async () => {
  const [refused, told] = [
    { ok: false, fault: toStatusFault(PATH, 403, "") },
    { ok: true, body: Buffer.from('{"metadata":{"uid":"uid-b"}}') },
  ] as const satisfies readonly Answer[];
  await expect(check(refused, { isNamedByUid: true })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^The namespace kube-system may not/),
  });
  await expect(check(told, { isNamedByUid: true, uid: null })).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/was never read/) });
  await check(told, { isNamedByUid: true, uid: "uid-b" });
});
