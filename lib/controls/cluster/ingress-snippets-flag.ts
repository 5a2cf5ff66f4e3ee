import { readFlags, toSwitch, writeFlag } from "../../inventory/nodes/component-flags";
import { splitImageReference } from "../../inventory/images/image-reference";
import { text } from "../../model/json";
import { containersCommand } from "../containers-command";
import { defineControl, unknown, type Weakness, weakness } from "../define";
import { judgeOthers } from "../image-answer";
import { set } from "../remedies/ops";

const FLAG = "enable-snippets";
/** As F5 publishes it, with and without NGINX Plus. */
const IMAGE = /(?:^|\/)(?:nginx(?:inc)?\/(?:nginx-ingress|kubernetes-ingress)|nginx-plus-ingress)$/;

export default defineControl({
  id: "ingress-snippets-flag",
  layer: "cluster",
  severity: "high",
  title: "The NGINX Ingress Controller of F5 refuses snippets",
  failure: "lets Ingresses and routes write raw configuration into the proxy",
  why: "With snippets allowed, everyone who may create an Ingress or a VirtualServer runs configuration in a proxy that may read Secrets of all namespaces.",
  action: "Start the NGINX Ingress Controller without snippets",
  fix: "Remove the argument `-enable-snippets`; with Helm set `controller.enableSnippets` to false. First take the snippets out of Ingresses and routes: without the argument the controller refuses those that hold any.",
  verify: `${containersCommand(".args")} | grep -E -e '-enable-snippets("|=[^fF0])'`,
  lookFor: "`-enable-snippets` or `-enable-snippets=true` among the arguments of the controller. No output: without it snippets are refused.",
  tips: ["S2"],
  frameworks: { nsa: ["HC"], mitre: ["T1190", "T1552.007"], owasp: ["K07"] },
  references: ["https://docs.nginx.com/nginx-ingress-controller/configuration/global-configuration/command-line-arguments/"],
  subject: "workload",
  reads: [],
  check: ({ pod, containers }) => {
    const controllers = containers.filter(({ spec }) => IMAGE.test(splitImageReference(text(spec.image) ?? "")?.path ?? ""));
    if (controllers.length === 0) return judgeOthers(pod, "It is no NGINX Ingress Controller of F5.");
    const started = controllers.map((container) => ({ container, flags: readFlags(container) }));
    const found = started.flatMap(({ container, flags }): Weakness[] => {
      const flag = flags.get(FLAG);
      if (!flag || toSwitch(flag) === false) return [];
      return [
        weakness(flag.path, writeFlag(FLAG, flag).slice(1), `Container ${container.name} allows snippets.`, { container: container.name, on: container.name }),
      ];
    });
    return found.length === 0 && started.some(({ flags }) => flags.isOpaque)
      ? unknown("It is started through a shell, so its arguments cannot be read.")
      : found;
  },
  remedy: (_subject, weaknesses) => ({
    ops: weaknesses.map(({ path }) => set(path, `-${FLAG}=false`)),
    risk: "may-break",
    note: "Ingresses and routes that use snippets are refused from then on.",
  }),
});
