import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-tls";

const server = controlPlaneOf("kube-apiserver");
const SOUND = ["--tls-cert-file=/c", "--tls-private-key-file=/k", "--client-ca-file=/ca"];

describeComponentControl(control, {
  fails: [
    { name: "no certificate of its own", objects: server("--client-ca-file=/ca"), severity: "medium" },
    { name: "a certificate without its key", objects: server("--tls-cert-file=/c", "--client-ca-file=/ca"), severity: "medium" },
    {
      name: "no CA for clients",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver client-ca-file" }],
      severity: "medium",
    },
    {
      name: "an authentication configuration, which holds issuers of tokens and no CA for clients",
      objects: server("--tls-cert-file=/c", "--tls-private-key-file=/k", "--authentication-config=/a"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver client-ca-file" }],
    },
    {
      name: "a port without authentication",
      objects: server(...SOUND, "--insecure-port=8080"),
      severity: "critical",
    },
  ],
  passes: [
    { name: "port 0 in hexadecimal digits, which is none", objects: server(...SOUND, "--insecure-port=0x0") },
    { name: "certificate, key and CA, as kubeadm sets them, without a word on suites", objects: server(...SOUND) },
    {
      name: "a port that is closed, and weak suites, which another control asks",
      objects: server(...SOUND, "--insecure-port=0", "--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA"),
    },
  ],
});
