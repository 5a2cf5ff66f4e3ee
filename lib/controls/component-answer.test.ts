import { expect, it } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { componentPod, controlPlaneNode } from "../inventory/nodes/testing-control-plane";
import { type JsonRecord, record } from "../model/json";
import { listControls } from "./registry";

function ask(id: string, objects: readonly JsonRecord[]) {
  const inventory = buildInventory([controlPlaneNode("cp-1"), controlPlaneNode("cp-2"), ...objects], WHOLE_CLUSTER);
  const [verdict] = judge(
    inventory,
    listControls().filter((control) => control.id === id),
  );
  return verdict && { state: verdict.state, checks: verdict.evidence.map(({ check }) => check), messages: verdict.evidence.map(({ message }) => message) };
}

const inShell = { node: "cp-2", container: { command: ["sh", "-c", "exec etcd"] } };

it("says beside what fails of one instance what could not be told of another", () => {
  const answer = ask("etcd-tls", [
    componentPod("etcd", ["--client-cert-auth=true", "--cert-file=/c", "--peer-client-cert-auth=true", "--peer-cert-file=/p", "--peer-key-file=/q"]),
    componentPod("etcd", [], inShell),
  ]);
  expect(answer?.state).toBe("fail");
  expect(answer?.checks).toEqual(["etcd key-file", "etcd trusted-ca-file", "etcd *"]);
  expect(answer?.messages.at(-1)).toBe("etcd is started through a shell, so its flags cannot be read. (on cp-2)");
});

it("names every node of the instances that are started alike", () => {
  const labels = { component: "kube-scheduler", tier: "control-plane" };
  const on = (node: string, address: string): JsonRecord => {
    const mirror = componentPod("kube-scheduler", [`--bind-address=${address}`, "--profiling=false"], { node });
    return { ...mirror, metadata: { ...record(mirror.metadata), labels } };
  };
  const answer = ask("scheduler-hardening", [on("cp-1", "127.0.0.1"), on("cp-2", "0.0.0.0"), on("cp-3", "0.0.0.0")]);
  expect(answer?.messages).toEqual(["Its port is open on every address of the node. (on cp-2, cp-3)"]);
});

it("cannot tell where nothing fails of the instances that it can read", () => {
  expect(ask("scheduler-hardening", [componentPod("kube-scheduler", ["--bind-address=127.0.0.1"]), componentPod("kube-scheduler", [], inShell)])).toMatchObject(
    {
      state: "unknown",
    },
  );
});

it("asks people of what only they can judge, unless something fails or could not be told", () => {
  const [open, old] = [componentPod("kube-apiserver", []), componentPod("kube-apiserver", ["--tls-min-version=VersionTLS11"])];
  expect(ask("apiserver-tls-ciphers", [open])).toMatchObject({ state: "manual", checks: ["kube-apiserver tls-cipher-suites ?"] });
  expect(ask("apiserver-tls-ciphers", [old])).toMatchObject({
    state: "fail",
    checks: ["kube-apiserver tls-min-version", "kube-apiserver tls-cipher-suites ?"],
  });
  expect(ask("apiserver-tls-ciphers", [open, componentPod("kube-apiserver", [], inShell)])).toMatchObject({ state: "unknown" });
});
