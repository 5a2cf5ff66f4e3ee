import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-tls";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "no certificate of its own", objects: server("--client-ca-file=/ca"), severity: "medium" },
    { name: "a certificate without its key", objects: server("--tls-cert-file=/c", "--client-ca-file=/ca"), severity: "medium" },
    {
      name: "no CA for clients, and no word on suites",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k"),
      evidence: [
        { path: "spec.containers[0].command", check: "kube-apiserver client-ca-file" },
        { path: "spec.containers[0].command", check: "kube-apiserver tls-cipher-suites ?", severity: "info" },
      ],
      severity: "medium",
    },
    {
      name: "an authentication configuration, which holds issuers of tokens and no CA for clients",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--authentication-config=/a"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver client-ca-file" }],
    },
    {
      name: "a broken version of TLS",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca", "--tls-min-version=VersionTLS10"),
      evidence: [{ path: "spec.containers[0].command[4]" }],
    },
    {
      name: "a weak suite",
      objects: server(
        "--tls-cert-file=/c",
        "--tls-private-key-file=/k",
        "--client-ca-file=/ca",
        "--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_3DES_EDE_CBC_SHA",
      ),
      severity: "low",
    },
    ...["TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"].map((suite) => ({
      name: `the suite ${suite}, which the API server itself calls insecure`,
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca", `--tls-cipher-suites=TLS_AES_128_GCM_SHA256,${suite}`),
      evidence: [{ path: "spec.containers[0].command[4]", message: `Weak cipher suites are accepted: ${suite}.` }],
      severity: "low" as const,
    })),
    {
      name: "a port without authentication",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca", "--insecure-port=8080"),
      severity: "critical",
    },
  ],
  passes: [
    {
      name: "certificate, key and CA, and a version of TLS whose suites are all strong",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca", "--insecure-port=0", "--tls-min-version=VersionTLS13"),
    },
    {
      name: "suites with forward secrecy",
      objects: server(
        "--tls-cert-file=/c",
        "--tls-private-key-file=/k",
        "--client-ca-file=/ca",
        "--tls-cipher-suites=TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      ),
    },
  ],
  manual: [
    {
      name: "the suites that it was built with",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver tls-cipher-suites ?" }],
    },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
