import { cronJob, deployment, networkPolicy, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import { APP, beside, cloudNode, digest, leadsTo, member, onNode, PUBLIC, routedTo, target, twoConsoles, undeclared } from "../testing-consoles";
import control from "./exposed-admin-interface";

const docker = (more: object = {}) => deployment({ container: { image: `docker.io/library/docker:27-dind@${digest}`, ...more } });
const buildkit = (...more: readonly string[]) =>
  deployment({ container: { image: `docker.io/moby/buildkit:v0.25.1@${digest}`, args: ["--addr", "tcp://0.0.0.0:1234", ...more] } });
const balancer = service({ spec: { type: "LoadBalancer" }, ...PUBLIC });

describeControl(control, {
  fails: [
    {
      name: "Docker without certificates",
      objects: [cloudNode, docker({ env: [{ name: "DOCKER_TLS_CERTDIR", value: "" }] }), balancer],
      target,
      severity: "critical",
    },
    { name: "Docker started by a command of its own", objects: [cloudNode, docker({ command: ["dockerd", "--host=tcp://0.0.0.0:2375"] }), balancer], target },
    { name: "Docker told to use none", objects: [cloudNode, docker({ args: ["--tls=false"] }), balancer], target },
    { name: "BuildKit that asks for no certificate", objects: [cloudNode, buildkit(), balancer], target, severity: "critical" },
    {
      name: "one of two static pods asks for no certificate",
      objects: [cloudNode, member("cp-1", "--client-cert-auth=true"), member("cp-2")],
      target: { kind: "StaticPod", name: "etcd" },
      evidence: [{ path: "spec.containers[0].ports[0].hostPort", value: "2379" }],
      remedy: false,
    },
    {
      name: "on the network of its node, without a word on its port",
      objects: [cloudNode, networkPolicy(), undeclared()],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.hostNetwork", value: "true" }],
    },
    {
      name: "on the network of its node, beside a container that declares a port",
      objects: [cloudNode, networkPolicy(), undeclared({}, [APP])],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.hostNetwork" }],
    },
    {
      name: "on the network of its node, by two ports",
      objects: [cloudNode, networkPolicy(), onNode({ hostNetwork: true })],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.containers[0].ports[0].containerPort", value: "6379" }],
    },
    {
      name: "by two ports of its node",
      objects: [cloudNode, onNode({}, true)],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.containers[0].ports[1].hostPort", value: "16379" }],
    },
    {
      name: "beside another that nothing leads to",
      objects: [cloudNode, twoConsoles, leadsTo(8080)],
      target,
      severity: "critical",
      evidence: [{ path: "spec.type", message: "Adminer: Service app is a load balancer. Its address 34.1.2.3 is on the internet." }],
    },
    { name: "two in one pod, behind one Service", objects: [cloudNode, twoConsoles, leadsTo(9000)], target, severity: "critical" },
    { name: "beside another container, by its own port", objects: [cloudNode, beside(), leadsTo(3000)], target, severity: "critical" },
    { name: "beside another container, by a port that none names", objects: [cloudNode, beside(), leadsTo(9000)], target, severity: "critical" },
    {
      name: "on a port of its node",
      objects: [cloudNode, deployment({ container: { image: `docker.io/library/redis:7.4.1@${digest}`, ports: [{ containerPort: 6379, hostPort: 6379 }] } })],
      target,
      severity: "high",
    },
  ],
  passes: [
    { name: "Docker as its image starts it, with certificates", objects: [cloudNode, docker(), balancer], target },
    { name: "Docker told to ask for certificates", objects: [cloudNode, docker({ command: ["dockerd", "--tlsverify"] }), balancer], target },
    { name: "BuildKit that asks for certificates", objects: [cloudNode, buildkit("--tlscacert", "/certs/ca.pem"), balancer], target },
    {
      name: "on the network of its node, by certificates alone",
      objects: [
        cloudNode,
        undeclared({
          image: `registry.k8s.io/etcd:3.6.5@${digest}`,
          args: ["--listen-client-urls=https://127.0.0.1:2379,https://10.0.0.4:2379", "--client-cert-auth=true"],
        }),
      ],
      target,
    },
    {
      name: "a backup on the network of its node",
      objects: [cloudNode, cronJob({ podSpec: { hostNetwork: true }, container: { image: `registry.k8s.io/etcd:3.6.5@${digest}`, ports: [] } })],
      target: { kind: "CronJob", name: "app" },
    },
    { name: "beside what an Ingress leads to, in one pod", objects: [cloudNode, ...routedTo(80)], target },
    { name: "beside another container, by the port of that", objects: [cloudNode, beside(), leadsTo(8080)], target },
    { name: "beside another container, by the name of its port", objects: [cloudNode, beside(), leadsTo("web")], target },
    {
      name: "beside another container that has a port of the node",
      objects: [cloudNode, beside({ ports: [{ containerPort: 8080, hostPort: 8080 }] })],
      target,
    },
  ],
  unknown: [
    {
      name: "on the network of its node, with a loopback address among its arguments",
      objects: [cloudNode, undeclared({ args: ["--bind", "127.0.0.1"] })],
      target,
      reason: "Container redis is in the network of its node and names a loopback address: whether it listens on another one too is not told.",
    },
  ],
});
