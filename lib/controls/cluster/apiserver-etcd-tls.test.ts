import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-etcd-tls";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    {
      name: "plain text to an address in capital letters",
      objects: server("--etcd-cafile=/ca", "--etcd-certfile=/c", "--etcd-keyfile=/k", "--etcd-servers=HTTP://10.0.0.2:2379"),
    },
    {
      name: "plain text",
      objects: server("--etcd-cafile=/ca", "--etcd-certfile=/c", "--etcd-keyfile=/k", "--etcd-servers=https://10.0.0.1:2379,http://10.0.0.2:2379"),
      evidence: [{ path: "spec.containers[0].command[4]" }],
    },
    {
      name: "plain text to the etcd of events",
      objects: server(
        "--etcd-cafile=/ca",
        "--etcd-certfile=/c",
        "--etcd-keyfile=/k",
        "--etcd-servers=https://10.0.0.1:2379",
        "--etcd-servers-overrides=/events#https://10.0.0.1:4002;http://10.0.0.2:4002",
      ),
      evidence: [{ path: "spec.containers[0].command[5]", message: "The connection to http://10.0.0.2:4002 is in plain text." }],
    },
    { name: "no client certificate", objects: server("--etcd-servers=https://10.0.0.1:2379", "--etcd-cafile=/ca") },
  ],
  passes: [
    {
      name: "https and all three files",
      objects: server("--etcd-cafile=/ca", "--etcd-certfile=/c", "--etcd-keyfile=/k", "--etcd-servers=https://127.0.0.1:2379"),
    },
    {
      name: "https to the etcd of events too",
      objects: server(
        "--etcd-cafile=/ca",
        "--etcd-certfile=/c",
        "--etcd-keyfile=/k",
        "--etcd-servers=https://127.0.0.1:4001",
        "--etcd-servers-overrides=/events#https://127.0.0.1:4002",
      ),
    },
    { name: "a local socket", objects: server("--etcd-servers=unix:///run/etcd.sock") },
  ],
});
