import { ingress, ingressClass } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-risky-annotations";

const annotated = (name: string, value: string) => ingress({ annotations: { [name]: value } });

describeControl(control, {
  fails: [
    {
      name: "a snippet",
      objects: [annotated("nginx.ingress.kubernetes.io/configuration-snippet", "more_set_headers x;")],
      evidence: [{ path: 'metadata.annotations["nginx.ingress.kubernetes.io/configuration-snippet"]' }],
    },
    { name: "a snippet of the other controller", objects: [annotated("nginx.org/server-snippets", "x")] },
    {
      name: "a snippet for a controller of a name of its own, which may be a copy",
      objects: [ingressClass("ci.example.com/release"), annotated("nginx.ingress.kubernetes.io/configuration-snippet", "x")],
    },
    {
      name: "a snippet of the other controller, at that",
      objects: [ingressClass("nginx.org/ingress-controller"), annotated("nginx.org/location-snippets", "x")],
    },
    {
      name: "a snippet for whichever controller it is, where classes were refused",
      objects: [annotated("nginx.ingress.kubernetes.io/server-snippet", "x")],
      missing: ["ingressClasses"],
    },
    { name: "a snippet of the controller of HAProxy Technologies", objects: [annotated("haproxy.org/backend-config-snippet", "http-request deny")] },
    { name: "a snippet of HAProxy Ingress", objects: [annotated("haproxy-ingress.github.io/config-backend", "acl x path /x")] },
    {
      name: "one of HAProxy Ingress by its older prefix",
      objects: [ingressClass("haproxy-ingress.github.io/controller"), annotated("ingress.kubernetes.io/config-backend", "x")],
    },
    { name: "an address that breaks out", objects: [annotated("nginx.ingress.kubernetes.io/auth-url", "http://x;\nlua_need_request_body on;")] },
    { name: "an address that ends its quotes", objects: [annotated("nginx.ingress.kubernetes.io/auth-url", "http://x'y")] },
    { name: "a mirror that breaks out", objects: [annotated("nginx.ingress.kubernetes.io/mirror-target", 'http://x"}')] },
  ],
  passes: [
    {
      name: "harmless annotations",
      objects: [
        ingress({
          annotations: {
            "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com/oauth2/auth?x=$host",
            "nginx.ingress.kubernetes.io/rewrite-target": "/$1",
          },
        }),
      ],
    },
    { name: "a redirect to a part of a page", objects: [annotated("nginx.ingress.kubernetes.io/permanent-redirect", "https://app.example.com/#/home")] },
    {
      name: "a snippet for ingress-nginx at the controller of the company",
      objects: [ingressClass("nginx.org/ingress-controller"), annotated("nginx.ingress.kubernetes.io/configuration-snippet", "x")],
    },
    { name: "a snippet for the company's at ingress-nginx", objects: [ingressClass("k8s.io/ingress-nginx"), annotated("nginx.org/server-snippets", "x")] },
    { name: "a snippet at an AWS load balancer", objects: [ingressClass("ingress.k8s.aws/alb"), annotated("nginx.ingress.kubernetes.io/server-snippet", "x")] },
    { name: "a snippet for HAProxy at ingress-nginx", objects: [ingressClass("k8s.io/ingress-nginx"), annotated("haproxy.org/backend-config-snippet", "x")] },
    {
      name: "a snippet for HAProxy at HAProxy Ingress",
      objects: [ingressClass("haproxy-ingress.github.io/controller"), annotated("haproxy.org/backend-config-snippet", "x")],
    },
    {
      name: "a snippet for HAProxy Ingress at HAProxy",
      objects: [ingressClass("haproxy.org/ingress-controller"), annotated("haproxy-ingress.github.io/config-backend", "x")],
    },
    { name: "a time-out for HAProxy", objects: [annotated("haproxy.org/timeout-server", "15m")] },
    { name: "none", objects: [ingress()] },
    { name: "none, whichever controller it is, where classes were refused", objects: [ingress()], missing: ["ingressClasses"] },
  ],
  unknown: [
    { name: "an address whose credential was not kept", objects: [annotated("nginx.ingress.kubernetes.io/auth-url", "http://x:;lua{}@y")] },
    { name: "an address that was not kept", objects: [annotated("nginx.ingress.kubernetes.io/auth-url", `http://x;{ # AKIA${"Q3EGR7XW".repeat(2)}`)] },
  ],
});
