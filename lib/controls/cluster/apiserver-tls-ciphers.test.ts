import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode, controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import type { JsonRecord } from "../../model/json";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-tls-ciphers";

const server = controlPlaneOf("kube-apiserver");
const STRONG = "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
const RKE2 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305";

const ofVariable = (value: JsonRecord) => ({
  container: { command: ["kube-apiserver"], args: ["--tls-cipher-suites=$(SUITES)"], env: [{ name: "SUITES", ...value }] },
});

describeComponentControl(control, {
  fails: [
    ...["VersionTLS10", "VersionTLS11", "TLS1.2"].map((lowest) => ({
      name: `${lowest} as the lowest version, with strong suites`,
      objects: server(`--tls-min-version=${lowest}`, `--tls-cipher-suites=${STRONG}`),
      evidence: [{ path: "spec.containers[0].command[1]", check: "kube-apiserver tls-min-version" }],
      severity: "medium" as const,
    })),
    {
      name: "an old version of TLS, and no word on suites, which are left to people",
      objects: server("--tls-min-version=VersionTLS11"),
      evidence: [
        { path: "spec.containers[0].command[1]", check: "kube-apiserver tls-min-version" },
        { path: "spec.containers[0].command", check: "kube-apiserver tls-cipher-suites ?", severity: "info" },
      ],
      severity: "medium",
    },
    ...[
      "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
      "TLS_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
      "tls_aes_128_gcm_sha256",
      "TLS_AES_128_GCM",
    ].map((suite) => ({
      name: `the suite ${suite}, which is not of the benchmark`,
      objects: server(`--tls-cipher-suites=${STRONG},${suite}`),
      evidence: [{ path: "spec.containers[0].command[1]", message: `Suites that are not among the strong ones are listed: ${suite}.` }],
      severity: "low" as const,
    })),
    {
      name: "suites that are written twice, of which the first are weak",
      objects: server("--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA", `--tls-cipher-suites=${STRONG}`, "--tls-min-version=VersionTLS12"),
      evidence: [{ path: "spec.containers[0].command[2]", check: "kube-apiserver tls-cipher-suites" }],
    },
    {
      name: "a text of the length of an object that begins a variable over and over, and ends none",
      objects: server(`--tls-cipher-suites=${"$(".repeat(500_000)}`),
      evidence: [{ path: "spec.containers[0].command[1]", check: "kube-apiserver tls-cipher-suites" }],
    },
    {
      name: "weak suites in a variable that the manifest holds",
      objects: [controlPlaneNode(), componentPod("kube-apiserver", [], ofVariable({ value: "TLS_RSA_WITH_RC4_128_SHA" }))],
      evidence: [{ path: "spec.containers[0].args[0]" }],
    },
  ],
  passes: [
    { name: "strong suites, without a lowest version", objects: server(`--tls-cipher-suites=${STRONG}`) },
    {
      name: "strong suites from TLS 1.2 on, under the older names of ChaCha20 too",
      objects: server("--tls-min-version=VersionTLS12", `--tls-cipher-suites=${RKE2}`),
    },
    { name: "TLS 1.3, whose suites nobody chooses", objects: server("--tls-min-version=VersionTLS13") },
    {
      name: "TLS 1.3, beside a list that says nothing of it",
      objects: server("--tls-min-version=VersionTLS13", "--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA"),
    },
  ],
  manual: [
    {
      name: "the suites that it was built with",
      objects: server("--tls-cert-file=/c"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver tls-cipher-suites ?" }],
    },
    { name: "the same from TLS 1.2 on, with an empty list", objects: server("--tls-min-version=VersionTLS12", "--tls-cipher-suites=") },
  ],
  unknown: [
    {
      name: "OpenShift sets it by files",
      objects: [node({ labels: { "node.openshift.io/os_id": "rhel", "node-role.kubernetes.io/master": "" } })],
      reason: "OpenShift runs the control plane in namespaces of its own, by settings in files, which are not read.",
    },
    {
      name: "OpenShift whose control plane is in another cluster",
      objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })],
      reason: "No pod of the control plane is in kube-system, so its flags are not in the API.",
    },
    {
      name: "a variable whose value stands elsewhere",
      objects: [
        controlPlaneNode(),
        componentPod("kube-apiserver", [], ofVariable({ valueFrom: { fieldRef: { fieldPath: "metadata.annotations['suites']" } } })),
      ],
    },
  ],
});
