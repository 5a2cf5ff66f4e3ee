import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { deployment } from "../testing";
import { podOf, rootsOf } from "../testing-roots";

const probe = { httpGet: { path: "/", port: 80, httpHeaders: [{ name: "Host", value: "app" }] }, periodSeconds: 5 };
const written = {
  container: { livenessProbe: probe, workingDir: "/app", lifecycle: { preStop: { sleep: { seconds: 5 } } } },
  podSpec: {
    tolerations: [{ key: "node.kubernetes.io/unschedulable", operator: "Exists" }, { key: "gpu" }],
    priorityClassName: "high",
    volumes: [{ name: "certs", secret: { secretName: "certs", defaultMode: 420 } }],
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone" }] } },
  },
  podAnnotations: { "example.com/team": "shop", "container.apparmor.security.beta.kubernetes.io/app": "runtime/default" },
};
const placed = {
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "Exists" }] }] } },
};

/** The spec and the annotations of a live pod that differs from the template in one thing. */
function differing(container: JsonRecord, podSpec: JsonRecord, annotations: JsonRecord = {}) {
  const part = { container: { ...written.container, ...container }, podSpec: { ...written.podSpec, ...podSpec }, annotations };
  const [root] = rootsOf([deployment(written), podOf("ReplicaSet", "app-7d9f", "a", { ...part, labels: { "pod-template-hash": "7d9f" } })]);
  const [, view] = root?.views() ?? [];
  return { spec: view?.spec, container: view?.containers[0]?.spec, annotations: view?.annotations };
}

test("a live pod that differs says what its template says of what is not compared, at any depth", () => {
  const seen = differing({}, { hostPID: true, volumes: [...written.podSpec.volumes, { name: "added", emptyDir: {} }] });
  expect(seen.spec).toMatchObject({ ...written.podSpec, hostPID: true, volumes: expect.anything() });
  expect(seen.spec?.volumes).toEqual([...written.podSpec.volumes, { name: "added", emptyDir: {} }]);
  expect(seen.container).toMatchObject(written.container);
});

test("what was compared and differs is the pod's own, beside what the template says of the rest", () => {
  const seen = differing({ livenessProbe: { ...probe, httpGet: { path: "/other", port: 80 } } }, { affinity: placed });
  expect(seen.container?.livenessProbe).toEqual({
    httpGet: { path: "/other", port: 80, httpHeaders: probe.httpGet.httpHeaders, scheme: undefined },
    periodSeconds: 5,
  });
  expect(seen.spec?.affinity).toEqual({ ...written.podSpec.affinity, ...placed });
  expect(differing({ workingDir: undefined, livenessProbe: undefined }, {}).container?.livenessProbe).toBeUndefined();
});

test("an image that differs is pulled as its own tag has it, not as that of its template", () => {
  expect(differing({ image: "registry.example.com/shop/app:latest", imagePullPolicy: "Always" }, {}).container?.imagePullPolicy).toBe("Always");
});

test("of annotations, those that decide are the pod's own, others are its template's", () => {
  const profile = "container.apparmor.security.beta.kubernetes.io/app";
  expect(differing({}, {}, { [profile]: "unconfined", "example.com/node": "n1" }).annotations).toEqual({ "example.com/team": "shop", [profile]: "unconfined" });
  expect(differing({}, {}).annotations).toEqual({ "example.com/team": "shop" });
});
