import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-snippets-flag";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const runs = (image: string, args: readonly string[], command?: readonly string[]) =>
  deployment({ container: { image: `${image}${digest}`, args, ...(command && { command }) } });

describeControl(control, {
  fails: [
    {
      name: "the bare argument",
      objects: [runs("docker.io/nginx/nginx-ingress:5.3.0", ["-nginx-plus=false", "-enable-snippets"])],
      evidence: [{ path: "spec.template.spec.containers[0].args[1]", value: "-enable-snippets=true", container: "app" }],
      severity: "high",
    },
    {
      name: "on, since a switch takes no word behind it",
      objects: [runs("docker.io/nginx/nginx-ingress:5.3.0", ["-enable-snippets", "false"])],
      evidence: [{ path: "spec.template.spec.containers[0].args[0]", value: "-enable-snippets false", container: "app" }],
    },
    { name: "with a value, in another spelling", objects: [runs("ghcr.io/nginx/kubernetes-ingress:5.3.0", ["--enable-snippets=T"])] },
    { name: "with NGINX Plus", objects: [runs("private-registry.nginx.com/nginx-ic/nginx-plus-ingress:5.3.0", ["-enable-snippets=true"])] },
  ],
  passes: [
    { name: "no argument, which refuses them", objects: [runs("docker.io/nginx/nginx-ingress:5.3.0", ["-nginx-plus=false"])] },
    { name: "switched off", objects: [runs("quay.io/nginx/nginx-ingress:5.3.0", ["-enable-snippets=false"])] },
  ],
  unknown: [
    { name: "started through a shell", objects: [runs("docker.io/nginx/nginx-ingress:5.3.0", ["-c", "exec /nginx-ingress"], ["/bin/sh"])] },
    {
      name: "an image that is to be filled in",
      objects: [deployment({ container: { image: "<image>" } })],
      reason: "Container app names no image that a runtime would accept.",
    },
  ],
  notApplicable: [
    { name: "the controller of the Kubernetes project", objects: [runs("registry.k8s.io/ingress-nginx/controller:v1.14.0", ["-enable-snippets"])] },
    { name: "the plain server", objects: [runs("docker.io/library/nginx:1.29.3", [])] },
  ],
});
