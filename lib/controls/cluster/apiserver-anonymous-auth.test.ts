import { apiServerProbe, pod } from "../../inventory/testing";
import { componentPod, controlPlaneNode, controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { list, record } from "../../model/json";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-anonymous-auth";

const server = controlPlaneOf("kube-apiserver");
const K3S = 'metadata.annotations["k3s.io/node-args"]';
const given = (value: string, part?: { name?: string; program?: string }) => nodeStartedWith(["server", "--kube-apiserver-arg", value], part);

describeComponentControl(control, {
  fails: [
    {
      name: "left to its default",
      objects: server("--authorization-mode=RBAC"),
      evidence: [{ path: "spec.containers[0].command", value: null }],
      severity: "medium",
    },
    { name: "left to its default, and so are the modes", objects: server("--v=2"), severity: "low" },
    {
      name: "switched on, and everything is allowed, for which the server switches it off",
      objects: server("--anonymous-auth=true", "--authorization-mode=RBAC,AlwaysAllow"),
      severity: "low",
    },
    {
      name: "switched on, and the modes are in a file",
      objects: server("--anonymous-auth=true", "--authorization-config=/etc/a.yaml"),
      severity: "medium",
    },
    {
      name: "under another name, beside another container",
      objects: [
        controlPlaneNode(),
        componentPod("kube-apiserver", [], {
          container: { name: "server", image: "registry.example.com/control:1.0.0", command: ["/usr/local/bin/kube-apiserver", "--anonymous-auth=true"] },
        }),
      ].map((item) =>
        item.kind === "Pod"
          ? { ...item, spec: { ...record(item.spec), containers: [...list(record(item.spec).containers), { name: "proxy", image: "proxy" }] } }
          : item,
      ),
    },
    { name: "switched on", objects: server("--anonymous-auth=true"), evidence: [{ path: "spec.containers[0].command[1]", value: "--anonymous-auth=true" }] },
    {
      name: "the file of a static pod, with labels of an installer's own",
      objects: [
        pod({
          name: "kube-apiserver",
          namespace: "kube-system",
          podLabels: { "k8s-app": "kube-apiserver" },
          container: { name: "kube-apiserver", command: ["/usr/local/bin/kube-apiserver", "--anonymous-auth=true"] },
        }),
      ],
    },
    {
      name: "one of two instances",
      objects: [...server("--anonymous-auth=false"), controlPlaneNode("cp-2"), componentPod("kube-apiserver", ["--anonymous-auth", "true"], { node: "cp-2" })],
    },
    {
      name: "a server of K3s was told to admit them",
      objects: [given("anonymous-auth=true")],
      evidence: [{ path: K3S, value: "--anonymous-auth=true" }],
      severity: "medium",
    },
    {
      name: "a server of K3s was told so after it was told to refuse them, by an option with one dash",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "anonymous-auth=false", "-kube-apiserver-arg=anonymous-auth=true"])],
    },
    {
      name: "a server of K3s was told so by a bare flag with its dashes, before another option",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "--anonymous-auth", "--debug"])],
    },
    { name: "a server of K3s was told so in one word", objects: [nodeStartedWith(["--debug", "server", "--kube-apiserver-arg=anonymous-auth"])] },
    {
      name: "a server of RKE2 was told so, and its pod is not in view",
      objects: [given("--anonymous-auth=true", { program: "rke2" })],
      evidence: [{ path: 'metadata.annotations["rke2.io/node-args"]' }],
    },
    {
      name: "the second of two servers of K3s was told so",
      objects: [given("anonymous-auth=false"), given("anonymous-auth=true", { name: "s2" })],
      evidence: [{ path: K3S, message: "Anonymous requests are admitted. (on s2)" }],
    },
    {
      name: "one of two servers of K3s was told so, and the other was told nothing",
      objects: [nodeStartedWith(["server"]), given("anonymous-auth=true", { name: "s2" })],
      evidence: [
        { path: K3S, message: "Anonymous requests are admitted. (on s2)" },
        { path: K3S, severity: "info", check: "kube-apiserver *" },
      ],
    },
  ],
  passes: [
    { name: "every server of K3s was told to refuse them", objects: [given("anonymous-auth=false"), given("anonymous_auth=false", { name: "s2" })] },
    {
      name: "a server of K3s was told to refuse them by a flag with its dashes, which its node shows in two words",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "--anonymous-auth", "false", "--debug"])],
    },
    {
      name: "the server of K3s that was told to admit them runs no API server",
      objects: [
        given("anonymous-auth=false"),
        nodeStartedWith(["server", "--disable-apiserver", "--kube-apiserver-arg", "anonymous-auth=true"], { name: "s2" }),
      ],
    },
    { name: "switched off", objects: server("--anonymous-auth=false") },
    {
      name: "a configuration file decides, and from outside it was seen to refuse",
      objects: [...server("--authentication-config=/etc/a.yaml"), apiServerProbe()],
    },
    { name: "the last of two wins", objects: server("--anonymous-auth=true", "--anonymous-auth=false") },
  ],
  unknown: [
    {
      name: "a server of K3s was told of something else",
      objects: [given("v=3")],
      reason: "No pod shows the flags of kube-apiserver, and its node tells only those that it was given: they do not say what --anonymous-auth is.",
    },
    {
      name: "one of two servers of K3s was told to refuse them, and the other nothing",
      objects: [given("anonymous-auth=false"), nodeStartedWith(["server"], { name: "s2" })],
    },
    { name: "one of two servers of K3s was told to refuse them, and the other does not tell", objects: [given("anonymous-auth=false"), controlPlaneNode()] },
    { name: "a server of K3s was given it beside what it has", objects: [given("anonymous-auth+=true")] },
    {
      name: "a server of K3s was given it beside what it has, and in place of that",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "anonymous-auth+=true", "--kube-apiserver-arg", "anonymous-auth=false"])],
    },
    {
      name: "a configuration file decides, and from outside it was seen to let such requests in",
      objects: [...server("--authentication-config=/etc/a.yaml"), apiServerProbe({ anonymous: { namespaces: 403 } })],
    },
    {
      name: "configuration files decide, and one of two instances was seen to refuse",
      objects: [
        ...server("--authentication-config=/etc/a.yaml"),
        controlPlaneNode("cp-2"),
        componentPod("kube-apiserver", ["--authentication-config=/etc/a.yaml", "--v=3"], { node: "cp-2" }),
        apiServerProbe(),
      ],
    },
    { name: "a configuration file decides", objects: server("--authentication-config=/etc/a.yaml") },
    {
      name: "started through a shell",
      objects: [controlPlaneNode(), componentPod("kube-apiserver", [], { container: { command: ["/bin/sh", "-c", "kube-apiserver --anonymous-auth=false"] } })],
    },
    {
      name: "an ordinary pod that wears the labels",
      objects: [
        controlPlaneNode(),
        {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "kube-apiserver-x", namespace: "kube-system", labels: { component: "kube-apiserver", tier: "control-plane" } },
          spec: { containers: [{ name: "kube-apiserver", command: ["kube-apiserver", "--anonymous-auth=false"] }] },
        },
      ],
    },
  ],
});
